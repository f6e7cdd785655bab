package org.surprisal.information.automatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.tensor.RandomStream;

/// What the estimator that chooses makes of independent variables.
class AutomaticNullTest {
    private static final int SEEDS = 10;
    private static final int PERMUTATIONS = 199;
    private static final int P_VALUES = 40;

    static Iterable<String> marginals() {
        return IndependentPairs.ALL.keySet();
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("marginals")
    void theMeanIsNearZero(String marginal) {
        double mean = IntStream.rangeClosed(1, SEEDS).mapToDouble(seed -> {
            RandomStream stream = RandomStream.seeded(seed);
            IndependentPairs.Pair pair = IndependentPairs.of(marginal, 10_000, stream);
            return new AutomaticEstimator(stream.child("auto")).value(pair.x(), pair.y());
        }).average().orElseThrow();

        assertThat(mean).isCloseTo(0, within(0.01));
    }

    /// A share of p-values up to each of 1/200 … 1 that is nowhere farther from it than Kolmogorov's quantile of
    /// 0.05 over the number of marginals (Bonferroni).
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("marginals")
    void pValuesAreUniform(String marginal) {
        double[] p = IntStream.rangeClosed(1, P_VALUES).mapToDouble(seed -> {
            RandomStream stream = RandomStream.seeded(seed);
            IndependentPairs.Pair pair = IndependentPairs.of(marginal, 100, stream);
            return PermutationNull.of(new AutomaticEstimator(stream.child("auto")), pair.x(), pair.y(), PERMUTATIONS,
                    stream.child("permutations")).pValue();
        }).sorted().toArray();
        double allowed = Math.sqrt(-0.5 * Math.log(0.05 / IndependentPairs.ALL.size() / 2) / P_VALUES);
        double distance = IntStream.rangeClosed(1, PERMUTATIONS + 1)
                .mapToDouble(i -> i / (PERMUTATIONS + 1.0))
                .map(u -> Math.abs(shareUpTo(u + 1e-12, p) - u))
                .max().orElseThrow();

        assertThat(distance).as("p-values %s", Arrays.toString(p)).isLessThan(allowed);
    }

    private static double shareUpTo(double limit, double... values) {
        return Arrays.stream(values).filter(value -> value <= limit).count() / (double) values.length;
    }
}
