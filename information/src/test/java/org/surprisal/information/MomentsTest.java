package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MomentsTest {

    /// Recorded from NumPy 2.4 (mean, var) and SciPy 1.17 (stats.skew, stats.kurtosis with their defaults).
    @Test
    void agreesWithSciPy() {
        Moments moments = Moments.of(Fixture.skewed());

        assertThat(moments.count()).isEqualTo(60);
        assertThat(moments.mean()).isCloseTo(-0.014374789432275043, within(1e-15));
        assertThat(moments.variance()).isCloseTo(0.8007175798415407, within(1e-14));
        assertThat(moments.skewness().orElseThrow()).isCloseTo(0.6584731706057771, within(1e-13));
        assertThat(moments.excessKurtosis().orElseThrow()).isCloseTo(-0.8250567840038574, within(1e-13));
        assertThat(moments.standardDeviation()).isEqualTo(Math.sqrt(moments.variance()));
        assertThat(moments.sampleVariance()).isCloseTo(0.8007175798415407 * 60 / 59, within(1e-14));
    }

    /// Σx² - (Σx)²/n would have no digit left here: the values of i·13 mod 7 repeat 0 … 6, variance 4, excess kurtosis
    /// -1.25 of seven equally likely numbers.
    @Test
    void keepsItsDigitsFarFromZero() {
        double[] samples = new double[21];
        Arrays.setAll(samples, i -> 1e8 + (i * 13) % 7);

        Moments moments = Moments.of(samples);

        assertThat(moments.mean()).isEqualTo(100000003.0);
        assertThat(moments.variance()).isCloseTo(4, within(1e-14));
        assertThat(moments.skewness().orElseThrow()).isCloseTo(0, within(1e-14));
        assertThat(moments.excessKurtosis().orElseThrow()).isCloseTo(-1.25, within(1e-14));
    }

    @Test
    void ratiosDoNotDependOnTheScale() {
        Moments moments = Moments.of(Fixture.skewed());
        for (double scale : new double[]{1e-200, 1e-60, 1e120}) {
            Moments scaled = Moments.of(Arrays.stream(Fixture.skewed()).map(x -> x * scale).toArray());
            assertThat(scaled.skewness().orElseThrow()).isCloseTo(moments.skewness().orElseThrow(), within(1e-12));
            assertThat(scaled.excessKurtosis().orElseThrow()).isCloseTo(moments.excessKurtosis().orElseThrow(),
                    within(1e-12));
        }
    }

    @Test
    void constantSamplesHaveNoShape() {
        Moments moments = Moments.of(0.1, 0.1, 0.1);

        assertThat(moments.mean()).isEqualTo(0.1);
        assertThat(moments.variance()).isZero();
        assertThat(moments.skewness()).isEmpty();
        assertThat(moments.excessKurtosis()).isEmpty();
    }

    @Test
    void refusesWhatHasNoMoments() {
        assertThatIllegalArgumentException().isThrownBy(() -> Moments.of())
                .withMessage("samples has 0 value(s), at least 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> Moments.of(1, Double.NaN))
                .withMessage("samples[1] = NaN, a finite value needed");
        assertThatIllegalArgumentException().isThrownBy(() -> Moments.of(Double.NEGATIVE_INFINITY))
                .withMessageContaining("samples[0] = -Infinity");
        assertThatIllegalArgumentException().isThrownBy(() -> Moments.of(-1e200, 1e200))
                .withMessageContaining("overflows");
        assertThatIllegalArgumentException().isThrownBy(() -> Moments.of(1.7e308, 1.6e308))
                .withMessageContaining("overflows");
        assertThatIllegalStateException().isThrownBy(() -> Moments.of(3).sampleVariance());
    }
}
