package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelDensityTest {

    private static final double[] POINTS = {-1.2, -0.9, 0, 0.7, 2.5};

    /// Recorded from SciPy 1.17: stats.gaussian_kde with 'scott' and 'silverman' (bandwidth: the root of its 1 × 1
    /// covariance); the rule of thumb from NumPy's std(ddof=1) and percentile, its density as a mean of stats.norm.pdf.
    @ParameterizedTest
    @EnumSource
    void agreesWithSciPy(BandwidthRule rule) {
        double[] recorded = switch (rule) {
            case SCOTT -> new double[]{0.3978863598183827, 0.28894492554044526, 0.4412265375771394, 0.3119571336237273,
                    0.22410373619580404, 0.01813391796602403};
            case SILVERMAN -> new double[]{0.42145071834775716, 0.28717833119629166, 0.4266297626818314,
                    0.3150728828144819, 0.22484135650549286, 0.020428411942696355};
            case RULE_OF_THUMB -> new double[]{0.3580977238365446, 0.2906106304135472, 0.4693911175130016,
                    0.30629952340085587, 0.22285610661902622, 0.014153888675516112};
        };

        KernelDensity density = KernelDensity.of(Fixture.skewed(), rule);

        assertThat(density.bandwidth()).isCloseTo(recorded[0], within(1e-14));
        double[] values = density.density(POINTS);
        for (int i = 0; i < POINTS.length; i++) {
            assertThat(values[i]).isCloseTo(recorded[i + 1], within(1e-13));
        }
    }

    @ParameterizedTest
    @EnumSource
    void integratesToOneOverItsGrid(BandwidthRule rule) {
        KernelDensity density = KernelDensity.of(Fixture.cubes(), rule);
        double[] grid = density.grid(401);

        double integral = 0;
        for (double value : density.density(grid)) {
            integral += value * (grid[1] - grid[0]);
        }

        assertThat(integral).isCloseTo(1, within(1e-12));
    }

    @Test
    void logarithmsAreThoseOfTheDensities() {
        KernelDensity density = KernelDensity.of(Fixture.skewed(), BandwidthRule.SCOTT);
        for (double point : POINTS) {
            assertThat(density.logDensity(point)).isCloseTo(Math.log(density.density(point)), within(1e-13));
        }
        var pair = new KernelDensity(new double[]{0, 1000}, 1);
        assertThat(pair.logDensity(-1000)).isCloseTo(-500_000 - Math.log(2) - 0.5 * Math.log(2 * Math.PI),
                within(1e-9));
        assertThat(pair.leaveOneOutLogDensities()).containsExactly(new double[]{-500_000 - 0.5 * Math.log(2 * Math.PI),
                -500_000 - 0.5 * Math.log(2 * Math.PI)}, within(1e-9));
        assertThat(new KernelDensity(new double[]{0}, 1e-200).logDensity(1)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void leavingOneOutIsTheDensityOfTheOthers() {
        double[] samples = Fixture.cubes();
        double[] logs = new KernelDensity(samples, 0.3).leaveOneOutLogDensities();
        for (int i = 0; i < samples.length; i++) {
            double[] others = new double[samples.length - 1];
            System.arraycopy(samples, 0, others, 0, i);
            System.arraycopy(samples, i + 1, others, i, others.length - i);
            assertThat(logs[i]).isCloseTo(Math.log(new KernelDensity(others, 0.3).density(samples[i])), within(1e-12));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> new KernelDensity(new double[]{1}, 1).leaveOneOutLogDensities())
                .withMessage("one sample has no others: at least 2 needed");
    }

    @Test
    void oneSampleIsItsKernel() {
        assertThat(new KernelDensity(new double[]{3}, 0.5).density(3.7))
                .isCloseTo(new Gaussian(3, 0.25).density(3.7), within(1e-15));
    }

    /// Three of five equal: the interquartile range is 0 and the standard deviation (√5) stands in for it.
    @Test
    void ruleOfThumbSurvivesManyTies() {
        assertThat(BandwidthRule.RULE_OF_THUMB.bandwidth(0, 0, 0, 0, 5))
                .isCloseTo(0.9 * Math.sqrt(5) * Math.pow(5, -0.2), within(1e-14));
    }

    @Test
    void refusesWhatHasNoDensity() {
        assertThatIllegalArgumentException().isThrownBy(() -> KernelDensity.of(new double[]{1, 1}, BandwidthRule.SCOTT))
                .withMessageContaining("constant");
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelDensity(new double[]{1}, 0))
                .withMessage("bandwidth = 0.0, a finite value > 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelDensity(new double[0], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelDensity(new double[]{Double.NaN}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new KernelDensity(new double[]{1}, 1).grid(1))
                .withMessage("count = 1, a grid needs at least 2 points");
    }

    /// Recorded from NumPy 2.4, percentile(x, [25, 50, 75]).
    @Test
    void quartilesAgreeWithNumPy() {
        Quartiles quartiles = Quartiles.of(Fixture.skewed());

        assertThat(quartiles.lower()).isCloseTo(-0.8259902699294064, within(1e-15));
        assertThat(quartiles.median()).isCloseTo(-0.26138539074985195, within(1e-15));
        assertThat(quartiles.upper()).isCloseTo(0.6108195222187625, within(1e-15));
        assertThat(Quartiles.of(4).range()).isZero();
    }
}
