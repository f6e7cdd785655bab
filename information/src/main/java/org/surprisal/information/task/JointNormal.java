package org.surprisal.information.task;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.tensor.RandomStream;

/// Jointly normal X and Y of mean 0: I = ½ ln (det Σ_X det Σ_Y / det Σ).
public final class JointNormal implements PairDistribution {
    private final int dimensionX;
    private final int dimensionY;
    private final MultivariateGaussian joint;

    /// @param dimensionX coordinates of X, which come first
    /// @param covariance Σ of both, shape (dx + dy, dx + dy)
    /// @throws IllegalArgumentException if it is not the covariance matrix of more than `dimensionX` coordinates
    public JointNormal(int dimensionX, double[][] covariance) {
        if (dimensionX < 1 || dimensionX >= covariance.length) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "dimensionX = %d of %d coordinates in all: from 1 to %d needed", dimensionX, covariance.length,
                    covariance.length - 1));
        }
        this.dimensionX = dimensionX;
        this.dimensionY = covariance.length - dimensionX;
        this.joint = new MultivariateGaussian(new double[covariance.length], covariance);
    }

    /// Standard normal coordinates, any two of which have the same correlation.
    ///
    /// @param correlation above -1 / (dx + dy - 1), below 1
    /// @throws IllegalArgumentException if there is no such distribution
    public static JointNormal dense(int dimensionX, int dimensionY, double correlation) {
        double[][] covariance = identity(dimensionX + dimensionY);
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                covariance[i][j] = i == j ? 1 : correlation;
            }
        }
        return new JointNormal(dimensionX, covariance);
    }

    /// Standard normal coordinates of which the first of X are correlated with the first of Y one by one; all others
    /// are independent.
    ///
    /// @param pairs how many are correlated, at most as many as X or Y has
    /// @param correlation between -1 and 1, both excluded
    /// @throws IllegalArgumentException if there is no such distribution
    public static JointNormal pairs(int dimensionX, int dimensionY, int pairs, double correlation) {
        if (pairs < 0 || pairs > Math.min(dimensionX, dimensionY)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "pairs = %d of %d and %d coordinates: from 0 to %d needed", pairs, dimensionX, dimensionY,
                    Math.min(dimensionX, dimensionY)));
        }
        double[][] covariance = identity(dimensionX + dimensionY);
        for (int i = 0; i < pairs; i++) {
            covariance[i][dimensionX + i] = correlation;
            covariance[dimensionX + i][i] = correlation;
        }
        return new JointNormal(dimensionX, covariance);
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    @Override
    public int dimensionX() {
        return dimensionX;
    }

    @Override
    public int dimensionY() {
        return dimensionY;
    }

    /// Returns Σ of both, shape (dx + dy, dx + dy).
    public double[][] covariance() {
        return joint.covariance();
    }

    @Override
    public double information() {
        return 0.5 * (logDeterminant(0, dimensionX) + logDeterminant(dimensionX, dimensionX + dimensionY)
                - joint.logDeterminant());
    }

    private double logDeterminant(int from, int to) {
        double[][] block = Arrays.stream(joint.covariance(), from, to).map(row -> Arrays.copyOfRange(row, from, to))
                .toArray(double[][]::new);
        return new MultivariateGaussian(new double[to - from], block).logDeterminant();
    }

    @Override
    public double[] draw(int count, RandomStream stream) {
        return joint.sample(count, stream).toDoubles();
    }
}
