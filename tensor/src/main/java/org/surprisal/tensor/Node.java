package org.surprisal.tensor;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/// How a tensor came about: its operation, its inputs, and the backward pass.
///
/// @param versions how often each input's numbers had been written in place when they were used (see [InPlace])
/// @param outputVersion the same of the output's numbers when they were made: some backward passes use them
record Node(String operation, List<Tensor> inputs, List<Integer> versions, int outputVersion,
        Backward backward) {
    /// Turns the gradient of the output into those of the inputs. Backward passes are made of the same differentiable
    /// operations, so they can be differentiated in turn.
    @FunctionalInterface
    interface Backward {
        /// Hands over the gradients that somebody needs.
        ///
        /// @param gradient that of the output
        /// @param wanted whether anybody needs the gradient of an input, by its place among the inputs: what nobody
        /// needs is not computed
        /// @param to takes the gradients; what it has taken may be gone then
        void pass(Tensor gradient, IntPredicate wanted, Gradients.Receiver to);

        /// The backward pass of an operation with one function for each input.
        static Backward oneByOne(List<UnaryOperator<Tensor>> functions) {
            return (gradient, wanted, to) -> {
                for (int i = 0; i < functions.size(); i++) {
                    if (wanted.test(i)) {
                        to.accept(i, functions.get(i).apply(gradient));
                    }
                }
            };
        }
    }

    void checkVersions(Tensor output) {
        if (output.storage().version() != outputVersion) {
            throw new IllegalStateException("the result of '" + operation + "', shape " + output.shape()
                    + ", was written in place after it was made");
        }
        for (int i = 0; i < versions.size(); i++) {
            Tensor input = inputs.get(i);
            if (input.storage().version() != versions.get(i)) {
                String name = input.storage().name();
                throw new IllegalStateException((name == null ? "" : "'" + name + "', ") + "input " + i + " of '"
                        + operation + "', shape " + input.shape()
                        + ", was written in place after its use: take gradients before updating parameters");
            }
        }
    }
}
