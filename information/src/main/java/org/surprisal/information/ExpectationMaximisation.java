package org.surprisal.information;

import java.util.Arrays;
import org.surprisal.tensor.RandomStream;

/// The parameters of a mixture of normal distributions in one dimension on their way to the maximum of the likelihood
/// (Dempster, Laird & Rubin 1977). The samples have mean 0 and variance 1.
///
/// A variance is not let below a floor. Each variance's part of what the M-step maximises has a single peak, so the
/// floor is the maximum under the constraint where it binds, and the likelihood still never falls.
final class ExpectationMaximisation {

    private static final double LN_2PI = Math.log(2 * Math.PI);

    private final double[] samples;
    private final double floor;
    private final double[] weights;
    private final double[] means;
    private final double[] variances;

    private ExpectationMaximisation(double[] samples, double floor, double[] means) {
        int k = means.length;
        this.samples = samples;
        this.floor = floor;
        this.means = means;
        weights = new double[k];
        variances = new double[k];
        Arrays.fill(weights, 1.0 / k);
        Arrays.fill(variances, Math.max(floor, 1.0 / k));
    }

    /// Starts with the means at the (j + ½)/k-quantiles of the samples.
    static ExpectationMaximisation atQuantiles(double[] samples, int components, double floor) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        double[] means = new double[components];
        Arrays.setAll(means, j -> sorted[(int) ((j + 0.5) / components * samples.length)]);
        return new ExpectationMaximisation(samples, floor, means);
    }

    /// Starts with the means at random samples, each drawn in proportion to its squared distance from those before it
    /// (Arthur & Vassilvitskii 2007).
    static ExpectationMaximisation atRandom(double[] samples, int components, double floor, RandomStream stream) {
        double[] means = new double[components];
        double[] squares = new double[samples.length];
        Arrays.fill(squares, 1);
        for (int j = 0; j < components; j++) {
            double left = stream.nextDouble() * Arrays.stream(squares).sum();
            int drawn = 0;
            while (drawn < samples.length - 1 && left >= squares[drawn]) {
                left -= squares[drawn++];
            }
            means[j] = samples[drawn];
            for (int i = 0; i < samples.length; i++) {
                double difference = samples[i] - means[j];
                double square = difference * difference;
                squares[i] = j == 0 ? square : Math.min(squares[i], square);
            }
        }
        return new ExpectationMaximisation(samples, floor, means);
    }

    /// One round: the share that each component has in each sample, then the parameters that fit these shares best.
    ///
    /// @return the log-likelihood of the parameters before the round
    double step() {
        int k = means.length;
        double[] share = new double[k];
        double[] total = new double[k];
        double[] first = new double[k];
        double[] second = new double[k];
        double[] constants = constants();
        double logLikelihood = 0;
        for (double x : samples) {
            logLikelihood += shares(x, constants, share);
            for (int j = 0; j < k; j++) {
                // From the old mean, so that a narrow component far from 0 keeps its digits.
                double d = x - means[j];
                total[j] += share[j];
                first[j] += share[j] * d;
                second[j] += share[j] * d * d;
            }
        }
        for (int j = 0; j < k; j++) {
            weights[j] = total[j] / samples.length;
            // A component that no sample belongs to stays where it is.
            if (total[j] > Double.MIN_NORMAL) {
                double shift = first[j] / total[j];
                means[j] += shift;
                variances[j] = Math.max(floor, second[j] / total[j] - shift * shift);
            }
        }
        return logLikelihood;
    }

    /// The log-likelihood of the parameters as they are.
    double logLikelihood() {
        double[] constants = constants();
        double[] share = new double[means.length];
        double sum = 0;
        for (double x : samples) {
            sum += shares(x, constants, share);
        }
        return sum;
    }

    int components() {
        return means.length;
    }

    double weight(int component) {
        return weights[component];
    }

    double mean(int component) {
        return means[component];
    }

    double variance(int component) {
        return variances[component];
    }

    /// The probabilities that `x` came from each component, into `share`.
    ///
    /// @return ln of the density at `x`
    private double shares(double x, double[] constants, double[] share) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < share.length; j++) {
            double d = x - means[j];
            share[j] = constants[j] - 0.5 * d * d / variances[j];
            largest = Math.max(largest, share[j]);
        }
        double sum = 0;
        for (int j = 0; j < share.length; j++) {
            share[j] = Math.exp(share[j] - largest);
            sum += share[j];
        }
        for (int j = 0; j < share.length; j++) {
            share[j] /= sum;
        }
        return largest + Math.log(sum);
    }

    private double[] constants() {
        double[] constants = new double[means.length];
        Arrays.setAll(constants, j -> Math.log(weights[j]) - 0.5 * (LN_2PI + Math.log(variances[j])));
        return constants;
    }
}
