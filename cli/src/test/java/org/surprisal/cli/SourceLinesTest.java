package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lines that the formatter cannot break: comments, text blocks and string literals.
class SourceLinesTest {
    private static final int LONGEST = 120;

    @Test
    void noLineIsLongerThanTheFormatterAllows() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : SourceFiles.of("src")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                int length = lines.get(i).codePointCount(0, lines.get(i).length());
                if (length > LONGEST) {
                    tooLong.add(file + ":" + (i + 1) + ": " + length + " columns");
                }
            }
        }
        assertThat(tooLong).as("lines of more than %d columns", LONGEST).isEmpty();
    }
}
