package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A few eigenvalues of a large symmetric matrix from products with it: the block Lanczos method with full
/// reorthogonalisation (Golub and Underwood 1977).
///
/// The matrix is restricted to the space spanned by a block of random vectors and their images under its powers, and
/// the restricted matrix solved exactly. Eigenvalues at the ends of the spectrum come out first. The block has as many
/// vectors as eigenvalues are asked for: a single vector would see an eigenvalue of many eigenvectors (the 0 of a loss
/// with flat directions) once only.
public final class Lanczos {
    /// A residual below this fraction of the largest eigenvalue's magnitude is exact enough.
    private static final double TOLERANCE = 1e-9;

    /// What is left of a vector below this fraction of it counts as nothing new.
    private static final double DEPENDENT = 1e-11;

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
        private double rank(double value) {
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

    /// Eigenvalues at one end of the spectrum. The iteration ends when all their residuals are below 1e-9 of the
    /// largest eigenvalue's magnitude, or at a basis of 60 vectors for each (of 120 at least); then a residual is as
    /// large as it says. The same stream gives the same numbers.
    ///
    /// @param size number of rows of the matrix
    /// @param product from a vector of shape (size) to the matrix times that vector; the matrix is symmetric
    /// @param count how many eigenvalues, from 1 to `size`
    /// @param end at which end
    /// @param stream where the iteration starts
    /// @throws IllegalArgumentException if `count` is out of range
    /// @throws ArithmeticException if a product is not finite
    public static List<Eigenpair> eigenpairs(int size, UnaryOperator<Tensor> product, int count, End end,
            RandomStream stream) {
        if (count < 1 || count > size) {
            throw new IllegalArgumentException(
                    "count (=" + count + ") must be from 1 to the number of rows (=" + size + ")");
        }
        int most = (int) Math.min(size, Math.max(LEAST_BASIS, (long) count * MOST_BLOCKS));
        Subspace space = new Subspace(size, product);
        List<double[]> block = new ArrayList<>();
        while (block.size() < count) {
            double[] start = stream.gaussian(ElementType.FLOAT64, 0, 1, size).toDoubles();
            if (space.orthonormalise(start, block)) {
                block.add(start);
            }
        }
        int nextLook = 0;
        while (true) {
            List<double[]> images = space.add(block);
            block = new ArrayList<>();
            for (double[] image : images) {
                if (space.dimension() + block.size() < most && space.orthonormalise(image, block)) {
                    block.add(image);
                }
            }
            // Solving costs the cube of the dimension: it is done when that has grown by a quarter.
            boolean last = block.isEmpty();
            if (last || space.dimension() >= nextLook) {
                List<Eigenpair> pairs = space.eigenpairs(count, end);
                double enough = TOLERANCE * space.largestMagnitude();
                if (last || pairs.stream().allMatch(pair -> pair.residual() <= enough)) {
                    return pairs;
                }
                nextLook = space.dimension() + space.dimension() / 4;
            }
        }
    }

    /// An orthonormal basis, its images, and the matrix restricted to it.
    private static final class Subspace {
        private final int size;
        private final UnaryOperator<Tensor> product;
        private final List<double[]> basis = new ArrayList<>();
        private final List<double[]> images = new ArrayList<>();
        private double largestMagnitude;

        Subspace(int size, UnaryOperator<Tensor> product) {
            this.size = size;
            this.product = product;
        }

        int dimension() {
            return basis.size();
        }

        double largestMagnitude() {
            return largestMagnitude;
        }

        /// Takes these vectors into the basis and returns copies of their images.
        List<double[]> add(List<double[]> block) {
            List<double[]> copies = new ArrayList<>();
            for (double[] vector : block) {
                double[] image = product.apply(Tensor.of(vector)).toDoubles();
                if (image.length != size) {
                    throw new IllegalArgumentException("the product has " + image.length + " elements, not " + size);
                }
                if (!Double.isFinite(DenseVector.norm(image))) {
                    throw new ArithmeticException("the product with basis vector " + basis.size()
                            + " is not finite: there are no eigenvalues to find");
                }
                basis.add(vector);
                images.add(image);
                copies.add(image.clone());
            }
            return copies;
        }

        /// Makes `vector` orthogonal to the basis and to `others` and of norm 1; false if it is a combination of them.
        boolean orthonormalise(double[] vector, List<double[]> others) {
            double before = DenseVector.norm(vector);
            // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
            for (int pass = 0; pass < 2; pass++) {
                for (double[] known : basis) {
                    DenseVector.add(vector, -DenseVector.dot(known, vector), known);
                }
                for (double[] known : others) {
                    DenseVector.add(vector, -DenseVector.dot(known, vector), known);
                }
            }
            double left = DenseVector.norm(vector);
            if (left <= DEPENDENT * before) {
                return false;
            }
            DenseVector.scale(vector, 1 / left);
            return true;
        }

        List<Eigenpair> eigenpairs(int count, End end) {
            int m = basis.size();
            double[][] restricted = new double[m][m];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j <= i; j++) {
                    restricted[i][j] = 0.5 * (DenseVector.dot(basis.get(i), images.get(j))
                            + DenseVector.dot(basis.get(j), images.get(i)));
                    restricted[j][i] = restricted[i][j];
                }
            }
            SymmetricEigen eigen = SymmetricEigen.ofSymmetric(restricted);
            largestMagnitude = Math.max(Math.abs(eigen.values()[0]), Math.abs(eigen.values()[m - 1]));
            List<Integer> chosen = IntStream.range(0, m).boxed()
                    .sorted(Comparator.comparingDouble(k -> end.rank(eigen.values()[k]))).limit(count).toList();
            List<Eigenpair> pairs = new ArrayList<>();
            for (int k : chosen) {
                double[] vector = combine(basis, eigen.vectors()[k]);
                double[] rest = combine(images, eigen.vectors()[k]);
                DenseVector.add(rest, -eigen.values()[k], vector);
                pairs.add(new Eigenpair(eigen.values()[k], Tensor.of(vector), DenseVector.norm(rest)));
            }
            return pairs;
        }

        private double[] combine(List<double[]> vectors, double[] factors) {
            double[] sum = new double[size];
            for (int i = 0; i < factors.length; i++) {
                DenseVector.add(sum, factors[i], vectors.get(i));
            }
            return sum;
        }
    }
}
