package org.surprisal.information.statistics;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.information.Moments;
import org.surprisal.information.StudentT;
import org.surprisal.information.internal.Samples;

/// 'After' against 'before' on the same networks: the mean over seeds of the differences, with Student's t.
///
/// A single pair has a mean and nothing to say how sure it is: the standard error, the p-value and the interval are
/// absent. Differences that are all equal have a standard error of 0; the p-value is then 0, or 1 if they are all 0.
///
/// @param count number of pairs n, at least 1
/// @param mean mean of after - before
/// @param standardError sample standard deviation of the differences / √n; absent for n = 1
/// @param pValue two-sided probability of a mean this far from 0 if there is no difference (Student's t, n - 1 degrees
/// of freedom); absent for n = 1
/// @param interval95 the 95 % confidence interval of the mean; absent for n = 1
public record PairedDifference(int count, double mean, OptionalDouble standardError, OptionalDouble pValue,
        Optional<Interval> interval95) {

    /// A closed interval.
    ///
    /// @param low its lower end
    /// @param high its upper end
    public record Interval(double low, double high) {}

    /// Compares two series that belong together pair by pair.
    ///
    /// @param before one finite value a seed
    /// @param after one finite value a seed, in the order of `before`
    /// @throws IllegalArgumentException if there are none, one is not finite, or the lengths differ
    public static PairedDifference of(double[] before, double[] after) {
        Samples.requireFinite("before", before, 1);
        Samples.requireFinite("after", after, 1);
        if (before.length != after.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "before has %d value(s), after %d: pairs needed", before.length,
                            after.length));
        }
        double[] differences = new double[before.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = after[i] - before[i];
        }
        Moments moments = Moments.of(differences);
        int n = moments.count();
        double mean = moments.mean();
        if (n == 1) {
            return new PairedDifference(1, mean, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
        }
        double standardError = Math.sqrt(moments.variance() / (n - 1));
        var student = new StudentT(n - 1);
        double t = mean == 0 ? 0 : mean / standardError;
        double halfWidth = student.twoSidedQuantile(0.05) * standardError;
        return new PairedDifference(n, mean, OptionalDouble.of(standardError),
                OptionalDouble.of(student.twoSidedPValue(t)),
                Optional.of(new Interval(mean - halfWidth, mean + halfWidth)));
    }
}
