package org.surprisal.study.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.statistics.PairedDifference;
import org.surprisal.information.statistics.PairedDifference.Interval;
import org.surprisal.study.controls.Statement.Judged;
import org.surprisal.study.controls.Statement.Rule;
import org.surprisal.study.controls.Statement.Verdict;

class StatementTest {

    @ParameterizedTest
    @CsvSource({"NEAR, -0.5, 0.9, HELD", "NEAR, -0.5, 1.1, UNDECIDED", "NEAR, 1.1, 2, NOT_HELD",
            "NEAR, -3, -1.5, NOT_HELD", "APART, 0.1, 1.5, HELD", "APART, -2, -0.5, HELD", "APART, -0.5, 1.5, UNDECIDED",
            "APART, -0.5, 0.5, NOT_HELD", "APART, 0.1, 0.5, NOT_HELD", "ABOVE, 1.1, 2, HELD",
            "ABOVE, 0.5, 0.9, NOT_HELD",
            "ABOVE, 0.5, 1.5, UNDECIDED", "BELOW, 0.5, 0.9, HELD", "BELOW, 1.1, 2, NOT_HELD",
            "BELOW, 0.9, 1.1, UNDECIDED"})
    void theIntervalDecides(Rule rule, double low, double high, Verdict verdict) {
        assertThat(rule.of(new Interval(low, high), 1)).isEqualTo(verdict);
    }

    @Test
    void aParagraphSaysWhatHeldWhere() {
        PairedDifference sure = PairedDifference.of(new double[3], new double[]{1, 1.1, 1.2});
        PairedDifference single = PairedDifference.of(new double[1], new double[]{20});
        Statement statement = new Statement("It rises",
                List.of(Judged.of("a", sure, Rule.ABOVE, 0), Judged.of("b", single, Rule.ABOVE, 0),
                        Judged.of("c", sure, Rule.BELOW, 0)));
        // t of two degrees of freedom: 4.303 x 0.1/√3 = 0.2484
        assertThat(statement.paragraph()).isEqualTo("It rises – HELD at a: +1.1000 [+0.8516, +1.3484]."
                + " NOT HELD at c: +1.1000 [+0.8516, +1.3484]. UNDECIDED at b: +20.0 (one seed).");
        assertThat(new Statement("Nothing", List.of()).paragraph()).isEqualTo("Nothing – no network to judge it by.");
    }
}
