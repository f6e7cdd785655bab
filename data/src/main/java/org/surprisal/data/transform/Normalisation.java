package org.surprisal.data.transform;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Parts;
import org.surprisal.data.Split;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Inputs moved and scaled: `x' = (x - shift) / scale + offset`, feature by feature or alike for all.
///
/// Fitted on the training part alone and then applied to every part, and later to new data: what the test part looks
/// like must not be known beforehand. Only the training part is sure to lie in the range that was asked for.
///
/// ```java
/// Normalisation standard = Normalisation.standard(parts.train(), Normalisation.Scope.EACH_FEATURE);
/// Parts normalised = standard.of(parts);
/// ```
///
/// A feature that is the same in every training sample cannot be scaled; its `scale` is 1. It becomes 0 under
/// [#standard] and the lower end of the range under the other two; new data that differ in it keep their distance.
///
/// Computed in double precision; batches keep their element type.
///
/// @param shift of the inputs' shape, or a scalar for all features alike; float64
/// @param scale of the same shape as `shift`, above 0; float64
/// @param offset where `shift` comes to lie
public record Normalisation(Tensor shift, Tensor scale, double offset) {
    private static final int ROWS_AT_A_TIME = 1024;

    /// What shares a shift and a scale.
    public enum Scope {
        /// Every feature has its own.
        EACH_FEATURE,
        /// All features have the same: the pixels of images.
        ALL_FEATURES
    }

    /// @throws DataException when shapes differ, a number is not finite, or a scale is not above 0
    public Normalisation {
        if (!shift.shape().equals(scale.shape())) {
            throw new DataException("normalisation: shift of shape " + shift.shape() + " and scale of shape "
                    + scale.shape() + " must be alike");
        }
        boolean positive = Arrays.stream(scale.toDoubles()).allMatch(s -> s > 0);
        if (!shift.isFinite() || !scale.isFinite() || !Double.isFinite(offset) || !positive) {
            throw new DataException("normalisation: shift, scale and offset (" + offset
                    + ") must be finite and scales above 0");
        }
    }

    /// The same shift and scale for all features: `x' = (x - shift) / scale`.
    public static Normalisation fixed(double shift, double scale) {
        return new Normalisation(Tensor.of(new double[]{shift}, new int[0]), Tensor.of(new double[]{scale}, new int[0]),
                0);
    }

    /// Min-max normalisation to 0 … 1: `(x - min) / (max - min)`. Least and largest training values become exactly 0
    /// and 1.
    ///
    /// @throws DataException when there are no training samples or their range has no finite width
    public static Normalisation toUnitInterval(Dataset train, Scope scope) {
        Range range = Range.of(train, scope);
        return new Normalisation(range.tensor(range.least), range.tensor(range.widths(1)), 0);
    }

    /// Min-max normalisation to -1 … 1: `2 (x - min) / (max - min) - 1`. Least and largest training values become
    /// exactly -1 and 1.
    ///
    /// @throws DataException when there are no training samples or their range has no finite width
    public static Normalisation toSymmetricInterval(Dataset train, Scope scope) {
        Range range = Range.of(train, scope);
        return new Normalisation(range.tensor(range.least), range.tensor(range.widths(0.5)), -1);
    }

    /// z-normalisation: training values get mean 0 and variance 1, where the variance is that of the population, 1/m
    /// times the sum of squares. Reads the training part three times.
    ///
    /// @throws DataException when there are no training samples or their variance is not finite
    public static Normalisation standard(Dataset train, Scope scope) {
        Range range = Range.of(train, scope);
        double[] mean = moments(train, range.least, 1);
        for (int f = 0; f < mean.length; f++) {
            mean[f] += range.least[f];
        }
        double[] scale = moments(train, mean, 2);
        for (int f = 0; f < scale.length; f++) {
            scale[f] = range.constant(f) ? 1 : Math.sqrt(scale[f]);
        }
        return new Normalisation(range.tensor(mean), range.tensor(scale), 0);
    }

    /// These samples, normalised batch by batch.
    ///
    /// @throws DataException when samples have another shape than those this was fitted on
    public Dataset of(Dataset data) {
        requireShape(data.inputShape());
        return data.map(data.inputShape(), this::of);
    }

    /// Both parts normalised alike.
    public Split of(Split split) {
        return new Split(of(split.train()), of(split.test()));
    }

    /// All three parts normalised alike.
    public Parts of(Parts parts) {
        return new Parts(of(parts.train()), of(parts.validation()), of(parts.test()));
    }

    /// Inputs (n, features…) normalised, of the same element type.
    ///
    /// @throws DataException when samples have another shape than those this was fitted on, or a result is not finite
    public Tensor of(Tensor inputs) {
        int[] lengths = inputs.shape().lengths();
        if (lengths.length == 0) {
            throw new DataException("normalisation: inputs need a sample axis, one row a sample");
        }
        requireShape(Shape.of(Arrays.copyOfRange(lengths, 1, lengths.length)));
        double[] shifts = shift.toDoubles();
        double[] scales = scale.toDoubles();
        double[] values = inputs.toDoubles();
        for (int i = 0; i < values.length; i++) {
            int f = i % shifts.length;
            values[i] = (values[i] - shifts[f]) / scales[f] + offset;
        }
        Tensor normalised = Tensor.of(values, lengths).to(inputs.type());
        if (!normalised.isFinite()) {
            throw new DataException("normalisation: an input is not finite, or becomes so as " + inputs.type());
        }
        return normalised;
    }

    private void requireShape(Shape samples) {
        if (shift.rank() > 0 && !samples.equals(shift.shape())) {
            throw new DataException("normalisation of samples of shape " + shift.shape()
                    + " cannot be applied to samples of shape " + samples);
        }
    }

    /// Least and largest values of training samples, and how features are put together.
    private static final class Range {
        private final String dataset;
        private final Shape shape;
        private final double[] least;
        private final double[] largest;

        private Range(Dataset train, Scope scope) {
            dataset = train.name();
            shape = scope == Scope.EACH_FEATURE ? train.inputShape() : Shape.of();
            least = new double[shape.size()];
            largest = new double[shape.size()];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        }

        static Range of(Dataset train, Scope scope) {
            if (train.size() == 0 || train.inputShape().size() == 0) {
                throw new DataException("data set " + train.name() + " has no training samples to normalise by");
            }
            Range range = new Range(train, scope);
            forEachBatch(train, values -> {
                for (int i = 0; i < values.length; i++) {
                    int f = i % range.least.length;
                    range.least[f] = Math.min(range.least[f], values[i]);
                    range.largest[f] = Math.max(range.largest[f], values[i]);
                }
            });
            return range;
        }

        boolean constant(int feature) {
            return least[feature] == largest[feature];
        }

        double[] widths(double factor) {
            double[] widths = new double[least.length];
            Arrays.setAll(widths, f -> constant(f) ? 1 : (largest[f] - least[f]) * factor);
            return widths;
        }

        Tensor tensor(double[] numbers) {
            for (int f = 0; f < numbers.length; f++) {
                if (!Double.isFinite(numbers[f])) {
                    throw new DataException("data set " + dataset + ": feature " + f + " lies in " + least[f] + " … "
                            + largest[f] + ", too wide to be normalised");
                }
            }
            return Tensor.of(numbers, shape.lengths());
        }
    }

    /// Means of a power, 1 or 2, of the distances from a centre.
    private static double[] moments(Dataset train, double[] centre, int power) {
        double[] sums = new double[centre.length];
        forEachBatch(train, values -> {
            for (int i = 0; i < values.length; i++) {
                int f = i % sums.length;
                double distance = values[i] - centre[f];
                sums[f] += power == 1 ? distance : distance * distance;
            }
        });
        double values = (double) train.size() * train.inputShape().size() / centre.length;
        Arrays.setAll(sums, f -> sums[f] / values);
        return sums;
    }

    private interface Values {
        void read(double[] values);
    }

    private static void forEachBatch(Dataset data, Values reader) {
        for (int from = 0; from < data.size(); from += ROWS_AT_A_TIME) {
            int to = Math.min(data.size(), from + ROWS_AT_A_TIME);
            reader.read(data.batch(IntStream.range(from, to).toArray()).inputs().toDoubles());
        }
    }
}
