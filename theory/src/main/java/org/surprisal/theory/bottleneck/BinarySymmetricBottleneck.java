package org.surprisal.theory.bottleneck;

import org.surprisal.tensor.Tensor;

/// The bottleneck of a fair bit X and its copy Y that is flipped with probability p, in closed form: T is itself X
/// flipped with some probability a, by Mrs Gerber's lemma (Wyner and Ziv 1973), so that
///
///     I(X;T) = ln 2 - h(a),      I(T;Y) = ln 2 - h(a + p - 2ap),      h(a) = -a ln a - (1-a) ln(1-a)
///
/// @param flip p, from 0 to 1, and not 1/2, where Y knows nothing of X
public record BinarySymmetricBottleneck(double flip) {

    /// A channel that tells something.
    ///
    /// @throws IllegalArgumentException if `flip` is not in [0, 1], or 1/2
    public BinarySymmetricBottleneck {
        if (!(flip >= 0 && flip <= 1) || flip == 0.5) {
            throw new IllegalArgumentException(
                    "flip probability = %s, a number from 0 to 1 other than 1/2 needed".formatted(flip));
        }
    }

    /// The joint of the two bits, both fair.
    public JointDistribution joint() {
        double equal = 0.5 * (1 - flip);
        double different = 0.5 * flip;
        return JointDistribution.of(
                Tensor.of(new double[]{equal, different, different, equal}, 2, 2));
    }

    /// 1/(1 - 2p)², below which the best bottleneck keeps nothing.
    public double criticalBeta() {
        return 1 / ((1 - 2 * flip) * (1 - 2 * flip));
    }

    /// The most T can tell of Y, in nats, where it keeps `keptInformation` nats of X; flat from ln 2 on.
    ///
    /// @throws IllegalArgumentException if `keptInformation` is negative or no number
    public double relevantInformation(double keptInformation) {
        if (!(keptInformation >= 0)) {
            throw new IllegalArgumentException("I(X;T) = %s, at least 0 needed".formatted(keptInformation));
        }
        // bisection for the bias d = 1 - 2a, in which ln 2 - h rises from 0 to ln 2
        double low = 0;
        double high = 1;
        for (int i = 0; i < 100 && high > Math.nextUp(low); i++) {
            double middle = 0.5 * (low + high);
            if (information(middle) < keptInformation) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return information(high * Math.abs(1 - 2 * flip));
    }

    /// ln 2 - h((1 - d)/2) = ((1 + d) ln(1 + d) + (1 - d) ln(1 - d)) / 2.
    private static double information(double bias) {
        double rest = bias == 1 ? 0 : (1 - bias) * Math.log1p(-bias);
        return 0.5 * ((1 + bias) * Math.log1p(bias) + rest);
    }
}
