package org.surprisal.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/// How a tensor came about: its operation, its inputs, and for each input the backward pass, which turns the gradient of the
/// output into the gradient of that input. Backward passes are made of the same differentiable operations, so they can be
/// differentiated in turn; one that nobody needs is not run.
///
/// @param versions how often each input's numbers had been written in place when they were used (see [InPlace])
/// @param outputVersion the same of the output's numbers when they were made: some backward passes use them
record Node(String operation, List<Tensor> inputs, List<Integer> versions, int outputVersion,
        List<UnaryOperator<Tensor>> backward) {
    void checkVersions(Tensor output) {
        if (output.storage().version() != outputVersion) {
            throw new IllegalStateException("the result of '" + operation + "', shape " + output.shape()
                    + ", was written in place after it was made");
        }
        for (int i = 0; i < versions.size(); i++) {
            Tensor input = inputs.get(i);
            if (input.storage().version() != versions.get(i)) {
                throw new IllegalStateException("input " + i + " of '" + operation + "', shape " + input.shape()
                        + ", was written in place after its use: take gradients before updating parameters");
            }
        }
    }
}
