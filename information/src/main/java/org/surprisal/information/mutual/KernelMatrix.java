package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.surprisal.information.pairwise.PairLoops;
import org.surprisal.information.pairwise.SquaredDistances;
import org.surprisal.information.pairwise.Tiles;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// The kernel matrix of n samples over its trace, as a matrix that is not stored: its elements are computed anew, tile
/// by tile, whenever something is asked of it.
///
/// The kernel of a continuous variable is exp(-||x - x'||² / (2 s²)), that of a discrete one 1 for equal symbols and 0
/// for others; that of several variables is the product of theirs. All have n times the same diagonal, so the trace of
/// a product needs no other scaling than by n.
final class KernelMatrix {

    /// e^-100 is nothing beside the diagonal, and far from where numbers lose digits.
    private static final double CUTOFF = 100;

    private final int n;
    private final List<Factor> factors;

    private KernelMatrix(int n, List<Factor> factors) {
        this.n = n;
        this.factors = factors;
    }

    /// What one variable multiplies the elements by.
    private interface Factor {
        /// Multiplies a tile, whose rows have [Tiles#SIZE] places.
        void apply(double[] tile, int rowFrom, int rowTo, int columnFrom, int columnTo);
    }

    /// The matrix of one variable.
    ///
    /// @param width s, of a continuous variable
    static KernelMatrix of(Variable variable, OptionalDouble width) {
        int n = variable.count();
        return switch (variable) {
            case Discrete discrete -> new KernelMatrix(n, List.of(equality(discrete.codes())));
            case Continuous continuous -> new KernelMatrix(n, List.of(gaussian(continuous, width.orElseThrow())));
        };
    }

    /// The matrix of both variables together.
    KernelMatrix joint(KernelMatrix other) {
        return new KernelMatrix(n, Stream.concat(factors.stream(), other.factors.stream()).toList());
    }

    private static Factor equality(int[] codes) {
        return (tile, rowFrom, rowTo, columnFrom, columnTo) -> {
            for (int i = rowFrom; i < rowTo; i++) {
                for (int j = columnFrom; j < columnTo; j++) {
                    tile[(i - rowFrom) * Tiles.SIZE + j - columnFrom] *= codes[i] == codes[j] ? 1 : 0;
                }
            }
        };
    }

    private static Factor gaussian(Continuous samples, double width) {
        PairLoops loops = PairLoops.forSamples(samples.count());
        // Divided first: squares of widths may leave the range of numbers where ratios do not.
        SquaredDistances distances = SquaredDistances
                .all(samples.values().to(ElementType.FLOAT64).times(1 / width), loops);
        return (tile, rowFrom, rowTo, columnFrom, columnTo) -> {
            SquaredDistances.Reader reader = distances.reader();
            int count = columnTo - columnFrom;
            reader.read(-1, Double.POSITIVE_INFINITY, rowFrom, rowTo, columnFrom, columnTo, (first, last) -> {
                for (int i = first; i < last; i++) {
                    int strip = (i - first) * Tiles.SIZE;
                    int row = (i - rowFrom) * Tiles.SIZE;
                    loops.exponentials(0.5, CUTOFF, reader.strip, strip, strip + count, reader.strip, strip);
                    for (int j = 0; j < count; j++) {
                        tile[row + j] *= reader.strip[strip + j];
                    }
                }
            });
        };
    }

    int count() {
        return n;
    }

    /// The elements of a tile, its rows [Tiles#SIZE] places apart.
    private double[] tile(int rowFrom, int rowTo, int columnFrom, int columnTo) {
        double[] tile = new double[(rowTo - rowFrom) * Tiles.SIZE];
        Arrays.fill(tile, 1.0 / n);
        for (Factor factor : factors) {
            factor.apply(tile, rowFrom, rowTo, columnFrom, columnTo);
        }
        return tile;
    }

    /// All elements, shape (n, n).
    double[][] elements() {
        double[][] elements = new double[n][n];
        Tiles.forEach(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
            double[] tile = tile(rowFrom, rowTo, columnFrom, columnTo);
            for (int i = rowFrom; i < rowTo; i++) {
                for (int j = columnFrom; j < columnTo; j++) {
                    elements[i][j] = tile[(i - rowFrom) * Tiles.SIZE + j - columnFrom];
                    elements[j][i] = elements[i][j];
                }
            }
        });
        return elements;
    }

    /// The sum of the squares of all elements, which is that of the eigenvalues' squares.
    double sumOfSquares() {
        double[] total = new double[1];
        Tiles.inOrder(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
            double[] tile = tile(rowFrom, rowTo, columnFrom, columnTo);
            double sum = 0;
            for (int i = rowFrom; i < rowTo; i++) {
                for (int j = columnFrom; j < columnTo; j++) {
                    double element = tile[(i - rowFrom) * Tiles.SIZE + j - columnFrom];
                    sum += element * element;
                }
            }
            return rowFrom == columnFrom ? sum : 2 * sum;
        }, sum -> total[0] += sum);
        return total[0];
    }

    /// The products with several vectors; elements and vectors are rounded to float32, sums over tiles are not.
    ///
    /// @param vectors each of n elements
    double[][] times(double[][] vectors) {
        int count = vectors.length;
        Tensor[] blocks = new Tensor[Math.ceilDiv(n, Tiles.SIZE)];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * Tiles.SIZE;
            int rows = Math.min(n, from + Tiles.SIZE) - from;
            float[] flat = new float[rows * count];
            for (int i = 0; i < rows; i++) {
                for (int v = 0; v < count; v++) {
                    flat[i * count + v] = (float) vectors[v][from + i];
                }
            }
            blocks[block] = Tensor.of(flat, rows, count);
        }
        double[][] products = new double[count][n];
        Tiles.inOrder(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
            Tensor tile = singles(rowFrom, rowTo, columnFrom, columnTo);
            float[] rows = tile.matmul(blocks[columnFrom / Tiles.SIZE]).toFloats();
            float[] columns = rowFrom == columnFrom
                    ? new float[0]
                    : tile.transpose().matmul(blocks[rowFrom / Tiles.SIZE]).toFloats();
            return new Products(rowFrom, rows, columnFrom, columns);
        }, part -> {
            add(part.rows, part.rowFrom, products);
            add(part.columns, part.columnFrom, products);
        });
        return products;
    }

    /// What one tile adds to the products, row-major.
    private static final class Products {
        private final int rowFrom;
        private final float[] rows;
        private final int columnFrom;
        private final float[] columns;

        Products(int rowFrom, float[] rows, int columnFrom, float[] columns) {
            this.rowFrom = rowFrom;
            this.rows = rows;
            this.columnFrom = columnFrom;
            this.columns = columns;
        }
    }

    private Tensor singles(int rowFrom, int rowTo, int columnFrom, int columnTo) {
        double[] tile = tile(rowFrom, rowTo, columnFrom, columnTo);
        int width = columnTo - columnFrom;
        float[] flat = new float[(rowTo - rowFrom) * width];
        for (int i = 0; i < rowTo - rowFrom; i++) {
            for (int j = 0; j < width; j++) {
                flat[i * width + j] = (float) tile[i * Tiles.SIZE + j];
            }
        }
        return Tensor.of(flat, rowTo - rowFrom, width);
    }

    private static void add(float[] part, int from, double[][] products) {
        int count = products.length;
        for (int k = 0; k < part.length; k++) {
            products[k % count][from + k / count] += part[k];
        }
    }
}
