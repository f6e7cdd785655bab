package org.surprisal.cli.measure;

import java.util.ArrayList;
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
import org.surprisal.data.DataException;
import org.surprisal.information.GaussianMixture;
import org.surprisal.information.Gaussianity;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure gaussianity`.
@Command(name = "gaussianity", sortOptions = false, description = {
        "How normal each row of an array is, the pre-activations of one layer over its neurons say: moments,"
                + " Anderson and "
                + "Darling's test, Lilliefors's test, and the number of normal components that the Bayesian"
                + " information "
                + "criterion prefers.",
        "",
        "'value' is the Anderson-Darling statistic A*2 of the first row (0.752 at 5 %%).",
        ""},
        footer = {"", "Examples:", "  surprisal measure gaussianity --x layer.npy",
                "  surprisal measure gaussianity --x activations.npz#fc1 --rows 3 --json"})
final class GaussianityCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--x", required = true, paramLabel = "FILE",
            description = "an array of rank 1, or one distribution a row")
    private String x = "";

    @Option(names = "--rows", paramLabel = "N",
            description = "rows to judge, from the first (default: ${DEFAULT-VALUE})")
    private int rows = 1;

    @Option(names = "--pooled", description = "all numbers of the array as one distribution")
    private boolean pooled;

    @Option(names = "--seed", paramLabel = "N",
            description = "seed of the starts of the mixture fits (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    GaussianityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (rows < 1) {
            throw new UsageException("--rows " + rows + ": must be at least 1");
        }
        List<double[]> samples = samples(Samples.finite(x, inputs.samples(x)));
        List<Gaussianity> judged = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            judged.add(Gaussianity.of(samples.get(i), RandomStream.seeded(seed).child(i)));
        }
        if (json) {
            JsonAnswer.print(console, answer(judged));
        } else {
            inputs.notes().forEach(note -> console.err().println("surprisal: warning: " + note));
            print(judged);
        }
        return ExitCode.DONE;
    }

    private List<double[]> samples(Tensor array) {
        if (array.rank() <= 1 || pooled) {
            return List.of(array.toDoubles());
        }
        int count = array.length(0);
        if (rows > count) {
            throw new DataException(x + " has " + count + " row(s), --rows " + rows + " asked for");
        }
        Tensor matrix = array.reshape(count, array.size() / count);
        List<double[]> samples = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            samples.add(matrix.rows(i).toDoubles());
        }
        return samples;
    }

    private Map<String, Object> answer(List<Gaussianity> judged) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("measure", "gaussianity");
        answer.put("estimator", "anderson-darling");
        answer.put("unit", "1");
        answer.put("n", judged.getFirst().moments().count());
        answer.put("value", judged.getFirst().andersonDarling().modifiedStatistic());
        answer.put("rows", judged.stream().map(GaussianityCommand::describe).toList());
        answer.put("settings", JsonAnswer.ordered("x", x, "rows", judged.size(), "seed", seed));
        answer.put("warnings", inputs.notes());
        return answer;
    }

    private static Map<String, Object> describe(Gaussianity one) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mean", one.moments().mean());
        entry.put("variance", one.moments().variance());
        one.moments().skewness().ifPresent(value -> entry.put("skewness", value));
        one.moments().excessKurtosis().ifPresent(value -> entry.put("excessKurtosis", value));
        entry.put("andersonDarling",
                JsonAnswer.ordered("statistic", one.andersonDarling().modifiedStatistic(), "pValue",
                        one.andersonDarling().pValue()));
        entry.put("lilliefors",
                JsonAnswer.ordered("statistic", one.lilliefors().statistic(), "pValue", one.lilliefors().pValue()));
        entry.put("components", one.mixtures().components());
        entry.put("mixture", one.mixtures().best().mixture().components().stream()
                .map(GaussianityCommand::describe).toList());
        return entry;
    }

    private static Map<String, Object> describe(GaussianMixture.Component component) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("weight", component.weight());
        entry.put("mean", component.distribution().mean());
        entry.put("variance", component.distribution().variance());
        return entry;
    }

    private void print(List<Gaussianity> judged) {
        TextTable table = TextTable.headed("row", "mean", "variance", "skewness", "kurtosis", "A*2", "p", "Lilliefors",
                "p", "components");
        for (int i = 0; i < judged.size(); i++) {
            Gaussianity one = judged.get(i);
            table.row(i, TextTable.digits(one.moments().mean(), 4), TextTable.digits(one.moments().variance(), 4),
                    TextTable.fixed(one.moments().skewness().orElseThrow(), 3),
                    TextTable.fixed(one.moments().excessKurtosis().orElseThrow(), 3),
                    TextTable.fixed(one.andersonDarling().modifiedStatistic(), 3),
                    TextTable.digits(one.andersonDarling().pValue(), 2),
                    TextTable.fixed(one.lilliefors().statistic(), 4), TextTable.digits(one.lilliefors().pValue(), 2),
                    one.mixtures().components());
        }
        table.print(console);
    }
}
