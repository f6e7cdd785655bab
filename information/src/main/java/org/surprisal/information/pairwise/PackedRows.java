package org.surprisal.information.pairwise;

import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// The rows of a matrix in the order in which [PairLoops] reads them, in the element type that they came in: tile by
/// tile, in a tile [#DEPTH] coordinates at a time, of these panel by panel. Rows that a last panel lacks are 0.
final class PackedRows {

    /// Coordinates that are read at a time, so that a tile's share of them stays in the cache.
    static final int DEPTH = 64;

    private static final int PANEL = PairLoops.PANEL;

    private final int n;
    private final int d;
    /// One of the two holds each tile.
    private final float[][] singles;
    private final double[][] doubles;

    /// @param values shape (n, d)
    PackedRows(Tensor values) {
        n = values.length(0);
        d = values.length(1);
        int tiles = Math.ceilDiv(n, Tiles.SIZE);
        boolean single = values.type() == ElementType.FLOAT32;
        singles = new float[single ? tiles : 0][];
        doubles = new double[single ? 0 : tiles][];
        for (int t = 0; t < tiles; t++) {
            int tile = t;
            int from = tile * Tiles.SIZE;
            Tensor part = values.slice(0, from, Math.min(n, from + Tiles.SIZE));
            int length = Math.multiplyExact(panels(tile) * PANEL, d);
            if (single) {
                singles[tile] = new float[length];
                float[] flat = part.toFloats();
                forEach(tile, (place, element) -> singles[tile][place] = flat[element]);
            } else {
                doubles[tile] = new double[length];
                double[] flat = part.toDoubles();
                forEach(tile, (place, element) -> doubles[tile][place] = flat[element]);
            }
        }
    }

    private interface Move {
        void of(int place, int element);
    }

    /// Walks through the elements of a tile, row-major, with the place that each has here.
    private void forEach(int tile, Move move) {
        int count = Math.min(Tiles.SIZE, n - tile * Tiles.SIZE);
        for (int row = 0; row < count; row++) {
            for (int first = 0; first < d; first += DEPTH) {
                int place = place(tile, row, first);
                for (int l = first; l < first + depth(first); l++) {
                    move.of(place + (l - first) * PANEL, row * d + l);
                }
            }
        }
    }

    int count() {
        return n;
    }

    int dimension() {
        return d;
    }

    /// How many panels the rows of a tile fill, the last one perhaps in part.
    int panels(int tile) {
        return Math.ceilDiv(Math.min(Tiles.SIZE, n - tile * Tiles.SIZE), PANEL);
    }

    /// Coordinates in the block that begins with coordinate `first`.
    int depth(int first) {
        return Math.min(DEPTH, d - first);
    }

    private int place(int tile, int row, int l) {
        int first = l / DEPTH * DEPTH;
        return first * panels(tile) * PANEL + (row / PANEL * depth(first) + l - first) * PANEL + row % PANEL;
    }

    /// Copies some panels of a tile, the block of coordinates that begins with `first`, a multiple of [#DEPTH].
    void read(int tile, int first, int panelFrom, int panelTo, double[] out) {
        int from = place(tile, panelFrom * PANEL, first);
        int length = (panelTo - panelFrom) * PANEL * depth(first);
        if (singles.length == 0) {
            System.arraycopy(doubles[tile], from, out, 0, length);
            return;
        }
        float[] source = singles[tile];
        for (int i = 0; i < length; i++) {
            out[i] = source[from + i];
        }
    }

    /// Coordinate l of row i.
    double at(int i, int l) {
        int tile = i / Tiles.SIZE;
        int place = place(tile, i % Tiles.SIZE, l);
        return singles.length == 0 ? doubles[tile][place] : singles[tile][place];
    }
}
