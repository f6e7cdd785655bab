package org.surprisal.study.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.information.Moments;
import org.surprisal.information.StudentT;
import org.surprisal.report.TableCell;
import org.surprisal.report.Wording;

/// The mean of a number over trials that differ in their seed, with what the trials say about how sure it is.
///
/// @param mean          over the trials
/// @param standardError sample standard deviation / √n; absent for one trial, and if a number is not finite
/// @param count         number of trials n, at least 1
/// @param fisher        the mean as Fisher's z, if the values are rank correlations, whose interval cannot reach beyond
///                      1; absent otherwise
public record Estimate(double mean, OptionalDouble standardError, int count, Optional<FisherZ> fisher) {

    /// The mean of artanh r over trials (Fisher 1915). A coefficient of 1 has no finite z: it stands for all that round
    /// to 1 and is taken half a step of the coefficient below, and what lies beyond that is told as 1 again.
    ///
    /// @param mean          of z
    /// @param standardError of that mean
    /// @param end           z of a coefficient of 1
    public record FisherZ(double mean, double standardError, double end) {
        /// Of one coefficient a trial, at least two.
        static FisherZ of(double step, double... coefficients) {
            double end = artanh(1 - step / 2);
            Moments moments = Moments.of(Arrays.stream(coefficients)
                    .map(r -> Math.clamp(artanh(Math.clamp(r, -1, 1)), -end, end)).toArray());
            return new FisherZ(moments.mean(), Math.sqrt(moments.sampleVariance() / coefficients.length), end);
        }

        private static double artanh(double r) {
            return 0.5 * (Math.log1p(r) - Math.log1p(-r));
        }

        private double coefficient(double z) {
            return Math.abs(z) >= end ? Math.signum(z) : Math.tanh(z);
        }

        private Interval interval(double half) {
            return new Interval(coefficient(mean - half), coefficient(mean + half));
        }
    }

    /// A closed interval.
    ///
    /// @param low  its lower end
    /// @param high its upper end
    public record Interval(double low, double high) {
        boolean liesAbove(double limit) {
            return low > limit;
        }

        boolean liesBelow(double limit) {
            return high < limit;
        }
    }

    /// Of one value a trial.
    ///
    /// A mean with an infinite value, such as a censored crossing, has no standard error.
    ///
    /// @throws IllegalArgumentException if there are none
    public static Estimate of(double... values) {
        if (Arrays.stream(values).anyMatch(value -> !Double.isFinite(value))) {
            return new Estimate(Arrays.stream(values).average().orElse(Double.NaN), OptionalDouble.empty(),
                    values.length, Optional.empty());
        }
        Moments moments = Moments.of(values);
        return new Estimate(moments.mean(),
                values.length < 2
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Math.sqrt(moments.sampleVariance() / values.length)),
                values.length, Optional.empty());
    }

    /// Of one rank correlation a trial: the mean of the coefficients, with the interval of Fisher's z.
    ///
    /// @param step by how much the largest coefficient below 1 is smaller than 1
    /// @throws IllegalArgumentException if there are none
    static Estimate ofCorrelations(double step, double... coefficients) {
        Estimate plain = of(coefficients);
        return plain.standardError.isEmpty()
                ? plain
                : new Estimate(plain.mean, plain.standardError, plain.count,
                        Optional.of(FisherZ.of(step, coefficients)));
    }

    /// The interval of this confidence from Student's t with n - 1 degrees of freedom, of Fisher's z for rank
    /// correlations; absent for one trial.
    ///
    /// @param confidence in (0, 1), such as .95
    public Optional<Interval> interval(double confidence) {
        if (standardError.isEmpty()) {
            return Optional.empty();
        }
        double quantile = student().twoSidedQuantile(1 - confidence);
        double half = quantile * standardError.getAsDouble();
        return Optional.of(fisher.map(z -> z.interval(quantile * z.standardError()))
                .orElseGet(() -> new Interval(mean - half, mean + half)));
    }

    /// The probability of a mean at least so far above a limit if the truth is the limit; absent for one trial.
    OptionalDouble pAbove(double limit) {
        if (standardError.isEmpty()) {
            return OptionalDouble.empty();
        }
        double distance = fisher.map(z -> z.mean() - FisherZ.artanh(limit)).orElse(mean - limit);
        double error = fisher.map(FisherZ::standardError).orElse(standardError.getAsDouble());
        double t = distance == 0 ? 0 : distance / error;
        double twoSided = student().twoSidedPValue(t);
        return OptionalDouble.of(distance > 0 ? twoSided / 2 : 1 - twoSided / 2);
    }

    /// The smallest difference, in standard deviations between trials, that so many trials find with a probability of
    /// .8 at α = .05: 3.1, 1.7 and 1.0 for 3, 5 and 10 trials.
    OptionalDouble detectable() {
        return count < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of((student().twoSidedQuantile(0.05) + student().twoSidedQuantile(0.4))
                        / Math.sqrt(count));
    }

    private StudentT student() {
        return new StudentT(count - 1);
    }

    /// The mean and its standard error, for a table.
    public TableCell cell() {
        return TableCell.number(mean, standardError.orElse(0));
    }

    /// A factor in words, if this is the mean of one logarithm of it a trial: the geometric mean and its interval, `4.3
    /// with a 95 % interval of 1.9 to 9.8`. A mean of factors itself is that of the largest one alone.
    public String asFactor() {
        return Wording.rough(Math.exp(mean)) + interval(1 - Rule.ALPHA).map(logarithms -> " with a 95 % interval of "
                + Wording.rough(Math.exp(logarithms.low())) + " to " + Wording.rough(Math.exp(logarithms.high())))
                .orElse("");
    }

    /// The mean, its standard error and its interval in words: `0.913 ± 0.021, with a 95 % interval of 0.82 to 0.97`.
    public String withInterval() {
        return this + interval(1 - Rule.ALPHA)
                .map(own -> ", with a 95 % interval of " + new TableCell.Interval(own.low(), own.high()).text())
                .orElse("");
    }

    /// `0.2891 ± 0.0022`, one standard error.
    @Override
    public String toString() {
        return Wording.withError(mean, standardError.orElse(0));
    }
}
