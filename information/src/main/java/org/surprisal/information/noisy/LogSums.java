package org.surprisal.information.noisy;

import java.util.Arrays;
import org.surprisal.information.pairwise.PairLoops;

/// Logarithms of sums of Gaussian kernels over centres, ln Σ_j exp(-||y - s_j||² / (2 β²)), for rows y. Squared
/// distances are shifted by the smallest before they are exponentiated, so no sum is 0. The order of each sum is fixed.
final class LogSums {
    private static final int PANEL = PairLoops.PANEL;
    private static final int ROWS = PairLoops.ROWS;

    private final PairLoops loops;
    private final int dimension;
    private final double factor;

    /// @param factor 1 / (2 β²), finite
    LogSums(PairLoops loops, int dimension, double factor) {
        this.loops = loops;
        this.dimension = dimension;
        this.factor = factor;
    }

    /// Copies points into panels, as [PairLoops] reads them; what the last panel lacks is 0.
    ///
    /// @param rows row-major, `dimension` numbers a point
    /// @param from number of the first point
    double[] pack(double[] rows, int from, int count) {
        double[] packed = new double[Math.multiplyExact(Math.ceilDiv(count, PANEL) * PANEL, dimension)];
        for (int i = 0; i < count; i++) {
            for (int l = 0; l < dimension; l++) {
                packed[i / PANEL * PANEL * dimension + l * PANEL + i % PANEL] = rows[(from + i) * dimension + l];
            }
        }
        return packed;
    }

    /// The logarithms of the sums over all centres.
    ///
    /// @param rows packed points y, `count` of them
    /// @param columns packed centres, `centres` of them
    double[] of(double[] rows, int count, double[] columns, int centres) {
        int stride = Math.ceilDiv(centres, PANEL) * PANEL;
        // Terms below e^-cutoff of the largest add less than half a unit in the last place, all together.
        double cutoff = 37 + Math.log(centres);
        double[] squared = new double[ROWS * stride];
        double[] ignored = new double[centres];
        double[] logs = new double[count];
        for (int group = 0; group < count; group += ROWS) {
            Arrays.fill(squared, 0);
            int row = group / PANEL * PANEL * dimension + group % PANEL;
            for (int c = 0; c < stride; c += PANEL) {
                loops.addSquares(dimension, rows, row, columns, c * dimension, squared, c, stride);
            }
            for (int i = group; i < Math.min(count, group + ROWS); i++) {
                int from = (i - group) * stride;
                int to = from + centres;
                double smallest = loops.smallest(squared, from, to);
                for (int c = from; c < to; c++) {
                    squared[c] -= smallest;
                }
                loops.exponentials(factor, cutoff, squared, from, to, squared, from);
                logs[i] = Math.log(loops.add(squared, from, to, ignored, 0)) - factor * smallest;
            }
        }
        return logs;
    }
}
