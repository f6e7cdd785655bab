package org.surprisal.information.entropy;

import java.util.Arrays;
import java.util.Locale;

/// A probability distribution over finitely many values, with its entropies and its divergences from others.
///
/// Divergences compare distributions of equal size, value by value. They are sums of terms that are not negative, so
/// nearly equal distributions keep their digits and rounding brings none below 0. Immutable: arrays are copied in and
/// out.
public final class DiscreteDistribution {

    /// How far the sum of the given probabilities may lie from 1.
    private static final double TOLERANCE = 1e-9;

    /// Orders nearer to 1 than this are computed from the difference to order 1: the quotient of the definition would
    /// lose its digits there.
    private static final double NEAR_ONE = 0.01;

    /// Orders above this are infinite to rounding.
    private static final double LARGEST_ORDER = 1e15;

    private final double[] p;

    private DiscreteDistribution(double[] p) {
        this.p = p;
    }

    /// A distribution from its probabilities.
    ///
    /// @param probabilities p_i >= 0, their sum 1 to 1e-9; they are divided by it
    /// @throws IllegalArgumentException if there are none, one is negative or not finite, or the sum is not 1
    public static DiscreteDistribution of(double... probabilities) {
        double sum = sum("probabilities", probabilities);
        if (Math.abs(sum - 1) > TOLERANCE) {
            throw new IllegalArgumentException(
                    "probabilities sum to %s, 1 (to %s) needed: weights of another sum take proportionalTo"
                            .formatted(sum, TOLERANCE));
        }
        return new DiscreteDistribution(Arrays.stream(probabilities).map(x -> x / sum).toArray());
    }

    /// The distribution proportional to weights: counts, or probabilities that were rounded to float32.
    ///
    /// @param weights w_i >= 0, not all 0
    /// @throws IllegalArgumentException if there are none, one is negative or not finite, all are 0, or their sum
    /// overflows
    public static DiscreteDistribution proportionalTo(double... weights) {
        double sum = sum("weights", weights);
        if (!(sum > 0 && Double.isFinite(sum))) {
            throw new IllegalArgumentException("weights sum to %s, a finite sum > 0 needed".formatted(sum));
        }
        return new DiscreteDistribution(Arrays.stream(weights).map(w -> w / sum).toArray());
    }

    /// n equally likely values.
    ///
    /// @throws IllegalArgumentException if `n` is below 1
    public static DiscreteDistribution uniform(int n) {
        if (n < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "n = %d, at least 1 value needed", n));
        }
        double[] p = new double[n];
        Arrays.fill(p, 1.0 / n);
        return new DiscreteDistribution(p);
    }

    private static double sum(String name, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("%s has 0 value(s), at least 1 needed".formatted(name));
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && Double.isFinite(values[i]))) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s[%d] = %s, a finite value >= 0 needed", name, i, values[i]));
            }
            sum += values[i];
        }
        return sum;
    }

    /// Number of values n, those of probability 0 included.
    public int size() {
        return p.length;
    }

    /// p_i.
    public double probability(int i) {
        return p[i];
    }

    /// A copy of the probabilities, shape (n).
    public double[] probabilities() {
        return p.clone();
    }

    /// The surprisal ln(1/p_i) (Schmidt 2.78): positive infinity for p_i = 0.
    public double surprisal(int i) {
        return positive(-Math.log(p[i]));
    }

    /// Shannon entropy -Σ p ln p with 0 ln 0 = 0 (Schmidt 2.79), from 0 to ln n.
    public double entropy() {
        double sum = 0;
        for (double x : p) {
            sum -= x > 0 ? x * Math.log(x) : 0;
        }
        return positive(sum);
    }

    /// Rényi entropy ln(Σ p^α) / (1 - α) (Rényi 1961). It falls with α: order 0 is the logarithm of the number of
    /// possible values, order 1 Shannon's entropy, infinity -ln of the largest probability.
    ///
    /// @param order α, at least 0, may be infinite
    /// @throws IllegalArgumentException if `order` is negative or NaN
    public double renyiEntropy(double order) {
        requireOrder(order);
        if (order == 1) {
            return entropy();
        }
        if (order > LARGEST_ORDER) {
            return positive(-Math.log(Arrays.stream(p).max().orElseThrow()));
        }
        double[] logs = Arrays.stream(p).filter(x -> x > 0).map(Math::log).toArray();
        if (Math.abs(order - 1) < NEAR_ONE) {
            double sum = 0;
            for (double log : logs) {
                sum += Math.exp(log) * Math.expm1((order - 1) * log);
            }
            return positive(Math.log1p(sum) / (1 - order));
        }
        return positive(logSumExp(Arrays.stream(logs).map(log -> order * log).toArray()) / (1 - order));
    }

    /// Relative entropy (Kullback–Leibler divergence) D(p||q) = Σ p ln(p/q) of p = this to q = `other`, with 0 ln 0 = 0
    /// (Schmidt 2.83). At least 0, and 0 only for equal distributions; positive infinity if a value that is possible
    /// under p is not under q.
    ///
    /// @throws IllegalArgumentException if the sizes differ
    public double relativeEntropyTo(DiscreteDistribution other) {
        requireSameSize(other);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += divergenceTerm(p[i], other.p[i]);
        }
        return sum;
    }

    /// Jensen–Shannon divergence ½ D(p||m) + ½ D(q||m) with m = (p + q)/2 (Lin 1991): symmetric, from 0 to ln 2, which
    /// it reaches for distributions without a common value.
    ///
    /// @throws IllegalArgumentException if the sizes differ
    public double jensenShannonDivergence(DiscreteDistribution other) {
        requireSameSize(other);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double middle = 0.5 * p[i] + 0.5 * other.p[i];
            sum += 0.5 * (divergenceTerm(p[i], middle) + divergenceTerm(other.p[i], middle));
        }
        return Math.min(sum, Math.log(2));
    }

    /// Bhattacharyya coefficient Σ √(p q) (1943): symmetric, 1 for equal distributions, 0 for those without a common
    /// value.
    ///
    /// @throws IllegalArgumentException if the sizes differ
    public double bhattacharyyaCoefficient(DiscreteDistribution other) {
        requireSameSize(other);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.sqrt(p[i]) * Math.sqrt(other.p[i]);
        }
        return Math.min(sum, 1);
    }

    /// Bhattacharyya distance, -ln of the coefficient: positive infinity for distributions without a common value.
    ///
    /// @throws IllegalArgumentException if the sizes differ
    public double bhattacharyyaDistance(DiscreteDistribution other) {
        double coefficient = bhattacharyyaCoefficient(other);
        if (coefficient < 0.5) {
            return -Math.log(coefficient);
        }
        // 1 - coefficient, without cancellation between close distributions.
        double deficit = 0;
        for (int i = 0; i < p.length; i++) {
            double difference = Math.sqrt(p[i]) - Math.sqrt(other.p[i]);
            deficit += 0.5 * difference * difference;
        }
        return positive(-Math.log1p(-deficit));
    }

    /// Rényi divergence D_α(p||q) = ln(Σ p^α q^(1-α)) / (α - 1) (Rényi 1961; van Erven & Harremoës 2014). It grows with
    /// α: order 0 is -ln of q's probability of what is possible under p, order ½ twice the Bhattacharyya distance,
    /// order 1 the relative entropy, infinity the logarithm of the largest p/q. Positive infinity where nothing is
    /// possible under both distributions and, from order 1 on, where something is possible under p only.
    ///
    /// @param order α, at least 0, may be infinite
    /// @throws IllegalArgumentException if the sizes differ, or `order` is negative or NaN
    public double renyiDivergenceTo(DiscreteDistribution other, double order) {
        requireSameSize(other);
        requireOrder(order);
        if (order == 1) {
            return relativeEntropyTo(other);
        }
        int n = 0;
        double[] weight = new double[p.length];
        double[] logP = new double[p.length];
        double[] logQ = new double[p.length];
        boolean outside = false;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0 && other.p[i] > 0) {
                weight[n] = p[i];
                logP[n] = Math.log(p[i]);
                logQ[n++] = Math.log(other.p[i]);
            }
            outside |= p[i] > 0 && other.p[i] == 0;
        }
        if (n == 0 || (outside && order > 1)) {
            return Double.POSITIVE_INFINITY;
        }
        if (order > LARGEST_ORDER) {
            double largest = 0;
            for (int i = 0; i < n; i++) {
                largest = Math.max(largest, logP[i] - logQ[i]);
            }
            return largest;
        }
        if (Math.abs(order - 1) < NEAR_ONE && !outside) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += weight[i] * Math.expm1((order - 1) * (logP[i] - logQ[i]));
            }
            return positive(Math.log1p(sum) / (order - 1));
        }
        double[] logs = new double[n];
        Arrays.setAll(logs, i -> order * logP[i] + (1 - order) * logQ[i]);
        return positive(logSumExp(logs) / (order - 1));
    }

    /// p ln(p/q) - p + q, which is not negative; over two distributions the last two parts sum to 0.
    private static double divergenceTerm(double p, double q) {
        if (p == 0) {
            return q;
        }
        if (q == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double excess = (p - q) / q;
        double term = Math.abs(excess) < 1
                ? q * ((1 + excess) * Math.log1p(excess) - excess)
                : p * (Math.log(p) - Math.log(q)) - p + q;
        return Math.max(0, term);
    }

    private static double logSumExp(double[] logs) {
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - largest);
        }
        return largest + Math.log(sum);
    }

    /// What is 0 or more but for rounding, without a negative zero.
    private static double positive(double value) {
        return Math.max(0.0, value);
    }

    private void requireSameSize(DiscreteDistribution other) {
        if (p.length != other.p.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "distributions over %d and %d values: equal numbers needed",
                            p.length, other.p.length));
        }
    }

    private static void requireOrder(double order) {
        if (!(order >= 0)) {
            throw new IllegalArgumentException("order = %s, a value >= 0 needed".formatted(order));
        }
    }
}
