package org.surprisal.information.mutual;

import java.util.concurrent.ConcurrentLinkedQueue;

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
        double low = Math.sqrt(squared(below));
        return share == 0 ? low : low * (1 - share) + Math.sqrt(squared(below + 1)) * share;
    }

    /// The squared distance that has `rank` others before it.
    private double squared(long rank) {
        long prefix = 0;
        long left = rank;
        for (int shift = Long.SIZE - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS) {
            long[] counts = digits(prefix, shift);
            int digit = 0;
            while (left >= counts[digit]) {
                left -= counts[digit++];
            }
            prefix = prefix << DIGIT_BITS | digit;
        }
        return Double.longBitsToDouble(prefix);
    }

    /// How many distances have each digit at `shift`, of those whose higher digits are `prefix`.
    private long[] digits(long prefix, int shift) {
        // As many as there are threads, handed from task to task; counts add up alike in any order.
        ConcurrentLinkedQueue<long[]> counters = new ConcurrentLinkedQueue<>();
        Tiles.forEach(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
            long[] free = counters.poll();
            long[] counts = free == null ? new long[DIGITS] : free;
            int width = columnTo - columnFrom;
            double[] tile = new double[(rowTo - rowFrom) * width];
            distances.tile(rowFrom, rowTo, columnFrom, columnTo, tile);
            for (int i = rowFrom; i < rowTo; i++) {
                for (int j = Math.max(columnFrom, i + 1); j < columnTo; j++) {
                    long bits = Double.doubleToRawLongBits(tile[(i - rowFrom) * width + j - columnFrom]);
                    // A shift by all 64 bits would be a shift by none.
                    if (shift + DIGIT_BITS == Long.SIZE || bits >>> (shift + DIGIT_BITS) == prefix) {
                        counts[(int) (bits >>> shift) & (DIGITS - 1)]++;
                    }
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
}
