package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class NoiseSweepTest {

    /// One walk over the pairs, with squares in the place of exponentials, gives what one walk a variance gives.
    @Test
    void pointsAreThePairwiseAnswers() {
        Continuous z = normal(300, 6);
        Discrete y = Discrete.labels("y", IntStream.range(0, 300).map(i -> i % 4).toArray());

        NoiseSweep sweep = NoiseSweep.ofLabels(z, y, 1e-3, 100, 3);

        // 3 log2(1e5) = 49.8 steps.
        assertThat(sweep.points()).hasSize(50);
        for (int k = 0; k < 50; k++) {
            NoiseSweep.Point point = sweep.points().get(k);
            assertThat(point.variance()).isCloseTo(1e-3 * Math.pow(2, k / 3.0), within(1e-12 * point.variance()));
            var alone = PairwiseDistance.withNoise(point.variance());
            same(point.input(), alone.ofInput(z));
            same(point.output().orElseThrow(), alone.estimate(z, y));
        }
        assertThat(NoiseSweep.ofInput(z, 0.5, 0.5, 2).points()).singleElement()
                .satisfies(point -> same(point.input(), PairwiseDistance.withNoise(0.5).ofInput(z)));
        assertThat(NoiseSweep.ofInput(z, 0.5, 4, 1).points()).hasSize(4);
    }

    private static void same(MutualInformation swept, MutualInformation alone) {
        assertThat(swept.value()).isCloseTo(alone.value(), within(1e-11));
        assertThat(swept.lower().orElseThrow()).isCloseTo(alone.lower().orElseThrow(), within(1e-11));
        assertThat(swept.upper().orElseThrow()).isCloseTo(alone.upper().orElseThrow(), within(1e-11));
        assertThat(swept.warnings()).isEqualTo(alone.warnings());
    }

    /// Four clusters of width 0.01 at distance 10: between the two scales the noise makes no difference, and the answer
    /// is ln 4.
    @Test
    void clustersAreStableBetweenTheirTwoScales() {
        double[] points = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 0.01, 400, 2).toDoubles();
        for (int i = 0; i < 400; i++) {
            points[2 * i] += i % 2 * 10;
            points[2 * i + 1] += i / 2 % 2 * 10;
        }
        Continuous z = Continuous.of("z", Tensor.of(points, 400, 2));
        Discrete y = Discrete.labels("y", IntStream.range(0, 400).map(i -> i % 4).toArray());

        NoiseSweep sweep = NoiseSweep.ofLabels(z, y, 1e-8, 1e4, 4);
        NoiseSweep.StableRange input = sweep.stableInput(0.05).orElseThrow();
        NoiseSweep.StableRange output = sweep.stableOutput(0.05).orElseThrow();

        assertThat(input.least()).isBetween(Math.log(4) - 0.1, Math.log(4));
        assertThat(input.most()).isBetween(Math.log(4), Math.log(4) + 0.1);
        // Ends where 3 terms of exp(-100 / 8v) begin to show, and begins where exp(-1e-4 / 2v) is nearly 1.
        assertThat(input.highest()).isBetween(1.0, 6.0);
        assertThat(input.lowest()).isBetween(1e-4, 3e-2);
        assertThat(input.eFolds()).isCloseTo(Math.log(input.highest() / input.lowest()), within(1e-14));
        assertThat(output.lowest()).isLessThanOrEqualTo(input.lowest());
        assertThat(output.most()).isCloseTo(Math.log(4), within(1e-3));
    }

    /// One blob of many dimensions has one scale only: from ln n to 0 there is no rest.
    @Test
    void aBlobIsNowhereStable() {
        Discrete y = Discrete.labels("y", IntStream.range(0, 200).map(i -> i % 2).toArray());
        NoiseSweep sweep = NoiseSweep.ofLabels(normal(200, 8), y, 1e-4, 1e4, 2);

        assertThat(sweep.stableInput(0.05)).isEmpty();
        // Random labels: H(Y) while samples are told apart, which does not count, and then less and less.
        assertThat(sweep.stableOutput(0.01)).isEmpty();
    }

    @Test
    void refusesWhatIsNoRange() {
        Continuous z = normal(10, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> NoiseSweep.ofInput(z, 0, 1, 1)).withMessageStartingWith(
                "noise variances from 0.0 to 1.0, 1 an octave: 1e-300 <= lowest <= highest <= 1e300");
        assertThatIllegalArgumentException().isThrownBy(() -> NoiseSweep.ofInput(z, 2, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> NoiseSweep.ofInput(z, Double.NaN, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> NoiseSweep.ofInput(z, 1, 2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> NoiseSweep.ofInput(z, 1, 1e10, 1000))
                .withMessage("noise variances from 1.0 to 1.0E10, 1000 an octave: more than 1000");
        assertThatIllegalArgumentException().isThrownBy(() -> NoiseSweep.ofInput(z.take(0), 1, 2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoiseSweep.ofLabels(z, Discrete.labels("y", 1, 2), 1, 2, 1))
                .withMessage("z has 10 sample(s), y has 2: pairs needed");
        NoiseSweep sweep = NoiseSweep.ofInput(z, 1, 2, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> sweep.stableOutput(0.1))
                .withMessage("a sweep without labels has no I(T;Y): labels needed");
        assertThatIllegalArgumentException().isThrownBy(() -> sweep.stableInput(0))
                .withMessage("slope = 0.0 nat per e-fold, a value > 0 needed");
    }

    private static Continuous normal(int n, int d) {
        return Continuous.of("z", RandomStream.seeded(n).gaussian(ElementType.FLOAT64, 0, 1, n, d));
    }
}
