package org.surprisal.network.optimiser;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.network.DivergenceException;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// A limit on gradients, against steps that leap off a cliff of the loss (Pascanu, Mikolov, Bengio 2013).
public sealed interface GradientClipping {
    /// Gradients within the limit, and the norm they had before.
    ///
    /// @param norm the Euclidean norm of all gradients together
    record Result(List<Tensor> gradients, double norm) {}

    /// Limits gradients; those given are left as they are, and returned where they are within the limit.
    ///
    /// @throws DivergenceException when a gradient is NaN or infinite
    Result clip(List<Tensor> gradients);

    /// The Euclidean norm of all gradients together.
    ///
    /// @throws DivergenceException when it is not finite
    private static double norm(List<Tensor> gradients) {
        double squares = 0;
        for (int i = 0; i < gradients.size(); i++) {
            double norm = gradients.get(i).euclideanNorm();
            if (!Double.isFinite(norm)) {
                throw new DivergenceException("the norm of gradient " + i + ", of shape " + gradients.get(i).shape()
                        + ", is " + norm + ": nothing to clip (a smaller learning rate may help)");
            }
            squares += norm * norm;
        }
        return Math.sqrt(squares);
    }

    /// Each element is brought into [-limit, limit], which may turn the direction of the step.
    ///
    /// @param limit positive
    record ByValue(double limit) implements GradientClipping {
        public ByValue {
            HyperParameter.positive("limit", limit);
        }

        @Override
        public Result clip(List<Tensor> gradients) {
            double norm = norm(gradients);
            List<Tensor> clipped = new ArrayList<>();
            for (Tensor gradient : gradients) {
                Tensor copy = Tensor.zeros(gradient.type(), gradient.shape().lengths());
                InPlace.assign(copy, gradient);
                InPlace.clamp(copy, -limit, limit);
                clipped.add(copy);
            }
            return new Result(clipped, norm);
        }
    }

    /// Where the norm of all gradients together exceeds the limit they are scaled down to it, all by one factor: the
    /// direction stays. (PyTorch divides by norm + 1e-6 instead of the norm.)
    ///
    /// @param limit positive
    record ByNorm(double limit) implements GradientClipping {
        public ByNorm {
            HyperParameter.positive("limit", limit);
        }

        @Override
        public Result clip(List<Tensor> gradients) {
            double norm = norm(gradients);
            if (norm <= limit) {
                return new Result(gradients, norm);
            }
            return new Result(gradients.stream().map(gradient -> gradient.detached().times(limit / norm)).toList(),
                    norm);
        }
    }
}
