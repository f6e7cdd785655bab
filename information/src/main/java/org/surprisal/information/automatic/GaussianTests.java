package org.surprisal.information.automatic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
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
        Features x = Features.of(scores.x());
        Features y = Features.of(scores.y());
        return new GaussianTests(own(x), own(y), Math.max(cross(scores, x, y, scores.x(), scores.y()),
                cross(scores, y, x, scores.y(), scores.x())));
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
    ///
    /// @param linear z
    /// @param squares z²
    /// @param cubes z³ less its regression on z
    /// @param lengths z (|z|² - d) less its regression on z
    /// @param length |z|²
    /// @param products z_i z_j, i < j
    private record Features(double[][] linear, double[][] squares, double[][] cubes, double[][] lengths,
            double[] length, double[][] products) {

        static Features of(double[][] coordinates) {
            int n = coordinates[0].length;
            double[] length = new double[n];
            for (double[] z : coordinates) {
                for (int i = 0; i < n; i++) {
                    length[i] += z[i] * z[i];
                }
            }
            double[] bounded = standardised(length);
            int d = Math.min(MOST, coordinates.length);
            double[][] linear = new double[d][];
            double[][] squares = new double[d][];
            double[][] cubes = new double[d][];
            double[][] lengths = new double[d][];
            for (int j = 0; j < d; j++) {
                double[] z = standardised(coordinates[j]);
                linear[j] = z;
                squares[j] = standardised(map(z, v -> v * v));
                cubes[j] = without(standardised(map(z, v -> v * v * v)), z);
                lengths[j] = without(product(z, bounded), z);
            }
            return new Features(linear, squares, cubes, lengths, bounded, products(linear));
        }

        private static double[][] products(double[][] linear) {
            List<double[]> products = new ArrayList<>();
            for (int i = 0; i < linear.length && linear.length <= MOST_IN_PRODUCTS; i++) {
                for (int j = 0; j < i; j++) {
                    products.add(product(linear[i], linear[j]));
                }
            }
            return products.toArray(double[][]::new);
        }

        private static double[] product(double[] first, double[] second) {
            double[] product = new double[first.length];
            Arrays.setAll(product, i -> first[i] * second[i]);
            return standardised(product);
        }
    }

    private static double own(Features x) {
        int d = x.linear().length;
        double largest = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                if (i != j) {
                    largest = Math.max(largest, statistic(x.squares()[i], x.linear()[j]));
                    largest = Math.max(largest, statistic(x.cubes()[i], x.linear()[j]));
                }
                if (i < j) {
                    largest = Math.max(largest, statistic(x.squares()[i], x.squares()[j]));
                }
            }
        }
        return largest / critical(5L * d * d);
    }

    private static double cross(CanonicalScores scores, Features x, Features y, double[][] ofX, double[][] ofY) {
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
            for (int j = 0; j < x.linear().length; j++) {
                largest = Math.max(largest, statistic(rest, x.squares()[j]));
                largest = Math.max(largest, statistic(rest, x.cubes()[j]));
                largest = Math.max(largest, statistic(rest, x.lengths()[j]));
                largest = Math.max(largest, statistic(square, x.linear()[j]));
                largest = Math.max(largest, statistic(square, x.squares()[j]));
            }
            largest = Math.max(largest, statistic(rest, x.length()));
            largest = Math.max(largest, statistic(square, x.length()));
            for (double[] product : x.products()) {
                largest = Math.max(largest, statistic(rest, product));
                largest = Math.max(largest, statistic(square, product));
            }
        }
        return largest / critical(2L * d * (6L * x.linear().length + 2 + 2L * x.products().length));
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
