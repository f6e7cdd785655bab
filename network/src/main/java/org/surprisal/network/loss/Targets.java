package org.surprisal.network.loss;

import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// What losses ask of their targets before they compute anything.
final class Targets {
    private Targets() {
    }

    /// Targets of the outputs' shape, with one sample at least; the first axis counts the samples.
    static void requireShapeOf(Tensor outputs, Tensor targets) {
        requireShapeOf(outputs.shape(), targets);
    }

    /// As [#requireShapeOf(Tensor, Tensor)], for outputs of this shape.
    static void requireShapeOf(Shape outputs, Tensor targets) {
        if (!outputs.equals(targets.shape())) {
            throw new IllegalArgumentException(
                    "outputs " + outputs + " and targets " + targets.shape() + " differ in shape");
        }
        if (outputs.rank() == 0 || outputs.size() == 0) {
            throw new IllegalArgumentException("a loss needs samples along the first axis, not shape " + outputs);
        }
    }

    /// Numbers from 0 to 1.
    static void requireProbabilities(Tensor targets) {
        double[] numbers = targets.toDoubles();
        for (int i = 0; i < numbers.length; i++) {
            if (!(numbers[i] >= 0 && numbers[i] <= 1)) {
                throw new IllegalArgumentException("target " + numbers[i] + " of sample "
                        + i / (numbers.length / targets.length(0)) + " is no probability from 0 to 1");
            }
        }
    }

    /// Rows of probabilities that sum to 1.
    static void requireDistributions(Tensor targets) {
        requireProbabilities(targets);
        double[] sums = targets.sum(1).toDoubles();
        for (int i = 0; i < sums.length; i++) {
            // float32 rows of many thousand classes are this far from 1 by rounding alone
            if (Math.abs(sums[i] - 1) > 1e-4) {
                throw new IllegalArgumentException(
                        "the target probabilities of sample " + i + " sum to " + sums[i] + ", not to 1");
            }
        }
    }
}
