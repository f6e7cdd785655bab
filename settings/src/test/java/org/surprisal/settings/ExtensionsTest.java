package org.surprisal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Which exceptions of users' classes are refusals.
class ExtensionsTest {
    @Test
    void refusalOfTheExtensionGetsItsName() {
        assertThat(Extensions.asked(this, "scale", () -> 3)).isEqualTo(3);
        assertThatThrownBy(() -> Extensions.asked(this, "scale", () -> {
            throw new IllegalArgumentException("numbers are needed");
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("scale: numbers are needed")
                .satisfies(refusal -> assertThat(refusal.getStackTrace()[0].getClassName())
                        .isEqualTo("org.surprisal.settings.Extensions"));
    }

    /// What the JDK throws is not written for users, whoever called it.
    @Test
    void otherExceptionsGoOnAsTheyAre() {
        assertThatThrownBy(() -> Extensions.asked(this, "scale", () -> Integer.parseInt("many")))
                .isInstanceOf(NumberFormatException.class).hasMessage("For input string: \"many\"");
        IllegalStateException fault = new IllegalStateException("a fault");
        assertThatThrownBy(() -> Extensions.asked(this, "scale", () -> {
            throw fault;
        })).isSameAs(fault);
        IllegalArgumentException silent = new IllegalArgumentException();
        assertThatThrownBy(() -> Extensions.asked(this, "scale", () -> {
            throw silent;
        })).isSameAs(silent);
    }

    @Test
    void namesAreWordsJoinedByHyphens() {
        Extensions.requireName(this, "a layer", "scale-2");
        assertThatThrownBy(() -> Extensions.requireName(this, "a layer", "my layer"))
                .isInstanceOf(IllegalStateException.class).hasMessage("org.surprisal.settings.ExtensionsTest calls a"
                        + " layer 'my layer': a name is lower-case letters and digits joined by hyphens");
    }
}
