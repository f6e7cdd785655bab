package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(5 * SECOND);

    private ProgressLine line(boolean terminal, int columns) {
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new ProgressLine(new Console(err, err, terminal, columns), clock::get);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rateAndRemainingTimeAreTold() {
        try (ProgressLine line = line(false, 80)) {
            line.at("training", 0, 1000, "samples", "");
            clock.addAndGet(20 * SECOND);
            line.at("training", 200, 1000, "samples", "loss 0.5 nat");
        }

        assertThat(written().lines()).containsExactly("  0 % | training | 0/1,000 samples",
                " 20 %, 1 min 20 s left | training | 200/1,000 samples, 10.0 samples/s | loss 0.5 nat");
    }

    @Test
    void awayFromATerminalLinesAreSparse() {
        try (ProgressLine line = line(false, 80)) {
            for (int step = 1; step <= 600; step++) {
                clock.addAndGet(SECOND / 10);
                line.at("training", step, 600, "steps", "");
            }
            line.at("drawing", 0, 0, "figures", "");
        }

        // The first, one each 15 of 60 seconds, the last, and the new phase.
        assertThat(written().lines()).hasSize(6).last().isEqualTo("drawing");
        assertThat(written()).doesNotContain("\r", "\u001b");
    }

    @Test
    void onATerminalOneLineIsWrittenOver() {
        try (ProgressLine line = line(true, 30)) {
            line.at("training", 1, 1000, "samples", "");
            clock.addAndGet(SECOND / 100);
            line.at("training", 2, 1000, "samples", "too soon");
            clock.addAndGet(SECOND);
            line.at("training", 500, 1000, "samples", "a message that is too long");
        }

        assertThat(written()).doesNotContain("\n", "too soon").endsWith("\r\u001b[K");
        assertThat(written().split("\r", -1)).filteredOn(part -> part.contains("training")).hasSize(2)
                .allSatisfy(part -> assertThat(part.replace("\u001b[K", "")).hasSizeLessThan(30));
    }

    @ParameterizedTest
    @CsvSource({"0.4,0 s", "59.4,59 s", "60,1 min 0 s", "3599,59 min 59 s", "3600,1 h 0 min", "90061,25 h 1 min"})
    void durationsAreShort(double seconds, String text) {
        assertThat(ProgressLine.duration(seconds)).isEqualTo(text);
    }
}
