package org.surprisal.information.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.surprisal.information.StudentT;

/// A least-squares line through points, y = intercept + slope x, and how sure it is.
///
/// @param points        how many, n
/// @param slope         of the line
/// @param intercept     of the line
/// @param slopeError    standard error of the slope, from the scatter about the line, n - 2 degrees of freedom
/// @param correlation   Pearson's, in [-1, 1]
/// @param pValue        two-sided, of a correlation this far from 0 if there is none (Student's t)
public record FittedLine(int points, double slope, double intercept, double slopeError, double correlation,
        double pValue) {

    /// The fewest points that say anything of their scatter about a line.
    public static final int FEWEST = 3;

    /// The line through at least three points that do not all have one x or one y.
    ///
    /// @throws IllegalArgumentException if there are fewer, or all have one x or one y
    public static FittedLine through(double[] x, double[] y) {
        int n = x.length;
        if (n < FEWEST || y.length != n) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d x and %d y, as many of both and %d at least needed", n, y.length,
                            FEWEST));
        }
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        if (!(xx > 0) || !(yy > 0)) {
            throw new IllegalArgumentException(
                    "all points have one x or one y: a line through them has no slope or no correlation");
        }
        double correlation = Math.clamp(xy / Math.sqrt(xx * yy), -1.0, 1.0);
        double unexplained = yy * (1 - correlation * correlation);
        // On a line without scatter t is infinite and p is 0.
        double t = correlation * Math.sqrt((n - 2) / (1 - correlation * correlation));
        return new FittedLine(n, xy / xx, meanY - xy / xx * meanX, Math.sqrt(unexplained / ((n - 2) * xx)), correlation,
                new StudentT(n - 2).twoSidedPValue(t));
    }

    /// The line through points; absent if there are fewer than three, or all have one x or one y.
    public static Optional<FittedLine> ifAny(double[] x, double[] y) {
        return x.length < FEWEST || Arrays.stream(x).distinct().count() < 2 || Arrays.stream(y).distinct().count() < 2
                ? Optional.empty()
                : Optional.of(through(x, y));
    }

    /// `fit: 3.1 + 5.2 ξ_c`
    ///
    /// @param x symbol of the position
    public String equation(String x) {
        return String.format(Locale.ROOT, "fit: %.1f %s %.2f %s", intercept, slope < 0 ? "-" : "+", Math.abs(slope), x);
    }

    /// Its height.
    public double at(double x) {
        return intercept + slope * x;
    }

    /// Half the width of the slope's 95 % interval.
    public double slopeHalfWidth() {
        return new StudentT(points - 2).twoSidedQuantile(0.05) * slopeError;
    }
}
