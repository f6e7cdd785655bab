package org.surprisal.information.pairwise;

import java.util.Arrays;
import java.util.Optional;
import org.surprisal.tensor.Tensor;

/// Squared Euclidean distances between the rows of a matrix, a strip of a tile at a time, in double precision and
/// without the cancellation of ||a||² + ||b||² - 2 a·b: differences are squared and summed, one coordinate after the
/// other. A distance has the same bits whichever strip it was computed with.
///
/// Where only distances of an interval are asked for and rows are wide, a [DistanceScreen] says first which blocks of
/// pairs hold any; the others are not computed.
public final class SquaredDistances {

    /// Rows of a strip: it stays in the second-level cache with what it is computed from.
    static final int STRIP = 64;

    /// Of all pairs so many are looked at to decide whether screening is worth its price.
    private static final int LOOKS = 2048;

    private final PairLoops loops;
    private final PackedRows rows;
    private final Optional<DistanceScreen> screen;

    /// Distances of all pairs.
    ///
    /// @param values shape (n, d), finite
    public static SquaredDistances all(Tensor values, PairLoops loops) {
        return new SquaredDistances(new PackedRows(values), loops, Optional.empty());
    }

    /// Those from `low` to `high`, and in the place of others, where that is quicker, a number below or above. Rows are
    /// screened if that is likely to spare most of the work.
    public static SquaredDistances within(double low, double high, Tensor values, PairLoops loops) {
        PackedRows rows = new PackedRows(values);
        int n = rows.count();
        if (n < Tiles.SIZE || rows.dimension() < DistanceScreen.WIDE) {
            return new SquaredDistances(rows, loops, Optional.empty());
        }
        int spared = 0;
        for (int look = 0; look < LOOKS; look++) {
            // Two steps through the samples without a common rhythm; pairs of a sample with itself are few.
            double squared = squared(rows, (int) (look * 7919L % n), (int) ((look * 104_729L + n / 2) % n));
            spared += low <= squared && squared <= high ? 0 : 1;
        }
        return new SquaredDistances(rows, loops, spared > LOOKS / 2 ? DistanceScreen.of(values) : Optional.empty());
    }

    private SquaredDistances(PackedRows rows, PairLoops loops, Optional<DistanceScreen> screen) {
        this.rows = rows;
        this.loops = loops;
        this.screen = screen;
    }

    private static double squared(PackedRows rows, int i, int j) {
        double sum = 0;
        for (int l = 0; l < rows.dimension(); l++) {
            double difference = rows.at(i, l) - rows.at(j, l);
            sum += difference * difference;
        }
        return sum;
    }

    /// A reader of strips, for one thread at a time.
    public Reader reader() {
        return new Reader();
    }

    /// Reads strips into an array of its own.
    public final class Reader {
        private static final int PANEL = PairLoops.PANEL;
        private static final int GROUPS = Tiles.SIZE / PairLoops.ROWS;
        private static final int PANELS = Tiles.SIZE / PANEL;

        /// Row-major with [Tiles#SIZE] places a row, of which those beyond the tile's columns mean nothing.
        public final double[] strip = new double[STRIP * Tiles.SIZE];
        private final double[] left = new double[STRIP * PackedRows.DEPTH];
        private final double[] right = new double[Tiles.SIZE * PackedRows.DEPTH];
        /// Whether the block of a group of rows and a panel of columns is to be computed.
        private final boolean[] wanted = new boolean[GROUPS * PANELS];

        /// Calls `use` with the number of each strip's first row in turn, its distances in [#strip].
        ///
        /// @param low below 0 for no limit
        public void read(double low, double high, int rowFrom, int rowTo, int columnFrom, int columnTo, Strip use) {
            Optional<float[]> products = screen.map(s -> s.products(rowFrom / Tiles.SIZE, columnFrom / Tiles.SIZE));
            for (int first = rowFrom; first < rowTo; first += STRIP) {
                int last = Math.min(rowTo, first + STRIP);
                if (products.isPresent()) {
                    screen(products.get(), low, high, first, last, rowFrom, columnFrom, columnTo);
                } else {
                    Arrays.fill(wanted, true);
                }
                compute(first, last, columnFrom);
                use.of(first, last);
            }
        }

        private void screen(float[] products, double low, double high, int first, int last, int rowFrom,
                int columnFrom, int columnTo) {
            DistanceScreen bounds = screen.orElseThrow();
            Arrays.fill(wanted, false);
            for (int i = first; i < last; i++) {
                int product = (i - rowFrom) * (columnTo - columnFrom);
                int group = (i - first) / PairLoops.ROWS * PANELS;
                int out = (i - first) * Tiles.SIZE;
                for (int c = 0; c < columnTo - columnFrom; c++) {
                    float p = products[product + c];
                    if (bounds.atLeast(i, columnFrom + c, p) > high) {
                        strip[out + c] = Double.POSITIVE_INFINITY;
                    } else if (bounds.atMost(i, columnFrom + c, p) < low) {
                        strip[out + c] = -1;
                    } else {
                        wanted[group + c / PANEL] = true;
                    }
                }
            }
        }

        /// The wanted blocks, others being left as they are.
        private void compute(int first, int last, int columnFrom) {
            int tileOfRows = first / Tiles.SIZE;
            int panelFrom = first % Tiles.SIZE / PANEL;
            int panelTo = Math.min(panelFrom + STRIP / PANEL, rows.panels(tileOfRows));
            int tileOfColumns = columnFrom / Tiles.SIZE;
            int columns = rows.panels(tileOfColumns);
            int groups = Math.ceilDiv(last - first, PairLoops.ROWS);
            if (!clear(groups, columns)) {
                return;
            }
            for (int l = 0; l < rows.dimension(); l += PackedRows.DEPTH) {
                int depth = rows.depth(l);
                rows.read(tileOfRows, l, panelFrom, panelTo, left);
                rows.read(tileOfColumns, l, 0, columns, right);
                for (int panel = 0; panel < columns; panel++) {
                    for (int group = 0; group < groups; group++) {
                        if (wanted[group * PANELS + panel]) {
                            int row = group * PairLoops.ROWS;
                            loops.addSquares(depth, left, row / PANEL * depth * PANEL + row % PANEL, right,
                                    panel * depth * PANEL, strip, row * Tiles.SIZE + panel * PANEL, Tiles.SIZE);
                        }
                    }
                }
            }
        }

        /// Sets the wanted blocks to 0; whether there are any.
        private boolean clear(int groups, int columns) {
            boolean any = false;
            for (int group = 0; group < groups; group++) {
                for (int panel = 0; panel < columns; panel++) {
                    if (wanted[group * PANELS + panel]) {
                        any = true;
                        for (int r = 0; r < PairLoops.ROWS; r++) {
                            int from = (group * PairLoops.ROWS + r) * Tiles.SIZE + panel * PANEL;
                            Arrays.fill(strip, from, from + PANEL, 0);
                        }
                    }
                }
            }
            return any;
        }
    }

    /// What is done with a strip: rows `first` to before `last`.
    public interface Strip {
        void of(int first, int last);
    }
}
