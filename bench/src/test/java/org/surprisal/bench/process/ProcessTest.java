package org.surprisal.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTest {
    @Test
    void readsThePeakOfAStatus() {
        assertThat(PeakMemory.peak(List.of("Name:\tjava", "VmPeak:\t 9000 kB", "VmHWM:\t    1234 kB")))
                .isEqualTo(1234 * 1024L);
        assertThat(PeakMemory.peak(List.of("Name:\tjava", "State:\tZ (zombie)"))).isZero();
    }

    /// dd holds a block of this size, and has read it all before it ends.
    @Test
    void aProcessIsLookedAtUntilItEnds() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "no /proc on this system");
        assertThat(new PeakMemory(Path.of("/bin/sh")).of("-c", "exec dd if=/dev/zero of=/dev/null bs=40M count=100"))
                .isBetween(40L << 20, 60L << 20);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new PeakMemory(Path.of("/bin/false")).of("x"))
                .withMessageContaining("/bin/false x ended with exit code 1");
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

    /// Counts its steps in halves, and ends at the fourth.
    static final class Counting {
        private Counting() {
        }

        public static void main(String[] arguments) throws IOException {
            double[] count = {Double.parseDouble(arguments[0])};
            SideProcess.serve(() -> {
                if (count[0] == 2) {
                    System.exit(3);
                }
                return count[0] += 0.5;
            }, System.in, System.out);
        }
    }

    @Test
    void aSideRunsInAProcessOfItsOwn() throws IOException {
        try (SideProcess first = SideProcess.start(Counting.class, List.of("0.5"));
                SideProcess second = SideProcess.start(Counting.class, List.of("-1"))) {
            for (double expected = 1; expected <= 2; expected += 0.5) {
                first.ask();
                second.ask();
                assertThat(first.number()).isEqualTo(expected);
                assertThat(second.number()).isEqualTo(expected - 1.5);
            }
            first.ask();
            assertThatThrownBy(first::number).isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("process \\d+, which runs a side, (ended with exit code 3|does not answer)");
        }
    }
}
