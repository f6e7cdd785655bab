package org.surprisal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    private static final Setting<Integer> DEPTH = Setting.integer("depth", 50, 3, 100, "layers");
    private static final Setting<Double> RATE = Setting.decimal("learning-rate", 5e-5, Double.MIN_VALUE,
            Double.POSITIVE_INFINITY, "of SGD");
    private static final Setting<List<Double>> VARIANCES = Setting.decimals("sigma-w2", List.of(1.5, 2.0), 0.5, 4, "");

    @Test
    void readsWhatItWrites() {
        assertThat(DEPTH.parse(DEPTH.text(7))).isEqualTo(7);
        for (double value : new double[]{5e-5, 0.1 + 0.2, 1, 1e300, 123456789.125}) {
            assertThat(RATE.parse(RATE.text(value))).isEqualTo(value);
        }
        assertThat(VARIANCES.parse(" 1.5 , 2.25")).containsExactly(1.5, 2.25);
        assertThat(VARIANCES.text(List.of(1.5, 2.0))).isEqualTo("1.5,2");
        assertThat(Setting.flag("dry", false, "").parse("true")).isTrue();
        assertThat(Setting.text("title", "a b", "").parse("x=y, z")).isEqualTo("x=y, z");
        assertThat(Setting.integers("layers", List.of(1, 2), 0, 9, "").parse("0,9")).containsExactly(0, 9);
        assertThat(Setting.choice("loss", "mse", List.of("mse", "nll"), "").parse("NLL")).isEqualTo("nll");
    }

    @ParameterizedTest
    @CsvSource({"5e-5,5e-5", "0.00005,5e-5", "2.0,2", "0.050,0.05", "1E7,1e7", "100,100"})
    void numbersHaveOneText(String given, String canonical) {
        assertThat(RATE.text(RATE.parse(given))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "101", "3.5", "", "abc", "99999999999", "0x10"})
    void anIntegerOutOfRangeOrNoneIsRefused(String value) {
        assertThatThrownBy(() -> DEPTH.parse(value)).isInstanceOf(SettingException.class)
                .hasMessage("setting depth=" + value + ": must be an integer from 3 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "1e999", "1f", "0x1p3", "1,5", ""})
    void aDecimalOutOfRangeOrNoneIsRefused(String value) {
        assertThatThrownBy(() -> RATE.parse(value)).isInstanceOf(SettingException.class)
                .hasMessage("setting learning-rate=" + value + ": must be a number above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5,", ",", "1.5,,2", "1.5;2", "0.4", "1.5,4.01"})
    void aListWithAHoleOrAValueOutOfRangeIsRefused(String value) {
        assertThatThrownBy(() -> VARIANCES.parse(value)).isInstanceOf(SettingException.class)
                .hasMessage("setting sigma-w2=" + value + ": must be numbers from 0.5 to 4, separated by commas");
    }

    @Test
    void otherKindsSayWhatIsAllowed() {
        assertThatThrownBy(() -> Setting.flag("dry", false, "").parse("yes")).hasMessageEndingWith("true or false");
        assertThatThrownBy(() -> Setting.choice("loss", "mse", List.of("mse", "nll"), "").parse("l1"))
                .hasMessageEndingWith("must be one of mse, nll");
        assertThatThrownBy(() -> Setting.text("title", "", "").parse("a\nb")).isInstanceOf(SettingException.class);
        assertThat(Setting.integer("n", 1, 1, Integer.MAX_VALUE, "").allowed()).isEqualTo("an integer of at least 1");
        assertThat(Setting.decimal("x", 1, Double.MIN_VALUE, 2, "").allowed()).isEqualTo("a number above 0, at most 2");
    }

    @Test
    void aDeclarationIsChecked() {
        assertThatThrownBy(() -> Setting.integer("depth", 2, 3, 100, "")).isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> Setting.flag("Dry Run", false, "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Dry Run");
    }
}
