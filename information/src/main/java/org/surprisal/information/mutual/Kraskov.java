package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.surprisal.tensor.RandomStream;

/// Mutual information from nearest neighbours.
///
/// Two continuous variables (Kraskov, Stögbauer & Grassberger 2004): with ε_i the distance of pair i to its k-th neighbour
/// in the maximum norm of both spaces, algorithm 1 counts the n_x points nearer than ε_i in x alone, n_y those in y alone:
///
///     I = ψ(k) + ψ(n) - ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩                (their equation 8)
///     I = ψ(k) - 1/k + ψ(n) - ⟨ψ(n_x) + ψ(n_y)⟩                  (9: algorithm 2)
///
/// where algorithm 2 counts up to the farthest of the k neighbours in each space by itself, that one included. A continuous
/// and a discrete variable (Ross 2014): ε_i is the distance to the k-th neighbour of the same symbol, m_i the number of
/// points of any symbol nearer than that, point i included, and n_c the number of samples of its symbol:
///
///     I = ψ(n) + ⟨ψ(k)⟩ - ⟨ψ(n_c)⟩ - ⟨ψ(m)⟩
///
/// where a symbol of fewer than k + 1 samples is asked for n_c - 1 neighbours, and one of a single sample is left out.
///
/// The estimate has hardly a bias for independent variables and cannot exceed its ceiling, ψ(n) - ψ(k) for algorithm 1, so that
/// strong dependence is underestimated (Gao, Ver Steeg & Galstyan 2015). All distances are computed: O(n² d).
///
/// @param k neighbours, at least 1; Kraskov's choice is 2 to 4
/// @param algorithm 1 or 2, for two continuous variables
/// @param jitter standard deviation of the normal noise added to each scaled coordinate, in units of its own; 0 for none.
/// It moves equal points apart, which have no nearest one
/// @param scaling what is done to each coordinate first
/// @param stream seed of the jitter
public record Kraskov(int k, int algorithm, double jitter, Scaling scaling, RandomStream stream)
        implements
            MutualInformationEstimator {

    static final EstimatorDescription DESCRIPTION = new EstimatorDescription("ksg",
            "nearest neighbours (Kraskov, Stögbauer & Grassberger 2004; labels: Ross 2014)",
            EstimatorDescription.Kind.ESTIMATE,
            "the variables have a joint density (labels: one for each class) that is smooth over a k-neighbourhood",
            "O(n² d) time on all cores, O(n d) memory",
            "for a deterministic layer and its input (the information is infinite), in tens of dimensions, or where it comes"
                    + " near its ceiling ψ(n) - ψ(k)");

    private static final int CHUNK = 64;
    /// The share of the ceiling from which on a value is called saturated.
    private static final double SATURATED = 0.8;

    /// @throws IllegalArgumentException if `k` is below 1, `algorithm` neither 1 nor 2, or `jitter` negative or not finite
    public Kraskov {
        if (k < 1) {
            throw new IllegalArgumentException("k = %d, at least 1 neighbour needed".formatted(k));
        }
        if (algorithm != 1 && algorithm != 2) {
            throw new IllegalArgumentException("KSG algorithm = %d, 1 or 2 needed".formatted(algorithm));
        }
        if (!(jitter >= 0 && Double.isFinite(jitter))) {
            throw new IllegalArgumentException("jitter = %s, a finite value >= 0 needed".formatted(jitter));
        }
    }

    /// Algorithm 1 with k = 4, standardised coordinates and jitter of 1e-8.
    public static Kraskov standard(RandomStream stream) {
        return new Kraskov(4, 1, 1e-8, Scaling.STANDARDISE, stream);
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    /// I(X;Y) of two continuous variables, or of a continuous and a discrete one in either order.
    ///
    /// @throws IllegalArgumentException if both are discrete, the numbers of samples differ, k >= n, points coincide that
    /// no jitter moves apart, or no symbol has two samples
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        int n = Variable.requirePairs(x, y, 2);
        if (k >= n) {
            throw new IllegalArgumentException("k = %d neighbours need more than %d samples, %s has %d".formatted(k, k,
                    x.name(), n));
        }
        if (x instanceof Continuous first) {
            return y instanceof Continuous second
                    ? ofContinuous(first, second)
                    : ofLabels(first, (Discrete) y);
        }
        if (y instanceof Continuous second) {
            return ofLabels(second, (Discrete) x);
        }
        throw new IllegalArgumentException("%s and %s are both discrete: ksg measures distances, take discrete"
                .formatted(x.name(), y.name()));
    }

    private MutualInformation ofContinuous(Continuous x, Continuous y) {
        int n = x.count();
        List<String> warnings = new ArrayList<>();
        NeighbourSpace spaceX = NeighbourSpace.of(x, scaling, jitter, stream.child("x"), warnings);
        NeighbourSpace spaceY = NeighbourSpace.of(y, scaling, jitter, stream.child("y"), warnings);
        double[] harmonic = harmonicNumbers(n);
        double ceiling = digamma(harmonic, n) - digamma(harmonic, k) - (algorithm == 2 ? 1.0 / k : 0);
        if (spaceX.isEmpty() || spaceY.isEmpty()) {
            return MutualInformation.of(DESCRIPTION.name(), n, 0, settings(), warnings).withCeiling(ceiling);
        }
        double[] terms = new double[n];
        forEach(n, (i, scratch) -> {
            spaceX.distances(i, scratch.x);
            spaceY.distances(i, scratch.y);
            for (int j = 0; j < n; j++) {
                scratch.joint[j] = Math.max(scratch.x[j], scratch.y[j]);
            }
            double radius = scratch.neighbours.find(k, scratch.joint, i);
            requireApart(radius, i);
            // Point i is nearer than any other and counted with the rest.
            if (algorithm == 1) {
                terms[i] = digamma(harmonic, NearestNeighbours.below(radius, scratch.x))
                        + digamma(harmonic, NearestNeighbours.below(radius, scratch.y));
            } else {
                double radiusX = scratch.neighbours.farthest(k, scratch.x);
                double radiusY = scratch.neighbours.farthest(k, scratch.y);
                terms[i] = digamma(harmonic, NearestNeighbours.below(Math.nextUp(radiusX), scratch.x) - 1)
                        + digamma(harmonic, NearestNeighbours.below(Math.nextUp(radiusY), scratch.y) - 1);
            }
        });
        double value = digamma(harmonic, k) - (algorithm == 2 ? 1.0 / k : 0) + digamma(harmonic, n) - mean(terms);
        if (value > SATURATED * ceiling) {
            warnings.add(
                    "the value is near the estimator's ceiling of %.3f nat at n = %d: the information may be far larger"
                            .formatted(ceiling, n));
        }
        return MutualInformation.of(DESCRIPTION.name(), n, value, settings(), warnings).withCeiling(ceiling);
    }

    private MutualInformation ofLabels(Continuous x, Discrete labels) {
        List<String> warnings = new ArrayList<>();
        NeighbourSpace everywhere = NeighbourSpace.of(x, scaling, jitter, stream.child("x"), warnings);
        int[] counts = labels.counts();
        labels.classesOf(1, 1).ifPresent(alone -> warnings.add(alone + " a single sample, which is left out"));
        labels.classesOf(2, k).ifPresent(small -> warnings.add(small
                + " no more than k = %d samples: fewer neighbours are asked for there".formatted(k)));
        int[] kept = IntStream.range(0, x.count()).filter(i -> counts[labels.code(i)] > 1).toArray();
        int n = kept.length;
        if (n == 0) {
            throw new IllegalArgumentException(
                    "every class of %s has one sample, at least 2 of a class needed".formatted(labels.name()));
        }
        double[] harmonic = harmonicNumbers(n);
        double ceiling = digamma(harmonic, n);
        for (int i : kept) {
            ceiling -= digamma(harmonic, counts[labels.code(i)]) / n;
        }
        if (everywhere.isEmpty()) {
            return MutualInformation.of(DESCRIPTION.name(), x.count(), 0, settings(), warnings).withCeiling(ceiling);
        }
        NeighbourSpace space = everywhere.take(kept);
        double[] terms = new double[n];
        forEach(n, (i, scratch) -> {
            int own = labels.code(kept[i]);
            int neighbours = Math.min(k, counts[own] - 1);
            space.distances(i, scratch.x);
            for (int j = 0; j < n; j++) {
                scratch.joint[j] = labels.code(kept[j]) == own ? scratch.x[j] : Double.POSITIVE_INFINITY;
            }
            double radius = scratch.neighbours.find(neighbours, scratch.joint, i);
            requireApart(radius, kept[i]);
            terms[i] = digamma(harmonic, NearestNeighbours.below(radius, scratch.x)) - digamma(harmonic, neighbours);
        });
        return MutualInformation.of(DESCRIPTION.name(), x.count(), ceiling - mean(terms), settings(), warnings)
                .withCeiling(ceiling);
    }

    private void requireApart(double radius, int sample) {
        if (radius == 0) {
            throw new IllegalArgumentException(
                    ("sample %d coincides with its %d nearest neighbours: nearest neighbours need"
                            + " points apart, give a jitter above 0 (jitter = %s)").formatted(sample, k, jitter));
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("k", k);
        settings.put("algorithm", algorithm);
        settings.put("jitter", jitter);
        settings.put("scale", switch (scaling) {
            case STANDARDISE -> "standardise";
            case RANK -> "rank";
            case NONE -> "none";
        });
        return settings;
    }

    /// What one thread needs for one point.
    private static final class Scratch {
        private final double[] x;
        private final double[] y;
        private final double[] joint;
        private final NearestNeighbours neighbours;

        Scratch(int n, int k) {
            x = new double[n];
            y = new double[n];
            joint = new double[n];
            neighbours = new NearestNeighbours(k);
        }
    }

    private interface PointTask {
        void run(int point, Scratch scratch);
    }

    private void forEach(int n, PointTask task) {
        try (Parallel parallel = new Parallel()) {
            parallel.run(Math.ceilDiv(n, CHUNK), chunk -> {
                Scratch scratch = new Scratch(n, k);
                for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
                    task.run(i, scratch);
                }
            });
        }
    }

    /// 1 + 1/2 + … + 1/m for m = 0 … n.
    private static double[] harmonicNumbers(int n) {
        double[] harmonic = new double[n + 1];
        for (int m = 1; m <= n; m++) {
            harmonic[m] = harmonic[m - 1] + 1.0 / m;
        }
        return harmonic;
    }

    /// ψ(m) but for Euler's constant, which every difference here is free of.
    private static double digamma(double[] harmonic, int m) {
        return harmonic[m - 1];
    }

    private static double mean(double[] terms) {
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return sum / terms.length;
    }
}
