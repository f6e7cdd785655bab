package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.DoubleAccumulator;
import org.surprisal.information.pairwise.PairLoops;
import org.surprisal.information.pairwise.SquaredDistances;
import org.surprisal.information.pairwise.Tiles;
import org.surprisal.tensor.RandomStream;

/// Order statistics of the pairwise distances of n samples, without the n²/2 distances being stored.
///
/// Some of the pairs, drawn at random, give an interval that very likely holds the one that is sought. One walk over
/// all pairs then counts those below it and keeps those within; far ones need not even be computed exactly. Should the
/// interval miss, or hold too many (ties), the answer is found digit by digit of the binary number, since doubles >= 0
/// sort as their bits do, with one walk a digit. Either way it is exact, and the draw makes no difference to it.
final class DistanceOrder {

    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;

    /// Pairs that are drawn, and the most that are kept.
    private static final int DRAWN = 1 << 18;
    private static final int MOST_KEPT = 1 << 22;
    /// Standard deviations of a drawn quantile's rank on either side.
    private static final double SPREAD = 5;

    private final Continuous samples;
    private final int n;

    DistanceOrder(Continuous samples) {
        this.samples = samples;
        n = samples.count();
    }

    /// The q-quantile of the distances of the n (n-1)/2 pairs, interpolated linearly between order statistics (type 7
    /// of Hyndman & Fan 1996, NumPy's `percentile`).
    ///
    /// @param q from 0 to 1
    double quantile(double q) {
        long pairs = (long) n * (n - 1) / 2;
        double position = q * (pairs - 1);
        long below = (long) position;
        double share = position - below;
        long above = share == 0 ? below : below + 1;
        double[] ends = drawn(q, pairs);
        double[] two = near(ends[0], ends[1], below, above);
        if (two.length == 0) {
            two = byDigits(below, above);
        }
        return share == 0 ? Math.sqrt(two[0]) : Math.sqrt(two[0]) * (1 - share) + Math.sqrt(two[1]) * share;
    }

    /// An interval of squared distances around the q-quantile of some pairs.
    private double[] drawn(double q, long pairs) {
        if (pairs <= DRAWN) {
            return new double[]{0, Double.POSITIVE_INFINITY};
        }
        RandomStream stream = RandomStream.seeded(0);
        double[] squares = new double[Math.min(DRAWN, (int) (pairs / 64) + 4096)];
        // Neighbours in a random order, then those two apart, and so on.
        Continuous shuffled = samples.take(Arrays.copyOf(stream.permutation(n), Math.min(n, 2 * squares.length)));
        double[] flat = shuffled.values().toDoubles();
        int d = shuffled.dimension();
        int count = shuffled.count();
        for (int k = 0; k < squares.length; k++) {
            int i = k % count;
            int j = (i + 1 + k / count) % count;
            double sum = 0;
            for (int l = 0; l < d; l++) {
                double difference = flat[i * d + l] - flat[j * d + l];
                sum += difference * difference;
            }
            squares[k] = sum;
        }
        Arrays.sort(squares);
        double spread = SPREAD * Math.sqrt(squares.length * q * (1 - q)) + SPREAD;
        int low = (int) Math.floor(q * squares.length - spread);
        int high = (int) Math.ceil(q * squares.length + spread);
        return new double[]{low < 0 ? 0 : squares[low],
                high >= squares.length ? Double.POSITIVE_INFINITY : squares[high]};
    }

    /// The squared distances of ranks `first` and `second` if both lie from `low` to `high`, and not too many others;
    /// else nothing.
    private double[] near(double low, double high, long first, long second) {
        Found found = new Found();
        forEachStrip(low, high, (squares, count) -> found.add(squares, count, low, high));
        if (found.count > MOST_KEPT || first < found.below || second >= found.below + found.count) {
            return new double[0];
        }
        double[] sorted = Arrays.copyOf(found.kept, found.count);
        Arrays.sort(sorted);
        return new double[]{sorted[(int) (first - found.below)], sorted[(int) (second - found.below)]};
    }

    /// Distances below an interval, counted, and those within, kept in any order.
    private static final class Found {
        private long below;
        private double[] kept = new double[1024];
        /// Beyond [#MOST_KEPT] when there are too many, which are not kept.
        private int count;

        /// @param squares is overwritten
        void add(double[] squares, int number, double low, double high) {
            int less = 0;
            int inside = 0;
            for (int k = 0; k < number; k++) {
                if (squares[k] < low) {
                    less++;
                } else if (squares[k] <= high) {
                    squares[inside++] = squares[k];
                }
            }
            append(less, squares, inside);
        }

        private synchronized void append(int less, double[] squares, int inside) {
            below += less;
            if (count + inside <= MOST_KEPT && count + inside > kept.length) {
                kept = Arrays.copyOf(kept, Math.max(2 * kept.length, count + inside));
            }
            if (count + inside <= MOST_KEPT) {
                System.arraycopy(squares, 0, kept, count, inside);
                count += inside;
            } else {
                count = MOST_KEPT + 1;
            }
        }
    }

    private double[] byDigits(long first, long second) {
        Ranked low = squared(first);
        if (second == first || !low.last) {
            return new double[]{low.value, low.value};
        }
        return new double[]{low.value, above(low.value)};
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
        forEachStrip(value, Double.POSITIVE_INFINITY, (squares, count) -> {
            for (int k = 0; k < count; k++) {
                if (squares[k] > value) {
                    smallest.accumulate(squares[k]);
                }
            }
        });
        return smallest.get();
    }

    /// How many distances have each digit at `shift`, of those whose higher digits are `prefix`.
    private long[] digits(long prefix, int shift) {
        // As many as there are threads, handed from task to task; counts add up alike in any order.
        Queue<long[]> counters = new ConcurrentLinkedQueue<>();
        forEachStrip(-1, Double.POSITIVE_INFINITY, (squares, count) -> {
            long[] free = counters.poll();
            long[] counts = free == null ? new long[DIGITS] : free;
            for (int k = 0; k < count; k++) {
                long bits = Double.doubleToRawLongBits(squares[k]);
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

    private interface Pairs {
        void of(double[] squares, int count);
    }

    /// The squared distances of all pairs, some at a time, on several threads; those outside `low` to `high` may be
    /// other numbers on the same side.
    private void forEachStrip(double low, double high, Pairs use) {
        SquaredDistances distances = SquaredDistances.within(low, high, samples.values(), PairLoops.forSamples(n));
        Queue<SquaredDistances.Reader> free = new ConcurrentLinkedQueue<>();
        Tiles.forEach(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
            SquaredDistances.Reader polled = free.poll();
            SquaredDistances.Reader reader = polled == null ? distances.reader() : polled;
            reader.read(low, high, rowFrom, rowTo, columnFrom, columnTo, (first, last) -> {
                int count = 0;
                for (int i = first; i < last; i++) {
                    for (int j = Math.max(columnFrom, i + 1); j < columnTo; j++) {
                        // Never ahead of what is still to be read.
                        reader.strip[count++] = reader.strip[(i - first) * Tiles.SIZE + j - columnFrom];
                    }
                }
                use.of(reader.strip, count);
            });
            free.add(reader);
        });
    }
}
