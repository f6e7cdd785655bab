package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalStreamTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String written(boolean inPlace, String text) {
        PrintStream stream = TerminalStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8), inPlace);
        stream.print(text);
        stream.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatATerminalWouldObeyIsReplaced() {
        assertThat(written(false, "a\u001b[31mb\u0007\b\r\u009b2J\u007f")).isEqualTo("a?[31mb???" + "?2J?");
    }

    @Test
    void textInUtf8IsKept() {
        String text = "\tcolumn\nσ_w² ± 0.1 \u00a0\u00bf £ 変分 \ud83d\udcc8\n";
        assertThat(written(false, text)).isEqualTo(text);
    }

    @Test
    void lineInPlaceGoesThroughWhereItIsWanted() {
        assertThat(written(true, "\r50 %\u001b[K\u001b[2J\u001b[")).isEqualTo("\r50 %\u001b[K?[2J?[");
    }

    @Test
    void bytesWrittenOneByOneAreCleaned() {
        PrintStream stream = TerminalStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        for (byte b : "\u009bé\u001b".getBytes(StandardCharsets.UTF_8)) {
            stream.write(b);
        }
        stream.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("?é?");
    }

    @Test
    void errorOfTheStreamBehindIsSeen() {
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        }, true, StandardCharsets.UTF_8);
        PrintStream stream = TerminalStream.over(full, false);
        stream.println("answer");
        assertThat(stream.checkError()).isTrue();
    }
}
