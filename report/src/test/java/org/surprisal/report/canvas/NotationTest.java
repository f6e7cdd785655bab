package org.surprisal.report.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.report.canvas.Notation.Level;
import org.surprisal.report.canvas.Notation.Run;

class NotationTest {

    /// The runs in one line: `_` and `^` before the text of a script, `|` between runs.
    private static String runs(String text) {
        StringBuilder line = new StringBuilder();
        for (Run run : Notation.parse(text)) {
            line.append(line.isEmpty() ? "" : "|").append(switch (run.level()) {
                case NORMAL -> "";
                case SUBSCRIPT -> "_";
                case SUPERSCRIPT -> "^";
            }).append(run.text());
        }
        return line.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
            "σ_w²; σ|_w|²",
            "weight variance σ_w² and σ_b²; weight variance σ|_w|² and σ|_b|²",
            "Q / 2σ_0²; Q / 2σ|_0|²",
            "σ²_w = 1.5; σ²|_w| = 1.5",
            "ξ_c; ξ|_c",
            "Q_0; Q|_0",
            "T_1 at I(X,T_2); T|_1| at I(X,T|_2|)",
            "Σ_{k,l} x; Σ|_k,l| x",
            "x'_1; x'|_1",
            "f′_12.; f′|_12|.",
            "a learning rate of 10^-3; a learning rate of 10|^−3",
            "10^−3; 10|^−3",
            "x^2 + y^2; x|^2| + y|^2",
            "σ_w^2; σ|_w|^2",
            "x_1^{n - 1}; x|_1|^n − 1",
            "(a + b)^2; (a + b)|^2",
            "2^0.5.; 2|^0.5|."})
    void symbolsHaveScripts(String text, String expected) {
        assertEquals(expected, runs(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train_samples", "the setting sigma_w2 of a run", "x_train_samples", "my_x_1", "5x_1", "_x",
            "x_", "x_{}", "x_{1", "a ^2", "a^", "a^-", "a^n", "a^{", "W_", "`σ_w` and `10^-3`", "a ` and b", ""})
    void allElseIsLeftAlone(String text) {
        assertEquals(text.isEmpty() ? List.of() : List.of(new Run(text, Level.NORMAL)), Notation.parse(text));
    }

    @Test
    void backtickWithoutPartnerEndsNothing() {
        assertEquals("a ` and σ|_w", runs("a ` and σ_w"));
    }

    @Test
    void codeAndSymbolsStandSideBySide() {
        assertEquals("`sigma_w2` is σ|_w|²", runs("`sigma_w2` is σ_w²"));
    }
}
