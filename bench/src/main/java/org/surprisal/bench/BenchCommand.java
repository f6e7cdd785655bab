package org.surprisal.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.bench.growth.Grown;
import org.surprisal.bench.growth.Series;
import org.surprisal.bench.harness.Harness;
import org.surprisal.bench.harness.MachineLoad;
import org.surprisal.bench.harness.OtherPrograms;
import org.surprisal.bench.harness.Rounds;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.page.PerformancePage;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.workload.GrowthSeries;
import org.surprisal.bench.workload.Workloads;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.UsageException;
import org.surprisal.data.fetch.DataFolder;
import org.surprisal.report.FigureFiles;
import org.surprisal.settings.NearestName;
import org.surprisal.study.Host;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `surprisal bench`.
@Command(name = "bench", sortOptions = false, description = {
        "Measures speed on this machine. Numbers mean something only when nothing else runs.", ""},
        footer = {"",
                "Examples:", "  surprisal bench --against pytorch --json bench.json --output bench",
                "  surprisal bench --against pytorch --markdown",
                "  surprisal bench --against pytorch --only mlp-20,lenet",
                "  surprisal bench --kernels Elementwise", "  surprisal bench --growth --output bench",
                "  surprisal bench --memory --startup --quickstart", "",
                "Workloads: mlp-20, mlp-50, mlp-12, mlp-12-x50, nielsen, digit-pair, autoencoder, lenet, notes, vgg,",
                "rnn, lstm, gru, gcn, relative-entropy, pairwise-4096x20, pairwise-10000x1024, pairwise-60000x20,",
                "ising, adam-update, eigenvalues-1293.",
                "A target that is missed fails nothing; sides that compute different things do (exit code 1)."})
final class BenchCommand implements Callable<Integer> {
    private static final List<String> PEERS = List.of("pytorch");
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 3;
    private static final int ATTEMPTS = 3;

    private final Console console;

    /// What to measure.
    static final class What {
        @Option(names = "--against", paramLabel = "PEER",
                description = "run each workload here and in pytorch, in turns, and print how many times as fast")
        private @Nullable String against;

        @Option(names = "--kernels", arity = "0..1", fallbackValue = "", paramLabel = "PATTERN",
                description = "run the kernels that match, each beside its plain reference, under JMH")
        private @Nullable String kernels;

        @Option(names = "--growth", description = "time by depth, width, batch and N, with fitted exponents")
        private boolean growth;

        @Option(names = "--memory", description = "peak resident memory of run relative-entropy with 150 layers")
        private boolean memory;

        @Option(names = "--startup",
                description = "times of surprisal --version and of a first surprisal measure, medians")
        private boolean startUp;

        @Option(names = "--quickstart", description = "time of surprisal run quickstart, once")
        private boolean quickstart;
    }

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private What what = new What();

    @Option(names = "--only", split = ",", paramLabel = "NAME",
            description = "workloads to run, with commas between (default: all)")
    private List<String> only = List.of();

    @Option(names = "--repeats", paramLabel = "N",
            description = "rounds of blocks in turns (default: 9; 3 with --quick)")
    private @Nullable Integer repeats;

    @Option(names = "--quick", description = "short blocks: to see that it runs, not to be quoted")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write every timing into this file")
    private @Nullable Path json;

    @Option(names = "--markdown", arity = "0..1", fallbackValue = "docs", paramLabel = "DIR",
            description = "write the page about speed, performance.md, with its record and figure into this folder"
                    + " (default: docs): with --against of what is measured now, start-up included, alone of the"
                    + " record that is there")
    private @Nullable Path markdown;

    @Option(names = "--output", paramLabel = "DIR", description = "draw figures, as PNG and SVG, into this folder")
    private @Nullable Path output;

    @Option(names = "--data", paramLabel = "DIR",
            description = "data folder (default: $SURPRISAL_DATA, else in the"
                    + " user's cache); data sets that are absent are replaced by drawn numbers")
    private @Nullable String data;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        boolean process = what.memory || what.startUp || what.quickstart;
        long asked = List.of(what.against != null, what.kernels != null, what.growth, process).stream()
                .filter(each -> each).count();
        if (markdown != null && asked == 0) {
            return page(markdown);
        }
        if (markdown != null && what.against == null) {
            throw new UsageException("--markdown is the page of a comparison: it goes with --against, or alone");
        }
        if (markdown != null && (json != null || !only.isEmpty())) {
            throw new UsageException("--markdown writes a record of all workloads: it goes without --json and --only");
        }
        if (asked != 1) {
            throw new UsageException((asked == 0 ? "nothing to measure" : "too much to measure at once")
                    + ": give one of --against pytorch, --kernels, --growth, --markdown, or some of --memory,"
                    + " --startup, --quickstart");
        }
        if (!only.isEmpty() && what.against == null) {
            throw new UsageException("--only names workloads: it goes with --against");
        }
        if (output != null && what.against == null && !what.growth) {
            throw new UsageException("--output is for figures: it goes with --against and --growth");
        }
        if (what.against != null) {
            return compare(what.against);
        }
        if (what.kernels != null) {
            return KernelBenchmarks.run(what.kernels, quick, json);
        }
        double before = MachineLoad.now();
        MachineLoad.warning(before).ifPresent(text -> console.err().println("surprisal: warning: " + text));
        Instant began = Instant.now();
        Map<String, Object> results = what.growth ? growth() : process();
        if (json != null) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("machine", new MachineLoad(Host.current(), before, MachineLoad.now(), began).json());
            all.putAll(results);
            JsonFile.write(json, all);
        }
        return ExitCode.DONE;
    }

    private int compare(String peer) throws IOException {
        if (!PEERS.contains(peer)) {
            throw new UsageException("unknown peer '" + peer + "'" + NearestName.advice(peer, PEERS, "peers"));
        }
        List<Workload> chosen = Comparison.chosen(only, Workloads.all());
        Rounds rounds = rounds(1, 4);
        List<Map<String, Object>> commands = markdown == null
                ? List.of()
                : new ProcessMeasurements(console).startUp();
        Path record = markdown == null ? json : markdown.resolve(PerformancePage.RECORD);
        try (PyTorch torch = PyTorch.start()) {
            Harness harness = new Harness(new Scene(DataFolder.resolve(data), 1, true), rounds,
                    quick ? 1 : ATTEMPTS, OtherPrograms::seconds);
            int code = new Comparison(console, harness,
                    Map.of("name", "PyTorch", "version", torch.version(), "threads", torch.threads()))
                    .run(chosen, commands, record, output);
            if (markdown != null) {
                page(markdown);
            }
            return code;
        }
    }

    private int page(Path folder) throws IOException {
        PerformancePage.write(folder).forEach(file -> console.out().println(file));
        return ExitCode.DONE;
    }

    private Map<String, Object> growth() throws IOException {
        List<Map<String, Object>> results = new ArrayList<>();
        for (Series series : GrowthSeries.all(RandomStream.seeded(1))) {
            Grown grown = Grown.measure(series, rounds(1, 2));
            console.out().print(grown.text());
            if (output != null) {
                FigureFiles.write(grown.figure(), output).forEach(file -> console.out().println(file));
            }
            results.add(grown.json());
        }
        return Map.of("growth", results);
    }

    private Map<String, Object> process() throws IOException {
        ProcessMeasurements measurements = new ProcessMeasurements(console);
        Map<String, Object> results = new LinkedHashMap<>();
        if (what.memory) {
            results.put("memory", measurements.memory());
        }
        if (what.startUp) {
            results.put("startUp", measurements.startUp());
        }
        if (what.quickstart) {
            results.put("quickstart", measurements.quickstart());
        }
        return results;
    }

    private Rounds rounds(double blockSeconds, double warmUpSeconds) {
        if (repeats != null && repeats < 1) {
            throw new UsageException("--repeats " + repeats + ": must be at least 1");
        }
        int wanted = quick ? QUICK_ROUNDS : ROUNDS;
        int count = repeats == null ? wanted : repeats;
        return quick ? new Rounds(count, 0.3, 1) : new Rounds(count, blockSeconds, warmUpSeconds);
    }
}
