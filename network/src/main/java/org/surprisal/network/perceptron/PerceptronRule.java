package org.surprisal.network.perceptron;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Rosenblatt's learning algorithm: for one sample after the other, w <- w - rate (y_hat - y) x and b <- b - rate
/// (y_hat - y), which changes something only at a mistake (Zahn, section 2.2.2.2).
///
/// If a plane separates the classes the algorithm finds one, not the best one, after finitely many updates: at most (R
/// / gamma)^2 when it starts from zeros, where R is the length of the longest sample (x, 1) and gamma the distance of
/// the nearest one from a separating plane through the origin (Novikoff 1962). If no plane does, it never ends by
/// itself.
///
/// @param rate learning rate, positive and finite
/// @param maxEpochs passes over the data after which it gives up, at least 1
public record PerceptronRule(double rate, int maxEpochs) {
    public PerceptronRule {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate (=" + rate + ") must be positive and finite");
        }
        if (maxEpochs < 1) {
            throw new IllegalArgumentException("maxEpochs (=" + maxEpochs + ") must be at least 1");
        }
    }

    /// Where the algorithm ended.
    ///
    /// @param unit the last unit
    /// @param updates mistakes on the way, each of which changed the unit
    /// @param epochs passes over the data, the last one without a mistake if it converged
    /// @param converged whether the last epoch passed without a mistake, so that the unit classifies every sample right
    public record Result(ThresholdUnit unit, long updates, int epochs, boolean converged) {}

    /// The unit after it has seen one sample: itself if it was right.
    ///
    /// @param label the sample's class, 0 or 1
    public ThresholdUnit update(ThresholdUnit unit, int label, double... x) {
        if (label != 0 && label != 1) {
            throw new IllegalArgumentException("label (=" + label + ") must be 0 or 1");
        }
        int error = unit.output(x) - label;
        if (error == 0) {
            return unit;
        }
        double[] weights = unit.weights();
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= rate * error * x[k];
        }
        return new ThresholdUnit(unit.bias() - rate * error, weights);
    }

    /// Learns from the samples in the data's own order, over and over.
    ///
    /// @param start where w and b start: zeros or small random numbers
    /// @param data two classes, inputs of shape (n, features)
    /// @throws IllegalArgumentException if the data have no samples, not two classes or another number of features than
    /// the unit
    public Result fit(ThresholdUnit start, Dataset data) {
        return run(start, data, null);
    }

    /// The same with samples in a new order each epoch, that of epoch e drawn from child e of the stream.
    public Result fit(ThresholdUnit start, Dataset data, RandomStream stream) {
        return run(start, data, stream);
    }

    private Result run(ThresholdUnit start, Dataset data, @Nullable RandomStream stream) {
        Batch all = data.all();
        if (data.classes() != 2 || all.inputs().rank() != 2 || all.size() == 0
                || all.inputs().length(1) != start.inputs()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "data set %s has %d classes and inputs %s; a unit of %d inputs learns 2 classes from (n,"
                                    + " %d), n at least 1",
                            data.name(), data.classes(), all.inputs().shape(), start.inputs(),
                            start.inputs()));
        }
        double[][] samples = rows(all.inputs());
        double[] labels = all.targets().toDoubles();
        ThresholdUnit unit = start;
        long updates = 0;
        for (int epoch = 1; epoch <= maxEpochs; epoch++) {
            long before = updates;
            for (int i : order(samples.length, epoch, stream)) {
                ThresholdUnit next = update(unit, (int) labels[i], samples[i]);
                updates += next == unit ? 0 : 1;
                unit = next;
            }
            if (updates == before) {
                return new Result(unit, updates, epoch, true);
            }
        }
        return new Result(unit, updates, maxEpochs, false);
    }

    private static double[][] rows(Tensor inputs) {
        double[] numbers = inputs.toDoubles();
        int width = inputs.length(1);
        return IntStream.range(0, inputs.length(0))
                .mapToObj(i -> Arrays.copyOfRange(numbers, i * width, (i + 1) * width)).toArray(double[][]::new);
    }

    private static int[] order(int n, int epoch, @Nullable RandomStream stream) {
        return stream == null ? IntStream.range(0, n).toArray() : stream.child(epoch).permutation(n);
    }
}
