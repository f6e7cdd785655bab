package org.surprisal.information.automatic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.hipparchus.special.Erf;

/// Tests whether scores are jointly Gaussian, from correlations that would be 0 if they were.
///
/// Of each variable by itself: squares and cubes of its canonical coordinates against its other coordinates. Of both:
/// what is left of each canonical coordinate after its regression on its partner, and the square of that, against
/// squares, cubes and products of the other variable's coordinates and its squared length. All functions are cut off at
/// three standard deviations, so that correlations of them are nearly normal. A statistic is a correlation times √n; it
/// counts from the normal quantile on that a thousandth of Gaussian variables exceed in any of the tests.
///
/// @param ofX the largest statistic of X by itself, over the size from which on it counts
/// @param ofY that of Y
/// @param ofBoth that of the pair
record GaussianTests(double ofX, double ofY, double ofBoth) {

    /// The share of Gaussian variables that fail.
    private static final double LEVEL = 1e-3;
    /// Where functions of scores are cut off, in standard deviations.
    private static final double BOUND = 3;
    /// More coordinates than these are tested by the first ones only.
    private static final int MOST = 60;
    /// Products of two coordinates are tested of no more coordinates than these.
    private static final int MOST_IN_PRODUCTS = 10;

    static GaussianTests of(CanonicalScores scores) {
        Features x = new Features(scores.x());
        Features y = new Features(scores.y());
        return new GaussianTests(own(x), own(y), Math.max(cross(scores, x, scores.x(), scores.y()),
                cross(scores, y, scores.y(), scores.x())));
    }

    /// Whether no test speaks against a Gaussian.
    boolean gaussian() {
        return ofX <= 1 && ofY <= 1 && ofBoth <= 1;
    }

    /// What the tests say, as the beginning of a sentence.
    String summary() {
        double largest = Math.max(Math.max(ofX, ofY), ofBoth);
        return String.format(Locale.ROOT, gaussian()
                ? "normal scores pass every test of a joint Gaussian (the largest statistic is %.2f of its critical"
                        + " value)"
                : "normal scores are not jointly Gaussian (the largest statistic is %.1f times its critical value)",
                largest);
    }

    /// Bounded functions of coordinates, each of mean 0 and variance 1.
    private static final class Features {
        private final double[][] linear;
        private final double[][] squares;
        /// z³ less its regression on z.
        private final double[][] cubes;
        /// z (|z|² - d) less its regression on z.
        private final double[][] modulated;
        /// |z|².
        private final double[] length;
        /// z_i z_j, i < j.
        private final double[][] products;

        private Features(double[]... coordinates) {
            int n = coordinates[0].length;
            double[] sum = new double[n];
            for (double[] z : coordinates) {
                for (int i = 0; i < n; i++) {
                    sum[i] += z[i] * z[i];
                }
            }
            length = standardised(sum);
            linear = Arrays.stream(coordinates).limit(MOST).map(GaussianTests::standardised).toArray(double[][]::new);
            squares = each(z -> standardised(map(z, v -> v * v)));
            cubes = each(z -> without(standardised(map(z, v -> v * v * v)), z));
            modulated = each(z -> without(product(z, length), z));
            List<double[]> pairs = new ArrayList<>();
            for (int i = 0; i < linear.length && linear.length <= MOST_IN_PRODUCTS; i++) {
                for (int j = 0; j < i; j++) {
                    pairs.add(product(linear[i], linear[j]));
                }
            }
            products = pairs.toArray(double[][]::new);
        }

        private double[][] each(UnaryOperator<double[]> function) {
            return Arrays.stream(linear).map(function).toArray(double[][]::new);
        }

        private static double[] product(double[] first, double[] second) {
            double[] product = new double[first.length];
            Arrays.setAll(product, i -> first[i] * second[i]);
            return standardised(product);
        }
    }

    private static double own(Features x) {
        int d = x.linear.length;
        double largest = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                if (i != j) {
                    largest = Math.max(largest, statistic(x.squares[i], x.linear[j]));
                    largest = Math.max(largest, statistic(x.cubes[i], x.linear[j]));
                }
                if (i < j) {
                    largest = Math.max(largest, statistic(x.squares[i], x.squares[j]));
                }
            }
        }
        return largest / critical(5L * d * d);
    }

    private static double cross(CanonicalScores scores, Features x, double[][] ofX, double[][] ofY) {
        int d = Math.min(MOST, ofY.length);
        double largest = 0;
        for (int k = 0; k < d; k++) {
            double[] rest = ofY[k].clone();
            if (k < scores.correlations().length) {
                double slope = scores.correlations()[k];
                for (int i = 0; i < rest.length; i++) {
                    rest[i] -= slope * ofX[k][i];
                }
            }
            rest = standardised(rest);
            double[] square = standardised(map(rest, v -> v * v));
            for (int j = 0; j < x.linear.length; j++) {
                largest = Math.max(largest, statistic(rest, x.squares[j]));
                largest = Math.max(largest, statistic(rest, x.cubes[j]));
                largest = Math.max(largest, statistic(rest, x.modulated[j]));
                largest = Math.max(largest, statistic(square, x.linear[j]));
                largest = Math.max(largest, statistic(square, x.squares[j]));
            }
            largest = Math.max(largest, statistic(rest, x.length));
            largest = Math.max(largest, statistic(square, x.length));
            for (double[] product : x.products) {
                largest = Math.max(largest, statistic(rest, product));
                largest = Math.max(largest, statistic(square, product));
            }
        }
        return largest / critical(2L * d * (6L * x.linear.length + 2 + 2L * x.products.length));
    }

    /// |mean of products| √n, of columns of variance 1.
    private static double statistic(double[] first, double[] second) {
        return Math.abs(CanonicalAxes.dot(first, second)) / Math.sqrt(first.length);
    }

    /// The normal quantile that the largest of so many statistics exceeds with probability [#LEVEL] at most.
    private static double critical(long tests) {
        return Math.sqrt(2) * Erf.erfInv(1 - LEVEL / Math.max(1, tests));
    }

    private static double[] map(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    /// Mean 0, variance 1, cut off at [#BOUND], and again.
    private static double[] standardised(double[] values) {
        return unit(map(unit(values), v -> Math.clamp(v, -BOUND, BOUND)));
    }

    private static double[] unit(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        return map(values, v -> deviation == 0 ? 0 : (v - mean) / deviation);
    }

    /// A column without its regression on another.
    private static double[] without(double[] values, double[] other) {
        double slope = CanonicalAxes.dot(values, other) / values.length;
        double[] rest = values.clone();
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= slope * other[i];
        }
        return unit(rest);
    }
}
