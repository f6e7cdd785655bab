package org.surprisal.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.bench.harness.Summary;

/// How long a command of the launcher takes, from its start to its end.
///
/// @param launcher the script
public record StartUp(Path launcher) {
    private static final double NANO = 1e-9;

    /// The launcher that started this process.
    ///
    /// @throws IOException with one line, where none did
    public static StartUp ofThisLauncher() throws IOException {
        String launcher = System.getProperty("surprisal.launcher");
        if (launcher == null) {
            throw new IOException("what the launcher takes is measured by ./surprisal bench only");
        }
        return new StartUp(Path.of(launcher));
    }

    /// Seconds of each run but the first, which may build and finds nothing in the system's cache.
    ///
    /// @param runs at least one
    /// @throws IOException when a run fails
    public Summary measure(int runs, String... arguments) throws IOException {
        seconds(arguments);
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            seconds.add(seconds(arguments));
        }
        return Summary.of(seconds);
    }

    /// Seconds of one run.
    ///
    /// @throws IOException when it fails
    public double seconds(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with exit code " + code);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return (System.nanoTime() - start) * NANO;
    }
}
