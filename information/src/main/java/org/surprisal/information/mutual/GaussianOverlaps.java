package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.surprisal.information.pairwise.PairLoops;
import org.surprisal.information.pairwise.SquaredDistances;
import org.surprisal.information.pairwise.Tiles;

/// For each sample, and each of several widths w, the sum over all samples, itself included, of exp(-||z_i - z_j||² /
/// w), and the same over the samples of its own class; kept as means of logarithms. All widths come from one walk over
/// the pairs.
///
/// The terms need no shift before they are exponentiated: the sample itself contributes 1 to each sum and is the
/// largest term. Memory is O(n) for each width beside the samples.
final class GaussianOverlaps {

    /// A width that is half or a quarter of the one before takes squares of its terms instead of exponentials. Each
    /// square doubles the relative error of a term, so after this many an exponential is taken afresh.
    private static final int MOST_SQUARINGS = 4;

    private final double[][] all;
    private final double[][] within;

    private GaussianOverlaps(double[][] all, double[][] within) {
        this.all = all;
        this.within = within;
    }

    /// @param widths each finite, with a finite reciprocal
    /// @param labels the classes; without them each sample's own class is all samples
    static GaussianOverlaps of(Continuous samples, double[] widths, @Nullable Discrete labels) {
        return of(samples, widths, labels, PairLoops.forSamples(samples.count()));
    }

    static GaussianOverlaps of(Continuous samples, double[] widths, @Nullable Discrete labels, PairLoops loops) {
        // Members of a class stand side by side: their share of a row is one stretch of it.
        int[] order = labels == null
                ? new int[0]
                : Arrays.stream(labels.members()).flatMapToInt(Arrays::stream)
                        .toArray();
        Continuous sorted = labels == null ? samples : samples.take(order);
        int n = samples.count();
        int[] end = new int[n];
        if (labels != null) {
            for (int i = n - 1; i >= 0; i--) {
                boolean last = i == n - 1 || labels.code(order[i]) != labels.code(order[i + 1]);
                end[i] = last ? i + 1 : end[i + 1];
            }
        }
        return new Walk(sorted, widths, labels == null ? null : end, loops).run();
    }

    /// The mean over all samples of ln of the sum over all samples.
    double meanLog(int width) {
        return meanLog(all[width]);
    }

    /// The mean over all samples of ln of the sum over the samples of its class.
    double meanLogWithin(int width) {
        return meanLog(within[width]);
    }

    private static double meanLog(double[] sums) {
        double total = 0;
        for (double sum : sums) {
            total += Math.log(sum);
        }
        return total / sums.length;
    }

    /// One walk over all pairs.
    private static final class Walk {
        private final PairLoops loops;
        private final int n;
        private final double[] factors;
        /// How often the terms of the width before are squared; 0 where exponentials are taken.
        private final int[] squarings;
        /// Where the class of each sample ends, if there are classes.
        private final int @Nullable [] end;
        private final double limit;
        /// What n terms below e^-cutoff add stays below half a unit in the last place of a sum that is at least 1.
        private final double cutoff;
        private final SquaredDistances distances;
        private final Queue<Buffers> free = new ConcurrentLinkedQueue<>();
        private final double[][] all;
        private final double[][] within;

        Walk(Continuous samples, double[] widths, int @Nullable [] end, PairLoops loops) {
            this.loops = loops;
            this.end = end;
            n = samples.count();
            cutoff = 37 + Math.log(n);
            factors = Arrays.stream(widths).map(w -> 1 / w).toArray();
            squarings = squarings(widths);
            limit = Math.min(cutoff * Arrays.stream(widths).max().orElseThrow(), Double.MAX_VALUE);
            distances = SquaredDistances.within(-1, limit, samples.values(), loops);
            all = ones(widths.length, n);
            within = end == null ? all : ones(widths.length, n);
        }

        private static int[] squarings(double[] widths) {
            int[] squarings = new int[widths.length];
            int chain = 0;
            for (int k = 1; k < widths.length; k++) {
                double ratio = widths[k - 1] / widths[k];
                int steps = ratio == 2 ? 1 : ratio == 4 ? 2 : 0;
                chain = steps == 0 || chain + steps > MOST_SQUARINGS ? 0 : chain + steps;
                squarings[k] = chain == 0 ? 0 : steps;
            }
            return squarings;
        }

        GaussianOverlaps run() {
            Tiles.inOrder(n, this::sums, this::add);
            return new GaussianOverlaps(all, within);
        }

        private Sums sums(int rowFrom, int rowTo, int columnFrom, int columnTo) {
            Sums sums = new Sums(rowFrom, columnFrom, factors.length, end != null);
            Buffers polled = free.poll();
            Buffers buffers = polled == null ? new Buffers(distances.reader()) : polled;
            buffers.distances.read(-1, limit, rowFrom, rowTo, columnFrom, columnTo, (first, last) -> {
                for (int i = first; i < last; i++) {
                    // On the diagonal each pair once.
                    int from = Math.max(0, i + 1 - columnFrom);
                    row(i, (i - first) * Tiles.SIZE, from, columnTo - columnFrom, buffers, sums);
                }
            });
            free.add(buffers);
            return sums;
        }

        /// Adds the terms of sample i, whose distances begin at `start` of the strip, with columns `from` to before
        /// `to` of the tile.
        private void row(int i, int start, int from, int to, Buffers buffers, Sums sums) {
            double[] squared = buffers.distances.strip;
            double smallest = loops.smallest(squared, start + from, start + to);
            double[] terms = buffers.terms;
            for (int k = 0; k < factors.length; k++) {
                // Widths that follow by squaring are smaller still.
                if (factors[k] * smallest > cutoff) {
                    continue;
                }
                if (squarings[k] == 0) {
                    loops.exponentials(factors[k], cutoff, squared, start + from, start + to, terms, from);
                }
                for (int s = 0; s < squarings[k]; s++) {
                    loops.square(terms, from, to);
                }
                sums.allRows[k][i - sums.rowFrom] += loops.add(terms, from, to, sums.allColumns[k], from);
                if (end != null) {
                    int own = Math.min(to, end[i] - sums.columnFrom);
                    if (from < own) {
                        sums.withinRows[k][i - sums.rowFrom] += loops.add(terms, from, own, sums.withinColumns[k],
                                from);
                    }
                }
            }
        }

        private void add(Sums sums) {
            for (int k = 0; k < factors.length; k++) {
                add(sums.allRows[k], sums.rowFrom, all[k]);
                add(sums.allColumns[k], sums.columnFrom, all[k]);
                if (end != null) {
                    add(sums.withinRows[k], sums.rowFrom, within[k]);
                    add(sums.withinColumns[k], sums.columnFrom, within[k]);
                }
            }
        }

        private static void add(double[] part, int from, double[] sums) {
            for (int i = 0; i < Math.min(part.length, sums.length - from); i++) {
                sums[from + i] += part[i];
            }
        }

        private static double[][] ones(int widths, int n) {
            double[][] ones = new double[widths][n];
            for (double[] row : ones) {
                Arrays.fill(row, 1);
            }
            return ones;
        }
    }

    /// What one thread at a time works with.
    private static final class Buffers {
        private final SquaredDistances.Reader distances;
        private final double[] terms = new double[Tiles.SIZE];

        Buffers(SquaredDistances.Reader distances) {
            this.distances = distances;
        }
    }

    /// What the pairs of one tile add to the sums of its rows and of its columns, width by width.
    private static final class Sums {
        private final int rowFrom;
        private final int columnFrom;
        private final double[][] allRows;
        private final double[][] allColumns;
        private final double[][] withinRows;
        private final double[][] withinColumns;

        Sums(int rowFrom, int columnFrom, int widths, boolean classes) {
            this.rowFrom = rowFrom;
            this.columnFrom = columnFrom;
            allRows = new double[widths][Tiles.SIZE];
            allColumns = new double[widths][Tiles.SIZE];
            withinRows = new double[classes ? widths : 0][Tiles.SIZE];
            withinColumns = new double[classes ? widths : 0][Tiles.SIZE];
        }
    }
}
