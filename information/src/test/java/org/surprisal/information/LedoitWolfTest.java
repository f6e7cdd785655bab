package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Recorded numbers: scikit-learn's covariance.LedoitWolf on [TwoSamples].
class LedoitWolfTest {

    @Test
    void agreesWithScikitLearn() {
        LedoitWolf fit = LedoitWolf.fit(TwoSamples.x());

        assertThat(fit.samples()).isEqualTo(12);
        assertThat(fit.intensity()).isCloseTo(0.49041721188920695, within(1e-13));
        assertThat(fit.normal().mean()).containsExactly(new double[]{-0.005799703306435, 0.056965057687636,
                -0.002615714782292, 0.151186218540144, 0.194285014553283}, within(1e-14));
        double[][] covariance = fit.normal().covariance();
        assertThat(covariance[0]).containsExactly(new double[]{0.598645226927208, 0.100142188023241, -0.22324913377586,
                -0.062727212057168, 0.005445246308986}, within(1e-14));
        assertThat(covariance[3]).containsExactly(new double[]{-0.062727212057168, 0.207863136357678,
                -0.046941022678025, 0.936948602934511, 0.253607153556899}, within(1e-14));
        assertThat(LedoitWolf.fit(TwoSamples.y()).intensity()).isCloseTo(0.17889105582089918, within(1e-13));
    }

    @Test
    void fourSamplesOfFiveCoordinatesHaveAPositiveDefiniteFit() {
        LedoitWolf fit = LedoitWolf.fit(TwoSamples.x(4));

        assertThat(fit.intensity()).isCloseTo(0.5086224522693344, within(1e-13));
        assertThat(fit.normal().covariance()[4]).containsExactly(new double[]{0.088238000601788, 0.542587068845039,
                -0.23891891614341, 0.68540238080795, 1.608336145924827}, within(1e-14));
    }

    @Test
    void theTraceIsThatOfThePopulationCovariance() {
        double[][] shrunk = LedoitWolf.fit(TwoSamples.y()).normal().covariance();
        double[][] plain = MultivariateGaussian.fit(TwoSamples.y()).covariance();
        double difference = 0;
        for (int i = 0; i < 5; i++) {
            difference += shrunk[i][i] - plain[i][i];
        }
        assertThat(difference).isCloseTo(0, within(1e-14));
    }

    /// Equal variances without correlations are the target itself; one coordinate has nothing to shrink to.
    @Test
    void whatIsTheTargetIsFullyShrunkAndOneCoordinateNotAtAll() {
        Tensor square = Tensor.of(new double[]{1, 1, 1, -1, -1, 1, -1, -1}, 4, 2);
        assertThat(LedoitWolf.fit(square).intensity()).isEqualTo(1);
        assertThat(LedoitWolf.fit(square).normal().covariance()[0]).containsExactly(1, 0);
        LedoitWolf line = LedoitWolf.fit(Tensor.of(new double[]{1, 2, 3}, 3, 1));
        assertThat(line.intensity()).isZero();
        assertThat(line.normal().covariance()[0]).containsExactly(new double[]{2.0 / 3}, within(1e-15));
    }

    /// What shrinking is for: of the two fits the shrunk is nearer to the truth, here N(0, I) in 30 dimensions from 40
    /// samples.
    @Test
    void theShrunkFitIsNearerToTheTruth() {
        Tensor samples = RandomStream.seeded(5).gaussian(ElementType.FLOAT64, 0, 1, 40, 30);
        double[][] unit = new double[30][30];
        for (int i = 0; i < 30; i++) {
            unit[i][i] = 1;
        }
        var truth = new MultivariateGaussian(new double[30], unit);
        assertThat(truth.relativeEntropyTo(LedoitWolf.fit(samples).normal()))
                .isLessThan(0.1 * truth.relativeEntropyTo(MultivariateGaussian.fit(samples)));
    }

    @Test
    void refusesWhatHasNoVariance() {
        assertThatIllegalArgumentException().isThrownBy(() -> LedoitWolf.fit(Tensor.of(new double[]{1, 2}, 1, 2)))
                .withMessage("samples have the shape (1, 2), (n, d) with n >= 2 and d >= 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> LedoitWolf.fit(Tensor.of(new double[]{1, 2, 1, 2}, 2, 2)))
                .withMessage("the 2 samples have a total variance of 0.0, a finite value > 0 needed");
        // Of two samples s is always 0.
        assertThatIllegalArgumentException().isThrownBy(() -> LedoitWolf.fit(Tensor.of(new double[]{1, 2, 3, 5}, 2, 2)))
                .withMessageContaining("not positive definite");
        for (double wrong : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LedoitWolf.fit(Tensor.of(new double[]{1, 2, wrong, 2}, 2, 2)))
                    .withMessage("samples[1][0] = " + wrong + ", a finite value needed");
        }
    }
}
