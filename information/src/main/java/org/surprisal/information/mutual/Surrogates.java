package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.tensor.RandomStream;

/// How pairs are broken up for a [PermutationNull]: which y takes the place of y_i. What a method keeps of y it assumes
/// nothing about.
public sealed interface Surrogates
        permits
        Surrogates.Shuffle,
        Surrogates.Rotate,
        Surrogates.Blocks {

    /// The one random permutation: see [Shuffle].
    Surrogates SHUFFLE = new Shuffle();

    /// The shift in a circle: see [Rotate].
    Surrogates ROTATE = new Rotate();

    /// The name on the command line.
    String label();

    /// Which sample of y takes each place, `count` times: shape (count, n).
    ///
    /// @param n number of samples
    /// @param count number of orders
    /// @param stream of what is drawn
    /// @throws IllegalArgumentException if there are not so many
    int[][] orders(int n, int count, RandomStream stream);

    /// A random permutation of y, for rows that are independent of each other. Of a time series it destroys what a row
    /// has in common with the row before, and the p-value of two independent series is far too small: of pairs of AR(1)
    /// series with a coefficient of 0.98 and 1000 rows, four of five have p <= 0.1.
    record Shuffle() implements Surrogates {
        @Override
        public String label() {
            return "shuffle";
        }

        @Override
        public int[][] orders(int n, int count, RandomStream stream) {
            return IntStream.range(0, count).mapToObj(b -> stream.child(b).permutation(n)).toArray(int[][]::new);
        }
    }

    /// Row i gets y of row i + s, counted on from the first row behind the last, with another shift s from 1 to n - 1
    /// each time. Each series keeps its own order, except where the last row meets the first. It assumes that the
    /// series are stationary; of the AR(1) pairs above 12 % have p <= 0.1.
    record Rotate() implements Surrogates {
        @Override
        public String label() {
            return "rotate";
        }

        @Override
        public int[][] orders(int n, int count, RandomStream stream) {
            if (count > n - 1) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%d rotations of %d rows asked for; at most %d are possible", count,
                                n, n - 1));
            }
            int[] shifts = Arrays.copyOf(stream.child("shifts").permutation(n - 1), count);
            return Arrays.stream(shifts)
                    .mapToObj(shift -> IntStream.range(0, n).map(i -> (int) (((long) i + shift + 1) % n)).toArray())
                    .toArray(int[][]::new);
        }
    }

    /// The rows, rotated by a random shift, are cut into blocks of `length` rows, the last of them shorter, and the
    /// blocks are put together in random order. Rows keep their neighbours within blocks, so that there are more
    /// surrogates than rotations; dependence over more than a block is destroyed. The length must be many times that
    /// over which rows depend on each other, and the number of blocks large.
    ///
    /// @param length rows of a block, at least 1
    record Blocks(int length) implements Surrogates {
        /// @throws IllegalArgumentException if `length` is below 1
        public Blocks {
            if (length < 1) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "block length = %d rows, at least 1 needed", length));
            }
        }

        @Override
        public String label() {
            return "blocks";
        }

        @Override
        public int[][] orders(int n, int count, RandomStream stream) {
            int blocks = Math.ceilDiv(n, length);
            if (blocks < FEWEST_BLOCKS) {
                throw new IllegalArgumentException(String.format(Locale.ROOT,
                        "blocks of %d rows make %d of %d rows, at least %d blocks needed", length, blocks, n,
                        FEWEST_BLOCKS));
            }
            int[][] orders = new int[count][n];
            for (int b = 0; b < count; b++) {
                RandomStream own = stream.child(b);
                int shift = own.nextInt(n);
                int place = 0;
                for (int block : own.permutation(blocks)) {
                    for (int i = block * length; i < Math.min(n, (block + 1) * length); i++) {
                        orders[b][place++] = (int) (((long) i + shift) % n);
                    }
                }
            }
            return orders;
        }
    }

    /// Fewer have too few orders.
    int FEWEST_BLOCKS = 4;
}
