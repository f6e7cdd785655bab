package org.surprisal.cli.measure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.cli.Choice;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.Unit;
import org.surprisal.cli.UsageException;
import org.surprisal.data.DataException;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyAverage;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure relative-entropy`.
@Command(name = "relative-entropy", description = {
        "The relative entropy of a network's layers to its first forward pass, for one input or averaged over"
                + " several (arXiv "
                + "2107.06898).",
        "",
        "WEIGHTS is a file (.npz, .safetensors, .mat) with arrays W1, b1, W2, b2, ..., W of shape (out, in), or"
                + " PyTorch's PATH.weight and "
                + "PATH.bias; all layers have one width. The "
                + "activation stands between layers, neither before the first nor after the last.",
        ""},
        footer = {"", "Examples:", "  surprisal measure relative-entropy --weights w.npz --input x.npy --seed 1",
                "  surprisal measure relative-entropy --weights w.npz --input data.npz#image --sigma-w2 1.5 --unit"
                        + " bit --json"})
final class RelativeEntropyCommand implements Callable<Integer> {
    /// Above this share of a value, its standard error is worth a warning.
    private static final double LARGE_ERROR = 0.1;

    private final Console console;

    @Option(names = "--weights", required = true, paramLabel = "FILE", description = "the network")
    private Path weights = Path.of("");

    @Option(names = "--input", required = true, paramLabel = "FILE",
            description = "x.npy, x.csv, or x.npz#name (.safetensors, .mat): one input, or one a row")
    private String input = "";

    @Option(names = "--activation", paramLabel = "NAME",
            description = "tanh, sigmoid, erf, relu, leaky-relu, elu,"
                    + " selu, gelu, softplus, identity, ... (default: tanh)")
    private String activation = "tanh";

    @Option(names = "--samples", paramLabel = "N", description = "Monte Carlo samples (default: ${DEFAULT-VALUE})")
    private int samples = RelativeEntropy.DEFAULT_SAMPLES;

    @Option(names = "--sigma-w2", paramLabel = "S",
            description = "variance of the initial weights times their fan-in, to normalise by")
    private @Nullable Double sigmaW2;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the samples (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Mixin
    private final AnswerOptions answers = new AnswerOptions();

    RelativeEntropyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Activation function = Choice.of("--activation", activation, Activation.values(), Activation::label);
        Unit shownIn = answers.unit();
        if (samples < 2) {
            throw new UsageException("--samples " + samples + ": must be at least 2, for a standard error");
        }
        if (sigmaW2 != null && !(sigmaW2 > 1 / (2 * Math.PI * Math.E) && Double.isFinite(sigmaW2))) {
            throw new UsageException("--sigma-w2 " + sigmaW2 + ": must be above 1/(2 pi e) = 0.0585, for the"
                    + " normalisation (N/2) ln(2 pi e S) to be positive");
        }
        WeightsFile network = WeightsFile.read(weights);
        RelativeEntropy measure = RelativeEntropy.of(network.layers(), function).withSamples(samples);
        if (sigmaW2 != null) {
            measure = measure.withSigmaW2(sigmaW2);
        }
        Tensor x = readInput(network.layers().getFirst().weight().length(1));
        RelativeEntropyAverage average = RelativeEntropyAverage.over(measure.profiles(x, RandomStream.seeded(seed)));
        List<String> warnings = inputs.notesAnd(network.warnings());
        warnings.addAll(warnings(average));
        answers.print(console, answer(average, network, shownIn, warnings), warnings, () -> print(average, shownIn));
        return ExitCode.DONE;
    }

    /// The inputs as rows. An array with as many numbers as one input has, an image say, is one row.
    private Tensor readInput(int size) {
        Tensor x = inputs.read(input);
        if (x.size() == size) {
            return x.reshape(1, size);
        }
        if (x.rank() < 2 || x.size() == 0 || x.size() / x.length(0) != size) {
            throw new DataException(input + " has shape " + x.shape() + ", but W1 takes inputs of " + size
                    + " numbers, one a row");
        }
        return x.reshape(x.length(0), size);
    }

    private static List<String> warnings(RelativeEntropyAverage average) {
        RelativeEntropyAverage.Layer last = average.layers().getLast();
        return last.standardError() > LARGE_ERROR * Math.abs(last.mean())
                ? List.of(String.format(Locale.ROOT,
                        "the standard error is %.0f %% of the value: more --samples make it smaller",
                        100 * last.standardError() / Math.abs(last.mean())))
                : List.of();
    }

    private Map<String, Object> answer(RelativeEntropyAverage average, WeightsFile network, Unit shownIn,
            List<String> warnings) {
        RelativeEntropyAverage.Layer last = average.layers().getLast();
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("weights", weights.toString());
        settings.put("input", input);
        settings.put("activation", activation.toLowerCase(Locale.ROOT));
        settings.put("samples", samples);
        settings.put("sigmaW2", sigmaW2);
        settings.put("seed", seed);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("measure", Estimator.MONTE_CARLO.measure());
        answer.put("estimator", Estimator.MONTE_CARLO.description().name());
        answer.put("unit", shownIn.toString());
        answer.put("n", samples);
        answer.put("inputs", average.count());
        answer.put("value", shownIn.ofNats(last.mean()));
        answer.put("standardError", shownIn.ofNats(last.standardError()));
        answer.put("width", network.layers().getFirst().weight().length(0));
        answer.put("layers", average.layers().stream().map(layer -> {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("layer", layer.layer());
            entry.put("value", shownIn.ofNats(layer.mean()));
            entry.put("standardError", shownIn.ofNats(layer.standardError()));
            entry.put("spread", layer.spread().isPresent() ? shownIn.ofNats(layer.spread().getAsDouble()) : null);
            entry.put("normalised", layer.normalised().isPresent() ? layer.normalised().getAsDouble() : null);
            return entry;
        }).toList());
        answer.put("settings", settings);
        answer.put("warnings", warnings);
        return answer;
    }

    private void print(RelativeEntropyAverage average, Unit shownIn) {
        boolean several = average.count() > 1;
        console.out().printf(Locale.ROOT, "relative entropy to the first forward pass, %d samples%s%n", samples,
                several ? ", mean over " + average.count() + " inputs" : "");
        TextTable table = TextTable.headed("layer", "value [" + shownIn + "]", "std. error", "spread", "normalised");
        for (RelativeEntropyAverage.Layer layer : average.layers()) {
            table.row(layer.layer(), shownIn.ofNats(layer.mean()), shownIn.ofNats(layer.standardError()),
                    layer.spread().isPresent() ? shownIn.ofNats(layer.spread().getAsDouble()) : null,
                    layer.normalised().isPresent() ? layer.normalised().getAsDouble() : null);
        }
        table.print(console);
    }
}
