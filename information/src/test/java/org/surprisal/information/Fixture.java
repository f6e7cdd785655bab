package org.surprisal.information;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Samples that another language rebuilds bit for bit, because they need no more than products and quotients.
final class Fixture {

    private Fixture() {
    }

    /// 60 skewed samples: u² 3 - 1 with u = (7919 i mod 1009)/1009, i = 0 … 59.
    static double[] skewed() {
        return IntStream.range(0, 60).mapToDouble(i -> ((i * 7919) % 1009) / 1009.0).map(u -> u * u * 3 - 1).toArray();
    }

    /// 25 samples with heavy tails: (i - 12)³/500, i = 0 … 24.
    static double[] cubes() {
        return IntStream.range(0, 25).mapToDouble(i -> Math.pow(i - 12, 3) / 500).toArray();
    }

    /// Independent N(0, 1) samples.
    static double[] normal(SplittableRandom random, int count) {
        double[] samples = new double[count];
        Arrays.setAll(samples, i -> random.nextGaussian());
        return samples;
    }
}
