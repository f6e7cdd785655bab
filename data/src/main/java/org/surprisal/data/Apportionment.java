package org.surprisal.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Whole numbers in a table with given sums of rows and columns, each the exact proportion
/// `rowSum * columnSum / total` rounded down or up.
///
/// Such a table always exists (Bacharach 1966: the proportions are a fractional flow, so there is an integral one). It
/// is found by rounding everything down and then adding ones along augmenting paths from rows to columns.
final class Apportionment {
    private final int[][] table;
    /// Where the proportion is not whole, so that it may be rounded up.
    private final boolean[][] free;
    private final boolean[][] raised;
    private final long[] missingInColumn;

    private Apportionment(int rows, int columns) {
        table = new int[rows][columns];
        free = new boolean[rows][columns];
        raised = new boolean[rows][columns];
        missingInColumn = new long[columns];
    }

    /// @param rowSums not negative
    /// @param columnSums not negative, with the same total, which is positive
    static int[][] of(int[] rowSums, int[] columnSums) {
        long total = IntStream.of(rowSums).asLongStream().sum();
        Apportionment made = new Apportionment(rowSums.length, columnSums.length);
        long[] missingInRow = new long[rowSums.length];
        Arrays.setAll(missingInRow, r -> rowSums[r]);
        Arrays.setAll(made.missingInColumn, c -> columnSums[c]);
        for (int r = 0; r < rowSums.length; r++) {
            for (int c = 0; c < columnSums.length; c++) {
                long product = (long) rowSums[r] * columnSums[c];
                made.table[r][c] = (int) (product / total);
                made.free[r][c] = product % total != 0;
                missingInRow[r] -= made.table[r][c];
                made.missingInColumn[c] -= made.table[r][c];
            }
        }
        for (int r = 0; r < rowSums.length; r++) {
            for (; missingInRow[r] > 0; missingInRow[r]--) {
                if (!made.raiseIn(r, new boolean[columnSums.length])) {
                    throw new AssertionError("no table with sums " + Arrays.toString(rowSums) + " and "
                            + Arrays.toString(columnSums));
                }
            }
        }
        return made.table;
    }

    /// Rounds one more proportion of the row up; if its column is full, another row gives way and finds another column.
    private boolean raiseIn(int row, boolean[] visited) {
        for (int c = 0; c < visited.length; c++) {
            if (!free[row][c] || raised[row][c] || visited[c]) {
                continue;
            }
            visited[c] = true;
            if (missingInColumn[c] > 0) {
                missingInColumn[c]--;
                set(row, c, true);
                return true;
            }
            for (int other = 0; other < table.length; other++) {
                if (raised[other][c] && raiseIn(other, visited)) {
                    set(other, c, false);
                    set(row, c, true);
                    return true;
                }
            }
        }
        return false;
    }

    private void set(int row, int column, boolean up) {
        raised[row][column] = up;
        table[row][column] += up ? 1 : -1;
    }
}
