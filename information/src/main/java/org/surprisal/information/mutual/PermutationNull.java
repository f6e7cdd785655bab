package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.surprisal.tensor.RandomStream;

/// What an estimator says of the same samples with their pairs broken up: y is permuted, so that x and y are
/// independent and each has its own distribution as before. A value counts as information only as far as it stands out
/// of this null. Shuffling needs rows that are independent of each other; [Surrogates] has the alternative for time
/// series.
///
/// @param observed the estimate of the true pairs
/// @param permuted the values of the permutations, ascending, in nats
public record PermutationNull(MutualInformation observed, List<Double> permuted) {

    /// Values this close, relatively, are equal but for the order of their sums.
    private static final double ROUNDING = 1e-12;

    /// Standard deviations of the null within which a value does not stand out.
    private static final double STANDS_OUT = 2;

    /// A null distribution.
    ///
    /// @throws IllegalArgumentException if there are fewer than two permutations
    public PermutationNull {
        List<Double> sorted = new ArrayList<>(permuted);
        Collections.sort(sorted);
        permuted = List.copyOf(sorted);
        if (permuted.size() < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "permutations = %d, at least 2 needed (19 for a p-value of 0.05)",
                            permuted.size()));
        }
    }

    /// Estimates once as it is and once for each shuffle.
    ///
    /// @param estimator one that takes any y; of the pairwise-distance estimator, with labels
    /// @param permutations at least 2; the smallest p-value is 1/(permutations + 1)
    /// @param stream permutation b is drawn from its child b
    /// @throws IllegalArgumentException if `permutations` is below 2, or the estimator refuses the samples
    public static PermutationNull of(MutualInformationEstimator estimator, Variable x, Variable y, int permutations,
            RandomStream stream) {
        return of(estimator, x, y, permutations, Surrogates.SHUFFLE, stream);
    }

    /// Estimates once as it is and once for each surrogate of y. The observed answer has a warning where rows are
    /// shuffled although those of x and of y depend on the row before.
    ///
    /// @param estimator one that takes any y; of the pairwise-distance estimator, with labels
    /// @param permutations at least 2; the smallest p-value is 1/(permutations + 1)
    /// @param surrogates how y is permuted
    /// @param stream of the permutations
    /// @throws IllegalArgumentException if `permutations` is below 2, there are not so many surrogates, or the
    /// estimator refuses the samples
    public static PermutationNull of(MutualInformationEstimator estimator, Variable x, Variable y, int permutations,
            Surrogates surrogates, RandomStream stream) {
        MutualInformation observed = estimator.estimate(x, y);
        if (surrogates instanceof Surrogates.Shuffle) {
            observed = SerialDependence.warning(x, y).map(observed::withWarning).orElse(observed);
        }
        List<Double> values = new ArrayList<>();
        for (int[] order : surrogates.orders(y.count(), Math.max(0, permutations), stream)) {
            values.add(estimator.value(x, y.take(order)));
        }
        return new PermutationNull(observed, values);
    }

    /// The probability of a value at least as large as the observed one, were x and y independent: (1 + number of
    /// permutations that reach it) / (1 + number of permutations) (Phipson & Smyth 2010), which is never 0.
    public double pValue() {
        double reached = observed.value() - rounding();
        long count = permuted.stream().filter(value -> value >= reached).count();
        return (1.0 + count) / (1.0 + permuted.size());
    }

    /// The mean of the permutations: what the estimator finds where there is nothing.
    public double mean() {
        return permuted.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /// The standard deviation of the permutations, with n - 1.
    public double standardDeviation() {
        double mean = mean();
        double squares = permuted.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (permuted.size() - 1));
    }

    /// Whether the observed value lies more than 2 standard deviations of the null above its mean.
    public boolean standsOut() {
        return excess() > STANDS_OUT * standardDeviation() + rounding();
    }

    /// The observed answer; with a warning where it does not stand out.
    public MutualInformation answer() {
        return standsOut()
                ? observed
                : observed.withWarning(
                        String.format(Locale.ROOT,
                                "the value is not 2 standard deviations above its permutation null, %.4g ± %.2g nat:"
                                        + " it does not count as information",
                                mean(), standardDeviation()));
    }

    private double rounding() {
        return ROUNDING * Math.max(1, Math.abs(observed.value()));
    }

    /// The observed value less the mean of the permutations.
    public double excess() {
        return observed.value() - mean();
    }

    /// The value that a share `p` of the permutations does not exceed, interpolated linearly between order statistics.
    ///
    /// @param p from 0 to 1
    /// @throws IllegalArgumentException if `p` is outside
    public double quantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p = %s, a value in [0, 1] needed".formatted(p));
        }
        double position = p * (permuted.size() - 1);
        int below = (int) position;
        int above = Math.min(below + 1, permuted.size() - 1);
        double share = position - below;
        return permuted.get(below) * (1 - share) + permuted.get(above) * share;
    }
}
