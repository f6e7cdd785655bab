package org.surprisal.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"relu0", "block 1", "a, b", "say \"hi\"", "Größe", "κ", "a.b.npz", "console", "com10",
            "x..y"})
    void nameOfAFileIsTaken(String name) {
        assertThat(FileName.problem(name)).isEmpty();
        assertThat(FileName.require(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {"/etc/x|slash", "a/b|slash",
            "..\\x|slash", "..|dot", ".|dot", ".hidden|dot", "a.|dot", "a |space", "' a'|space", "CON|device",
            "nul.npz|device", "Com1.tar.gz|device", "'   '|blank"})
    void nameThatWouldBeElsewhereOrNowhereIsRefused(String name, String why) {
        assertThat(FileName.problem(name).orElseThrow()).contains(why);
        assertThatThrownBy(() -> FileName.require(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + name + "' cannot be the name of a file: it ");
    }

    @Test
    void controlCharactersAndHalvesOfCharactersAreRefused() {
        assertThat(FileName.problem("a\nb")).contains("has a control character");
        assertThat(FileName.problem("a\u0000b")).contains("has a control character");
        assertThat(FileName.problem("a\u009bb")).contains("has a control character");
        assertThat(FileName.problem("a\ud800b").orElseThrow()).contains("unpaired surrogate");
    }

    @Test
    void lengthIsCountedInBytesOfUtf8() {
        assertThat(FileName.problem("x".repeat(255))).isEmpty();
        assertThat(FileName.problem("x".repeat(256)))
                .contains("takes 256 bytes, and a file's name has at most 255");
        assertThat(FileName.problem("ß".repeat(128)))
                .contains("takes 256 bytes, and a file's name has at most 255");
    }

    @Test
    void namesThatDifferInCapitalsOnlyFoldToOne() {
        assertThat(FileName.folded("RELU")).isEqualTo(FileName.folded("relu"));
        assertThat(FileName.folded("ΣΟΦΟΣ")).isEqualTo(FileName.folded("σοφος"));
        assertThat(FileName.folded("a")).isNotEqualTo(FileName.folded("b"));
    }
}
