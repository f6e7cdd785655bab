package org.surprisal.network.layer;

import java.util.List;
import org.surprisal.network.initialisation.Initialisation;
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

    public GruCell {
        weights.requireGates(GATES.size(), "a GRU cell");
    }

    /// A cell that starts as `initialisation` says.
    public static GruCell start(Initialisation initialisation, ElementType type, int features, int hidden,
            RandomStream stream) {
        return new GruCell(RecurrentWeights.start(initialisation, type, GATES, features, hidden, stream));
    }

    @Override
    public State step(Tensor projected, State before) {
        Tensor state = before.output();
        Tensor recurrent = weights.ofState(state);
        Tensor reset = weights.block(projected, 0).plus(weights.block(recurrent, 0)).sigmoid();
        Tensor update = weights.block(projected, 1).plus(weights.block(recurrent, 1)).sigmoid();
        Tensor candidate = weights.block(projected, 2).plus(reset.times(weights.block(recurrent, 2))).tanh();
        return State.of(candidate.plus(update.times(state.minus(candidate))));
    }
}
