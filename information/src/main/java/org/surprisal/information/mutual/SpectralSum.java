package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.SymmetricEigen;

/// The sum of a function over the eigenvalues of a kernel matrix of trace 1, from products with few vectors.
///
/// tr g(A) is split by an orthonormal basis Q of a space that nearly holds the largest eigenvectors (Hutch++; Meyer,
/// Musco, Musco & Woodruff 2021): Σ qᵀ g(A) q over its vectors, and the mean of zᵀ P g(A) P z with P = 1 - Q Qᵀ over
/// probes z of random signs. Each form is a Gauss quadrature by the Lanczos process (Golub & Meurant 1994); vectors are
/// not orthogonalised anew, which leaves the quadrature intact (Greenbaum 1989). With k steps the quadrature of λ ln λ
/// and its like errs as 1/k² where eigenvalues fall off exponentially, as a Gaussian kernel's do (their density is then
/// as 1/λ near 0): this is extrapolated away from k and 3k/4 steps. What the trace of A itself comes out as, which is
/// known, corrects the probes' mean by a regression on theirs.
final class SpectralSum {

    /// Below this share of the largest possible eigenvalue, 1, float32 products leave nothing of a direction.
    private static final double EXHAUSTED = 1e-7;

    private final double value;
    private final double[] residuals;
    private final double truncation;

    private SpectralSum(double value, double[] residuals, double truncation) {
        this.value = value;
        this.residuals = residuals;
        this.truncation = truncation;
    }

    /// The sum.
    double value() {
        return value;
    }

    /// Of each probe, what it differs from their mean by once it is corrected.
    double[] residuals() {
        return residuals.clone();
    }

    /// Half of what was extrapolated, as the uncertainty of doing so.
    double truncation() {
        return truncation;
    }

    /// @param function 0 at 0
    /// @param subspace vectors of Q, from 1
    /// @param probes from 4
    /// @param steps of the Lanczos process, from 4
    static SpectralSum of(KernelMatrix matrix, DoubleUnaryOperator function, int subspace, int probes, int steps,
            RandomStream stream) {
        int n = matrix.count();
        double[][] vectors = Arrays.copyOf(basis(matrix, subspace, stream.child("subspace")), subspace + probes);
        RandomStream signs = stream.child("probes");
        for (int j = subspace; j < vectors.length; j++) {
            vectors[j] = new double[n];
            for (int i = 0; i < n; i++) {
                vectors[j][i] = signs.nextInt(2) == 0 ? 1 : -1;
            }
            for (int q = 0; q < subspace; q++) {
                addMultiple(-dot(vectors[q], vectors[j]), vectors[q], vectors[j]);
            }
        }
        Lanczos lanczos = new Lanczos(matrix, vectors, steps);
        int fewer = steps - steps / 4;
        double sum = 0;
        double shorter = 0;
        // What is left of the trace, 1, for the probes.
        double left = 1;
        for (int q = 0; q < subspace; q++) {
            sum += lanczos.form(q, function, steps);
            shorter += lanczos.form(q, function, fewer);
            left -= lanczos.form(q, DoubleUnaryOperator.identity(), steps);
        }
        double[] forms = new double[probes];
        double[] traces = new double[probes];
        for (int j = 0; j < probes; j++) {
            forms[j] = lanczos.form(subspace + j, function, steps);
            shorter += lanczos.form(subspace + j, function, fewer) / probes;
            traces[j] = lanczos.form(subspace + j, DoubleUnaryOperator.identity(), steps);
        }
        double meanForm = Arrays.stream(forms).average().orElseThrow();
        double meanTrace = Arrays.stream(traces).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int j = 0; j < probes; j++) {
            covariance += (traces[j] - meanTrace) * (forms[j] - meanForm);
            variance += (traces[j] - meanTrace) * (traces[j] - meanTrace);
        }
        double slope = variance > 0 ? covariance / variance : 0;
        double[] residuals = new double[probes];
        for (int j = 0; j < probes; j++) {
            residuals[j] = forms[j] - meanForm - slope * (traces[j] - meanTrace);
        }
        double change = sum + meanForm - shorter;
        double beyond = change * fewer * fewer / (steps * steps - fewer * fewer);
        return new SpectralSum(sum + meanForm + slope * (left - meanTrace) + beyond, residuals,
                0.5 * Math.abs(beyond));
    }

    /// The standard error of a sum whose probes have these residuals; two degrees of freedom went to mean and slope.
    static double standardError(double[] residuals) {
        int probes = residuals.length;
        return Math.sqrt(dot(residuals, residuals) / (probes - 2) / probes);
    }

    /// An orthonormal basis of the images of random vectors under the square of the matrix.
    private static double[][] basis(KernelMatrix matrix, int count, RandomStream stream) {
        double[][] vectors = new double[count][matrix.count()];
        for (double[] vector : vectors) {
            Arrays.setAll(vector, i -> stream.nextGaussian());
        }
        for (int power = 0; power < 2; power++) {
            vectors = matrix.times(vectors);
            orthonormalise(vectors);
        }
        return vectors;
    }

    /// Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9). What depends on the vectors before
    /// becomes 0.
    private static void orthonormalise(double[][] vectors) {
        for (int k = 0; k < vectors.length; k++) {
            double before = Math.sqrt(dot(vectors[k], vectors[k]));
            for (int pass = 0; pass < 2; pass++) {
                for (int q = 0; q < k; q++) {
                    addMultiple(-dot(vectors[q], vectors[k]), vectors[q], vectors[k]);
                }
            }
            double norm = Math.sqrt(dot(vectors[k], vectors[k]));
            boolean dependent = norm <= EXHAUSTED * before;
            for (int i = 0; i < vectors[k].length; i++) {
                vectors[k][i] = dependent ? 0 : vectors[k][i] / norm;
            }
        }
    }

    /// The Lanczos process from several vectors at once, each by itself.
    private static final class Lanczos {
        private final double[] squaredNorms;
        /// Of each vector, the elements on and beside the diagonal of its tridiagonal matrix.
        private final double[][] diagonal;
        private final double[][] beside;

        Lanczos(KernelMatrix matrix, double[][] starts, int steps) {
            int count = starts.length;
            squaredNorms = new double[count];
            diagonal = new double[count][steps];
            beside = new double[count][steps];
            double[][] previous = new double[count][matrix.count()];
            double[][] current = new double[count][];
            for (int v = 0; v < count; v++) {
                squaredNorms[v] = dot(starts[v], starts[v]);
                current[v] = scaled(starts[v], squaredNorms[v] > 0 ? 1 / Math.sqrt(squaredNorms[v]) : 0);
            }
            for (int step = 0; step < steps; step++) {
                double[][] images = matrix.times(current);
                for (int v = 0; v < count; v++) {
                    if (step > 0) {
                        addMultiple(-beside[v][step - 1], previous[v], images[v]);
                    }
                    diagonal[v][step] = dot(current[v], images[v]);
                    addMultiple(-diagonal[v][step], current[v], images[v]);
                    double norm = Math.sqrt(dot(images[v], images[v]));
                    // A space that is exhausted goes on with nothing: the matrix falls apart, its first part counts.
                    beside[v][step] = norm > EXHAUSTED * diagonal[v][0] ? norm : 0;
                    images[v] = scaled(images[v], beside[v][step] > 0 ? 1 / norm : 0);
                }
                previous = current;
                current = images;
            }
        }

        private static double[] scaled(double[] vector, double factor) {
            return Arrays.stream(vector).map(x -> x * factor).toArray();
        }

        /// vᵀ g(A) v of a start vector v, by the first `steps` steps.
        double form(int v, DoubleUnaryOperator function, int steps) {
            var eigen = SymmetricEigen.ofTridiagonal("the kernel matrix", Arrays.copyOf(diagonal[v], steps),
                    Arrays.copyOf(beside[v], steps - 1));
            double[] values = eigen.values();
            double[][] vectors = eigen.vectors();
            double sum = 0;
            for (int k = 0; k < steps; k++) {
                sum += vectors[k][0] * vectors[k][0] * function.applyAsDouble(values[k]);
            }
            return squaredNorms[v] * sum;
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static void addMultiple(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }
}
