package org.surprisal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.surprisal.bench.harness.Summary;
import org.surprisal.bench.process.PeakMemory;
import org.surprisal.bench.process.StartUp;
import org.surprisal.cli.Console;
import org.surprisal.data.format.Npy;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// `--memory`, `--startup` and `--quickstart`: each prints what it found beside its target, and gives it for results.
///
/// @param console where lines go
record ProcessMeasurements(Console console) {
    private static final int DEPTH = 150;
    private static final int SAMPLES = 2560;
    private static final double MOST_BYTES = 1.2e9;
    private static final int RUNS = 20;
    private static final double MOST_SECONDS = 0.30;
    private static final int MEASURES = 10;
    private static final int POINTS = 4096;
    private static final int COORDINATES = 20;
    private static final double MOST_MEASURE_SECONDS = 0.6;

    /// The peak of the thesis's study at depth 150, measurements included, on drawn digits.
    Map<String, Object> memory() throws IOException {
        Path folder = Files.createTempDirectory("surprisal-bench");
        long bytes;
        try {
            bytes = new PeakMemory(StartUp.ofThisLauncher().launcher()).of("run", "relative-entropy", "--set",
                    "depth=" + DEPTH, "--set", "sigma-w2=1.75", "--set", "train-samples=" + SAMPLES, "--out",
                    folder.resolve("run").toString());
        } finally {
            delete(folder);
        }
        console.out().printf(Locale.ROOT,
                "peak resident memory of run relative-entropy, %d layers, one epoch of %,d images: %.2f GB%n"
                        + "    target <= %.1f GB: %s%n",
                DEPTH, SAMPLES, bytes / 1e9, MOST_BYTES / 1e9, verdict(bytes <= MOST_BYTES));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("depth", DEPTH);
        json.put("samples", SAMPLES);
        json.put("peakBytes", bytes);
        json.put("targetBytes", MOST_BYTES);
        return json;
    }

    /// The times of `--version` and of a first `measure`.
    List<Map<String, Object>> startUp() throws IOException {
        StartUp launcher = StartUp.ofThisLauncher();
        Path folder = Files.createTempDirectory("surprisal-bench");
        try {
            Path points = folder.resolve("points.npy");
            Npy.write(points, RandomStream.seeded(1).gaussian(ElementType.FLOAT32, 0, 1, POINTS, COORDINATES));
            return List.of(time(launcher, "surprisal --version", MOST_SECONDS, RUNS, "--version"),
                    time(launcher, "surprisal measure mi --estimator kde, 4,096 points of 20 coordinates",
                            MOST_MEASURE_SECONDS, MEASURES, "measure", "mi", "--estimator", "kde", "--x",
                            points.toString(), "--noise-variance", Integer.toString(COORDINATES / 4), "--json"));
        } finally {
            delete(folder);
        }
    }

    private Map<String, Object> time(StartUp launcher, String name, double most, int runs, String... arguments)
            throws IOException {
        Summary seconds = launcher.measure(runs, arguments);
        console.out().printf(Locale.ROOT,
                "%s: %.3f s [%.3f, %.3f], median and quartiles of %d%n    target <= %.2f s: %s%n", name,
                seconds.median(), seconds.lower(), seconds.upper(), runs, most, verdict(seconds.median() <= most));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", name);
        json.put("runs", runs);
        json.put("medianSeconds", seconds.median());
        json.put("lowerQuartile", seconds.lower());
        json.put("upperQuartile", seconds.upper());
        json.put("targetSeconds", most);
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
