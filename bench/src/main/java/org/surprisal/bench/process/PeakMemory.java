package org.surprisal.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The most memory that a command had resident, as Linux counts it (VmHWM): the command as its user starts it, looked
/// at from outside until it ends.
///
/// @param launcher of the command; it becomes the process that does the work, as `./surprisal` does
public record PeakMemory(Path launcher) {
    private static final String PEAK = "VmHWM:";
    private static final long LOOK_EVERY_MILLIS = 50;

    /// Runs the launcher with these arguments.
    ///
    /// @return bytes
    /// @throws IOException with one line, where the system does not tell or the command fails
    public long of(String... arguments) throws IOException {
        if (!Files.isReadable(Path.of("/proc/self/status"))) {
            throw new IOException("the peak of resident memory is read from /proc, which this system has not");
        }
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        long peak = 0;
        try {
            do {
                peak = Math.max(peak, peak(status));
            } while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return peak;
    }

    /// 0 for a process that is about to end: it has no memory any more.
    private static long peak(Path status) throws IOException {
        try {
            return peak(Files.readAllLines(status, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /// The peak in bytes, of the lines of `/proc/PID/status`; 0 where no line tells it.
    static long peak(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(PEAK)) {
                return 1024 * Long.parseLong(line.substring(PEAK.length()).replace("kB", "").strip());
            }
        }
        return 0;
    }
}
