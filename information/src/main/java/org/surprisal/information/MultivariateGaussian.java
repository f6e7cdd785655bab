package org.surprisal.information;

import java.util.Arrays;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;

/// The normal distribution N(μ, Σ) in n dimensions. Entropies are in nats.
///
/// Immutable: what is given is copied. Σ is factored once as L Lᵀ, after scaling to unit diagonal so that components in
/// different units do not decide whether it counts as positive definite.
public final class MultivariateGaussian {

    private static final double LN_2PI = Math.log(2 * Math.PI);
    private static final double SYMMETRY_TOLERANCE = 1e-12;

    private final double[] mean;
    private final double[][] covariance;
    private final double[][] factor;
    private final double logDeterminant;

    /// The distribution N(μ, Σ).
    ///
    /// @param mean μ, shape (n)
    /// @param covariance Σ, shape (n, n): symmetric (to 1e-12 of √(Σ_ii Σ_jj)) and positive definite
    /// @throws IllegalArgumentException if a value is not finite, the shapes disagree, or Σ is not symmetric or not
    /// positive definite
    public MultivariateGaussian(double[] mean, double[][] covariance) {
        Samples.requireFinite("mean", mean, 1);
        requireCovariance(covariance, mean.length);
        this.mean = mean.clone();
        this.covariance = copy(covariance);
        this.factor = choleskyFactor(this.covariance);
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += Math.log(factor[i][i]);
        }
        this.logDeterminant = 2 * sum;
    }

    /// Number of components n.
    public int dimension() {
        return mean.length;
    }

    /// A copy of μ, shape (n).
    public double[] mean() {
        return mean.clone();
    }

    /// A copy of Σ, shape (n, n).
    public double[][] covariance() {
        return copy(covariance);
    }

    /// ln det Σ.
    public double logDeterminant() {
        return logDeterminant;
    }

    /// ln of the density at `x`, shape (n).
    public double logDensity(double... x) {
        Samples.requireFinite("x", x, 1);
        if (x.length != mean.length) {
            throw new IllegalArgumentException("x has %d component(s), the distribution %d".formatted(x.length,
                    mean.length));
        }
        double[] whitened = whiten(difference(x, mean));
        return -0.5 * (mean.length * LN_2PI + logDeterminant + squaredNorm(whitened));
    }

    /// Differential entropy ½ ln det(2πeΣ) (Schmidt 2.96).
    public double entropy() {
        return 0.5 * (mean.length * (LN_2PI + 1) + logDeterminant);
    }

    /// Relative entropy (Kullback–Leibler divergence) D(p||q) of p = this to q = `other`,
    /// ½ [tr(Σ_q⁻¹Σ_p) + (μ_p - μ_q)ᵀ Σ_q⁻¹ (μ_p - μ_q) - n + ln det Σ_q - ln det Σ_p] (Schmidt 2.98).
    ///
    /// @throws IllegalArgumentException if the dimensions differ
    public double relativeEntropyTo(MultivariateGaussian other) {
        requireSameDimension(other);
        int n = mean.length;
        double trace = 0;
        for (int column = 0; column < n; column++) {
            double[] l = new double[n];
            for (int row = column; row < n; row++) {
                l[row] = factor[row][column];
            }
            // tr(Σ_q⁻¹Σ_p) = ||L_q⁻¹ L_p||², column by column.
            trace += squaredNorm(other.whiten(l));
        }
        double mahalanobis = squaredNorm(other.whiten(difference(mean, other.mean)));
        return 0.5 * (trace + mahalanobis - n + other.logDeterminant - logDeterminant);
    }

    /// Cross-entropy -⟨ln q⟩_p of p = this with q = `other`: the entropy of p plus D(p||q).
    ///
    /// @throws IllegalArgumentException if the dimensions differ
    public double crossEntropy(MultivariateGaussian other) {
        return entropy() + relativeEntropyTo(other);
    }

    /// Bhattacharyya distance -ln ∫ √(p q): ⅛ δᵀ Σ⁻¹ δ + ½ ln(det Σ / √(det Σ_p det Σ_q)) with δ the difference of the
    /// means and Σ = (Σ_p + Σ_q)/2. Symmetric.
    ///
    /// @throws IllegalArgumentException if the dimensions differ
    public double bhattacharyyaDistance(MultivariateGaussian other) {
        requireSameDimension(other);
        int n = mean.length;
        double[][] average = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                average[i][j] = 0.5 * covariance[i][j] + 0.5 * other.covariance[i][j];
            }
        }
        var between = new MultivariateGaussian(mean, average);
        double mahalanobis = squaredNorm(between.whiten(difference(mean, other.mean)));
        return mahalanobis / 8 + 0.5 * (between.logDeterminant - 0.5 * (logDeterminant + other.logDeterminant));
    }

    /// Solves L y = v by forward substitution.
    private double[] whiten(double[] v) {
        double[] y = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            double sum = v[i];
            for (int j = 0; j < i; j++) {
                sum -= factor[i][j] * y[j];
            }
            y[i] = sum / factor[i][i];
        }
        return y;
    }

    private static double[][] choleskyFactor(double[][] covariance) {
        int n = covariance.length;
        double[] deviation = new double[n];
        for (int i = 0; i < n; i++) {
            deviation[i] = Math.sqrt(covariance[i][i]);
        }
        double[][] correlation = new double[n][n];
        for (int i = 0; i < n; i++) {
            correlation[i][i] = 1;
            for (int j = 0; j < i; j++) {
                correlation[i][j] = covariance[i][j] / deviation[i] / deviation[j];
                correlation[j][i] = correlation[i][j];
            }
        }
        try {
            // A pivot of unit-diagonal input that is no more than rounding means a singular matrix.
            double singular = n * Math.ulp(1.0);
            double[][] l = new CholeskyDecomposition(new Array2DRowRealMatrix(correlation, false), SYMMETRY_TOLERANCE,
                    singular).getL().getData();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    l[i][j] *= deviation[i];
                }
            }
            return l;
        } catch (MathIllegalArgumentException notPositiveDefinite) {
            throw new IllegalArgumentException(
                    "covariance of shape (%d, %d) is not positive definite: some combination of the components has no variance"
                            .formatted(n, n),
                    notPositiveDefinite);
        }
    }

    private static void requireCovariance(double[][] covariance, int n) {
        if (covariance.length != n) {
            throw new IllegalArgumentException(
                    "covariance has %d row(s), the mean %d component(s)".formatted(covariance.length, n));
        }
        for (int i = 0; i < n; i++) {
            Samples.requireFinite("covariance[%d]".formatted(i), covariance[i], n);
            if (covariance[i].length != n) {
                throw new IllegalArgumentException("covariance[%d] has %d values, a square matrix of %d needed"
                        .formatted(i, covariance[i].length, n));
            }
            if (covariance[i][i] <= 0) {
                throw new IllegalArgumentException(
                        "covariance is not positive definite: covariance[%d][%d] = %s, a variance > 0 needed"
                                .formatted(i, i, covariance[i][i]));
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double scale = Math.sqrt(covariance[i][i]) * Math.sqrt(covariance[j][j]);
                if (Math.abs(covariance[i][j] - covariance[j][i]) > SYMMETRY_TOLERANCE * scale) {
                    throw new IllegalArgumentException(
                            "covariance is not symmetric: [%d][%d] = %s but [%d][%d] = %s".formatted(i, j,
                                    covariance[i][j], j, i, covariance[j][i]));
                }
            }
        }
    }

    private void requireSameDimension(MultivariateGaussian other) {
        if (mean.length != other.mean.length) {
            throw new IllegalArgumentException(
                    "dimensions differ: %d != %d".formatted(mean.length, other.mean.length));
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] d = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            d[i] = a[i] - b[i];
        }
        return d;
    }

    private static double squaredNorm(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return sum;
    }

    private static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }
}
