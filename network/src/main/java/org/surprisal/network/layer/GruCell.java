package org.surprisal.network.layer;

import java.util.List;
import java.util.Optional;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.tensor.CellKernel;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The gated recurrent unit (Cho et al. 2014) in PyTorch's form: blocks of the order reset, update, candidate (r, z,
/// n), the reset applied to the product with the state and its bias rather than to the state:
///
///     r = sigmoid(W_xr x + b_xr + W_hr h + b_hr),    z likewise,
///     n = tanh(W_xn x + b_xn + r (W_hn h + b_hn)),   h' = (1 - z) n + z h
///
/// @param weights of three gates
public record GruCell(RecurrentWeights weights) implements RecurrentCell {
    private static final List<String> GATES = List.of("reset", "update", "candidate");
    private static final CellKernel KERNEL = CellKernel.gru();

    public GruCell {
        weights.requireGates(GATES.size(), "a GRU cell");
    }

    /// A cell that starts as `initialisation` says.
    public static GruCell start(Initialisation initialisation, ElementType type, int features, int hidden,
            RandomStream stream) {
        return new GruCell(RecurrentWeights.start(initialisation, type, GATES, features, hidden, stream));
    }

    @Override
    public Optional<CellKernel> kernel() {
        return Optional.of(KERNEL);
    }

    @Override
    public State step(Tensor projected, State before) {
        return new State(KERNEL.step(projected, weights.ofState(before.output()), before.parts()));
    }
}
