package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AndersonDarlingTest {

    /// Recorded from SciPy 1.17, stats.anderson(x, 'norm').statistic.
    @Test
    void statisticAgreesWithSciPy() {
        AndersonDarling skewed = AndersonDarling.test(Fixture.skewed());
        AndersonDarling cubes = AndersonDarling.test(Fixture.cubes());

        assertThat(skewed.statistic()).isCloseTo(2.073172396135895, within(1e-12));
        assertThat(skewed.modifiedStatistic()).isCloseTo(2.1003827838351787, within(1e-12));
        assertThat(skewed.count()).isEqualTo(60);
        assertThat(cubes.statistic()).isCloseTo(0.8153827022684297, within(1e-12));
    }

    /// Published critical values of A*², case 3 (D'Agostino & Stephens 1986, table 4.7): the piecewise formula gives
    /// their levels to the two digits it was fitted to.
    @ParameterizedTest
    @CsvSource({"0.631, 0.10", "0.752, 0.05", "0.873, 0.025", "1.035, 0.01"})
    void pValueMeetsThePublishedCriticalValues(double critical, double level) {
        assertThat(AndersonDarling.pValue(critical)).isCloseTo(level, within(0.02 * level));
    }

    @Test
    void pValueFallsFromOneToItsBound() {
        double previous = 1;
        for (double a = 0.05; a < 60; a += 0.001) {
            double p = AndersonDarling.pValue(a);
            assertThat(p).isBetween(0.0, previous + 0.002);
            previous = p;
        }
        assertThat(AndersonDarling.pValue(200)).isEqualTo(AndersonDarling.pValue(10)).isBetween(3.6e-24, 3.8e-24);
    }

    /// 2,000 trials at the 5 % level: the rate's standard error is 0.0049, the bound four of them.
    @ParameterizedTest
    @CsvSource({"10, 1", "100, 2", "784, 3"})
    void rejectsNormalSamplesAtItsLevel(int count, long seed) {
        var random = new SplittableRandom(seed);
        int trials = 2000;
        int rejected = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] samples = Arrays.stream(Fixture.normal(random, count)).map(z -> 7 + 0.01 * z).toArray();
            if (AndersonDarling.test(samples).pValue() < 0.05) {
                rejected++;
            }
        }

        assertThat((double) rejected / trials).isCloseTo(0.05, within(4 * Math.sqrt(0.05 * 0.95 / trials)));
    }

    @Test
    void rejectsAMixtureAndSurvivesAnOutlier() {
        double[] samples = Fixture.normal(new SplittableRandom(4), 784);
        for (int i = 0; i < 392; i++) {
            samples[i] += 6;
        }
        assertThat(AndersonDarling.test(samples).pValue()).isLessThan(1e-20);

        double[] outlier = Fixture.normal(new SplittableRandom(5), 10_000);
        outlier[0] = 1e6;
        AndersonDarling test = AndersonDarling.test(outlier);
        assertThat(test.statistic()).isFinite().isGreaterThan(1000);
    }

    @Test
    void refusesWhatItCannotJudge() {
        assertThatIllegalArgumentException().isThrownBy(() -> AndersonDarling.test(1, 2, 3, 4, 5, 6, 7))
                .withMessage("samples has 7 value(s), at least 8 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> AndersonDarling.test(new double[8]))
                .withMessageContaining("constant");
        assertThatIllegalArgumentException().isThrownBy(() -> AndersonDarling.test(1, 2, 3, 4, 5, 6, 7, Double.NaN))
                .withMessageContaining("samples[7] = NaN");
    }
}
