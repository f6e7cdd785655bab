package org.surprisal.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTest {
    @Test
    void readsThePeakOfAStatus() throws IOException {
        assertThat(PeakMemory.peak(List.of("Name:\tjava", "VmPeak:\t 9000 kB", "VmHWM:\t    1234 kB")))
                .isEqualTo(1234 * 1024L);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> PeakMemory.peak(List.of("Name:\tjava")))
                .withMessageContaining("VmHWM");
    }

    /// Three matrices of 784 x 784, with their velocities: 11 MB at least.
    @Test
    void aProcessOfItsOwnTellsItsPeak(@TempDir Path noData) throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "no /proc on this system");
        assertThat(PeakMemory.ofTraining(3, 1, noData)).isGreaterThan(11L << 20);
    }

    @Test
    void startUpTimesEachRunAndTellsOfFailures() throws IOException {
        StartUp echo = new StartUp(Path.of("/bin/echo"));
        assertThat(echo.measure(3, "hello").samples()).isEqualTo(3);
        assertThat(echo.seconds()).isPositive();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new StartUp(Path.of("/bin/false")).measure(1, "x"))
                .withMessageContaining("ended with exit code 1");
    }
}
