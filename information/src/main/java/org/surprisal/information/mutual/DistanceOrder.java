package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.function.Consumer;

/// Order statistics of the pairwise distances of n samples, without the n²/2 distances being stored: digit by digit of the
/// binary number, since doubles >= 0 sort as their bits do. Each digit costs one walk over all pairs.
final class DistanceOrder {

    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final int n;
    private final SquaredDistances distances;

    DistanceOrder(Continuous samples) {
        n = samples.count();
        distances = new SquaredDistances(samples.values());
    }

    /// The q-quantile of the distances of the n (n-1)/2 pairs, interpolated linearly between order statistics (type 7 of
    /// Hyndman & Fan 1996, NumPy's `percentile`).
    ///
    /// @param q from 0 to 1
    double quantile(double q) {
        long pairs = (long) n * (n - 1) / 2;
        double position = q * (pairs - 1);
        long below = (long) position;
        double share = position - below;
        Ranked low = squared(below);
        if (share == 0) {
            return Math.sqrt(low.value);
        }
        double high = low.last ? above(low.value) : low.value;
        return Math.sqrt(low.value) * (1 - share) + Math.sqrt(high) * share;
    }

    /// A squared distance, and whether no other of the same value stands after it.
    private record Ranked(double value, boolean last) {}

    /// The squared distance that has `rank` others before it.
    private Ranked squared(long rank) {
        long prefix = 0;
        long left = rank;
        long equals = 0;
        for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
            long[] counts = digits(prefix, shift);
            int digit = 0;
            while (left >= counts[digit]) {
                left -= counts[digit++];
            }
            equals = counts[digit];
            prefix = prefix << DIGIT_BITS | digit;
        }
        return new Ranked(Double.longBitsToDouble(prefix), left == equals - 1);
    }

    /// The smallest squared distance above `value`.
    private double above(double value) {
        DoubleAccumulator smallest = new DoubleAccumulator(Math::min, Double.POSITIVE_INFINITY);
        forEachTile(tile -> {
            for (double squared : tile) {
                if (squared > value) {
                    smallest.accumulate(squared);
                }
            }
        });
        return smallest.get();
    }

    /// How many distances have each digit at `shift`, of those whose higher digits are `prefix`.
    private long[] digits(long prefix, int shift) {
        // As many as there are threads, handed from task to task; counts add up alike in any order.
        ConcurrentLinkedQueue<long[]> counters = new ConcurrentLinkedQueue<>();
        forEachTile(tile -> {
            long[] free = counters.poll();
            long[] counts = free == null ? new long[DIGITS] : free;
            for (double squared : tile) {
                long bits = Double.doubleToRawLongBits(squared);
                // A shift by all 64 bits would be a shift by none.
                if (shift + DIGIT_BITS == Long.SIZE || bits >>> (shift + DIGIT_BITS) == prefix) {
                    counts[(int) (bits >>> shift) & (DIGITS - 1)]++;
                }
            }
            counters.add(counts);
        });
        long[] total = new long[DIGITS];
        for (long[] counts : counters) {
            for (int digit = 0; digit < DIGITS; digit++) {
                total[digit] += counts[digit];
            }
        }
        return total;
    }

    /// The squared distances of all pairs, a tile's at a time, on several threads.
    private void forEachTile(Consumer<double[]> task) {
        Tiles.forEach(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
            int width = columnTo - columnFrom;
            double[] tile = new double[(rowTo - rowFrom) * width];
            distances.tile(rowFrom, rowTo, columnFrom, columnTo, tile);
            int pairs = 0;
            for (int i = rowFrom; i < rowTo; i++) {
                for (int j = Math.max(columnFrom, i + 1); j < columnTo; j++) {
                    // Never ahead of what is still to be read.
                    tile[pairs++] = tile[(i - rowFrom) * width + j - columnFrom];
                }
            }
            task.accept(Arrays.copyOf(tile, pairs));
        });
    }
}
