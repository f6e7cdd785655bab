package org.surprisal.bench.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {
    private static final Path DOCS = Path.of("..", "docs");

    private static String resource(String name) throws IOException {
        try (InputStream in = PerformancePageTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Of the five workloads one has all, one was disturbed, one has no peer, one was not measured, and one has a rate
    /// in powers of ten.
    @Test
    void theWholePageFollowsFromTheRecord(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("performance.json"), resource("record.json"));
        assertThat(PerformancePage.write(folder)).containsExactly(folder.resolve("performance.md"),
                folder.resolve("images").resolve("performance.svg"));
        assertThat(folder.resolve("performance.md")).hasContent(resource("page.md"));
        assertThat(folder.resolve("images").resolve("performance.svg")).content()
                .contains("How many times as fast as PyTorch", "mlp-20", "lenet (disturbed)");
    }

    /// Nobody edits a number by hand: `./surprisal bench --markdown` writes the page again.
    @Test
    void theCommittedPageAndItsFigureAreWhatTheCommittedRecordGives() throws IOException {
        SpeedRecord record = SpeedRecord.read(DOCS.resolve(PerformancePage.RECORD));
        assertThat(DOCS.resolve(PerformancePage.PAGE)).content().isEqualTo(PerformancePage.of(record));
        assertThat(DOCS.resolve("images").resolve("performance.svg")).content()
                .isEqualTo(PerformancePage.picture(record).orElseThrow());
    }

    @Test
    void recordsThatAreNoneAreRefusedInALine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("performance.json");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> PerformancePage.write(folder))
                .withMessage("there is no record " + file
                        + ": surprisal bench --against pytorch --markdown measures one");
        Files.writeString(file, "{\"machine\": 3");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> SpeedRecord.read(file))
                .withMessageStartingWith(file + " is no record of a comparison, such as surprisal bench --against"
                        + " pytorch --json writes: ");
        Files.writeString(file, resource("record.json").replace("\"began\"", "\"started\""));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> SpeedRecord.read(file))
                .withMessageContaining("'began'");
        assertThat(folder.resolve("performance.md")).doesNotExist();
    }
}
