package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.information.mutual.NoiseVariance.VarianceShare;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class NoiseVarianceTest {

    /// Columns 0 1 2 3 and 0 0 4 4: variances 5/4 and 4.
    @Test
    void shareOfTheTotalVarianceByHand() {
        Continuous z = Continuous.of("z", Tensor.of(new double[]{0, 0, 1, 0, 2, 4, 3, 4}, 4, 2));

        assertThat(new VarianceShare(0.1).of(z)).isCloseTo(0.525, within(1e-15));
    }

    /// Scale, an offset, a rotation and dead units change neither the bounds nor the order of layers.
    @Test
    void informationIsThatOfTheShapeAlone() {
        Tensor rows = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0, 1, 200, 3);
        Tensor turn = Tensor.of(new double[]{0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, -1}, 3, 3);
        Tensor dead = Tensor.of(new double[]{1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0}, 3, 5);
        Discrete y = Discrete.labels("y", IntStream.range(0, 200).map(i -> rows.at(i, 0) > 0 ? 1 : 0).toArray());
        var estimator = new PairwiseDistance(VarianceShare.STANDARD);
        MutualInformation estimate = estimator.estimate(Continuous.of("z", rows), y);

        for (Tensor same : new Tensor[]{rows.times(37), rows.plus(5), rows.matmul(turn), rows.matmul(dead)}) {
            MutualInformation other = estimator.estimate(Continuous.of("z", same), y);
            assertThat(other.value()).isCloseTo(estimate.value(), within(1e-9));
            assertThat(other.upper().orElseThrow()).isCloseTo(estimate.upper().orElseThrow(), within(1e-9));
        }
        assertThat(estimate.settings()).containsEntry("noiseShare", 0.05).containsKey("noiseVariance");
    }

    /// Ten classes at equal distances: the lower bound is 1.5 % below ln 10.
    @Test
    void tenClassesAreResolved() {
        double[] corners = new double[1000];
        for (int i = 0; i < 100; i++) {
            corners[i * 10 + i % 10] = 1;
        }
        Continuous z = Continuous.of("z", Tensor.of(corners, 100, 10));

        MutualInformation estimate = new PairwiseDistance(VarianceShare.STANDARD).ofInput(z);

        assertThat(estimate.lower().orElseThrow() / Math.log(10)).isBetween(0.984, 0.986);
        assertThat(estimate.upper().orElseThrow()).isCloseTo(Math.log(10), within(1e-8));
    }

    /// At most 1 / (2 share) nats pass, however wide the layer: the capacity of a Gaussian channel, beside the lower
    /// bound.
    @Test
    void aWideLayerDoesNotReachTheCeiling() {
        Continuous wide = Continuous.of("z", RandomStream.seeded(1).gaussian(ElementType.FLOAT32, 0, 1, 500, 300));

        MutualInformation estimate = new PairwiseDistance(new VarianceShare(0.2)).ofInput(wide);

        assertThat(estimate.lower().orElseThrow()).isLessThan(2.5);
        assertThat(estimate.lower().orElseThrow()).isLessThan(0.5 * estimate.ceiling().orElseThrow());
    }

    @Test
    void refusesWhatGivesNoNoise() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VarianceShare(0))
                .withMessage("noise share = 0.0, a finite value > 0 needed");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> VarianceShare.STANDARD.of(Continuous.of("z", Tensor.zeros(ElementType.FLOAT32, 5, 2))))
                .withMessage("the total variance of z is 0.0, which gives no noise variance: give the variance itself");
        assertThatIllegalArgumentException().isThrownBy(
                () -> VarianceShare.STANDARD.of(Continuous.of("z", Tensor.of(new double[]{1e200, -1e200, 0}))))
                .withMessageContaining("is Infinity");
    }
}
