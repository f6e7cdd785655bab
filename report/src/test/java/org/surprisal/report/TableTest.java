package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = new Table("t", "t", "",
            List.of("σ_w²", "phase, in words", "value", "interval", "p", "nothing"),
            List.of(List.of(new TableCell.Exact(-1.5, "-1.5"), TableCell.text("order, \"cold\""),
                    TableCell.number(-0.28914, 0.00217), new TableCell.Interval(-0.1234, 0.0312),
                    TableCell.number(4.4e-24, TableCell.Rounding.PROBABILITY), TableCell.missing()),
                    List.of(TableCell.count(2), TableCell.text("chaos"), TableCell.change(0.5, 0),
                            TableCell.missing(), TableCell.number(0.25, TableCell.Rounding.PERCENT),
                            TableCell.number(Double.NaN, 1))));

    @Test
    void kindOfCellDecidesHowItReads() {
        assertThat(TABLE.rows().getFirst()).extracting(TableCell::text).containsExactly("−1.5", "order, \"cold\"",
                "−0.2891 ± 0.0022", "−0.123 to 0.031", "4 × 10^-24", "–");
        assertThat(TABLE.rows().getLast()).extracting(TableCell::text).containsExactly("2", "chaos", "+0.5000", "–",
                "25.0 %", "–");
        assertThat(TableCell.change(-0.5, 0.1).text()).isEqualTo("−0.50 ± 0.10");
    }

    @Test
    void kindOfCellsDecidesTheAlignment() {
        assertThat(List.of(0, 1, 2, 3, 4, 5)).extracting(TABLE::isNumeric).containsExactly(true, false, true, true,
                true, false);
    }

    @Test
    void csvHasEveryDigitAndErrorsInColumnsOfTheirOwn() {
        assertThat(TABLE.csv()).isEqualTo("""
                σ_w²,"phase, in words",value,"value, standard error","interval, low","interval, high",p,nothing\r
                -1.5,"order, ""cold""\",-0.28914,0.00217,-0.1234,0.0312,4.4E-24,\r
                2,chaos,0.5,,,,0.25,\r
                """);
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("t", "t", "", List.of("a", "b"), List.of(List.of(TableCell.count(1)))))
                .withMessage("table 't': row 0 has 1 cells for 2 columns");
    }
}
