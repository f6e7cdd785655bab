package org.surprisal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.surprisal.bench.harness.Summary;
import org.surprisal.bench.process.PeakMemory;
import org.surprisal.bench.process.StartUp;
import org.surprisal.cli.Console;

/// `--memory`, `--startup` and `--quickstart`: each prints what it found beside its target, and gives it for results.
///
/// @param console where lines go
record ProcessMeasurements(Console console) {
    private static final int DEPTH = 150;
    private static final int STEPS = 20;
    private static final double MOST_BYTES = 1.2e9;
    private static final int RUNS = 20;
    private static final double MOST_SECONDS = 0.35;

    /// The peak of training at depth 150.
    Map<String, Object> memory(Path dataFolder) throws IOException {
        long bytes = PeakMemory.ofTraining(DEPTH, STEPS, dataFolder);
        console.out().printf(Locale.ROOT,
                "peak resident memory of training at depth %d, %d steps of 128: %.2f GB%n    target <= 1.2 GB: %s%n",
                DEPTH,
                STEPS, bytes / 1e9, verdict(bytes <= MOST_BYTES));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("depth", DEPTH);
        json.put("steps", STEPS);
        json.put("peakBytes", bytes);
        json.put("targetBytes", MOST_BYTES);
        return json;
    }

    /// The time of `--version`.
    Map<String, Object> startUp() throws IOException {
        Summary seconds = StartUp.ofThisLauncher().measure(RUNS, "--version");
        console.out().printf(Locale.ROOT,
                "surprisal --version: %.3f s [%.3f, %.3f], median and quartiles of %d%n    target <= 0.35 s: %s%n",
                seconds.median(), seconds.lower(), seconds.upper(), RUNS, verdict(seconds.median() <= MOST_SECONDS));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs", RUNS);
        json.put("medianSeconds", seconds.median());
        json.put("lowerQuartile", seconds.lower());
        json.put("upperQuartile", seconds.upper());
        json.put("targetSeconds", MOST_SECONDS);
        return json;
    }

    /// The time of the first study a newcomer runs, once.
    Map<String, Object> quickstart() throws IOException {
        Path folder = Files.createTempDirectory("surprisal-bench");
        try {
            double seconds = StartUp.ofThisLauncher().seconds("run", "quickstart", "--out",
                    folder.resolve("run").toString());
            console.out().printf(Locale.ROOT, "surprisal run quickstart: %.1f s%n", seconds);
            return Map.of("seconds", seconds);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "not reached";
    }
}
