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

    private final JointDistribution joint;
    private final double[] x;
    private final double[][] conditionals;
    private final double beta;

    /// p(t|x) as `[x][t]`.
    private final double[][] encoder;
    private final double[] marginal;
    /// p(y|t) as `[t][y]`; p(y) where p(t) = 0.
    private final double[][] decoder;
    private double keptInformation;
    private double relevantInformation;
    private int iterations;
    private boolean converged;

    /// @param joint with positive p(x)
    /// @param encoder start, `[x][t]`, copied
    BlahutArimoto(JointDistribution joint, double beta, double[][] encoder) {
        this.joint = joint;
        this.beta = beta;
        x = new double[joint.xCount()];
        conditionals = new double[x.length][];
        this.encoder = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            x[i] = joint.probabilityOfX(i);
            conditionals[i] = joint.conditional(i);
            this.encoder[i] = encoder[i].clone();
        }
        marginal = new double[encoder[0].length];
        decoder = new double[marginal.length][joint.yCount()];
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
            quiet = before - lagrangian() <= tolerance ? quiet + 1 : 0;
            converged = quiet == QUIET_STEPS;
        }
        return this;
    }

    private void updateEncoder() {
        double[] exponents = new double[marginal.length];
        for (int i = 0; i < x.length; i++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < exponents.length; t++) {
                exponents[t] = marginal[t] == 0
                        ? Double.NEGATIVE_INFINITY
                        : Math.log(marginal[t]) - beta * divergence(conditionals[i], decoder[t]);
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
        for (int i = 0; i < x.length; i++) {
            for (int t = 0; t < marginal.length; t++) {
                double weight = x[i] * encoder[i][t];
                marginal[t] += weight;
                if (weight > 0) {
                    for (int y = 0; y < conditionals[i].length; y++) {
                        decoder[t][y] += weight * conditionals[i][y];
                    }
                }
            }
        }
        for (int t = 0; t < marginal.length; t++) {
            for (int y = 0; y < decoder[t].length; y++) {
                decoder[t][y] = marginal[t] > 0 ? decoder[t][y] / marginal[t] : joint.probabilityOfY(y);
            }
        }
    }

    private void measure() {
        double kept = 0;
        for (int i = 0; i < x.length; i++) {
            kept += x[i] * divergence(encoder[i], marginal);
        }
        double[] y = new double[joint.yCount()];
        Arrays.setAll(y, joint::probabilityOfY);
        double relevant = 0;
        for (int t = 0; t < marginal.length; t++) {
            relevant += marginal[t] > 0 ? marginal[t] * divergence(decoder[t], y) : 0;
        }
        keptInformation = Math.max(kept, 0);
        relevantInformation = Math.max(relevant, 0);
    }

    /// D(p || q) in nats, infinite where p has what q has not.
    private static double divergence(double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                sum += p[i] * Math.log(p[i] / q[i]);
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
