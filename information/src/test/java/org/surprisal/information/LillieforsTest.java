package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LillieforsTest {

    /// Recorded from SciPy 1.10: stats.norm.cdf of samples standardised with ddof=1, against both steps of the
    /// empirical distribution function.
    @Test
    void statisticAgreesWithSciPy() {
        assertThat(Lilliefors.test(Fixture.skewed()).statistic()).isCloseTo(0.14133617906544405, within(1e-14));
        assertThat(Lilliefors.test(Fixture.cubes()).statistic()).isCloseTo(0.1537478168658819, within(1e-14));
        assertThat(Lilliefors.test(Fixture.cubes()).count()).isEqualTo(25);
    }

    /// Critical values of D at the levels 0.5, 0.25, 0.1, 0.05, 0.01 and 0.001 as statsmodels publishes them, from ten
    /// million simulations of its own; p is to meet the level to 5 %, at 0.01 to 6 % and at 0.001 to 15 %. Its rows 15,
    /// 30, 200, 800 and 1600 lie between ours.
    @ParameterizedTest
    @CsvSource({"8, 0.19477376, 0.22936164, 0.2652001, 0.28804474, 0.33279908, 0.38252055",
            "10, 0.17679904, 0.20848607, 0.24098605, 0.26202351, 0.30341763, 0.35061378",
            "15, 0.14751778, 0.17390304, 0.2011939, 0.21891697, 0.25427802, 0.29551017",
            "30, 0.10701841, 0.12603791, 0.14586121, 0.15878307, 0.18492078, 0.21612086",
            "100, 0.06011456, 0.07068396, 0.08173283, 0.08900091, 0.10373761, 0.12161442",
            "200, 0.04286406, 0.05036816, 0.05820564, 0.06336215, 0.0738379, 0.08663425",
            "800, 0.02164634, 0.02540595, 0.02933599, 0.03192094, 0.03718247, 0.04361741",
            "1600, 0.0153528, 0.0180115, 0.02079512, 0.02262168, 0.02634302, 0.03088286"})
    void pValueMeetsPublishedCriticalValues(int n, double half, double quarter, double tenth, double twentieth,
            double hundredth, double thousandth) {
        assertThat(Lilliefors.pValue(n, half)).isCloseTo(0.5, within(0.025));
        assertThat(Lilliefors.pValue(n, quarter)).isCloseTo(0.25, within(0.0125));
        assertThat(Lilliefors.pValue(n, tenth)).isCloseTo(0.1, within(0.005));
        assertThat(Lilliefors.pValue(n, twentieth)).isCloseTo(0.05, within(0.0025));
        assertThat(Lilliefors.pValue(n, hundredth)).isCloseTo(0.01, within(0.0006));
        assertThat(Lilliefors.pValue(n, thousandth)).isCloseTo(0.001, within(0.00015));
    }

    /// Dallal and Wilkinson's formula (1986) for p <= 0.1 and n <= 100, by which SAS and R work; it was fitted to the
    /// two digits of tables.
    @ParameterizedTest
    @CsvSource({"20, 0.19", "20, 0.23", "50, 0.125", "50, 0.15", "100, 0.09", "100, 0.105"})
    void pValueIsNearDallalAndWilkinsons(int n, double d) {
        double published = Math.exp(-7.01256 * d * d * (n + 2.78019) + 2.99587 * d * Math.sqrt(n + 2.78019) - 0.122119
                + 0.974598 / Math.sqrt(n) + 1.67997 / n);
        assertThat(Lilliefors.pValue(n, d)).isCloseTo(published, within(0.15 * published));
    }

    @ParameterizedTest
    @CsvSource({"8", "9", "33", "784", "100000"})
    void pValueFallsFromOneToItsBound(int n) {
        double previous = 1;
        for (double d = 0; d <= 1; d += 0.0005) {
            double p = Lilliefors.pValue(n, d);
            assertThat(p).isBetween(0.0001 - 1e-15, previous);
            previous = p;
        }
        assertThat(Lilliefors.pValue(n, 0)).isEqualTo(1);
        assertThat(previous).isCloseTo(0.0001, within(1e-15));
    }

    /// 2,000 trials at the 5 % level: the rate's standard error is 0.0049, the bound four of them.
    @ParameterizedTest
    @CsvSource({"10, 1", "100, 2", "784, 3"})
    void rejectsNormalSamplesAtItsLevel(int count, long seed) {
        var random = new SplittableRandom(seed);
        int rejected = 0;
        for (int trial = 0; trial < 2000; trial++) {
            rejected += Lilliefors.test(Fixture.normal(random, count)).pValue() < 0.05 ? 1 : 0;
        }
        assertThat(rejected / 2000.0).isCloseTo(0.05, within(0.0195));
    }

    @Test
    void rejectsAMixtureAndRefusesWhatItCannotJudge() {
        double[] samples = Fixture.normal(new SplittableRandom(4), 784);
        for (int i = 0; i < 392; i++) {
            samples[i] += 6;
        }
        assertThat(Lilliefors.test(samples).pValue()).isCloseTo(0.0001, within(1e-15));
        assertThatIllegalArgumentException().isThrownBy(() -> Lilliefors.test(1, 2, 3, 4, 5, 6, 7))
                .withMessage("samples has 7 value(s), at least 8 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> Lilliefors.test(new double[8]))
                .withMessageContaining("constant");
    }
}
