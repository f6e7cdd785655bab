package org.surprisal.study.knowntruths;

import java.util.OptionalDouble;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Standard normal vectors of d coordinates, correlated one by one, I = -d/2 ln (1 - ρ²); as they are, or with every
/// coordinate of both put through one strictly monotone function, which changes no information.
///
/// @param dimension d of each of the two, at least 1
/// @param at the information in nats, shared out equally among the coordinates; at least 0
/// @param marginal the function
record CorrelatedNormals(int dimension, double at, Marginal marginal) implements KnownPair {

    /// What is done to each coordinate.
    enum Marginal {
        GAUSSIAN, CUBED, EXPONENTIATED;

        private double of(double normal) {
            return switch (this) {
                case GAUSSIAN -> normal;
                case CUBED -> normal * normal * normal;
                case EXPONENTIATED -> Math.exp(normal);
            };
        }
    }

    @Override
    public OptionalDouble information() {
        return OptionalDouble.of(at);
    }

    /// For which d coordinates have an information together.
    static double correlation(int dimension, double information) {
        return Math.sqrt(-Math.expm1(-2 * information / dimension));
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        double rho = correlation(dimension, at);
        // 1 - ρ² from the information itself: at 10 nats the difference would have lost half of its digits.
        double variance = Math.exp(-2 * at / dimension);
        double noise = Math.sqrt(variance);
        double[] x = new double[n * dimension];
        double[] means = new double[x.length];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double normal = stream.nextGaussian();
            means[i] = rho * normal;
            x[i] = marginal.of(normal);
            y[i] = marginal.of(means[i] + noise * stream.nextGaussian());
        }
        DrawnPairs drawn = DrawnPairs.ofPoints(x, y, dimension);
        return marginal == Marginal.GAUSSIAN
                ? drawn.through(Continuous.of("ρx", Tensor.of(means, n, dimension)), variance)
                : drawn;
    }
}
