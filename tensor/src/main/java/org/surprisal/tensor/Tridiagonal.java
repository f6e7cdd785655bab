package org.surprisal.tensor;

import java.util.Arrays;
import org.surprisal.tensor.kernel.SymmetricLoops;

/// A symmetric matrix A, reduced by Householder's reflections to a tridiagonal matrix T = Qᵀ A Q, which has the same
/// eigenvalues (Golub and Van Loan, Matrix Computations, section 8.3). The last row is reduced first, so that the rows
/// and columns that remain keep their places.
///
/// A reflection needs one product with the rows that remain, which reads each element of their lower half once. It
/// changes the matrix by v wᵀ + w vᵀ. These changes are collected in a panel and subtracted together, tile by tile
/// (Dongarra, Hammarling and Sorensen 1989); until then they are subtracted from each row and product that is needed.
/// The rows are worked on by one thread.
final class Tridiagonal {
    /// Reflections of a panel.
    private static final int PANEL = 32;
    /// Twice as many vectors: v and w of each reflection, alternately.
    private static final int VECTORS = 2 * PANEL;
    /// Squares below this have lost their digits, and elements of their size vanish beside a largest one near 1.
    private static final double NEGLIGIBLE = 1e-280;

    /// The elements of a matrix by row and column.
    @FunctionalInterface
    interface Elements {
        double at(int row, int column);
    }

    private final int size;
    private final SymmetricLoops loops;
    /// Row i up to its diagonal, padded; after its reduction, the vector v of its reflection. Blocks on the diagonal
    /// are whole.
    private final double[][] lower;
    private final double[] diagonal;
    private final double[] beside;
    /// The factor f of each row's reflection x - f v (vᵀ x); 0 where the row needs none.
    private final double[] factors;

    private final double[][] panel;
    private final double[] sums = new double[SymmetricLoops.ROWS];
    private final double[] byVector = new double[VECTORS];

    private Tridiagonal(int size, double[][] lower, SymmetricLoops loops) {
        this.size = size;
        this.loops = loops;
        this.lower = lower;
        this.diagonal = new double[size];
        this.beside = new double[size];
        this.factors = new double[size];
        this.panel = new double[VECTORS][lower.length];
    }

    /// Reduces a matrix.
    ///
    /// @param elements of the lower half; finite, the largest near 1
    static Tridiagonal of(int size, Elements elements, SymmetricLoops loops) {
        double[][] lower = new double[padded(size)][];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = new double[padded(i + 1)];
            for (int j = 0; j <= i && i < size; j++) {
                lower[i][j] = elements.at(i, j);
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < Math.min(lower[i].length, size); j++) {
                lower[i][j] = lower[j][i];
            }
        }
        Tridiagonal reduced = new Tridiagonal(size, lower, loops);
        reduced.reduce();
        return reduced;
    }

    /// The diagonal of T.
    double[] diagonal() {
        return diagonal;
    }

    /// The elements of T beside its diagonal; element i stands between i - 1 and i, element 0 is 0.
    double[] beside() {
        return beside;
    }

    private static int padded(int length) {
        return Math.ceilDiv(length, SymmetricLoops.TILE) * SymmetricLoops.TILE;
    }

    private static int end(int length) {
        return Math.ceilDiv(length, SymmetricLoops.STRANDS) * SymmetricLoops.STRANDS;
    }

    private void reduce() {
        for (int end = size; end > 0; end -= PANEL) {
            int first = Math.max(0, end - PANEL);
            for (int row = end - 1; row >= first; row--) {
                reduce(row, 2 * (end - 1 - row));
            }
            subtractPanel(first);
        }
    }

    /// Reduces a row, the rows behind it being reduced.
    ///
    /// @param waiting vectors of the panel that are not subtracted yet
    private void reduce(int row, int waiting) {
        double[] elements = lower[row];
        for (int t = 0; t < waiting; t++) {
            byVector[t] = -panel[t ^ 1][row];
        }
        addPanel(waiting, elements, end(row + 1));
        diagonal[row] = elements[row];
        double[] v = panel[waiting];
        double[] w = panel[waiting + 1];
        System.arraycopy(elements, 0, v, 0, row);
        Arrays.fill(v, row, v.length, 0);
        Arrays.fill(w, 0);
        if (row > 0) {
            reflect(row, v);
            if (factors[row] != 0) {
                change(row, v, w, waiting);
            }
        }
        System.arraycopy(v, 0, elements, 0, row);
        Arrays.fill(elements, row, elements.length, 0);
    }

    /// Turns the elements of a row before its diagonal into the vector v of the reflection that leaves the last of them
    /// only.
    private void reflect(int row, double[] v) {
        double last = v[row - 1];
        double rest = 0;
        for (int c = 0; c < row - 1; c++) {
            rest += v[c] * v[c];
        }
        if (rest < NEGLIGIBLE) {
            beside[row] = last;
            Arrays.fill(v, 0, row, 0);
            return;
        }
        double left = -Math.copySign(Math.sqrt(rest + last * last), last);
        double scale = 1 / (last - left);
        for (int c = 0; c < row - 1; c++) {
            v[c] *= scale;
        }
        v[row - 1] = 1;
        factors[row] = (left - last) / left;
        beside[row] = left;
    }

    /// Computes w = p - f (vᵀ p) v / 2 of p = f A v, by which the reflection changes A to A - v wᵀ - w vᵀ. A is what
    /// the rows hold, less the panel's changes.
    private void change(int row, double[] v, double[] w, int waiting) {
        int end = end(row);
        for (int block = 0; block < end; block += SymmetricLoops.STRANDS) {
            for (int i = block; i < block + SymmetricLoops.STRANDS; i += SymmetricLoops.ROWS) {
                loops.dotsAndAddRows(lower, i, v, w, block, sums);
                for (int r = 0; r < SymmetricLoops.ROWS; r++) {
                    w[i + r] += sums[r];
                }
                loops.addRows(lower, i, v, w, block, block + SymmetricLoops.STRANDS);
            }
        }
        for (int t = 0; t < waiting; t += SymmetricLoops.ROWS) {
            loops.dots(panel, t, v, end, sums);
            for (int r = 0; r < SymmetricLoops.ROWS; r++) {
                byVector[t + r ^ 1] = -sums[r];
            }
        }
        addPanel(waiting, w, end);
        Arrays.fill(w, row, w.length, 0);
        double factor = factors[row];
        double along = 0;
        for (int c = 0; c < row; c++) {
            along += w[c] * v[c];
        }
        double half = -0.5 * factor * along;
        for (int c = 0; c < row; c++) {
            w[c] = factor * Math.fma(half, v[c], w[c]);
        }
    }

    /// Adds the panel's vectors to y, each `byVector` times.
    private void addPanel(int vectors, double[] y, int end) {
        for (int t = vectors; t % SymmetricLoops.ROWS != 0; t++) {
            byVector[t] = 0;
        }
        for (int t = 0; t < vectors; t += SymmetricLoops.ROWS) {
            loops.addRows(panel, t, byVector, y, 0, end);
        }
    }

    /// Subtracts a whole panel's changes from the rows before `end`.
    private void subtractPanel(int end) {
        double[] opposites = new double[padded(end) * VECTORS];
        for (int t = 0; t < VECTORS; t++) {
            double[] other = panel[t ^ 1];
            for (int i = 0; i < end; i++) {
                opposites[i * VECTORS + t] = -other[i];
            }
        }
        addTiles(lower, end, true, opposites, VECTORS, VECTORS);
    }

    /// Adds factors times the panel's first vectors to rows.
    ///
    /// @param end the number of rows and of columns
    /// @param half whether tiles right of the diagonal are left out
    /// @param factors of row i, those from i times `stride` on; of rows up to a multiple of a tile
    private void addTiles(double[][] rows, int end, boolean half, double[] factors, int stride, int vectors) {
        double[] terms = new double[vectors * SymmetricLoops.TILE];
        for (int from = 0; from < end; from += SymmetricLoops.TILE) {
            for (int t = 0; t < vectors; t++) {
                System.arraycopy(panel[t], from, terms, t * SymmetricLoops.TILE, SymmetricLoops.TILE);
            }
            for (int i = half ? from : 0; i < end; i += SymmetricLoops.ROWS) {
                loops.addToTile(rows, i, from, factors, stride, terms, vectors);
            }
        }
    }

    /// Returns Qᵀ, row by row, of `paddedLength` columns and rows; what is beyond the matrix is as in the unit matrix.
    /// The reflections are multiplied in blocks I - V S Vᵀ with a triangular S (Schreiber and Van Loan 1989).
    double[][] transposedBasis(int paddedLength) {
        double[][] basis = new double[paddedLength][paddedLength];
        for (int i = 0; i < paddedLength; i++) {
            basis[i][i] = 1;
        }
        for (int first = 1; first < size; first += PANEL) {
            multiply(basis, first, Math.min(PANEL, size - first));
        }
        return basis;
    }

    /// Multiplies from the right with the reflections of `count` rows from `first` on.
    private void multiply(double[][] basis, int first, int count) {
        for (int k = 0; k < PANEL; k++) {
            Arrays.fill(panel[k], 0);
            if (k < count) {
                System.arraycopy(lower[first + k], 0, panel[k], 0, first + k);
            }
        }
        int size = first + count - 1;
        int end = end(size);
        double[] inner = new double[PANEL * PANEL];
        double[] products = new double[padded(size) * PANEL];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < count; i += SymmetricLoops.ROWS) {
                loops.dots(panel, i, panel[k], end, sums);
                scatter(sums, inner, i, k);
            }
            for (int i = 0; i < size; i += SymmetricLoops.ROWS) {
                loops.dots(basis, i, panel[k], end, sums);
                scatter(sums, products, i, k);
            }
        }
        double[][] triangle = triangle(first, count, inner);
        double[] opposites = new double[products.length];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < count; k++) {
                double sum = 0;
                for (int j = 0; j <= k; j++) {
                    sum -= products[i * PANEL + j] * triangle[k][j];
                }
                opposites[i * PANEL + k] = sum;
            }
        }
        addTiles(basis, size, false, opposites, PANEL, count);
    }

    private static void scatter(double[] sums, double[] to, int row, int column) {
        for (int r = 0; r < SymmetricLoops.ROWS; r++) {
            to[(row + r) * PANEL + column] = sums[r];
        }
    }

    /// Column k of S in row k.
    private double[][] triangle(int first, int count, double[] inner) {
        double[][] triangle = new double[count][count];
        for (int k = 0; k < count; k++) {
            double factor = factors[first + k];
            for (int j = 0; j < k; j++) {
                double sum = 0;
                for (int l = j; l < k; l++) {
                    sum += triangle[l][j] * inner[l * PANEL + k];
                }
                triangle[k][j] = -factor * sum;
            }
            triangle[k][k] = factor;
        }
        return triangle;
    }
}
