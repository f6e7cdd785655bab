package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.surprisal.information.internal.Samples;
import org.surprisal.information.neighbour.IntegerDigamma;
import org.surprisal.information.neighbour.NearestNeighbours;
import org.surprisal.information.neighbour.NeighbourSearch;
import org.surprisal.information.neighbour.NeighbourSpace;
import org.surprisal.information.pairwise.Parallel;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SymmetricEigen;

/// Mutual information from nearest neighbours with a correction for local non-uniformity (Gao, Ver Steeg & Galstyan
/// 2015, LNC), for two continuous variables.
///
/// [Kraskov] takes the density for uniform over the box that the k nearest neighbours of a point span along the axes.
/// Strong dependence makes the points lie along a line in it. The correction measures the volume V̄ of the box that the
/// same neighbours span along the principal axes of their second moments about the point, and where this is smaller
/// than α times the volume V of the box along the axes, takes it instead:
///
///     I = ψ(k) - 1/k + ψ(n) - ⟨ψ(n_x) + ψ(n_y)⟩ + C(X,Y) - C(X) - C(Y),     C = ⟨ln(V/V̄), where V̄ < α V⟩
///
/// which is Kraskov's algorithm 2 with the correction of the joint space less those of both variables by themselves: of
/// one coordinate each these are 0, and the value is the authors'. (For several coordinates the paper has the total
/// correlation of all; that of independent variables has a bias of its own.)
///
/// The threshold α keeps chance from counting as a line: uniform points go below it in a share of 0.005, which is found
/// by 5,000 draws of k points. It depends on k and d: k must be larger than d_x + d_y.
///
/// A correction is made or not, so that weak dependence is estimated as by algorithm 2, and strong dependence has no
/// ceiling of ψ(n). Between them, where the neighbourhoods are little longer than wide, part of the bias is left:
/// measured on 500 pairs with y = x + θ u of uniform numbers, means of ten runs, it is -0.13, -0.53, -0.26 and -0.20
/// nat for θ = 0.1, 0.01, 0.001 and 0.0001, that of algorithm 2 -0.14, -0.60, -2.45 and -4.71. In many dimensions
/// chance looks like a plane: 500 independent normals of 3 + 3 coordinates have 0.10 nat with k = 10.
///
/// @param k neighbours, more than the coordinates of both variables together
/// @param threshold α, above 0 and at most 1; empty for the 0.005-quantile of uniform points
/// @param jitter standard deviation of the normal noise added to each scaled coordinate, in units of its own
/// @param stream of the jitter
public record LocallyCorrectedKraskov(int k, OptionalDouble threshold, double jitter, RandomStream stream)
        implements
            MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("ksg-lnc",
            "nearest neighbours corrected for local non-uniformity (Gao, Ver Steeg & Galstyan 2015)",
            EstimatorDescription.Kind.ESTIMATE,
            "the variables have a joint density, which near every point lies along a line or a plane",
            "three searches of neighbours and O(n d³) time; all cores, O(n d) memory",
            "in more than two coordinates each, where it finds 0.1 nat between independent variables; with no more"
                    + " neighbours than coordinates, which it refuses; for whole numbers and other ties; never with"
                    + " a bootstrap");

    private static final int CHUNK = 256;
    private static final int DRAWS = 5000;
    private static final double CHANCE = 0.005;
    private static final long THRESHOLD_SEED = 2015;

    /// @throws IllegalArgumentException if `k` is below 1, the threshold not in (0, 1], or `jitter` negative or not
    /// finite
    public LocallyCorrectedKraskov {
        if (k < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "k = %d, at least 1 neighbour needed", k));
        }
        threshold.ifPresent(alpha -> {
            if (!(alpha > 0 && alpha <= 1)) {
                throw new IllegalArgumentException(
                        "threshold = %s, a value above 0 and at most 1 needed".formatted(alpha));
            }
        });
        if (jitter != 0) {
            Samples.requirePositive("jitter", jitter);
        }
    }

    /// k = 5, the usual threshold and a jitter of 1e-8.
    public static LocallyCorrectedKraskov standard(RandomStream stream) {
        return new LocallyCorrectedKraskov(5, OptionalDouble.empty(), 1e-8, stream);
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    @Override
    public String effectOfCopies() {
        return "copies are nearest neighbours at distance 0, which ksg-lnc takes for information";
    }

    /// I(X;Y) of two continuous variables.
    ///
    /// @throws IllegalArgumentException if one is discrete, the numbers of samples differ, k >= n, k is not larger than
    /// the number of coordinates, points coincide that no jitter moves apart, or all neighbours of a point lie in a
    /// plane through it
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        int n = Variable.requirePairs(x, y, 2);
        if (!(x instanceof Continuous first && y instanceof Continuous second)) {
            throw new IllegalArgumentException(
                    "%s is discrete: ksg-lnc needs continuous variables, take ksg or ksg-mixed"
                            .formatted(x instanceof Discrete ? x.name() : y.name()));
        }
        if (k >= n) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "k = %d neighbours need more than %d samples, %s has %d", k, k, x.name(), n));
        }
        List<String> warnings = new ArrayList<>();
        NeighbourSpace ofX = ScaledPoints.of(first, Scaling.STANDARDISE, jitter, stream.child("x"), warnings);
        NeighbourSpace ofY = ScaledPoints.of(second, Scaling.STANDARDISE, jitter, stream.child("y"), warnings);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("k", k);
        settings.put("jitter", jitter);
        if (ofX.isEmpty() || ofY.isEmpty()) {
            return MutualInformation.of(DESCRIPTION.name(), n, 0, settings, warnings);
        }
        NeighbourSpace pairs = NeighbourSpace.product(ofX, ofY);
        if (k <= pairs.dimension()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "k = %d neighbours span no box of %d coordinates: more than %d neighbours needed", k,
                    pairs.dimension(), pairs.dimension()));
        }
        double alpha = threshold(pairs.dimension());
        settings.put("threshold", alpha);
        Neighbourhoods whole = neighbourhoods(pairs, alpha, ofX, ofY);
        double correction = whole.correction - neighbourhoods(ofX, threshold(ofX.dimension())).correction
                - neighbourhoods(ofY, threshold(ofY.dimension())).correction;
        IntegerDigamma digamma = new IntegerDigamma(n);
        double uncorrected = digamma.of(k) - 1.0 / k + digamma.of(n) - whole.digammas;
        return MutualInformation.of(DESCRIPTION.name(), n, uncorrected + correction, settings, warnings)
                .withComponent("uncorrected", uncorrected).withComponent("correction", correction);
    }

    /// What the neighbourhoods of a space say.
    ///
    /// @param digammas ⟨Σ ψ(n)⟩ over the parts of the space
    /// @param correction ⟨ln(V/V̄)⟩
    private record Neighbourhoods(double digammas, double correction) {}

    private Neighbourhoods neighbourhoods(NeighbourSpace space, double alpha, NeighbourSpace... parts) {
        int d = space.dimension();
        if (d == 1) {
            return new Neighbourhoods(0, 0);
        }
        int n = space.count();
        IntegerDigamma digamma = new IntegerDigamma(n);
        NeighbourSearch all = NeighbourSearch.of(space);
        NeighbourSearch[] searches = Arrays.stream(parts).map(NeighbourSearch::of).toArray(NeighbourSearch[]::new);
        double[] counts = new double[n];
        double[] corrections = new double[n];
        double logAlpha = Math.log(alpha);
        Parallel.run(Math.ceilDiv(n, CHUNK), chunk -> {
            NearestNeighbours neighbours = new NearestNeighbours(k);
            for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
                neighbours.ask(k);
                all.nearest(i, neighbours);
                for (NeighbourSearch part : searches) {
                    double radius = neighbours.farthest(part.space(), i);
                    requireApart(radius, i);
                    counts[i] += digamma.of(part.below(Math.nextUp(radius), i) - 1);
                }
                corrections[i] = correction(differences(space, i, neighbours.points()), logAlpha, i);
            }
        });
        return new Neighbourhoods(mean(counts), mean(corrections));
    }

    /// ln(V/V̄) of a neighbourhood, or 0 where it is small enough to be chance.
    ///
    /// @param around shape (d, k)
    private double correction(double[][] around, double logAlpha, int sample) {
        double logVolume = 0;
        for (double[] coordinate : around) {
            double radius = largest(coordinate);
            requireApart(radius, sample);
            logVolume += Math.log(radius);
        }
        double logPrincipal = logPrincipalVolume(around);
        if (logPrincipal >= logVolume + logAlpha) {
            return 0;
        }
        if (Double.isInfinite(logPrincipal)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "sample %d and its %d nearest neighbours lie in a plane: the information is infinite, or a jitter"
                            + " above 0 is needed (jitter = %s)",
                    sample, k, jitter));
        }
        return logVolume - logPrincipal;
    }

    private void requireApart(double radius, int sample) {
        if (radius == 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "sample %d has a coordinate in common with its %d nearest neighbours: nearest neighbours need"
                            + " points apart, give a jitter above 0 (jitter = %s)",
                    sample, k, jitter));
        }
    }

    /// What the neighbours have more than point i, coordinate by coordinate: shape (d, k).
    private static double[][] differences(NeighbourSpace space, int i, int[] points) {
        double[][] around = new double[space.dimension()][points.length];
        for (int j = 0; j < around.length; j++) {
            for (int p = 0; p < points.length; p++) {
                around[j][p] = space.coordinate(points[p], j) - space.coordinate(i, j);
            }
        }
        return around;
    }

    /// The logarithm of the product of the largest distances from the origin along each principal axis.
    ///
    /// @param around shape (d, k)
    private static double logPrincipalVolume(double[][] around) {
        int d = around.length;
        int points = around[0].length;
        double[] scale = new double[d];
        Arrays.setAll(scale, j -> largest(around[j]));
        // Second moments in one unit of length: neighbourhoods may be so small that squares lose digits.
        double unit = largest(scale);
        double[][] moments = new double[d][d];
        for (int j = 0; j < d; j++) {
            for (int l = 0; l <= j; l++) {
                double sum = 0;
                for (int p = 0; p < points; p++) {
                    sum += around[j][p] / unit * (around[l][p] / unit);
                }
                moments[j][l] = sum / points;
                moments[l][j] = moments[j][l];
            }
        }
        double[][] axes = SymmetricEigen.of("the matrix of second moments of a neighbourhood", moments).vectors();
        double volume = 0;
        for (int axis = 0; axis < d; axis++) {
            double farthest = 0;
            for (int p = 0; p < points; p++) {
                double along = 0;
                for (int j = 0; j < d; j++) {
                    along += axes[axis][j] * around[j][p];
                }
                farthest = Math.max(farthest, Math.abs(along));
            }
            volume += Math.log(farthest);
        }
        return volume;
    }

    private double threshold(int d) {
        if (threshold.isPresent() || d == 1) {
            return threshold.orElse(1);
        }
        RandomStream draws = RandomStream.seeded(THRESHOLD_SEED);
        double[] logRatios = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] around = new double[d][k];
            double volume = 0;
            for (double[] coordinate : around) {
                Arrays.setAll(coordinate, p -> 2 * draws.nextDouble() - 1);
                volume += Math.log(largest(coordinate));
            }
            logRatios[draw] = logPrincipalVolume(around) - volume;
        }
        Arrays.sort(logRatios);
        return Math.min(1, Math.exp(logRatios[(int) (CHANCE * DRAWS)]));
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double mean(double[] terms) {
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return sum / terms.length;
    }
}
