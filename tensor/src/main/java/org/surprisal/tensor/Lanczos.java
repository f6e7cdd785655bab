package org.surprisal.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/// A few eigenvalues of a large symmetric matrix from products with it: the block Lanczos method with full
/// reorthogonalisation (Golub and Underwood 1977).
///
/// The matrix is restricted to the space spanned by a block of random vectors and their images under its powers, and
/// the restricted matrix solved exactly. Eigenvalues at the ends of the spectrum come out first. The block has as many
/// vectors as eigenvalues are asked for: a single vector would see an eigenvalue of many eigenvectors (the 0 of a loss
/// with flat directions) once only.
///
/// Every image is made orthogonal to the whole basis, not only to the two blocks before, and a second time where the
/// first left less than 1/√2 of it. So no eigenvalue is found more often than it is there, as it would be where
/// rounding lets found eigenvectors come back. What is subtracted from an image are the elements of the restricted
/// matrix and the residuals, so neither is computed from the vectors again.
public final class Lanczos {
    /// A tolerance that products in double precision meet.
    public static final double TOLERANCE = 1e-9;
    /// A tolerance that products in single precision meet, whose own errors are some 1e-7 to 1e-6 of the largest
    /// eigenvalue's magnitude.
    public static final double FLOAT32_TOLERANCE = 1e-5;

    /// A basis of more vectors takes longer to work with than it saves, and memory.
    private static final int MOST_BLOCKS = 60;
    private static final int LEAST_BASIS = 120;

    private Lanczos() {
    }

    /// Which eigenvalues.
    public enum End {
        /// Those highest on the number line, in descending order.
        HIGHEST,
        /// Those lowest on the number line, most negative first, in ascending order.
        LOWEST,
        /// Those farthest from 0, in descending order of magnitude.
        LARGEST_MAGNITUDE;

        /// Small for the eigenvalues that come first.
        double rank(double value) {
            return switch (this) {
                case HIGHEST -> -value;
                case LOWEST -> value;
                case LARGEST_MAGNITUDE -> -Math.abs(value);
            };
        }
    }

    /// An approximate eigenvalue and eigenvector.
    ///
    /// @param value the eigenvalue
    /// @param vector the eigenvector, norm 1
    /// @param residual the norm of matrix times vector less value times vector: some eigenvalue of the matrix lies
    /// within this distance of the value
    public record Eigenpair(double value, Tensor vector, double residual) {}

    /// As the other method, with the tolerance 1e-9.
    ///
    /// @see #eigenpairs(int, UnaryOperator, int, End, double, RandomStream)
    public static List<Eigenpair> eigenpairs(int size, UnaryOperator<Tensor> product, int count, End end,
            RandomStream stream) {
        return eigenpairs(size, product, count, end, TOLERANCE, stream);
    }

    /// Eigenvalues at one end of the spectrum. The iteration ends when all their residuals are below the tolerance, or
    /// at a basis of 60 vectors for each (of 120 at least); then a residual is as large as it says. The same stream
    /// gives the same numbers. An eigenvalue's error is at most its residual, and of the order of the residual's square
    /// divided by the distance of the next eigenvalue.
    ///
    /// @param size number of rows of the matrix
    /// @param product from a vector of shape (size) to the matrix times that vector; the matrix is symmetric
    /// @param count how many eigenvalues, from 1 to `size`
    /// @param end at which end
    /// @param tolerance a residual up to this fraction of the largest eigenvalue's magnitude is exact enough; above 0
    /// and below 1. The errors of the products bound what can be met: [#TOLERANCE], [#FLOAT32_TOLERANCE].
    /// @param stream where the iteration starts
    /// @throws IllegalArgumentException if `count` or `tolerance` is out of range
    /// @throws ArithmeticException if a product is not finite
    public static List<Eigenpair> eigenpairs(int size, UnaryOperator<Tensor> product, int count, End end,
            double tolerance, RandomStream stream) {
        if (count < 1 || count > size) {
            throw new IllegalArgumentException(
                    "count (=" + count + ") must be from 1 to the number of rows (=" + size + ")");
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance (=" + tolerance + ") must be above 0 and below 1");
        }
        int most = (int) Math.min(size, Math.max(LEAST_BASIS, (long) count * MOST_BLOCKS));
        KrylovSpace space = new KrylovSpace(size, product);
        space.begin(count, stream);
        int nextLook = 0;
        while (true) {
            space.multiply();
            // Solving costs the cube of the dimension: it is done when that has grown by an eighth.
            boolean last = space.dimension() + space.found() > most || space.found() == 0;
            if (last || space.dimension() >= nextLook) {
                List<Eigenpair> pairs = space.eigenpairs(count, end);
                double enough = tolerance * space.largestMagnitude();
                if (last || pairs.stream().allMatch(pair -> pair.residual() <= enough)) {
                    return pairs;
                }
                nextLook = space.dimension() + space.dimension() / 8;
            }
            space.extend();
        }
    }
}
