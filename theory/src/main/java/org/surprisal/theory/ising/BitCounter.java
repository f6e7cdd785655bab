package org.surprisal.theory.ising;

import java.util.Arrays;

/// Counts, for each of 64 bit places, the words that have a 1 there. The counts stand in bit planes, the least
/// significant first, and a word is added to all 64 at once with carries.
final class BitCounter {
    private final long[] planes;

    /// @param most words that will be added
    BitCounter(int most) {
        planes = new long[Integer.SIZE - Integer.numberOfLeadingZeros(most)];
    }

    void clear() {
        Arrays.fill(planes, 0);
    }

    void add(long word) {
        long carry = word;
        for (int i = 0; carry != 0; i++) {
            long before = planes[i];
            planes[i] = before ^ carry;
            carry &= before;
        }
    }

    /// @param counts gets the count of each place
    void counts(int[] counts) {
        for (int place = 0; place < Long.SIZE; place++) {
            int count = 0;
            for (int i = 0; i < planes.length; i++) {
                count |= (int) ((planes[i] >>> place) & 1) << i;
            }
            counts[place] = count;
        }
    }
}
