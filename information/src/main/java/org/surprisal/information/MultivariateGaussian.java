package org.surprisal.information;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.surprisal.information.internal.Samples;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SymmetricEigen;
import org.surprisal.tensor.Tensor;

/// The normal distribution N(μ, Σ) in n dimensions. Entropies are in nats.
///
/// Immutable: what is given is copied. Σ is factored once as L Lᵀ, after scaling to unit diagonal so that components in
/// different units do not decide whether it counts as positive definite.
public final class MultivariateGaussian {

    private static final double LN_2PI = Math.log(2 * Math.PI);
    private static final double SYMMETRY_TOLERANCE = 1e-12;
    /// Where the components leave more of each other's variance than this, a covariance of samples tells it to ten
    /// digits.
    private static final double WELL_CONDITIONED = 1e-6;
    /// Coarser samples than these are compared with their rounding.
    private static final double FINE = 1e-5;
    /// Rounding of a mean, in standard deviations, that would show in a covariance.
    private static final double LOST = 1e-9;

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
        this.logDeterminant = logDeterminant(factor);
    }

    private MultivariateGaussian(double[] mean, double[][] covariance, double[][] factor) {
        this.mean = mean;
        this.covariance = covariance;
        this.factor = factor;
        this.logDeterminant = logDeterminant(factor);
    }

    private static double logDeterminant(double[][] factor) {
        double sum = 0;
        for (int i = 0; i < factor.length; i++) {
            sum += Math.log(factor[i][i]);
        }
        return 2 * sum;
    }

    /// The normal fit of samples: their means and population covariance (divided by their number), the
    /// maximum-likelihood estimate.
    ///
    /// Samples whose components determine each other up to the rounding of the numbers have no fit ([SampleBasis] says
    /// when that is so).
    ///
    /// @param samples shape (count, n), finite, one sample a row, more of them than components
    /// @throws IllegalArgumentException if the shape is another, a value is not finite, a component is constant, or
    /// components are linearly dependent
    public static MultivariateGaussian fit(Tensor samples) {
        if (samples.rank() != 2 || samples.size() == 0) {
            throw new IllegalArgumentException(
                    "samples have the shape %s, (count, n) needed".formatted(samples.shape()));
        }
        double[][] columns = new double[samples.length(1)][];
        double[] mean = new double[columns.length];
        double[] resolution = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            double[] column = samples.slice(1, j, j + 1).toDoubles();
            Moments moments = Moments.of(column);
            if (moments.skewness().isEmpty()) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT,
                                "covariance of the samples is not positive definite: component %d is constant (%s)",
                                j, column[0]));
            }
            double average = moments.mean();
            columns[j] = centred(column, average, moments.standardDeviation());
            mean[j] = average;
            resolution[j] = SampleBasis.resolution(column);
        }
        double[][] covariance = new double[columns.length][columns.length];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int s = 0; s < columns[i].length; s++) {
                    sum += columns[i][s] * columns[j][s];
                }
                covariance[i][j] = sum / columns[i].length;
                covariance[j][i] = covariance[i][j];
            }
        }
        if (Arrays.stream(resolution).max().orElseThrow() < FINE) {
            try {
                MultivariateGaussian fit = new MultivariateGaussian(mean, covariance);
                if (fit.leastUnexplained() > WELL_CONDITIONED) {
                    return fit;
                }
            } catch (IllegalArgumentException nearlySingular) {
                // The samples themselves tell more than their covariance.
            }
        }
        return fromBasis(mean, columns, covariance, resolution);
    }

    /// Far from 0 the mean is rounded to the last digits of the numbers, and what is left of it after one subtraction
    /// is subtracted too.
    private static double[] centred(double[] column, double mean, double deviation) {
        double[] centred = Arrays.stream(column).map(x -> x - mean).toArray();
        double rest = Arrays.stream(centred).average().orElseThrow();
        return Math.abs(rest) <= LOST * deviation ? centred : Arrays.stream(centred).map(x -> x - rest).toArray();
    }

    private static MultivariateGaussian fromBasis(double[] mean, double[][] centred, double[][] covariance,
            double[] resolution) {
        double[] deviation = new double[mean.length];
        double[][] standardised = new double[mean.length][];
        for (int j = 0; j < mean.length; j++) {
            double sigma = Math.sqrt(
                    Samples.requirePositive(String.format(Locale.ROOT, "covariance[%d][%d]", j, j), covariance[j][j]));
            deviation[j] = sigma;
            standardised[j] = Arrays.stream(centred[j]).map(x -> x / sigma).toArray();
        }
        SampleBasis basis = SampleBasis.of(standardised, resolution);
        basis.dependent().ifPresent(j -> {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "covariance of the samples is not positive definite: component %d is a linear"
                                    + " combination of those before"
                                    + " it, up to rounding",
                            j));
        });
        double[][] factor = basis.factor();
        for (int i = 0; i < factor.length; i++) {
            for (int j = 0; j <= i; j++) {
                factor[i][j] *= deviation[i];
            }
        }
        return new MultivariateGaussian(mean, covariance, factor);
    }

    /// The least share of a component's variance that a linear regression on the components before it leaves.
    public double leastUnexplained() {
        double least = 1;
        for (int i = 0; i < mean.length; i++) {
            least = Math.min(least, factor[i][i] * factor[i][i] / covariance[i][i]);
        }
        return least;
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
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "x has %d component(s), the distribution %d", x.length,
                            mean.length));
        }
        double[] whitened = whiten(difference(x, mean));
        return -0.5 * (mean.length * LN_2PI + logDeterminant + squaredNorm(whitened));
    }

    /// Independent draws μ + L z, z standard normal.
    ///
    /// @param count how many, at least 1
    /// @return float64, shape (count, n)
    public Tensor sample(int count, RandomStream random) {
        int n = mean.length;
        double[] normal = random.gaussian(ElementType.FLOAT64, 0, 1, count, n).toDoubles();
        double[] drawn = new double[normal.length];
        for (int s = 0; s < count; s++) {
            for (int i = 0; i < n; i++) {
                double sum = mean[i];
                for (int j = 0; j <= i; j++) {
                    sum += factor[i][j] * normal[s * n + j];
                }
                drawn[s * n + i] = sum;
            }
        }
        return Tensor.of(drawn, count, n);
    }

    /// Differential entropy ½ ln det(2πeΣ) (Schmidt 2.96).
    public double entropy() {
        return 0.5 * (mean.length * (LN_2PI + 1) + logDeterminant);
    }

    /// Relative entropy (Kullback–Leibler divergence) D(p||q) of p = this to q = `other`,
    /// ½ [tr(Σ_q⁻¹Σ_p) + (μ_p - μ_q)ᵀ Σ_q⁻¹ (μ_p - μ_q) - n + ln det Σ_q - ln det Σ_p] (Schmidt 2.98). At least 0: what
    /// rounding leaves below is cut off.
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
            // tr(Σ_q⁻¹Σ_p) = ||L_q⁻¹ L_p||², column by column; the zeros above the diagonal stay zeros.
            trace += squaredNorm(other.whiten(l, column));
        }
        double mahalanobis = squaredNorm(other.whiten(difference(mean, other.mean)));
        return Math.max(0, 0.5 * (trace + mahalanobis - n + other.logDeterminant - logDeterminant));
    }

    /// Jeffreys divergence D(p||q) + D(q||p) of p = this and q = `other` (Jeffreys 1946). Symmetric.
    ///
    /// @throws IllegalArgumentException if the dimensions differ
    public double jeffreysDivergence(MultivariateGaussian other) {
        return relativeEntropyTo(other) + other.relativeEntropyTo(this);
    }

    /// Rényi divergence D_α(p||q) = ln(∫ p^α q^(1-α)) / (α - 1) of p = this to q = `other` (Gil, Alajaji & Linder
    /// 2013):
    ///
    ///     α/2 δᵀ Σ_α⁻¹ δ - ln(det Σ_α / (det Σ_p^(1-α) det Σ_q^α)) / (2(α - 1)),      Σ_α = α Σ_q + (1-α) Σ_p
    ///
    /// with δ the difference of the means. Positive infinity where Σ_α is not positive definite, for the integral
    /// diverges. Order 1 is the relative entropy, order ½ twice the Bhattacharyya distance. One eigenvalue problem of
    /// n³.
    ///
    /// @param order α, at least 0, may be infinite
    /// @throws IllegalArgumentException if the dimensions differ, or `order` is negative or NaN
    public double renyiDivergenceTo(MultivariateGaussian other, double order) {
        requireSameDimension(other);
        RenyiTerm.requireOrder(order);
        int n = mean.length;
        // In the eigenbasis of L_q⁻¹ Σ_p L_q⁻ᵀ both have independent components, those of q of variance 1.
        double[][] half = new double[n][];
        for (int column = 0; column < n; column++) {
            half[column] = other.whiten(covariance[column]);
        }
        double[][] relative = new double[n][n];
        for (int i = 0; i < n; i++) {
            double[] row = new double[n];
            for (int j = 0; j < n; j++) {
                row[j] = half[j][i];
            }
            relative[i] = other.whiten(row);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                relative[i][j] = 0.5 * (relative[i][j] + relative[j][i]);
                relative[j][i] = relative[i][j];
            }
        }
        var basis = SymmetricEigen.of("the covariance relative to the other one", relative);
        double[] eigenvalues = basis.values();
        double[][] directions = basis.vectors();
        double[] whitened = other.whiten(difference(mean, other.mean));
        double[] logRatios = logRatios(eigenvalues, logDeterminant - other.logDeterminant);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double excess = Math.max(0, eigenvalues[i]) - 1;
            double shift = 0;
            for (int j = 0; j < n; j++) {
                shift += directions[i][j] * whitened[j];
            }
            sum += RenyiTerm.of(order, excess, logRatios[i], shift * shift);
        }
        return sum;
    }

    /// Logarithms of eigenvalues whose logarithms sum to `logProduct`. Eigenvalues that are no more than the rounding
    /// of the largest share what the others leave of the sum: their own digits are gone, that of the determinants is
    /// not.
    private static double[] logRatios(double[] eigenvalues, double logProduct) {
        double resolution = eigenvalues.length * Math.ulp(Arrays.stream(eigenvalues).max().orElseThrow());
        double known = Arrays.stream(eigenvalues).filter(x -> x > resolution).map(Math::log).sum();
        long lost = Arrays.stream(eigenvalues).filter(x -> x <= resolution).count();
        return Arrays.stream(eigenvalues).map(x -> x > resolution ? Math.log(x) : (logProduct - known) / lost)
                .toArray();
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
        return Math.max(0,
                mahalanobis / 8 + 0.5 * (between.logDeterminant - 0.5 * (logDeterminant + other.logDeterminant)));
    }

    /// Solves L y = v by forward substitution.
    private double[] whiten(double[] v) {
        return whiten(v, 0);
    }

    /// As [#whiten(double[])], where the components of v before `from` are 0.
    private double[] whiten(double[] v, int from) {
        double[] y = new double[v.length];
        for (int i = from; i < v.length; i++) {
            double sum = v[i];
            for (int j = from; j < i; j++) {
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
                    String.format(Locale.ROOT,
                            "covariance of shape (%d, %d) is not positive definite: some combination of the"
                                    + " components has no variance",
                            n, n),
                    notPositiveDefinite);
        }
    }

    private static void requireCovariance(double[][] covariance, int n) {
        if (covariance.length != n) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "covariance has %d row(s), the mean %d component(s)", covariance.length,
                            n));
        }
        for (int i = 0; i < n; i++) {
            Samples.requireFinite(String.format(Locale.ROOT, "covariance[%d]", i), covariance[i], n);
            if (covariance[i].length != n) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "covariance[%d] has %d values, a square matrix of %d needed",
                                i, covariance[i].length, n));
            }
            if (covariance[i][i] <= 0) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT,
                                "covariance is not positive definite: covariance[%d][%d] = %s, a variance > 0 needed",
                                i, i, covariance[i][i]));
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double scale = Math.sqrt(covariance[i][i]) * Math.sqrt(covariance[j][j]);
                if (Math.abs(covariance[i][j] - covariance[j][i]) > SYMMETRY_TOLERANCE * scale) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "covariance is not symmetric: [%d][%d] = %s but [%d][%d] = %s",
                                    i, j,
                                    covariance[i][j], j, i, covariance[j][i]));
                }
            }
        }
    }

    private void requireSameDimension(MultivariateGaussian other) {
        if (mean.length != other.mean.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "dimensions differ: %d != %d", mean.length, other.mean.length));
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
