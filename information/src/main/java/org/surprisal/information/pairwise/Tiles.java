package org.surprisal.information.pairwise;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The pairs of n samples in square tiles, each unordered pair of tiles once, divided among the threads of the
/// caller's share of the processors.
public final class Tiles {

    /// Rows of a tile.
    public static final int SIZE = 256;

    private Tiles() {
    }

    /// Rows `rowFrom` to before `rowTo` against columns `columnFrom` to before `columnTo`; on the diagonal they are the
    /// same samples, elsewhere the columns are later ones.
    public interface Task {
        void run(int rowFrom, int rowTo, int columnFrom, int columnTo);
    }

    /// A task that has a result.
    public interface Part<P> {
        P of(int rowFrom, int rowTo, int columnFrom, int columnTo);
    }

    /// Runs the task for every tile, on several threads and in any order.
    public static void forEach(int n, Task task) {
        int tiles = Math.ceilDiv(n, SIZE);
        // The tiles of row i are those from `first[i]` on.
        int[] first = new int[tiles + 1];
        for (int i = 0; i < tiles; i++) {
            first[i + 1] = Math.addExact(first[i], tiles - i);
        }
        Parallel.run(first[tiles], number -> {
            int place = Arrays.binarySearch(first, number);
            int i = place >= 0 ? place : -place - 2;
            int j = i + number - first[i];
            task.run(i * SIZE, Math.min(n, (i + 1) * SIZE), j * SIZE, Math.min(n, (j + 1) * SIZE));
        });
    }

    /// Computes a part for every tile, on several threads, and hands the parts over one at a time in the order of the
    /// tiles: sums that are made of them have the same bits for any number of threads.
    public static <P> void inOrder(int n, Part<P> part, Consumer<P> sink) {
        InOrder<P> order = new InOrder<>(Math.ceilDiv(n, SIZE), sink);
        forEach(n, (rowFrom, rowTo, columnFrom, columnTo) -> order.take(rowFrom / SIZE, columnFrom / SIZE,
                part.of(rowFrom, rowTo, columnFrom, columnTo)));
    }

    /// Parts that came before their turn wait here, few of them, since tiles are begun in order and take about equally
    /// long.
    private static final class InOrder<P> {
        private final int tiles;
        private final Consumer<P> sink;
        private final Map<Long, P> waiting = new HashMap<>();
        private int row;
        private int column;

        InOrder(int tiles, Consumer<P> sink) {
            this.tiles = tiles;
            this.sink = sink;
        }

        synchronized void take(int tileRow, int tileColumn, P part) {
            waiting.put(key(tileRow, tileColumn), part);
            for (P next = waiting.remove(key(row, column)); next != null; next = waiting.remove(key(row, column))) {
                sink.accept(next);
                column++;
                if (column == tiles) {
                    row++;
                    column = row;
                }
            }
        }

        private static long key(int row, int column) {
            return (long) row << Integer.SIZE | column;
        }
    }
}
