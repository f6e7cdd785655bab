package org.surprisal.study.knowntruths;

import java.util.OptionalDouble;
import org.surprisal.tensor.RandomStream;

/// Two vectors of d coordinates that are one Student t vector of 2 d coordinates: [CorrelatedNormals] divided by the
/// square root of one χ²_ν / ν for all coordinates of a pair. With h_d(ν) the entropy of d uncorrelated such
/// coordinates,
///
///     I = -d/2 ln (1 - ρ²) + 2 h_d(ν) - h_2d(ν),
///     h_d(ν) = ln Γ(ν/2) - ln Γ((ν+d)/2) + d/2 ln (ν π) + (ν+d)/2 (ψ((ν+d)/2) - ψ(ν/2))
///
/// (Arellano-Valle, Contreras-Reyes & Genton 2013). Without any correlation the common divisor leaves an information.
///
/// @param dimension d of each of the two, at least 1
/// @param degrees ν, at least 1; without a mean at 1, without a variance at 2
/// @param at the first term, in nats; at least 0
record StudentPair(int dimension, int degrees, double at) implements KnownPair {

    @Override
    public OptionalDouble information() {
        return OptionalDouble.of(at + 2 * entropy(dimension) - entropy(2 * dimension));
    }

    /// h_d(ν) of this ν.
    private double entropy(int d) {
        return logGammaOfHalf(degrees) - logGammaOfHalf(degrees + d) + d / 2.0 * Math.log(degrees * Math.PI)
                + (degrees + d) / 2.0 * (digammaOfHalf(degrees + d) - digammaOfHalf(degrees));
    }

    /// ln Γ(m/2), by Γ(z + 1) = z Γ(z) from Γ(1/2) = √π or Γ(1) = 1.
    private static double logGammaOfHalf(int m) {
        double sum = m % 2 == 1 ? Math.log(Math.PI) / 2 : 0;
        for (int twice = m - 2; twice >= 1; twice -= 2) {
            sum += Math.log(twice / 2.0);
        }
        return sum;
    }

    /// ψ(m/2) without Euler's constant, by ψ(z + 1) = ψ(z) + 1/z from ψ(1/2) = -2 ln 2 or ψ(1) = 0.
    private static double digammaOfHalf(int m) {
        double sum = m % 2 == 1 ? -2 * Math.log(2) : 0;
        for (int twice = m - 2; twice >= 1; twice -= 2) {
            sum += 2.0 / twice;
        }
        return sum;
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        double rho = CorrelatedNormals.correlation(dimension, at);
        double noise = Math.exp(-at / dimension);
        double[] x = new double[n * dimension];
        double[] y = new double[x.length];
        for (int i = 0; i < n; i++) {
            double chiSquare = 0;
            for (int k = 0; k < degrees; k++) {
                double normal = stream.nextGaussian();
                chiSquare += normal * normal;
            }
            double scale = Math.sqrt(degrees / chiSquare);
            for (int j = i * dimension; j < (i + 1) * dimension; j++) {
                double normal = stream.nextGaussian();
                x[j] = scale * normal;
                y[j] = scale * (rho * normal + noise * stream.nextGaussian());
            }
        }
        return DrawnPairs.ofPoints(x, y, dimension);
    }
}
