package org.surprisal.network.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The medical test of Zahn, section 8.2.4.
class DiagnosticTestTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-15);
    private static final DiagnosticTest TEST = new DiagnosticTest(0.01, 0.95, 0.02);

    @Test
    void table8() {
        assertThat(TEST.truePositives()).isCloseTo(0.0095, ROUNDING);
        assertThat(TEST.falseNegatives()).isCloseTo(0.0005, ROUNDING);
        assertThat(TEST.falsePositives()).isCloseTo(0.0198, ROUNDING);
        assertThat(TEST.trueNegatives()).isCloseTo(0.9702, ROUNDING);
        assertThat(TEST.positives()).isCloseTo(0.0293, ROUNDING);
        assertThat(TEST.negatives()).isCloseTo(0.9707, ROUNDING);
        assertThat(TEST.accuracy()).isCloseTo(0.9797, ROUNDING);
    }

    @Test
    void mostWhoTestPositiveAreHealthy() {
        Offset<Double> printed = Offset.offset(5e-6);
        assertThat(TEST.illIfPositive().orElseThrow()).isCloseTo(0.32423, printed);
        assertThat(TEST.healthyIfNegative().orElseThrow()).isCloseTo(0.99948, printed);
        BayesRule rule = BayesRule.of(0.01, 0.99);
        assertThat(TEST.illIfPositive().orElseThrow()).isCloseTo(rule.posterior(0.95, 0.02)[0], ROUNDING);
        assertThat(TEST.healthyIfNegative().orElseThrow()).isCloseTo(rule.posterior(0.05, 0.98)[1], ROUNDING);
    }

    @Test
    void tenThousandPeopleCountedGiveTheSameMeasures() {
        BinaryCounts counts = new BinaryCounts(95, 5, 198, 9702);
        assertThat(TEST.illIfPositive().orElseThrow()).isCloseTo(counts.precision().orElseThrow(), ROUNDING);
        assertThat(TEST.sensitivity()).isCloseTo(counts.recall().orElseThrow(), ROUNDING);
        assertThat(TEST.accuracy()).isCloseTo(counts.accuracy(), ROUNDING);
        // always saying 'healthy' is right more often
        assertThat(new DiagnosticTest(0.01, 0, 0).accuracy()).isEqualTo(0.99).isGreaterThan(TEST.accuracy());
    }

    @Test
    void outcomesThatNeverHappenSayNothing() {
        assertThat(new DiagnosticTest(0.01, 0, 0).illIfPositive()).isEmpty();
        assertThat(new DiagnosticTest(0.5, 1, 1).healthyIfNegative()).isEmpty();
    }

    @Test
    void badArguments() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DiagnosticTest(1.1, 0, 0))
                .withMessage("prevalence (=1.1) must be from 0 to 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new DiagnosticTest(0, Double.NaN, 0))
                .withMessageContaining("sensitivity (=NaN)");
        assertThatIllegalArgumentException().isThrownBy(() -> new DiagnosticTest(0, 0, -0.1))
                .withMessageContaining("falsePositiveRate (=-0.1)");
    }
}
