package org.surprisal.cli.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.UsageException;
import org.surprisal.information.DistanceDistribution;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure distances`.
@Command(name = "distances", sortOptions = false, description = {
        "The Euclidean distances between the rows of an array: what decides which noise tells samples apart.",
        "",
        "'value' is the median, in the unit of the coordinates.",
        ""}, footer = {"", "Example:", "  surprisal measure distances --x activations.npz#fc1 --json"})
final class DistancesCommand implements Callable<Integer> {
    private static final List<Double> QUANTILES = List.of(0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99);

    private final Console console;

    @Option(names = "--x", required = true, paramLabel = "FILE", description = "samples, one a row")
    private String x = "";

    @Option(names = "--pairs", paramLabel = "N",
            description = "pairs looked at; drawn at random where there are more (default: ${DEFAULT-VALUE})")
    private int pairs = DistanceDistribution.DEFAULT_PAIRS;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the pairs drawn (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    DistancesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (pairs < 1) {
            throw new UsageException("--pairs " + pairs + ": must be at least 1");
        }
        DistanceDistribution distances = DistanceDistribution.of(Samples.finite(x, inputs.samples(x)), pairs,
                RandomStream.seeded(seed));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("measure", "distances");
        answer.put("estimator", distances.exact() ? "all-pairs" : "drawn-pairs");
        answer.put("unit", "1");
        answer.put("n", distances.rows());
        answer.put("value", distances.quantile(0.5));
        answer.put("pairs", distances.pairs());
        answer.put("mean", distances.mean());
        answer.put("standardDeviation", distances.standardDeviation());
        answer.put("smallest", distances.smallest());
        answer.put("largest", distances.largest());
        if (json) {
            Map<String, Double> quantiles = new LinkedHashMap<>();
            QUANTILES.forEach(q -> quantiles.put(q.toString(), distances.quantile(q)));
            answer.put("quantiles", quantiles);
            answer.put("settings", JsonAnswer.ordered("x", x, "pairs", pairs, "seed", seed));
            answer.put("warnings", inputs.notes());
            JsonAnswer.print(console, answer);
        } else {
            inputs.notes().forEach(note -> console.err().println("surprisal: warning: " + note));
            TextTable table = TextTable.plain("  ");
            answer.forEach(table::row);
            QUANTILES.forEach(q -> table.row("quantile " + q, distances.quantile(q)));
            table.print(console);
        }
        return ExitCode.DONE;
    }
}
