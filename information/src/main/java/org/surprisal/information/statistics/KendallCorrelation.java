package org.surprisal.information.statistics;

import java.util.OptionalDouble;

/// Kendall's rank correlation τ_b: how many pairs of points have the same order in both coordinates, less how many have
/// the opposite one, over the geometric mean of the pairs that are not tied in each (Kendall 1945).
public final class KendallCorrelation {
    private KendallCorrelation() {
    }

    /// The coefficient, from -1 to 1.
    ///
    /// @param x first coordinates
    /// @param y second coordinates, as many
    /// @return absent if there are fewer than two points, or all values of a coordinate are equal
    /// @throws IllegalArgumentException if the lengths differ or a number is NaN
    public static OptionalDouble of(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("x has " + x.length + " numbers and y has " + y.length
                    + ": as many are needed");
        }
        long order = 0;
        long untiedX = 0;
        long untiedY = 0;
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                throw new IllegalArgumentException("point " + i + " is not a number");
            }
            for (int j = 0; j < i; j++) {
                int byX = Double.compare(x[i] + 0.0, x[j] + 0.0);
                int byY = Double.compare(y[i] + 0.0, y[j] + 0.0);
                order += (long) Integer.signum(byX) * Integer.signum(byY);
                untiedX += byX == 0 ? 0 : 1;
                untiedY += byY == 0 ? 0 : 1;
            }
        }
        return untiedX == 0 || untiedY == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(order / Math.sqrt((double) untiedX * untiedY));
    }
}
