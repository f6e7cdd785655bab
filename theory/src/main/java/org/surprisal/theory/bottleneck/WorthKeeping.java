package org.surprisal.theory.bottleneck;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// From which β on the bottleneck keeps anything of X: the infimum of I(X;T) / I(T;Y) over all T. It is 1/η, with η the
/// strong data-processing constant of X and Y, the supremum of D(q_Y || p_Y) / D(q_X || p_X) over the distributions q_X
/// of X, where q_Y is what the channel p(y|x) makes of q_X (Anantharam, Gohari, Kamath, Nair 2013, arXiv 1304.6133).
///
/// The supremum is not concave. It is enclosed: any q_X shows that something is worth keeping from the inverse of its
/// ratio on, and the channel's constant for the worst distribution of X, which two inputs reach (Ordentlich and
/// Polyanskiy 2020, arXiv 2010.01390), bounds it from the other side: η ≤ 1 - min (Σ_y √(p(y|x) p(y|x')))² over pairs
/// of x.
///
/// @param nothingBelow at this β and below the best bottleneck keeps nothing; at least 1; a bound that holds for every
/// T
/// @param somethingFrom above this β a T is known that is better than keeping nothing; at least `nothingBelow`
/// @param littleFrom above this β a T that keeps arbitrarily little is better than keeping nothing: 1/ρ² of
/// [JointDistribution#criticalBeta]; at least `somethingFrom`
public record WorthKeeping(double nothingBelow, double somethingFrom, double littleFrom) {
    /// Starts of the search for q_X.
    private static final int MOST_STARTS = 64;

    private static final int MOST_STEPS = 2_000;

    private static final double TOLERANCE = 1e-14;

    /// Divergences below this many nats are too near to rounding for their ratio to mean anything.
    private static final double LEAST_DIVERGENCE = 1e-7;

    /// Above so many different p(y|x) the pairs are not gone through, and the bound is 1.
    private static final int MOST_PAIRED = 4_096;

    /// The thresholds of a joint; absent if X and Y are independent, so that nothing is ever worth keeping.
    public static Optional<WorthKeeping> of(JointDistribution joint) {
        OptionalDouble local = joint.criticalBeta();
        if (local.isEmpty()) {
            return Optional.empty();
        }
        BlahutArimoto.Source source = BlahutArimoto.Source.of(joint.sufficientStatistic().joint());
        double bound = bound(source);
        double found = Math.min(local.getAsDouble(), 1 / new Contraction(source).largest());
        // both are exact for a binary symmetric channel, where rounding could put them in the wrong order
        return Optional.of(new WorthKeeping(bound, Math.max(bound, found), Math.max(bound, local.getAsDouble())));
    }

    private static double bound(BlahutArimoto.Source source) {
        double[][] roots = Arrays.stream(source.conditionals())
                .map(row -> Arrays.stream(row).map(Math::sqrt).toArray()).toArray(double[][]::new);
        if (roots.length > MOST_PAIRED) {
            return 1;
        }
        // half the squared Hellinger distance is 1 less the overlap, without its cancellation
        double most = 0;
        for (int i = 0; i < roots.length; i++) {
            for (int k = 0; k < i; k++) {
                double squares = 0;
                for (int y = 0; y < roots[i].length; y++) {
                    double difference = roots[i][y] - roots[k][y];
                    squares += difference * difference;
                }
                most = Math.max(most, 0.5 * squares);
            }
        }
        return Math.max(1, 1 / (most * (2 - most)));
    }

    /// The search for the q_X with the largest ratio λ of the two divergences. A step maximises D(q_Y || p_Y) - λ
    /// D(q_X || p_X) with its first, convex term replaced by the tangent at the last q_X: q_X ∝ p_X exp(Σ_y p(y|x)
    /// ln(q_Y / p_Y) / λ). The ratio never falls.
    private static final class Contraction {
        private final BlahutArimoto.Source source;
        private final double[] logY;

        Contraction(BlahutArimoto.Source source) {
            this.source = source;
            logY = Arrays.stream(source.y()).map(Math::log).toArray();
        }

        double largest() {
            int count = source.x().length;
            double[] alone = new double[count];
            Arrays.setAll(alone, i -> ratio(certain(i)));
            double[] known = {0};
            IntStream.range(0, count).boxed().sorted(Comparator.comparingDouble(i -> -alone[i])).limit(MOST_STARTS)
                    .forEach(i -> known[0] = Math.max(known[0], Math.max(climb(certain(i)), climb(mixed(i)))));
            return known[0];
        }

        private double[] certain(int x) {
            double[] q = new double[source.x().length];
            q[x] = 1;
            return q;
        }

        private double[] mixed(int x) {
            double[] q = source.x().clone();
            Arrays.setAll(q, i -> 0.5 * q[i] + (i == x ? 0.5 : 0));
            return q;
        }

        private double climb(double[] start) {
            double[] q = start;
            double ratio = ratio(q);
            for (int step = 0; step < MOST_STEPS && ratio > 0; step++) {
                double[] next = next(q, ratio);
                double reached = ratio(next);
                if (!(reached > ratio * (1 + TOLERANCE))) {
                    break;
                }
                q = next;
                ratio = reached;
            }
            return ratio;
        }

        private double[] next(double[] q, double ratio) {
            double[] logOut = Arrays.stream(out(q)).map(Math::log).toArray();
            double[] next = new double[q.length];
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < next.length; i++) {
                double gain = 0;
                for (int y = 0; y < logY.length; y++) {
                    double p = source.conditionals()[i][y];
                    gain += p > 0 ? p * (logOut[y] - logY[y]) : 0;
                }
                next[i] = gain / ratio;
                most = Math.max(most, next[i]);
            }
            double sum = 0;
            for (int i = 0; i < next.length; i++) {
                next[i] = source.x()[i] * Math.exp(next[i] - most);
                sum += next[i];
            }
            for (int i = 0; i < next.length; i++) {
                next[i] /= sum;
            }
            return next;
        }

        /// 0 where q_X is too near to p_X, which [WorthKeeping#littleFrom] covers.
        private double ratio(double[] q) {
            double input = divergence(q, source.x());
            return input > LEAST_DIVERGENCE ? divergence(out(q), source.y()) / input : 0;
        }

        private double[] out(double[] q) {
            double[] out = new double[logY.length];
            for (int i = 0; i < q.length; i++) {
                if (q[i] > 0) {
                    for (int y = 0; y < out.length; y++) {
                        out[y] += q[i] * source.conditionals()[i][y];
                    }
                }
            }
            return out;
        }

        private static double divergence(double[] q, double[] p) {
            double sum = 0;
            for (int i = 0; i < q.length; i++) {
                sum += q[i] > 0 ? q[i] * Math.log(q[i] / p[i]) : 0;
            }
            return sum;
        }
    }
}
