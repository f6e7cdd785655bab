package org.surprisal.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.bench.harness.Harness;
import org.surprisal.bench.harness.Outcome;
import org.surprisal.bench.harness.OutcomeTable;
import org.surprisal.bench.harness.Rounds;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.workload.Workloads;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.UsageException;
import org.surprisal.data.DataFolder;
import org.surprisal.study.NearestName;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `surprisal bench`.
@Command(name = "bench", sortOptions = false, description = {"Measures speed on this machine.", ""})
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--against", paramLabel = "PEER", description = "run each workload here and in pytorch, in turns, and print how many times as fast")
    private @Nullable String against;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "workloads to run, with commas between (default: all)")
    private List<String> only = List.of();

    @Option(names = "--repeats", paramLabel = "N", description = "rounds of blocks in turns (default: 9, quick: 3)")
    private @Nullable Integer repeats;

    @Option(names = "--quick", description = "short blocks: to see that it runs, not to be quoted")
    private boolean quick;

    @Option(names = "--data", paramLabel = "DIR", description = "data folder (default: $SURPRISAL_DATA, else in the user's cache)")
    private @Nullable String data;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!"pytorch".equals(against)) {
            throw new UsageException("--against " + against + ": the one peer is pytorch");
        }
        Scene scene = new Scene(DataFolder.resolve(data), RandomStream.seeded(1), true);
        Rounds rounds = quick
                ? new Rounds(repeats == null ? 3 : repeats, 0.3, 1)
                : new Rounds(repeats == null ? 9 : repeats, 2, 6);
        Harness harness = new Harness(scene, rounds);
        boolean sound = true;
        console.out().print(OutcomeTable.head());
        for (Workload workload : chosen()) {
            Outcome outcome = harness.measure(workload);
            console.out().print(OutcomeTable.of(outcome));
            sound &= outcome.isSound();
        }
        return sound ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<Workload> chosen() {
        List<Workload> all = Workloads.all();
        if (only.isEmpty()) {
            return all;
        }
        List<String> names = all.stream().map(Workload::name).toList();
        List<Workload> chosen = new ArrayList<>();
        for (String name : only) {
            int i = names.indexOf(name);
            if (i < 0) {
                throw new UsageException(
                        "unknown workload '" + name + "'" + NearestName.advice(name, names, "workloads"));
            }
            chosen.add(all.get(i));
        }
        return chosen;
    }
}
