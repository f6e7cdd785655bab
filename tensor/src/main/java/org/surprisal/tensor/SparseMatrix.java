package org.surprisal.tensor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A constant matrix of which few entries are not zero, in compressed rows: the adjacency of a graph, say.
///
/// ```java
/// SparseMatrix swap = SparseMatrix.of(2, 2, new int[] {0, 1}, new int[] {1, 0}, new double[] {1, 1});
/// Tensor swapped = swap.times(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2)); // rows 3 4 and 1 2
/// ```
public final class SparseMatrix {
    private final int rows;
    private final int columns;
    private final int[] starts;
    private final int[] columnIndices;
    private final double[] values;
    private @Nullable SparseMatrix transposed;

    private SparseMatrix(int rows, int columns, int[] starts, int[] columnIndices, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.starts = starts;
        this.columnIndices = columnIndices;
        this.values = values;
    }

    /// The matrix with these entries, in any order: entry i is `values[i]` at (`rowIndices[i]`, `columnIndices[i]`).
    ///
    /// @throws IllegalArgumentException when the arrays differ in length, an index is outside, a place is given twice,
    /// or a value is not finite
    public static SparseMatrix of(int rows, int columns, int[] rowIndices, int[] columnIndices, double[] values) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("rows (=" + rows + ") and columns (=" + columns
                    + ") must not be negative");
        }
        if (rowIndices.length != values.length || columnIndices.length != values.length) {
            throw new IllegalArgumentException(rowIndices.length + " row indices, " + columnIndices.length
                    + " column indices and " + values.length + " values differ in number");
        }
        for (int i = 0; i < values.length; i++) {
            if (rowIndices[i] < 0 || rowIndices[i] >= rows || columnIndices[i] < 0 || columnIndices[i] >= columns) {
                throw new IllegalArgumentException("entry " + i + " at (" + rowIndices[i] + ", " + columnIndices[i]
                        + ") is outside a matrix of " + rows + " x " + columns);
            }
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("entry " + i + " at (" + rowIndices[i] + ", " + columnIndices[i]
                        + ") is " + values[i] + ", not a finite number");
            }
        }
        int[] order = IntStream.range(0, values.length).boxed().sorted(Comparator
                .<Integer>comparingInt(i -> rowIndices[i]).thenComparingInt(i -> columnIndices[i])).mapToInt(i -> i)
                .toArray();
        int[] starts = new int[rows + 1];
        for (int at = 0; at < order.length; at++) {
            int i = order[at];
            int before = at == 0 ? -1 : order[at - 1];
            if (before >= 0 && rowIndices[before] == rowIndices[i] && columnIndices[before] == columnIndices[i]) {
                throw new IllegalArgumentException("entries " + before + " and " + i + " are both at (" + rowIndices[i]
                        + ", " + columnIndices[i] + ")");
            }
            starts[rowIndices[i] + 1]++;
        }
        for (int row = 0; row < rows; row++) {
            starts[row + 1] += starts[row];
        }
        return new SparseMatrix(rows, columns, starts, IntStream.of(order).map(i -> columnIndices[i]).toArray(),
                IntStream.of(order).mapToDouble(i -> values[i]).toArray());
    }

    /// What of a matrix is not zero.
    ///
    /// @throws IllegalArgumentException when the tensor is no matrix, or holds a number that is not finite
    public static SparseMatrix of(Tensor dense) {
        if (dense.rank() != 2) {
            throw new IllegalArgumentException("a sparse matrix has shape (rows, columns), not " + dense.shape());
        }
        int columns = dense.length(1);
        double[] numbers = dense.toDoubles();
        int[] places = IntStream.range(0, numbers.length).filter(i -> numbers[i] != 0).toArray();
        return of(dense.length(0), columns, IntStream.of(places).map(i -> i / columns).toArray(),
                IntStream.of(places).map(i -> i % columns).toArray(),
                IntStream.of(places).mapToDouble(i -> numbers[i]).toArray());
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /// Number of entries that are stored.
    public int entries() {
        return values.length;
    }

    /// The transpose; made once.
    public SparseMatrix transpose() {
        SparseMatrix known = transposed;
        if (known != null) {
            return known;
        }
        int[] rowIndices = new int[values.length];
        for (int i = 0; i < rows; i++) {
            Arrays.fill(rowIndices, starts[i], starts[i + 1], i);
        }
        SparseMatrix made = of(columns, rows, columnIndices, rowIndices, values);
        made.transposed = this;
        transposed = made;
        return made;
    }

    /// This times a dense matrix: (rows, columns) times (columns, n) is (rows, n), of the dense matrix's element type.
    public Tensor times(Tensor dense) {
        if (dense.rank() != 2 || dense.length(0) != columns) {
            throw new IllegalArgumentException("a sparse matrix of " + rows + " x " + columns
                    + " cannot multiply shape " + dense.shape() + ": (" + columns + ", n) would do");
        }
        int width = dense.length(1);
        return Tensor.result("sparseProduct", Shape.of(rows, width),
                dense.storage().sparseProduct(rows, starts, columnIndices, values, width), List.of(dense),
                List.of(g -> transpose().times(g)));
    }

    /// The same numbers with the zeros between them, float64.
    public Tensor toDense() {
        double[] dense = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < rows; i++) {
            for (int e = starts[i]; e < starts[i + 1]; e++) {
                dense[i * columns + columnIndices[e]] = values[e];
            }
        }
        return Tensor.adopt(dense, Shape.of(rows, columns));
    }
}
