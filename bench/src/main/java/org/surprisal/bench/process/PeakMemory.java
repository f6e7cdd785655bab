package org.surprisal.bench.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.workload.ThesisPerceptron;
import org.surprisal.tensor.RandomStream;

/// The most memory that a process had resident while it trained, as Linux counts it (VmHWM), in a process of its own that has the options
/// of this one.
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    private PeakMemory() {
    }

    /// Trains the thesis's network of this depth for some steps in a new process.
    ///
    /// @return bytes
    /// @throws IOException with one line, where the system does not tell or the process fails
    public static long ofTraining(int depth, int steps, Path dataFolder) throws IOException {
        if (!Files.isReadable(STATUS)) {
            throw new IOException("the peak of resident memory is read from " + STATUS + ", which this system has not");
        }
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeakMemory.class.getName(),
                Integer.toString(depth), Integer.toString(steps), dataFolder.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("training at depth " + depth + " ended with exit code " + code);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return Long.parseLong(answer);
    }

    /// The new process: trains and prints its peak in bytes.
    ///
    /// @param arguments depth, steps, data folder
    public static void main(String[] arguments) throws IOException {
        Workload workload = new ThesisPerceptron(Integer.parseInt(arguments[0]));
        try (Contest contest = workload
                .open(new Scene(Path.of(arguments[2]), RandomStream.seeded(1), false))) {
            int steps = Integer.parseInt(arguments[1]);
            for (int i = 0; i < steps; i++) {
                double loss = contest.ours().step();
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("the loss became " + loss);
                }
            }
        }
        System.out.println(peak(Files.readAllLines(STATUS)));
    }

    /// The peak in bytes, of the lines of `/proc/self/status`.
    static long peak(List<String> lines) throws IOException {
        for (String line : lines) {
            if (line.startsWith(PEAK)) {
                return 1024 * Long.parseLong(line.substring(PEAK.length()).replace("kB", "").strip());
            }
        }
        throw new IOException(STATUS + " has no line " + PEAK);
    }
}
