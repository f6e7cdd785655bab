package org.surprisal.network.layer;

import java.util.List;
import java.util.Optional;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.tensor.CellKernel;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// h' = activation(W_x x + b_x + W_h h + b_h), the plain recurrent network (Elman 1990; Landsverk, Eq 1.9, with ReLU).
/// PyTorch has it with tanh and ReLU.
///
/// @param weights of one gate
public record ElmanCell(RecurrentWeights weights, Activation activation) implements RecurrentCell {
    public ElmanCell {
        weights.requireGates(1, "an Elman cell");
    }

    /// A cell that starts as `initialisation` says.
    public static ElmanCell start(Initialisation initialisation, ElementType type, int features, int hidden,
            Activation activation, RandomStream stream) {
        return new ElmanCell(
                RecurrentWeights.start(initialisation, type, List.of("state"), features, hidden, stream), activation);
    }

    @Override
    public Optional<CellKernel> kernel() {
        return activation.kernel().map(CellKernel::elman);
    }

    @Override
    public State step(Tensor projected, State before) {
        return State.of(activation.apply(projected.plus(weights.ofState(before.output()))));
    }
}
