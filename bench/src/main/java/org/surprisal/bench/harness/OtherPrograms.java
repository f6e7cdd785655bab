package org.surprisal.bench.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/// Processor time that neither this process nor those that it started got although it was used: that of other programs
/// and, on a virtual machine, what its host gave to others. Linux tells the sum of all in `/proc/stat`, in hundredths
/// of a second.
public final class OtherPrograms {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final double SECONDS_PER_TICK = 0.01;
    private static final double NANO = 1e-9;
    /// user, nice, system, interrupts, soft interrupts, stolen; idle and waiting for disks are left out.
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    private OtherPrograms() {
    }

    /// Returns their processor time in seconds since the machine started; empty where the system does not tell.
    public static OptionalDouble seconds() {
        if (!Files.isReadable(STATISTICS)
                || !(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return OptionalDouble.empty();
        }
        try {
            List<String> lines = Files.readAllLines(STATISTICS, StandardCharsets.US_ASCII);
            return lines.isEmpty()
                    ? OptionalDouble.empty()
                    : busy(lines.getFirst()).stream().map(all -> all - NANO * system.getProcessCpuTime() - started())
                            .findFirst();
        } catch (IOException e) {
            // Whether a run was disturbed is then told by its spread alone.
            return OptionalDouble.empty();
        }
    }

    /// Seconds of the processes that this one started and that still run: sides in processes of their own.
    private static double started() {
        return ProcessHandle.current().descendants()
                .mapToDouble(child -> NANO * child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos()).sum();
    }

    /// The busy seconds of all processors, from the first line of `/proc/stat`; empty for any other line.
    static OptionalDouble busy(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length < 9 || !fields[0].equals("cpu")) {
            return OptionalDouble.empty();
        }
        double ticks = 0;
        for (int field : BUSY) {
            ticks += Long.parseLong(fields[field]);
        }
        return OptionalDouble.of(ticks * SECONDS_PER_TICK);
    }
}
