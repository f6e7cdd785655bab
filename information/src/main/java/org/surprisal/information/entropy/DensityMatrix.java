package org.surprisal.information.entropy;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.tensor.SymmetricEigen;

/// The density matrix ρ of a quantum system of d dimensions: Hermitian, positive, of trace 1.
///
/// A complex matrix A + iB is held as the real symmetric matrix [[A, -B], [B, A]], whose eigenvalues are those of A +
/// iB, each twice, and under which products and functions of matrices stay what they are. Immutable: what is given is
/// copied. O(d³) to make.
public final class DensityMatrix {

    /// How far a given matrix may lie from Hermitian, from trace 1 and from positive.
    private static final double TOLERANCE = 1e-10;

    /// The weight that a state may have outside another's support and still count as lying within: what rounding of the
    /// eigenvectors leaves there.
    private static final double OUTSIDE = 1e-12;

    /// How often each eigenvalue of ρ is one of [#eigenvalues]: once for a real matrix, twice for an embedded one.
    private final int copies;
    private final double[][] matrix;
    private final double[] eigenvalues;
    /// Row j belongs to eigenvalue j.
    private final double[][] eigenvectors;

    private DensityMatrix(double[][] matrix, int copies) {
        this.copies = copies;
        this.matrix = matrix;
        var eigen = SymmetricEigen.of("the density matrix", matrix);
        this.eigenvalues = eigen.values();
        this.eigenvectors = eigen.vectors();
        if (eigenvalues[0] < -TOLERANCE) {
            throw new IllegalArgumentException(
                    "density matrix has the eigenvalue %s, all must be >= 0".formatted(eigenvalues[0]));
        }
        double sum = 0;
        for (int j = 0; j < eigenvalues.length; j++) {
            eigenvalues[j] = Math.max(0, eigenvalues[j]);
            sum += eigenvalues[j] / copies;
        }
        for (int j = 0; j < eigenvalues.length; j++) {
            eigenvalues[j] /= sum;
        }
    }

    /// A real density matrix.
    ///
    /// @param matrix shape (d, d): symmetric, of trace 1, with no negative eigenvalue, each to 1e-10; it is divided by
    /// its trace
    /// @throws IllegalArgumentException if it is none of these, not square, or a value is not finite
    public static DensityMatrix of(double[][] matrix) {
        return new DensityMatrix(normalised(matrix, requireTrace("matrix", matrix), 1), 1);
    }

    /// A complex density matrix.
    ///
    /// @param real real part, shape (d, d)
    /// @param imaginary imaginary part, shape (d, d): together Hermitian, of trace 1, with no negative eigenvalue, each
    /// to 1e-10
    /// @throws IllegalArgumentException if they are none of these, not square, of different shapes, or a value is not
    /// finite
    public static DensityMatrix of(double[][] real, double[][] imaginary) {
        double trace = requireTrace("real part", real);
        requireSquare("imaginary part", imaginary);
        if (real.length != imaginary.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "real part has %d row(s), imaginary part %d: equal shapes needed",
                            real.length, imaginary.length));
        }
        return new DensityMatrix(
                embedded(normalised(real, trace, 1), normalised(imaginary, trace, -1)), 2);
    }

    /// The classical state: a diagonal matrix of these probabilities.
    public static DensityMatrix diagonal(DiscreteDistribution probabilities) {
        double[][] matrix = new double[probabilities.size()][probabilities.size()];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i][i] = probabilities.probability(i);
        }
        return new DensityMatrix(matrix, 1);
    }

    /// The maximally mixed state, the identity divided by d.
    ///
    /// @throws IllegalArgumentException if `dimension` is below 1
    public static DensityMatrix maximallyMixed(int dimension) {
        return diagonal(DiscreteDistribution.uniform(dimension));
    }

    /// The pure state |φ⟩⟨φ| of a real state vector.
    ///
    /// @param amplitudes φ, shape (d), of norm 1 (its square to 1e-10)
    /// @throws IllegalArgumentException if there are none, one is not finite, or the norm is not 1
    public static DensityMatrix pure(double... amplitudes) {
        double[][] matrix = new double[amplitudes.length][amplitudes.length];
        for (int i = 0; i < amplitudes.length; i++) {
            for (int j = 0; j < amplitudes.length; j++) {
                matrix[i][j] = amplitudes[i] * amplitudes[j];
            }
        }
        return of(matrix);
    }

    /// Dimension d of the Hilbert space.
    public int dimension() {
        return matrix.length / copies;
    }

    /// The d eigenvalues, ascending: the probabilities of the states that ρ is a mixture of.
    public double[] eigenvalues() {
        double[] values = new double[dimension()];
        Arrays.setAll(values, j -> eigenvalues[copies * j]);
        return values;
    }

    /// Purity tr ρ², from 1/d for the maximally mixed state to 1 for a pure one.
    public double purity() {
        return Arrays.stream(eigenvalues).map(x -> x * x).sum() / copies;
    }

    /// Von Neumann entropy -tr(ρ ln ρ) (Schmidt 2.80): 0 for a pure state, ln d for the maximally mixed one.
    public double entropy() {
        double sum = 0;
        for (double x : eigenvalues) {
            sum -= x > zero() ? x * Math.log(x) : 0;
        }
        return Math.max(0.0, sum / copies);
    }

    /// Quantum relative entropy D(ρ||σ) = tr(ρ (ln ρ - ln σ)) of ρ = this to σ = `other` (Schmidt 2.81 with ln σ
    /// inside). At least 0, and 0 only for equal states; for matrices that commute it is the classical relative
    /// entropy.
    ///
    /// It is positive infinity if ρ has weight outside the support of σ. Rounding leaves eigenvalues of some 1e-15
    /// where 0 is meant, so eigenvalues of σ below d 1e-15 count as 0, and a weight of ρ there of at most 1e-12 as
    /// none.
    ///
    /// @throws IllegalArgumentException if the dimensions differ
    public double relativeEntropyTo(DensityMatrix other) {
        if (dimension() != other.dimension()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "dimensions differ: %d != %d", dimension(), other.dimension()));
        }
        if (copies != other.copies) {
            return copies == 1 ? asComplex().relativeEntropyTo(other) : relativeEntropyTo(other.asComplex());
        }
        double cross = 0;
        double outside = 0;
        for (int j = 0; j < matrix.length; j++) {
            double weight = Math.max(0, expectation(other.eigenvectors[j])) / copies;
            if (other.eigenvalues[j] > zero()) {
                cross -= weight * Math.log(other.eigenvalues[j]);
            } else {
                outside += weight;
            }
        }
        return outside > OUTSIDE ? Double.POSITIVE_INFINITY : Math.max(0.0, cross - entropy());
    }

    private DensityMatrix asComplex() {
        return new DensityMatrix(embedded(matrix, new double[matrix.length][matrix.length]), 2);
    }

    /// ⟨v|ρ|v⟩.
    private double expectation(double[] v) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            double product = 0;
            for (int j = 0; j < v.length; j++) {
                product += matrix[i][j] * v[j];
            }
            sum += v[i] * product;
        }
        return sum;
    }

    /// Below this an eigenvalue is rounding.
    private double zero() {
        return 1e-15 * dimension();
    }

    private static double[][] embedded(double[][] real, double[][] imaginary) {
        int d = real.length;
        double[][] matrix = new double[2 * d][2 * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix[i][j] = real[i][j];
                matrix[d + i][d + j] = real[i][j];
                matrix[i][d + j] = -imaginary[i][j];
                matrix[d + i][j] = imaginary[i][j];
            }
        }
        return matrix;
    }

    /// The part divided by the trace and made exactly symmetric (sign 1) or antisymmetric (-1).
    private static double[][] normalised(double[][] part, double trace, int sign) {
        int d = part.length;
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double mirrored = sign * part[j][i];
                if (Math.abs(part[i][j] - mirrored) > TOLERANCE) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "%s is not Hermitian: [%d][%d] = %s but [%d][%d] = %s",
                                    sign > 0 ? "density matrix" : "imaginary part of the density matrix", i, j,
                                    part[i][j], j, i, part[j][i]));
                }
                matrix[i][j] = 0.5 * (part[i][j] + mirrored) / trace;
                matrix[j][i] = sign * matrix[i][j];
            }
        }
        return matrix;
    }

    private static double requireTrace(String name, double[][] matrix) {
        requireSquare(name, matrix);
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            trace += matrix[i][i];
        }
        if (Math.abs(trace - 1) > TOLERANCE) {
            throw new IllegalArgumentException("density matrix has the trace %s, 1 (to %s) needed".formatted(trace,
                    TOLERANCE));
        }
        return trace;
    }

    private static void requireSquare(String name, double[][] matrix) {
        if (matrix.length == 0) {
            throw new IllegalArgumentException("%s has 0 row(s), at least 1 needed".formatted(name));
        }
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i].length != matrix.length) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s[%d] has %d value(s), a square matrix of %d needed", name,
                                i, matrix[i].length, matrix.length));
            }
            for (int j = 0; j < matrix.length; j++) {
                if (!Double.isFinite(matrix[i][j])) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "%s[%d][%d] = %s, a finite value needed", name, i, j,
                                    matrix[i][j]));
                }
            }
        }
    }
}
