package org.surprisal.tensor;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A seeded source of random numbers that splits into named children.
///
/// A child depends only on its parent's seed and its label, never on how many numbers were drawn before or in which
/// order the children were made: `RandomStream.seeded(7).child("weights").child(3)` is always the same stream. So a
/// part of a program can be added, removed or run on another thread without changing the numbers of the others, and a
/// resumed run rebuilds its streams from labels alone. The numbers come from the JDK's L64X128MixRandom.
///
/// One stream belongs to one thread at a time; children are independent.
public final class RandomStream {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY = RandomGeneratorFactory
            .of("L64X128MixRandom");

    private final long seed;
    private final RandomGenerator generator;

    private RandomStream(long seed) {
        this.seed = seed;
        this.generator = FACTORY.create(seed);
    }

    /// The root stream of a seed.
    public static RandomStream seeded(long seed) {
        return new RandomStream(mix(seed));
    }

    /// The child stream with this label.
    public RandomStream child(String label) {
        long hash = seed;
        for (byte b : label.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash ^ (b & 0xFF));
        }
        return new RandomStream(mix(hash ^ 0x6C6162656CL));
    }

    /// The child stream with this number, an epoch or a layer say.
    public RandomStream child(long index) {
        return new RandomStream(mix(mix(seed ^ 0x696E646578L) + index));
    }

    /// A standard normal number.
    public double nextGaussian() {
        return generator.nextGaussian();
    }

    /// A number uniform in [0, 1).
    public double nextDouble() {
        return generator.nextDouble();
    }

    /// A number uniform in [low, high).
    public double nextDouble(double low, double high) {
        return generator.nextDouble(low, high);
    }

    /// An integer uniform in [0, bound); `bound` is positive.
    public int nextInt(int bound) {
        return generator.nextInt(bound);
    }

    /// 64 random bits.
    public long nextLong() {
        return generator.nextLong();
    }

    /// A random order of 0 … n-1 (Fisher-Yates).
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = generator.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// A tensor of independent normal numbers.
    public Tensor gaussian(ElementType type, double mean, double standardDeviation, int... lengths) {
        Shape shape = Shape.of(lengths);
        return switch (type) {
            case FLOAT32 -> {
                float[] values = new float[shape.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (mean + standardDeviation * generator.nextGaussian());
                }
                yield Tensor.adopt(values, shape);
            }
            case FLOAT64 -> {
                double[] values = new double[shape.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = mean + standardDeviation * generator.nextGaussian();
                }
                yield Tensor.adopt(values, shape);
            }
        };
    }

    /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that scatters nearby seeds.
    private static long mix(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
