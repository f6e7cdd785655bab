package org.surprisal.information.task;

import java.util.Locale;
import org.surprisal.tensor.RandomStream;

/// Jointly Student-t X and Y: jointly normal coordinates, all divided by the square root of one χ²_ν / ν. The common
/// divisor is an information of its own, so that uncorrelated coordinates are not independent:
///
///     I = I_normal(Σ) + h(d_x) + h(d_y) - h(d_x + d_y),
///     h(d) = ln [Γ(ν/2) (ν π)^(d/2) / Γ((ν + d)/2)] + (ν + d)/2 [ψ((ν + d)/2) - ψ(ν/2)]
///
/// (Arellano-Valle, Contreras-Reyes & Genton 2013), with h the entropy of d coordinates of dispersion 1.
///
/// @param normal whose covariance is the dispersion Σ
/// @param degrees ν, at least 1: without a mean at 1, without a variance at 2
public record JointStudent(JointNormal normal, int degrees) implements PairDistribution {

    /// @throws IllegalArgumentException if `degrees` is below 1
    public JointStudent {
        if (degrees < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "degrees = %d, at least 1 needed", degrees));
        }
    }

    /// Coordinates of dispersion 1 without correlation.
    ///
    /// @throws IllegalArgumentException if `degrees` is below 1
    public static JointStudent uncorrelated(int dimensionX, int dimensionY, int degrees) {
        return new JointStudent(JointNormal.pairs(dimensionX, dimensionY, 0, 0), degrees);
    }

    @Override
    public int dimensionX() {
        return normal.dimensionX();
    }

    @Override
    public int dimensionY() {
        return normal.dimensionY();
    }

    @Override
    public double information() {
        return normal.information() + entropy(dimensionX()) + entropy(dimensionY())
                - entropy(dimensionX() + dimensionY());
    }

    /// h(d), without Euler's constant in ψ, which the difference takes out.
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

    /// ψ(m/2) without Euler's constant, by ψ(z + 1) = ψ(z) + 1/z from ψ(1/2) = -2 ln 2 or ψ(1) = 0: digits to the last,
    /// where Hipparchus has nine.
    private static double digammaOfHalf(int m) {
        double sum = m % 2 == 1 ? -2 * Math.log(2) : 0;
        for (int twice = m - 2; twice >= 1; twice -= 2) {
            sum += 2.0 / twice;
        }
        return sum;
    }

    @Override
    public double[] draw(int count, RandomStream stream) {
        double[] drawn = normal.draw(count, stream.child("normal"));
        RandomStream divisors = stream.child("divisor");
        int d = drawn.length / count;
        for (int i = 0; i < count; i++) {
            double chiSquare = 0;
            for (int k = 0; k < degrees; k++) {
                double each = divisors.nextGaussian();
                chiSquare += each * each;
            }
            double scale = Math.sqrt(degrees / chiSquare);
            for (int j = i * d; j < (i + 1) * d; j++) {
                drawn[j] *= scale;
            }
        }
        return drawn;
    }
}
