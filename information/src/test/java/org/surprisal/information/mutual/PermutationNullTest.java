package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.information.mutual.PlugIn.Correction;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

class PermutationNullTest {

    private static final RandomStream STREAM = RandomStream.seeded(11);

    @Test
    void countsHowManyPermutationsReachTheValue() {
        MutualInformation observed = MutualInformation.of("any", 10, 0.5, java.util.Map.of(), List.of());
        var empty = new PermutationNull(observed, List.of(0.1, 0.7, 0.2, 0.5));

        assertThat(empty.pValue()).isEqualTo(3.0 / 5);
        assertThat(empty.permuted()).containsExactly(0.1, 0.2, 0.5, 0.7);
        assertThat(empty.mean()).isCloseTo(0.375, within(1e-15));
        assertThat(empty.excess()).isCloseTo(0.125, within(1e-15));
        assertThat(empty.quantile(0.5)).isCloseTo(0.35, within(1e-15));
        assertThat(empty.quantile(1)).isEqualTo(0.7);
    }

    /// Values 0.1, 0.2, 0.5, 0.7: mean 0.375, standard deviation 0.2753785.
    @Test
    void warnsWithinTwoStandardDeviations() {
        List<Double> permuted = List.of(0.1, 0.7, 0.2, 0.5);
        MutualInformation near = MutualInformation.of("any", 10, 0.925, java.util.Map.of(), List.of("noted"));
        MutualInformation far = MutualInformation.of("any", 10, 0.926, java.util.Map.of(), List.of("noted"));

        assertThat(new PermutationNull(near, permuted).standardDeviation()).isCloseTo(0.2753785273643, within(1e-12));
        assertThat(new PermutationNull(near, permuted).answer().warnings()).containsExactly("noted",
                "the value is not 2 standard deviations above its permutation null, 0.3750 ± 0.28 nat: it does not"
                        + " count"
                        + " as information");
        assertThat(new PermutationNull(far, permuted).answer()).isEqualTo(far);
        MutualInformation below = MutualInformation.of("any", 10, -9, java.util.Map.of(), List.of());
        assertThat(new PermutationNull(below, permuted).standsOut()).isFalse();
    }

    /// Random labels of points that noise of variance 1e-3 tells apart: exactly H(Y), and worth nothing.
    @Test
    void randomLabelsAreWarnedOf() {
        Continuous z = Continuous.of("z", RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 200, 12));
        RandomStream labels = RandomStream.seeded(2);
        Discrete y = Discrete.labels("y", IntStream.range(0, 200).map(i -> labels.nextInt(10)).toArray());

        MutualInformation answer = PermutationNull.of(PairwiseDistance.withNoise(1e-3), z, y, 19, STREAM).answer();

        assertThat(answer.value()).isCloseTo(PlugIn.entropy(y), within(1e-9));
        assertThat(answer.warnings()).anyMatch(w -> w.startsWith("the value is not 2 standard deviations above"));
    }

    @Test
    void dependenceStandsOut() {
        CorrelatedNormals pairs = CorrelatedNormals.of(200, 1, 0.7, RandomStream.seeded(2));

        PermutationNull empty = PermutationNull.of(Kraskov.standard(STREAM), pairs.x(), pairs.y(), 49, STREAM);
        assertThat(empty.pValue()).isEqualTo(1.0 / 50);
        assertThat(empty.standsOut()).isTrue();
        assertThat(empty.answer()).isEqualTo(empty.observed());
    }

    /// With noise this small I(T;Y) is H(Y), of true labels and of permuted ones alike: it counts for nothing.
    @Test
    void aSaturatedValueDoesNot() {
        Continuous z = Continuous.of("z", RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 80, 6));
        Discrete y = Discrete.labels("y", IntStream.range(0, 80).map(i -> z.values().at(i, 0) > 0 ? 1 : 0).toArray());

        assertThat(PermutationNull.of(PairwiseDistance.withNoise(1e-6), z, y, 19, STREAM).pValue()).isEqualTo(1);
        assertThat(PermutationNull.of(PairwiseDistance.withNoise(0.5), z, y, 19, STREAM).pValue()).isEqualTo(0.05);
    }

    /// Were the null right, p-values of independent variables are uniform: over 200 of them, those up to 0.2 are 40
    /// with a standard deviation of 5.7, and the null's mean is the plug-in's bias, (K_x - 1)(K_y - 1)/(2n).
    @Test
    void pValuesOfIndependentVariablesAreUniform() {
        var plugIn = new PlugIn(Correction.NONE);
        int small = 0;
        double mean = 0;
        for (int run = 0; run < 200; run++) {
            RandomStream stream = RandomStream.seeded(run);
            Discrete x = Discrete.labels("x", IntStream.range(0, 300).map(i -> stream.nextInt(4)).toArray());
            Discrete y = Discrete.labels("y", IntStream.range(0, 300).map(i -> stream.nextInt(5)).toArray());
            PermutationNull empty = PermutationNull.of(plugIn, x, y, 19, stream.child("null"));
            small += empty.pValue() <= 0.2 + 1e-12 ? 1 : 0;
            mean += empty.mean() / 200;
        }
        assertThat(small).isBetween(40 - 23, 40 + 23);
        assertThat(mean).isCloseTo(12.0 / 600, within(0.001));
    }

    @Test
    void theSameStreamGivesTheSameNull() {
        CorrelatedNormals pairs = CorrelatedNormals.of(60, 1, 0.7, RandomStream.seeded(2));
        var gaussian = new GaussianInformation();

        assertThat(PermutationNull.of(gaussian, pairs.x(), pairs.y(), 5, RandomStream.seeded(3)))
                .isEqualTo(PermutationNull.of(gaussian, pairs.x(), pairs.y(), 5, RandomStream.seeded(3)));
    }

    @Test
    void refusesNoPermutations() {
        CorrelatedNormals pairs = CorrelatedNormals.of(60, 1, 0.7, RandomStream.seeded(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PermutationNull.of(new GaussianInformation(), pairs.x(), pairs.y(), 0, STREAM))
                .withMessage("permutations = 0, at least 2 needed (19 for a p-value of 0.05)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PermutationNull.of(new GaussianInformation(), pairs.x(), pairs.y(), 2, STREAM)
                        .quantile(-0.1))
                .withMessage("p = -0.1, a value in [0, 1] needed");
    }
}
