package org.surprisal.study.knowntruths;

import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A corner of the cube {0, 1}^b, and the same with Gaussian noise on each coordinate. The coordinates are independent,
/// so the information is b times that of one bit, which takes a quadrature in one dimension.
///
/// @param bits b, at least 1
/// @param at variance of the noise, above 0
record NoisyCube(int bits, double at) implements KnownPair {

    @Override
    public OptionalDouble information() {
        return OptionalDouble.of(bits * GaussianSteps.information(2, 1 / Math.sqrt(at)));
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        double[] corners = new double[n * bits];
        double[] noisy = new double[corners.length];
        double deviation = Math.sqrt(at);
        for (int i = 0; i < corners.length; i++) {
            corners[i] = stream.nextInt(2);
            noisy[i] = corners[i] + deviation * stream.nextGaussian();
        }
        Tensor values = Tensor.of(corners, n, bits);
        Continuous corner = Continuous.of("corner", values);
        Continuous y = Continuous.of("noisy corner", Tensor.of(noisy, n, bits));
        return new DrawnPairs(Discrete.rows("corner", values), y, corner, y,
                Optional.of(new DrawnPairs.Channel(corner, at)));
    }
}
