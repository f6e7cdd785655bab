package org.surprisal.network.layer;

import java.util.List;
import java.util.Optional;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.tensor.CellKernel;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), without
/// peepholes. With a = W_x x + b_x + W_h h + b_h in blocks of the order input, forget, candidate, output, which is
/// PyTorch's i, f, g, o:
///
///     c' = sigmoid(a_f) c + sigmoid(a_i) tanh(a_g),    h' = sigmoid(a_o) tanh(c')
///
/// The state is h, then the memory c.
///
/// @param weights of four gates
public record LstmCell(RecurrentWeights weights) implements RecurrentCell {
    private static final List<String> GATES = List.of("input", "forget", "candidate", "output");
    private static final CellKernel KERNEL = CellKernel.lstm();

    public LstmCell {
        weights.requireGates(GATES.size(), "an LSTM cell");
    }

    /// A cell that starts as `initialisation` says.
    public static LstmCell start(Initialisation initialisation, ElementType type, int features, int hidden,
            RandomStream stream) {
        return new LstmCell(RecurrentWeights.start(initialisation, type, GATES, features, hidden, stream));
    }

    @Override
    public Optional<CellKernel> kernel() {
        return Optional.of(KERNEL);
    }

    @Override
    public State start(ElementType type, int samples) {
        return State.zeros(2, type, samples, weights.units());
    }

    /// @throws IllegalArgumentException for a state without a memory, another cell's
    @Override
    public State step(Tensor projected, State before) {
        if (before.parts().size() != 2) {
            throw new IllegalArgumentException("the state of an LSTM cell has 2 parts, output and memory, not "
                    + before.parts().size() + ": start makes one");
        }
        return new State(KERNEL.step(projected, weights.ofState(before.output()), before.parts()));
    }
}
