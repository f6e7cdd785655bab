package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.settings.SettingException;

class EntryTest {
    private static final Entry ENTRY = Entry.read("my.yaml", "\nnetwork: 3\n").fields("network").require("network");

    private static int divided(int number, int by) {
        return number / by;
    }

    @Test
    void valueThatTheMakerRefusesIsRefusedWithItsPlace() {
        for (RuntimeException refusal : List.of(new IllegalArgumentException("3 is odd"),
                new ArithmeticException("3 is odd"))) {
            assertThatThrownBy(() -> ENTRY.make(() -> {
                throw refusal;
            })).isInstanceOf(SettingException.class).hasMessage("my.yaml, line 2: network: 3 is odd");
        }
    }

    /// Words of the JDK, which are no answer about the value.
    @Test
    void errorOfTheJdkIsNotShownAsARefusalOfTheValue() {
        assertThatThrownBy(() -> ENTRY.make(() -> Integer.parseInt("x"))).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> ENTRY.make(() -> new ArrayList<String>(-1)))
                .isExactlyInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ENTRY.make(() -> divided(3, 0))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ENTRY.make(() -> Math.multiplyExact(1L << 40, 1L << 40)))
                .isInstanceOf(ArithmeticException.class);
    }
}
