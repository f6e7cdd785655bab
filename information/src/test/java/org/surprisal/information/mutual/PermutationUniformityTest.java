package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Estimators whose values of independent variables are not 0 say so by permutation: the p-values are uniform.
class PermutationUniformityTest {

    private static final int RUNS = 200;
    private static final int PERMUTATIONS = 19;
    /// The Kolmogorov-Smirnov distance that 200 uniform numbers exceed once in 1,000 times: 1.949 / sqrt(200).
    private static final double CRITICAL = 0.1378;

    static Stream<Arguments> estimators() {
        return Stream.of(Arguments.of(PairwiseDistance.withNoise(0.3)),
                Arguments.of(new Binning(new Binning.Bins.FixedWidth(0.7), PlugIn.Correction.NONE)),
                Arguments.of(new Binning(new Binning.Bins.Equal(5, -1, 1), PlugIn.Correction.MILLER_MADOW)),
                Arguments.of(new Binning(new Binning.Bins.EqualCount(5), PlugIn.Correction.NONE)),
                Arguments.of(new MatrixRenyi(1.01, OptionalDouble.of(1))));
    }

    /// The rank of the observed value among the permuted ones is one of 20, each as likely, where ties are broken at
    /// random; a uniform number within it makes it continuous. Without ties that is the p-value less up to a twentieth.
    /// With ties, which binned samples have often, the p-value counts them all against the finding and is only larger.
    @ParameterizedTest
    @MethodSource("estimators")
    void pValuesOfIndependentVariablesAreUniform(MutualInformationEstimator estimator) {
        double[] p = IntStream.range(0, RUNS).mapToDouble(run -> {
            RandomStream stream = RandomStream.seeded(run);
            Continuous x = Continuous.of("x", stream.gaussian(ElementType.FLOAT64, 0, 1, 40, 2));
            Discrete y = Discrete.labels("y", IntStream.range(0, 40).map(i -> stream.nextInt(3)).toArray());
            PermutationNull empty = PermutationNull.of(estimator, x, y, PERMUTATIONS, stream.child("null"));
            double observed = empty.observed().value();
            long above = empty.permuted().stream().filter(value -> value > observed + 1e-12).count();
            long ties = empty.permuted().stream().filter(value -> Math.abs(value - observed) <= 1e-12).count();
            double rank = (above + stream.nextDouble() * (ties + 1)) / (PERMUTATIONS + 1);
            assertThat(empty.pValue()).isGreaterThanOrEqualTo(rank);
            return rank;
        }).sorted().toArray();

        double distance = IntStream.range(0, RUNS)
                .mapToDouble(i -> Math.max((i + 1.0) / RUNS - p[i], p[i] - (double) i / RUNS)).max().orElseThrow();
        assertThat(distance).as(Arrays.toString(p)).isLessThan(CRITICAL);
    }
}
