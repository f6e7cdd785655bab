package org.surprisal.information.automatic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The candidates that search nearest neighbours among functions of normal scores.
final class ScoreCandidates {

    static final String ALL = "ksg-normal-scores";
    static final String VARIATES = "ksg-canonical-variates";
    static final String CURVED = "ksg-curved-variates";
    static final String LENGTHS = "ksg-lengths";
    /// Nearest neighbours of more coordinates in all find so little that they are not tried.
    private static final int MOST_COORDINATES = 8;
    /// Samples for each column below which directions are not fitted.
    private static final int FEWEST_FOR_EACH_COLUMN = 10;
    private static final int MOST_VARIATES = 2;
    private static final int MOST_POWERS = 3;
    private static final int MOST_IN_PRODUCTS = 5;
    private static final int NEIGHBOURS = 4;
    private static final double JITTER = 1e-8;

    private ScoreCandidates() {
    }

    /// The candidates, the one first that is taken where nothing stands out.
    ///
    /// @param x normal scores
    /// @param y normal scores
    static List<Candidate> of(Continuous x, Continuous y, RandomStream stream) {
        int coordinates = x.dimension() + y.dimension();
        List<Candidate> candidates = new ArrayList<>();
        if (coordinates <= MOST_COORDINATES) {
            candidates.add(Candidate.of(ALL, "nearest neighbours of normal scores",
                    coordinates == 2
                            ? "structure finer than the distance to a fourth neighbour"
                            : "structure finer than the distance to a fourth neighbour, which is far in " + coordinates
                                    + " coordinates",
                    x, y, neighbours(stream)));
        }
        if (coordinates > 2) {
            candidates.add(Candidate.of(LENGTHS, "nearest neighbours of the lengths of both variables' scores",
                    "what the directions of both variables share", length(x), length(y), neighbours(stream)));
            variates(VARIATES, "nearest neighbours of the leading canonical variates of normal scores", x, y, stream)
                    .ifPresent(candidates::add);
            if (FEWEST_FOR_EACH_COLUMN * coordinates * MOST_POWERS < x.count()) {
                variates(CURVED, "nearest neighbours of the leading canonical variates of polynomials of normal scores",
                        polynomials(x), polynomials(y), stream).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private static MutualInformationEstimator neighbours(RandomStream stream) {
        return new Kraskov(NEIGHBOURS, 1, JITTER, Scaling.STANDARDISE, stream.child("jitter"));
    }

    /// Nothing where there are too few samples to fit directions. They are fitted on one half of the samples, and the
    /// variates of the other half are a pair of variables.
    private static Optional<Candidate> variates(String name, String title, Continuous x, Continuous y,
            RandomStream stream) {
        int n = x.count();
        if (FEWEST_FOR_EACH_COLUMN * (x.dimension() + y.dimension()) > n) {
            return Optional.empty();
        }
        int[] order = stream.child("variates").permutation(n);
        int[][] halves = {Arrays.copyOfRange(order, 0, n / 2), Arrays.copyOfRange(order, n / 2, n)};
        List<Candidate.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Continuous fitX = x.take(halves[1 - i]);
            Continuous fitY = y.take(halves[1 - i]);
            CanonicalAxes axes = CanonicalAxes.of(fitX.columns(), fitY.columns());
            int number = Math.max(1, axes.standOut(fitX.count(), MOST_VARIATES));
            pairs.add(new Candidate.Pair(leading(x.take(halves[i]), axes.x(), number),
                    leading(y.take(halves[i]), axes.y(), number)));
        }
        return Optional.of(new Candidate(name, title, "whatever lies outside of two canonical variates", pairs,
                neighbours(stream)));
    }

    private static Continuous leading(Continuous variable, double[][] axes, int number) {
        return ofColumns(variable.name(),
                CanonicalAxes.along(Arrays.copyOf(axes, Math.min(number, axes.length)), variable.columns()));
    }

    /// Scores, scores times powers of the squared length, whose sums turn a point by an angle that depends on its
    /// length, and products of two scores of few coordinates; each of mean 0 and variance 1.
    private static Continuous polynomials(Continuous variable) {
        double[][] z = variable.columns();
        int d = z.length;
        double[] length = unit(squares(z));
        List<double[]> columns = new ArrayList<>();
        for (double[] each : z) {
            double[] power = each;
            for (int degree = 0; degree <= MOST_POWERS; degree++) {
                columns.add(unit(power));
                power = product(power, length);
            }
        }
        for (int i = 0; i < d && d <= MOST_IN_PRODUCTS; i++) {
            for (int j = 0; j <= i; j++) {
                columns.add(unit(product(z[i], z[j])));
            }
        }
        return ofColumns(variable.name(), columns.toArray(double[][]::new));
    }

    private static double[] product(double[] first, double[] second) {
        double[] product = new double[first.length];
        Arrays.setAll(product, i -> first[i] * second[i]);
        return product;
    }

    private static double[] unit(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        return Arrays.stream(values).map(v -> deviation == 0 ? 0 : (v - mean) / deviation).toArray();
    }

    private static Continuous length(Continuous variable) {
        return ofColumns("the length of " + variable.name(),
                Arrays.stream(squares(variable.columns())).map(Math::sqrt).toArray());
    }

    private static double[] squares(double[][] columns) {
        double[] squares = new double[columns[0].length];
        for (double[] column : columns) {
            for (int i = 0; i < squares.length; i++) {
                squares[i] += column[i] * column[i];
            }
        }
        return squares;
    }

    private static Continuous ofColumns(String name, double[]... columns) {
        int n = columns[0].length;
        double[] values = new double[n * columns.length];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < n; i++) {
                values[i * columns.length + j] = columns[j][i];
            }
        }
        return Continuous.of(name, Tensor.of(values, n, columns.length));
    }
}
