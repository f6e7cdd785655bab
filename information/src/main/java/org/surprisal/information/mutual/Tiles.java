package org.surprisal.information.mutual;

/// The pairs of n samples in square tiles, each unordered pair of tiles once, shared out over all cores.
///
/// Tiles I and J meet in round (I + J) mod B of B rounds, so in one round every tile is met by one other only: tasks of a
/// round may add to sums of their rows and of their columns without a lock, and the order of additions, hence every bit,
/// does not depend on the number of threads.
final class Tiles {

    /// Rows of a tile: one tile of distances fits the second-level cache.
    static final int SIZE = 256;

    private Tiles() {
    }

    /// Rows `rowFrom` to before `rowTo` against columns `columnFrom` to before `columnTo`; on the diagonal they are the
    /// same samples, elsewhere the columns are later ones.
    interface Task {
        void run(int rowFrom, int rowTo, int columnFrom, int columnTo);
    }

    static void forEach(int n, Task task) {
        int tiles = Math.ceilDiv(n, SIZE);
        try (Parallel parallel = new Parallel()) {
            for (int round = 0; round < tiles; round++) {
                int sum = round;
                parallel.run(tiles, i -> {
                    int j = Math.floorMod(sum - i, tiles);
                    if (i <= j) {
                        task.run(i * SIZE, Math.min(n, (i + 1) * SIZE), j * SIZE, Math.min(n, (j + 1) * SIZE));
                    }
                });
            }
        }
    }
}
