package org.surprisal.network.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.RandomStream;

/// The examples of Zahn, section 8.2.
class BayesRuleTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-15);
    /// p(fruit | truck): orange, apple; red, blue.
    private static final double[][] FRUIT = {{6 / 8.0, 3 / 8.0}, {2 / 8.0, 5 / 8.0}};

    @Test
    void anOrangeComesFromARedTruckUnlessThoseAreRare() {
        BayesRule equal = BayesRule.of(0.5, 0.5);
        assertThat(equal.posterior(FRUIT[0])).containsExactly(new double[]{2 / 3.0, 1 / 3.0}, ROUNDING);
        assertThat(equal.decision(FRUIT[0])).isZero();
        assertThat(equal.decision(FRUIT[1])).isEqualTo(1);
        BayesRule rare = BayesRule.of(0.2, 0.8);
        assertThat(rare.posterior(FRUIT[0])).containsExactly(new double[]{1 / 3.0, 2 / 3.0}, ROUNDING);
        assertThat(rare.evidence(FRUIT[0])).isCloseTo(0.15 + 0.30, ROUNDING);
        assertThat(rare.decision(FRUIT[0])).isEqualTo(1);
    }

    @Test
    void posteriorsSumToOne() {
        RandomStream stream = RandomStream.seeded(1);
        for (int i = 0; i < 100; i++) {
            double a = stream.nextDouble(0, 0.5);
            BayesRule rule = BayesRule.of(a, 0.5 - a, 0.5);
            double[] posterior = rule.posterior(3 * stream.nextDouble(), stream.nextDouble(), 0.01);
            assertThat(DoubleStream.of(posterior).sum()).isCloseTo(1, ROUNDING);
        }
        assertThat(BayesRule.of(0.25, 0.5, 0.25).decision(2, 1, 2)).as("the first of equals").isZero();
    }

    /// Accuracy of deciding `truck[fruit]`, exactly and on the same drawn fruits.
    private record Accuracy(double exact, double drawn) {
        static Accuracy of(double red, int[] truck, int n) {
            double[] priors = {red, 1 - red};
            double exact = 0;
            for (int fruit = 0; fruit < 2; fruit++) {
                exact += FRUIT[fruit][truck[fruit]] * priors[truck[fruit]];
            }
            RandomStream stream = RandomStream.seeded(5);
            int right = 0;
            for (int i = 0; i < n; i++) {
                int actual = stream.nextDouble() < red ? 0 : 1;
                int fruit = stream.nextDouble() < FRUIT[0][actual] ? 0 : 1;
                right += truck[fruit] == actual ? 1 : 0;
            }
            return new Accuracy(exact, (double) right / n);
        }
    }

    @Test
    void noOtherDecisionIsRightMoreOften() {
        int n = 20_000;
        for (double red : new double[]{0.1, 0.2, 0.5, 0.9}) {
            BayesRule rule = BayesRule.of(red, 1 - red);
            Accuracy map = Accuracy.of(red, new int[]{rule.decision(FRUIT[0]), rule.decision(FRUIT[1])}, n);
            double deviation = Math.sqrt(map.exact() * (1 - map.exact()) / n);
            assertThat(map.drawn()).isCloseTo(map.exact(), Offset.offset(4 * deviation));
            for (int other = 0; other < 4; other++) {
                Accuracy accuracy = Accuracy.of(red, new int[]{other >> 1, other & 1}, n);
                assertThat(accuracy.exact()).isLessThanOrEqualTo(map.exact());
                assertThat(accuracy.drawn()).isLessThanOrEqualTo(map.drawn());
            }
        }
    }

    /// A normal density fitted by mean and standard deviation.
    private record Normal(double mean, double deviation) {
        static Normal fit(double[] lengths) {
            double mean = DoubleStream.of(lengths).average().orElseThrow();
            double variance = DoubleStream.of(lengths).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
            return new Normal(mean, Math.sqrt(variance));
        }

        double density(double x) {
            double z = (x - mean) / deviation;
            return Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
        }
    }

    @Test
    void hairLengthsAreDividedWhereThePosteriorsAreEqual() {
        // 12 women and 20 men, cm; the notes show theirs in a figure only
        RandomStream stream = RandomStream.seeded(3);
        Normal women = Normal.fit(DoubleStream.generate(() -> 30 + 8 * stream.nextGaussian()).limit(12).toArray());
        Normal men = Normal.fit(DoubleStream.generate(() -> 10 + 5 * stream.nextGaussian()).limit(20).toArray());
        BayesRule rule = BayesRule.of(12 / 32.0, 20 / 32.0);
        assertThat(rule.priors()).containsExactly(3 / 8.0, 5 / 8.0);

        // ln(P_w p_w) = ln(P_m p_m) is a quadratic equation; the root between the means
        double a = 1 / (2 * men.deviation() * men.deviation()) - 1 / (2 * women.deviation() * women.deviation());
        double b = women.mean() / (women.deviation() * women.deviation())
                - men.mean() / (men.deviation() * men.deviation());
        double c = men.mean() * men.mean() / (2 * men.deviation() * men.deviation())
                - women.mean() * women.mean() / (2 * women.deviation() * women.deviation())
                + Math.log(3 / 5.0 * men.deviation() / women.deviation());
        double boundary = (-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a);
        assertThat(boundary).isBetween(men.mean(), women.mean());
        assertThat(rule.posterior(women.density(boundary), men.density(boundary)))
                .containsExactly(new double[]{0.5, 0.5}, Offset.offset(1e-12));
        assertThat(rule.decision(women.density(boundary + 1e-6), men.density(boundary + 1e-6))).isZero();
        assertThat(rule.decision(women.density(boundary - 1e-6), men.density(boundary - 1e-6))).isEqualTo(1);

        // people drawn from the fitted model: no other boundary is right more often
        RandomStream people = RandomStream.seeded(4);
        int[] right = new int[3];
        double[] boundaries = {boundary - 3, boundary, boundary + 3};
        for (int i = 0; i < 50_000; i++) {
            boolean woman = people.nextDouble() < 3 / 8.0;
            Normal own = woman ? women : men;
            double length = own.mean() + own.deviation() * people.nextGaussian();
            for (int k = 0; k < 3; k++) {
                right[k] += length > boundaries[k] == woman ? 1 : 0;
            }
        }
        assertThat(right[1]).isGreaterThan(right[0]).isGreaterThan(right[2]);
    }

    @Test
    void badArguments() {
        // the notes print 1/10 for 'not 5' beside 1/10 for '5'
        assertThatIllegalArgumentException().isThrownBy(() -> BayesRule.of(0.1, 0.1)).withMessage(
                "priors (=[0.1, 0.1]) must be two or more probabilities that sum to 1, not 0.2");
        assertThat(BayesRule.of(0.1, 0.9).priors()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> BayesRule.of(1)).withMessageContaining("two or more");
        assertThatIllegalArgumentException().isThrownBy(() -> BayesRule.of(-0.5, 1.5)).withMessageContaining("-0.5");
        assertThatIllegalArgumentException().isThrownBy(() -> BayesRule.of(Double.NaN, 1))
                .withMessageContaining("NaN");
        BayesRule rule = BayesRule.of(0, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> rule.posterior(1))
                .withMessage("1 likelihoods for 2 classes");
        assertThatIllegalArgumentException().isThrownBy(() -> rule.posterior(1, -1))
                .withMessage("likelihoods[1] (=-1.0) must be finite and not negative");
        assertThatIllegalArgumentException().isThrownBy(() -> rule.posterior(1, 0))
                .withMessageContaining("evidence 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> rule.decision(1, 0))
                .withMessageContaining("leave no class possible");
        assertThat(rule.evidence(1, 0)).isZero();
    }
}
