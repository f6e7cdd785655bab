package org.surprisal.information.task;

import java.util.Locale;
import org.hipparchus.special.Gamma;
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

    private double entropy(int d) {
        double half = degrees / 2.0;
        double all = (degrees + d) / 2.0;
        return Gamma.logGamma(half) - Gamma.logGamma(all) + d / 2.0 * Math.log(degrees * Math.PI)
                + all * (Gamma.digamma(all) - Gamma.digamma(half));
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
