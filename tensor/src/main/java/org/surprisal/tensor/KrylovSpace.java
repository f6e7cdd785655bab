package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.surprisal.tensor.kernel.SymmetricLoops;
import org.surprisal.tensor.kernel.Workers;

/// The space of the [Lanczos] iteration: an orthonormal basis, and what is known of the matrix A there.
///
/// The images of the newest block of the basis are split into what lies in the basis and what does not, which becomes
/// the next block: A V = V H + W R, with V the basis, W the next block, and R nonzero in the columns of the newest
/// block only. The eigenvectors s of (H + Hᵀ) / 2 give the approximate eigenvectors V s, whose residuals have the
/// components (H - Hᵀ) s / 2 in the basis and R s in the next block. Without errors of the products H is symmetric.
final class KrylovSpace {
    /// What is left of a vector below this fraction of it counts as nothing new.
    private static final double DEPENDENT = 1e-11;
    /// Where more than this is left of a vector, rounding errors have not grown (Daniel, Gragg, Kaufman and Stewart
    /// 1976).
    private static final double LARGE_PART = Math.sqrt(0.5);
    /// Columns that a thread works on at once.
    private static final int CHUNK = 8192;

    private final int size;
    /// The length of the vectors, whose last elements are 0.
    private final int length;
    private final UnaryOperator<Tensor> product;
    private final SymmetricLoops loops;
    private final double[] zeros;
    /// The basis, then the next block, then zeros up to a multiple of the rows that are read at once.
    private double[][] vectors = new double[0][];
    /// Of each image, the components along the vectors, as far as they existed then.
    private final List<double[]> columns = new ArrayList<>();
    private int dimension;
    private int found;
    private double largestMagnitude;

    KrylovSpace(int size, UnaryOperator<Tensor> product) {
        this.size = size;
        this.length = Math.ceilDiv(size, SymmetricLoops.STRANDS) * SymmetricLoops.STRANDS;
        this.product = product;
        this.loops = SymmetricLoops.forRows(size);
        this.zeros = new double[length];
    }

    /// The number of vectors of the basis.
    int dimension() {
        return dimension;
    }

    /// The number of vectors of the next block; 0 once the basis is all there is to find.
    int found() {
        return found;
    }

    /// The largest magnitude of the eigenvalues that were found last.
    double largestMagnitude() {
        return largestMagnitude;
    }

    /// Makes a block of random vectors the basis.
    void begin(int count, RandomStream stream) {
        while (dimension < count) {
            double[] start = stream.gaussian(ElementType.FLOAT64, 0, 1, size).toDoubles();
            takeNew(Arrays.copyOf(start, length));
            extend();
        }
    }

    /// Makes the next block a part of the basis.
    void extend() {
        dimension += found;
        found = 0;
    }

    /// Multiplies the vectors of the basis that have no images yet, and keeps what is new as the next block.
    void multiply() {
        while (columns.size() < dimension) {
            double[] vector = Arrays.copyOf(vectors[columns.size()], size);
            double[] image = product.apply(Tensor.of(vector)).toDoubles();
            if (image.length != size) {
                throw new IllegalArgumentException("the product has " + image.length + " elements, not " + size);
            }
            if (!Double.isFinite(DenseVector.norm(image))) {
                throw new ArithmeticException("the product with basis vector " + columns.size()
                        + " is not finite: there are no eigenvalues to find");
            }
            columns.add(takeNew(Arrays.copyOf(image, length)));
        }
    }

    /// Makes a vector orthogonal to all others and takes what is left, at norm 1, into the next block, unless nothing
    /// is.
    ///
    /// @return its components along the vectors, the new one included
    private double[] takeNew(double[] vector) {
        int known = dimension + found;
        double[] components = new double[padded(known + 1)];
        double before = DenseVector.norm(vector);
        subtract(vector, known, components);
        double left = DenseVector.norm(vector);
        if (left > DEPENDENT * before && left < LARGE_PART * before) {
            // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
            subtract(vector, known, components);
            left = DenseVector.norm(vector);
        }
        if (left > DEPENDENT * before) {
            DenseVector.scale(vector, 1 / left);
            components[known] = left;
            if (known == vectors.length) {
                int old = vectors.length;
                vectors = Arrays.copyOf(vectors, 2 * old + SymmetricLoops.ROWS);
                Arrays.fill(vectors, old, vectors.length, zeros);
            }
            vectors[known] = vector;
            found++;
        }
        return components;
    }

    private static int padded(int count) {
        return Math.ceilDiv(count, SymmetricLoops.ROWS) * SymmetricLoops.ROWS;
    }

    /// Subtracts the components along the first vectors, and adds them to `components`.
    private void subtract(double[] vector, int known, double[] components) {
        double[] opposite = new double[padded(known)];
        each(opposite.length / SymmetricLoops.ROWS, group -> {
            double[] sums = new double[SymmetricLoops.ROWS];
            int first = group * SymmetricLoops.ROWS;
            loops.dots(vectors, first, vector, length, sums);
            for (int r = 0; r < SymmetricLoops.ROWS; r++) {
                components[first + r] += sums[r];
                opposite[first + r] = -sums[r];
            }
        });
        combine(opposite, vector);
    }

    /// Adds the first vectors to `sum`, each so many times.
    private void combine(double[] factors, double[] sum) {
        each(Math.ceilDiv(length, CHUNK), chunk -> {
            int end = Math.min(length, (chunk + 1) * CHUNK);
            for (int first = 0; first < factors.length; first += SymmetricLoops.ROWS) {
                loops.addRows(vectors, first, factors, sum, chunk * CHUNK, end);
            }
        });
    }

    /// Runs the body for each number, on several threads if the vectors are long.
    private void each(int count, IntConsumer body) {
        if (length > CHUNK) {
            Workers.run(count, body);
        } else {
            IntStream.range(0, count).forEach(body);
        }
    }

    /// H(i, j) or, for an i that is not in the basis yet, R(i - dimension, j).
    private double element(int i, int j) {
        double[] column = columns.get(j);
        return i < column.length ? column[i] : 0;
    }

    /// The approximate eigenvalues at one end, with vectors and residuals.
    List<Lanczos.Eigenpair> eigenpairs(int count, Lanczos.End end) {
        double[][] restricted = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                restricted[i][j] = 0.5 * (element(i, j) + element(j, i));
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of("the restricted matrix", restricted);
        double[] values = eigen.values();
        double[][] factors = eigen.vectors();
        largestMagnitude = Math.max(Math.abs(values[0]), Math.abs(values[dimension - 1]));
        List<Lanczos.Eigenpair> pairs = new ArrayList<>();
        IntStream.range(0, dimension).boxed().sorted(Comparator.comparingDouble(k -> end.rank(values[k])))
                .limit(count).forEach(k -> {
                    double[] vector = new double[length];
                    combine(Arrays.copyOf(factors[k], padded(dimension)), vector);
                    pairs.add(new Lanczos.Eigenpair(values[k], Tensor.of(Arrays.copyOf(vector, size)),
                            residual(restricted, factors[k])));
                });
        return pairs;
    }

    private double residual(double[][] restricted, double[] factors) {
        double[] rest = new double[dimension + found];
        for (int i = 0; i < rest.length; i++) {
            for (int j = 0; j < dimension; j++) {
                rest[i] += (element(i, j) - (i < dimension ? restricted[i][j] : 0)) * factors[j];
            }
        }
        return DenseVector.norm(rest);
    }
}
