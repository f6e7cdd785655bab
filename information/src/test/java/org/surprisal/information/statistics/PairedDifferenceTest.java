package org.surprisal.information.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.StudentT;

class PairedDifferenceTest {

    /// Recorded from SciPy 1.17: stats.ttest_rel(after, before), its confidence_interval() with SciPy's own t quantile
    /// (2.5705818356363146), stats.sem of the differences.
    @Test
    void agreesWithSciPy() {
        double[] before = {1, 2.5, 3.25, 4, 5.5, 6.125};
        double[] after = {1.5, 2.25, 4, 4.75, 5.625, 7};

        PairedDifference difference = PairedDifference.of(before, after);

        assertThat(difference.count()).isEqualTo(6);
        assertThat(difference.mean()).isCloseTo(0.4583333333333333, within(1e-15));
        assertThat(difference.standardError().orElseThrow()).isCloseTo(0.17873008824606015, within(1e-14));
        assertThat(difference.pValue().orElseThrow()).isCloseTo(0.05037735178260532, within(1e-13));
        PairedDifference.Interval interval = difference.interval95().orElseThrow();
        assertThat(interval.low()).isCloseTo(-0.001106984993664406, within(1e-13));
        assertThat(interval.high()).isCloseTo(0.917773651660331, within(1e-13));
    }

    @Test
    void onePairSaysNothingOfItsError() {
        PairedDifference difference = PairedDifference.of(new double[]{2}, new double[]{1.5});

        assertThat(difference.mean()).isEqualTo(-0.5);
        assertThat(difference.standardError()).isEmpty();
        assertThat(difference.pValue()).isEmpty();
        assertThat(difference.interval95()).isEmpty();
    }

    @Test
    void equalDifferencesAreCertain() {
        PairedDifference moved = PairedDifference.of(new double[]{1, 2, 3}, new double[]{1.5, 2.5, 3.5});
        assertThat(moved.standardError()).hasValue(0);
        assertThat(moved.pValue()).hasValue(0);
        assertThat(moved.interval95()).contains(new PairedDifference.Interval(0.5, 0.5));

        PairedDifference still = PairedDifference.of(new double[]{1, 2, 3}, new double[]{1, 2, 3});
        assertThat(still.pValue()).hasValue(1);
    }

    @Test
    void refusesWhatIsNotPaired() {
        assertThatIllegalArgumentException().isThrownBy(() -> PairedDifference.of(new double[2], new double[3]))
                .withMessage("before has 2 value(s), after 3: pairs needed");
        assertThatIllegalArgumentException().isThrownBy(() -> PairedDifference.of(new double[0], new double[0]))
                .withMessage("before has 0 value(s), at least 1 needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedDifference.of(new double[]{1}, new double[]{Double.NaN}))
                .withMessage("after[0] = NaN, a finite value needed");
    }

    /// Recorded with 40 digits (mpmath, betainc).
    @ParameterizedTest
    @CsvSource({"1, 0.5, 0.70483276469913345165", "2, 3, 0.09546596626670913206", "5, -1e-3, 0.99924078677219765061",
            "9, 40, 1.898299844933982647e-11", "1000, 1.96, 0.050273184955748718435",
            "4, 1e5, 5.9999999960000000021e-20"})
    void studentsTailAgreesWithMpmath(int degreesOfFreedom, double t, double expected) {
        assertThat(new StudentT(degreesOfFreedom).twoSidedPValue(t)).isCloseTo(expected, within(1e-12 * expected));
    }

    /// Recorded from SciPy 1.17, stats.t.ppf(0.975, ν); the first is tan(0.475 π).
    @ParameterizedTest
    @CsvSource({"1, 12.706204736174694", "2, 4.302652729749462", "5, 2.5705818356363146", "29, 2.045229642132703",
            "1000, 1.9623390808264083"})
    void studentsQuantileAgreesWithSciPy(int degreesOfFreedom, double expected) {
        assertThat(new StudentT(degreesOfFreedom).twoSidedQuantile(0.05)).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void studentsTKnowsItsEnds() {
        assertThat(new StudentT(3).twoSidedPValue(0)).isEqualTo(1);
        assertThat(new StudentT(3).twoSidedPValue(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(new StudentT(3).twoSidedQuantile(1)).isLessThan(1e-15);
        assertThatIllegalArgumentException().isThrownBy(() -> new StudentT(0))
                .withMessage("degreesOfFreedom = 0, at least 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new StudentT(3).twoSidedPValue(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new StudentT(3).twoSidedQuantile(0))
                .withMessage("pValue = 0.0, a value in (0, 1] needed");
    }
}
