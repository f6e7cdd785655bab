package org.surprisal.network.layer;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.network.Parameter;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.tensor.CellKernel;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Recurrence;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// The parameters of a recurrent cell: what its gates make of the input, and of the state before. The gates' blocks of
/// `hidden` rows lie one below the other, in the order that the cell says.
///
/// @param input weight of the input, shape (gates x hidden, features)
/// @param hidden weight of the state, shape (gates x hidden, hidden)
/// @param inputBias shape (gates x hidden)
/// @param hiddenBias shape (gates x hidden); beside the other it is needed by [GruCell] only, and kept everywhere as
/// PyTorch does
public record RecurrentWeights(Parameter input, Parameter hidden, Parameter inputBias, Parameter hiddenBias) {
    /// @throws IllegalArgumentException when the shapes do not fit
    public RecurrentWeights {
        Shape in = input.value().shape();
        Shape state = hidden.value().shape();
        boolean matrices = in.rank() == 2 && state.rank() == 2;
        boolean blocks = matrices && state.length(1) > 0 && state.length(0) % state.length(1) == 0
                && state.length(0) == in.length(0);
        if (!blocks || !inputBias.value().shape().equals(Shape.of(in.length(0)))
                || !hiddenBias.value().shape().equals(Shape.of(in.length(0)))) {
            throw new IllegalArgumentException("weights " + in + " and " + state + " and biases "
                    + inputBias.value().shape() + " and " + hiddenBias.value().shape()
                    + " must be (gates x hidden, features), (gates x hidden, hidden) and twice (gates x hidden)");
        }
    }

    /// Parameters `weight-input`, `weight-hidden`, `bias-input` and `bias-hidden` that start from these numbers.
    public static RecurrentWeights of(Tensor input, Tensor hidden, Tensor inputBias, Tensor hiddenBias) {
        return new RecurrentWeights(Parameter.of("weight-input", input), Parameter.of("weight-hidden", hidden),
                Parameter.of("bias-input", inputBias), Parameter.of("bias-hidden", hiddenBias));
    }

    /// Every gate's block starts as a weight of its own, (hidden, features) or (hidden, hidden), so that rules that
    /// look at a weight's fan or make it orthogonal mean one gate; each block draws from the child of its gate's name.
    /// Both biases start as `initialisation` says, so that their sum has twice its bias variance.
    static RecurrentWeights start(Initialisation initialisation, ElementType type, List<String> gates, int features,
            int hidden, RandomStream stream) {
        if (features < 1 || hidden < 1) {
            throw new IllegalArgumentException(
                    "features (=" + features + ") and hidden (=" + hidden + ") must be positive");
        }
        Shape in = Shape.of(hidden, features);
        Shape state = Shape.of(hidden, hidden);
        return of(blocks(gates, stream.child("weight-input"), s -> initialisation.weight(type, in, s)),
                blocks(gates, stream.child("weight-hidden"), s -> initialisation.weight(type, state, s)),
                blocks(gates, stream.child("bias-input"), s -> initialisation.bias(type, in, s)),
                blocks(gates, stream.child("bias-hidden"), s -> initialisation.bias(type, state, s)));
    }

    private interface Block {
        Tensor from(RandomStream stream);
    }

    private static Tensor blocks(List<String> gates, RandomStream stream, Block block) {
        List<Tensor> parts = new ArrayList<>();
        for (String gate : gates) {
            parts.add(block.from(stream.child(gate)));
        }
        return Tensor.concatenate(0, parts);
    }

    /// Number of input features.
    public int features() {
        return input.value().length(1);
    }

    /// Number of hidden units.
    public int units() {
        return hidden.value().length(1);
    }

    /// Number of gates, the new state's proposal counted.
    public int gates() {
        return hidden.value().length(0) / units();
    }

    /// These as a cell with this many gates has them.
    ///
    /// @throws IllegalArgumentException for another number
    RecurrentWeights requireGates(int gates, String cell) {
        if (gates() != gates) {
            throw new IllegalArgumentException("weight " + hidden.value().shape() + " has " + gates() + " blocks of "
                    + units() + " rows; " + cell + " needs " + gates);
        }
        return this;
    }

    /// What the gates make of inputs: (n, features) becomes (n, gates x hidden).
    Tensor ofInput(Tensor x) {
        return x.linear(input.value(), inputBias.value());
    }

    /// What the gates make of states: (n, hidden) becomes (n, gates x hidden).
    Tensor ofState(Tensor state) {
        return state.linear(hidden.value(), hiddenBias.value());
    }

    /// The states of all steps, from what the gates make of their inputs: (rows, gates x hidden) becomes (rows,
    /// hidden).
    ///
    /// @param starts of the groups' steps
    Tensor states(CellKernel cell, Tensor projected, int[][] starts) {
        return new Recurrence(starts).states(cell, projected, hidden.value(), hiddenBias.value());
    }

    List<Parameter> parameters() {
        return List.of(input, hidden, inputBias, hiddenBias);
    }
}
