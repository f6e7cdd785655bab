package org.surprisal.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.bench.harness.Harness;
import org.surprisal.bench.harness.Rounds;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.workload.Workloads;
import org.surprisal.cli.Console;
import org.surprisal.cli.UsageException;
import org.surprisal.data.DataFolder;
import org.surprisal.study.NearestName;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `surprisal bench`.
@Command(name = "bench", sortOptions = false, description = {
        "Measures speed on this machine. Numbers mean something only when nothing else runs.", ""}, footer = {"",
                "Examples:", "  surprisal bench --against pytorch --json bench.json --output bench",
                "  surprisal bench --against pytorch --only mlp-20,lenet",
                "",
                "Workloads: mlp-20, mlp-50, mlp-12, autoencoder, lenet, rnn, gcn, relative-entropy, pairwise-4096x20,",
                "pairwise-10000x1024, pairwise-60000x20, ising. A target that is missed fails nothing; sides that compute",
                "different things do (exit code 1)."})
final class BenchCommand implements Callable<Integer> {
    private static final List<String> PEERS = List.of("pytorch");
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 3;

    private final Console console;

    @Option(names = "--against", paramLabel = "PEER", description = "run each workload here and in pytorch, in turns, and print how many times as fast")
    private @Nullable String against;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "workloads to run, with commas between (default: all)")
    private List<String> only = List.of();

    @Option(names = "--repeats", paramLabel = "N", description = "rounds of blocks in turns (default: 9; 3 with --quick)")
    private @Nullable Integer repeats;

    @Option(names = "--quick", description = "short blocks: to see that it runs, not to be quoted")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write every timing into this file")
    private @Nullable Path json;

    @Option(names = "--output", paramLabel = "DIR", description = "draw the figure, as PNG and SVG, into this folder")
    private @Nullable Path output;

    @Option(names = "--data", paramLabel = "DIR", description = "data folder (default: $SURPRISAL_DATA, else in the user's cache); data sets that are absent are replaced by drawn numbers")
    private @Nullable String data;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (against == null) {
            throw new UsageException("nothing to measure: give --against pytorch");
        }
        if (!PEERS.contains(against)) {
            throw new UsageException("unknown peer '" + against + "'" + NearestName.advice(against, PEERS, "peers"));
        }
        List<Workload> chosen = Comparison.chosen(only, Workloads.all());
        Rounds rounds = rounds();
        try (PyTorch torch = PyTorch.start()) {
            Harness harness = new Harness(new Scene(DataFolder.resolve(data), RandomStream.seeded(1), true), rounds);
            return new Comparison(console, harness,
                    Map.of("name", "PyTorch", "version", torch.version(), "threads", torch.threads()))
                    .run(chosen, json, output);
        }
    }

    private Rounds rounds() {
        if (repeats != null && repeats < 1) {
            throw new UsageException("--repeats " + repeats + ": must be at least 1");
        }
        int wanted = quick ? QUICK_ROUNDS : ROUNDS;
        int count = repeats == null ? wanted : repeats;
        return quick ? new Rounds(count, 0.3, 1) : new Rounds(count, 2, 6);
    }
}
