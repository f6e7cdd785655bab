package org.surprisal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {
    @Test
    void controlCharactersAreReplaced() {
        assertThat(MessageText.line("a\u001b[2Jb\u0007\r\n\u009b31m\u2028c\u007f")).isEqualTo("a?[2Jb????31m?c?");
        assertThat(MessageText.line("left\u202eright\u2066\ud800")).isEqualTo("left?right??");
    }

    @Test
    void lettersOfAllScriptsAreKept() {
        String text = "Grüße, σ_w² – 変分 \ud83d\udcc8 می\u200cخواهم";
        assertThat(MessageText.line(text)).isEqualTo(text);
    }

    @Test
    void longTextKeepsItsBeginningAndItsEnd() {
        String line = MessageText.line("begin" + "x".repeat(3_000_000) + "end");
        assertThat(line).hasSizeLessThan(2100).startsWith("begin").endsWith("end").contains(" ... ");
        assertThat(MessageText.quoted("begin" + "x".repeat(3_000_000) + "end")).hasSizeLessThan(130)
                .startsWith("'begin").endsWith("end'");
    }

    @Test
    void linesOfALibrarysMessageAreJoined() {
        assertThat(MessageText.joined("first\n   second\r\nthird")).isEqualTo("first second third");
    }

    @Test
    void pathWithANulIsNamed() {
        assertThat(MessageText.noPath("a\0b"))
                .isEqualTo("'a?b' cannot be the path of a file: it holds a NUL character");
    }
}
