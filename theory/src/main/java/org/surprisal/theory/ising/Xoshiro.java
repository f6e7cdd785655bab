package org.surprisal.theory.ising;

import org.surprisal.tensor.RandomStream;

/// The generator xoshiro256++ (Blackman and Vigna 2021, ACM Trans. Math. Softw. 47, 36), seeded from a stream. Inner
/// loops of the samplers draw a word every nanosecond or two, for which a call through the JDK's interface is too slow.
final class Xoshiro {
    private long a;
    private long b;
    private long c;
    private long d;

    Xoshiro(RandomStream stream) {
        a = stream.nextLong();
        b = stream.nextLong();
        c = stream.nextLong();
        // all zero is the one state it cannot leave
        d = stream.nextLong() | 1;
    }

    /// 64 random bits.
    long next() {
        long result = Long.rotateLeft(a + d, 23) + a;
        long shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = Long.rotateLeft(d, 45);
        return result;
    }

    /// Uniform in [0, 1), a multiple of 2^-53.
    double nextDouble() {
        return (next() >>> 11) * 0x1p-53;
    }

    /// Uniform in 0 … bound - 1 but for bound / 2^32.
    int nextInt(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }
}
