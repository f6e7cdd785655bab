package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {

    @Test
    void wordsStandFlushLeftAndNumbersFlushRightUnderTheirHeads() {
        assertThat(TextTable.headed("layer", "I(T;Y) [nat]", "n", "empty", "kind").row("tanh0", 0.5, 12, null, "kl")
                .row("output", -12.25, 3, "", "binned").lines()).containsExactly(
                        "layer   I(T;Y) [nat]   n  kind",
                        "tanh0       0.500000  12  kl",
                        "output    -12.250000   3  binned");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000000", "-0.5, -0.500000", "1e-3, 0.001000", "1.25e-4, 0.000125000", "1e-9, 1.00000e-09",
            "1e7, 1.00000e+07", "NaN, NaN"})
    void numbersHaveSixPlacesOrSixDigits(double number, String text) {
        assertThat(TextTable.number(number).text()).isEqualTo(text);
    }

    @Test
    void columnOfNumbersAndWordsStandsFlushLeft() {
        assertThat(TextTable.plain("  ").row("outcome", "settles").row("q*", 0.5).lines())
                .containsExactly("  outcome  settles", "  q*       0.500000");
    }

    @Test
    void tableThatIsTooWideGoesOnBelowUnderItsFirstColumn() {
        Object[] heads = new Object[30];
        Object[] numbers = new Object[30];
        for (int i = 0; i < 30; i++) {
            heads[i] = "c" + i;
            numbers[i] = i == 0 ? (Object) "row" : TextTable.fixed(i, 2);
        }
        TextTable table = TextTable.headed(Arrays.copyOf(heads, 30, String[].class)).row(numbers);
        assertThat(table.lines()).hasSize(6).allMatch(line -> line.length() <= 100)
                .allMatch(line -> line.startsWith("c0") || line.startsWith("row"));
        assertThat(String.join(" ", table.lines()).split(" +", -1)).contains("c1", "c29", "1.00", "29.00");
    }

    @Test
    void lastWordsAreBrokenAtSpacesAndLongNamesStandAlone() {
        String words = "word ".repeat(40).strip();
        assertThat(
                TextTable.plain("  ").row("short", words).row("a-name-that-is-longer-than-the-others", "end").lines())
                .hasSize(5).allMatch(line -> line.length() <= 100).first().asString().startsWith("  short  word");
        assertThat(TextTable.plain("  ").row("short", "a").row("a-name-that-is-longer-than-the-others", "end").lines())
                .containsExactly("  short  a", "  a-name-that-is-longer-than-the-others", "         end");
    }
}
