package org.surprisal.study.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Digits;
import org.surprisal.information.Moments;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class StimuliTest {
    private static final int COUNT = 20;
    private static final Dataset DIGITS = Digits.generate(10, 60, 3).test();
    private static final Stimuli STIMULI = Stimuli.of(DIGITS, COUNT, RandomStream.seeded(4));

    private static double[] row(Stimulus kind, int i) {
        return STIMULI.of(kind).rows(i).toDoubles();
    }

    @Test
    void everyKindHasTheMeanAndVarianceOfItsImage() {
        for (Stimulus kind : new Stimulus[]{Stimulus.PERMUTED, Stimulus.SHUFFLED, Stimulus.NOISE}) {
            for (int i = 0; i < COUNT; i++) {
                Moments image = Moments.of(row(Stimulus.IMAGES, i));
                Moments other = Moments.of(row(kind, i));
                assertThat(other.mean()).as(kind + " " + i).isCloseTo(image.mean(), within(1e-7));
                assertThat(other.variance()).as(kind + " " + i).isCloseTo(image.variance(), within(1e-7));
            }
        }
    }

    @Test
    void onePermutationKeepsProductsOfImagesAndOneEachDoesNot() {
        assertThat(product(Stimulus.PERMUTED)).isCloseTo(product(Stimulus.IMAGES), within(1e-4));
        assertThat(product(Stimulus.SHUFFLED)).isNotCloseTo(product(Stimulus.IMAGES), within(0.5));
        assertThat(sorted(Stimulus.SHUFFLED)).isEqualTo(sorted(Stimulus.IMAGES)).isEqualTo(sorted(Stimulus.PERMUTED));
        assertThat(row(Stimulus.SHUFFLED, 0)).isNotEqualTo(row(Stimulus.PERMUTED, 0));
    }

    private static double product(Stimulus kind) {
        return STIMULI.of(kind).rows(0).times(STIMULI.of(kind).rows(1)).sum().item();
    }

    private static double[] sorted(Stimulus kind) {
        double[] values = row(kind, 5);
        Arrays.sort(values);
        return values;
    }

    /// Of normal pixels the excess kurtosis has a standard error of √(24/784) = 0.17; that of a digit is far from 0.
    @Test
    void noiseIsNormalAndTheOtherNoiseIsAnother() {
        for (Stimulus kind : new Stimulus[]{Stimulus.NOISE, Stimulus.OTHER_NOISE}) {
            double mean = 0;
            for (int i = 0; i < COUNT; i++) {
                mean += Moments.of(row(kind, i)).excessKurtosis().orElseThrow() / COUNT;
            }
            assertThat(mean).isCloseTo(0, within(4 * 0.17 / Math.sqrt(COUNT)));
        }
        assertThat(row(Stimulus.NOISE, 0)).isNotEqualTo(row(Stimulus.OTHER_NOISE, 0));
        double same = 0;
        for (int i = 0; i < COUNT; i++) {
            same += Math
                    .abs(Moments.of(row(Stimulus.NOISE, i)).mean() - Moments.of(row(Stimulus.OTHER_NOISE, i)).mean());
        }
        assertThat(same).isGreaterThan(0.01);
    }

    @Test
    void imagesAreDrawnFromTheDataAndEqualStreamsDrawTheSame() {
        Tensor all = DIGITS.all().inputs().reshape(60, 784);
        double[] first = row(Stimulus.IMAGES, 0);
        boolean found = false;
        for (int i = 0; i < 60; i++) {
            found |= Arrays.equals(all.rows(i).toDoubles(), first);
        }
        assertThat(found).isTrue();
        Stimuli again = Stimuli.of(DIGITS, COUNT, RandomStream.seeded(4));
        for (Stimulus kind : Stimulus.values()) {
            assertThat(again.of(kind).toFloats()).isEqualTo(STIMULI.of(kind).toFloats());
        }
    }

    @Test
    void meanSquaresAreThoseOfTheImages() {
        double expected = Arrays.stream(row(Stimulus.IMAGES, 1)).map(x -> x * x).average().orElseThrow();
        assertThat(STIMULI.meanSquares(2)[1]).isCloseTo(expected, within(1e-6));
    }
}
