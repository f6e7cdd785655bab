package org.surprisal.theory.bottleneck;

import java.util.Arrays;

/// The self-consistent equations of the bottleneck at one β, iterated (Tishby, Pereira, Bialek 1999):
///
///     p(t|x) ∝ p(t) exp(-β D(p(y|x) || p(y|t))),   p(t) = Σ p(x) p(t|x),   p(y|t) = Σ p(y|x) p(t|x) p(x) / p(t)
///
/// No step raises the Lagrangian I(X;T) - β I(T;Y). Arrays are owned by the caller's thread and overwritten.
final class BlahutArimoto {

    /// Steps in a row without a decrease beyond the tolerance that count as convergence.
    private static final int QUIET_STEPS = 3;

    /// Steps after which symbols that need not be two are merged.
    private static final int MERGING_STEPS = 250;

    private final Source source;
    private final double beta;

    /// p(t|x) as `[x][t]`.
    private final double[][] encoder;
    private final double[] marginal;
    /// p(y|t) as `[t][y]`; p(y) where p(t) = 0.
    private final double[][] decoder;
    private final double[][] logDecoder;
    private double keptInformation;
    private double relevantInformation;
    private int iterations;
    private boolean converged;

    /// Probabilities of one joint distribution, shared by all runs on it; no run changes them.
    static final class Source {
        private final double[] x;
        private final double[] y;
        private final double[][] conditionals;
        private final double[][] logConditionals;

        private Source(JointDistribution joint) {
            x = new double[joint.xCount()];
            Arrays.setAll(x, joint::probabilityOfX);
            y = new double[joint.yCount()];
            Arrays.setAll(y, joint::probabilityOfY);
            conditionals = new double[x.length][];
            Arrays.setAll(conditionals, joint::conditional);
            logConditionals = new double[x.length][];
            Arrays.setAll(logConditionals, i -> logarithms(conditionals[i]));
        }

        static Source of(JointDistribution joint) {
            return new Source(joint);
        }

        /// p(x), positive.
        double[] x() {
            return x;
        }

        /// p(y).
        double[] y() {
            return y;
        }

        /// p(y|x) as `[x][y]`.
        double[][] conditionals() {
            return conditionals;
        }

        /// ln p(y|x) as `[x][y]`.
        double[][] logConditionals() {
            return logConditionals;
        }
    }

    /// @param joint with positive p(x)
    /// @param encoder start, `[x][t]`, copied
    BlahutArimoto(JointDistribution joint, double beta, double[][] encoder) {
        this(Source.of(joint), beta, encoder);
    }

    /// @param encoder start, `[x][t]`, copied
    BlahutArimoto(Source source, double beta, double[][] encoder) {
        this.source = source;
        this.beta = beta;
        this.encoder = new double[encoder.length][];
        Arrays.setAll(this.encoder, i -> encoder[i].clone());
        marginal = new double[encoder[0].length];
        decoder = new double[marginal.length][source.y().length];
        logDecoder = new double[marginal.length][source.y().length];
        updateDecoder();
        measure();
    }

    /// Iterates until the Lagrangian decreases by less than `tolerance`, or `mostIterations` times.
    BlahutArimoto run(double tolerance, int mostIterations) {
        int quiet = 0;
        while (!converged && iterations < mostIterations) {
            double before = lagrangian();
            updateEncoder();
            updateDecoder();
            measure();
            iterations++;
            if (iterations % MERGING_STEPS == 0 && merge()) {
                updateDecoder();
                measure();
            }
            quiet = before - lagrangian() <= tolerance ? quiet + 1 : 0;
            converged = quiet == QUIET_STEPS;
        }
        return this;
    }

    /// Merges pairs of symbols whose union has no higher Lagrangian. Iteration alone takes thousands of steps to bring
    /// two such symbols together, because their decoders approach each other ever more slowly.
    ///
    /// @return whether there were any
    private boolean merge() {
        boolean merged = false;
        for (int t = 0; t < marginal.length; t++) {
            for (int u = 0; u < t && marginal[t] > 0; u++) {
                if (marginal[u] > 0 && isNoWorseMerged(t, u)) {
                    for (double[] row : encoder) {
                        row[u] += row[t];
                        row[t] = 0;
                    }
                    updateDecoder();
                    merged = true;
                }
            }
        }
        return merged;
    }

    private boolean isNoWorseMerged(int t, int u) {
        double first = marginal[t];
        double second = marginal[u];
        double both = first + second;
        double told = 0;
        for (int y = 0; y < decoder[t].length; y++) {
            told += gain(first * decoder[t][y], second * decoder[u][y], first, second);
        }
        // no more of X is kept by telling the two apart than the entropy of which it is
        if (beta * told > -first * Math.log(first / both) - second * Math.log(second / both)) {
            return false;
        }
        double kept = 0;
        for (int i = 0; i < encoder.length; i++) {
            kept += source.x()[i] * gain(encoder[i][t], encoder[i][u], first, second);
        }
        return kept >= beta * told;
    }

    /// a ln(a/A) + b ln(b/B) - (a + b) ln((a + b)/(A + B)), which is at least 0.
    private static double gain(double a, double b, double wholeA, double wholeB) {
        double of = (a + b) / (wholeA + wholeB);
        return (a > 0 ? a * Math.log(a / wholeA / of) : 0) + (b > 0 ? b * Math.log(b / wholeB / of) : 0);
    }

    private void updateEncoder() {
        double[] exponents = new double[marginal.length];
        double[] logMarginal = logarithms(marginal);
        for (int i = 0; i < encoder.length; i++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < exponents.length; t++) {
                exponents[t] = marginal[t] == 0
                        ? Double.NEGATIVE_INFINITY
                        : logMarginal[t] - beta * divergence(source.conditionals()[i], source.logConditionals()[i],
                                logDecoder[t]);
                most = Math.max(most, exponents[t]);
            }
            double sum = 0;
            for (int t = 0; t < exponents.length; t++) {
                encoder[i][t] = Math.exp(exponents[t] - most);
                sum += encoder[i][t];
            }
            for (int t = 0; t < exponents.length; t++) {
                encoder[i][t] /= sum;
            }
        }
    }

    private void updateDecoder() {
        Arrays.fill(marginal, 0);
        for (double[] row : decoder) {
            Arrays.fill(row, 0);
        }
        for (int i = 0; i < encoder.length; i++) {
            double[] conditional = source.conditionals()[i];
            for (int t = 0; t < marginal.length; t++) {
                double weight = source.x()[i] * encoder[i][t];
                marginal[t] += weight;
                if (weight > 0) {
                    double[] row = decoder[t];
                    for (int y = 0; y < conditional.length; y++) {
                        row[y] += weight * conditional[y];
                    }
                }
            }
        }
        for (int t = 0; t < marginal.length; t++) {
            for (int y = 0; y < decoder[t].length; y++) {
                decoder[t][y] = marginal[t] > 0 ? decoder[t][y] / marginal[t] : source.y()[y];
                logDecoder[t][y] = Math.log(decoder[t][y]);
            }
        }
    }

    private void measure() {
        double kept = 0;
        double[] logMarginal = logarithms(marginal);
        for (int i = 0; i < encoder.length; i++) {
            kept += source.x()[i] * divergence(encoder[i], logarithms(encoder[i]), logMarginal);
        }
        double[] logY = logarithms(source.y());
        double relevant = 0;
        for (int t = 0; t < marginal.length; t++) {
            relevant += marginal[t] > 0 ? marginal[t] * divergence(decoder[t], logDecoder[t], logY) : 0;
        }
        keptInformation = Math.max(kept, 0);
        relevantInformation = Math.max(relevant, 0);
    }

    private static double[] logarithms(double[] numbers) {
        double[] logarithms = new double[numbers.length];
        Arrays.setAll(logarithms, i -> Math.log(numbers[i]));
        return logarithms;
    }

    /// D(p || q) in nats, infinite where p has what q has not.
    private static double divergence(double[] p, double[] logP, double[] logQ) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                sum += p[i] * (logP[i] - logQ[i]);
            }
        }
        return sum;
    }

    double lagrangian() {
        return keptInformation - beta * relevantInformation;
    }

    double keptInformation() {
        return keptInformation;
    }

    double relevantInformation() {
        return relevantInformation;
    }

    double[][] encoder() {
        return encoder;
    }

    double[] marginal() {
        return marginal;
    }

    double[][] decoder() {
        return decoder;
    }

    int iterations() {
        return iterations;
    }

    boolean converged() {
        return converged;
    }
}
