package org.surprisal.cli.theory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.UsageException;
import org.surprisal.report.Figure;
import org.surprisal.report.FigureFiles;
import org.surprisal.study.Failures;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.MeanField;
import org.surprisal.theory.meanfield.PhaseDiagram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `surprisal theory phase-diagram`.
@Command(name = "phase-diagram", sortOptions = false, description = {
        "chi_1 and xi_c over a grid of (sigma_w2, sigma_b2), and the critical line between order and chaos.",
        ""},
        footer = {"", "Example:",
                "  surprisal theory phase-diagram --activation tanh --sigma-w2 0.5,4,36 --sigma-b2 0,0.5,26 --figure"
                        + " diagram"})
final class PhaseDiagramCommand implements Callable<Integer> {
    private static final String CRITICAL = "criticalSigmaW2";

    private final Console console;

    @Option(names = "--activation", paramLabel = "NAME",
            description = "tanh, erf, sigmoid, relu, leaky-relu or identity (default: tanh)")
    private String activation = "tanh";

    @Option(names = "--sigma-w2", paramLabel = "LO,HI,N",
            description = "the grid's columns (default: ${DEFAULT-VALUE})")
    private String sigmaW2 = "0.5,4,15";

    @Option(names = "--sigma-b2", paramLabel = "LO,HI,N", description = "the grid's rows (default: ${DEFAULT-VALUE})")
    private String sigmaB2 = "0,0.5,6";

    @Option(names = "--figure", paramLabel = "DIR",
            description = "draw chi-1 and xi-c as .png and .svg into this folder")
    private @Nullable Path figure;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    PhaseDiagramCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        double[] weights = Spaced.parse("--sigma-w2", sigmaW2);
        double[] biases = Spaced.parse("--sigma-b2", sigmaB2);
        PhaseDiagram diagram;
        List<MeanFieldNumbers> critical;
        try {
            ActivationFunction function = ActivationFunction.labelled(activation.toLowerCase(Locale.ROOT));
            diagram = PhaseDiagram.of(function, weights, biases);
            critical = Arrays.stream(biases)
                    .mapToObj(b -> new MeanFieldNumbers().with(MeanField.critical(function, b))).toList();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Failures.words(e));
        }
        List<String> drawn = new ArrayList<>();
        if (figure != null) {
            for (Figure each : PhaseDiagramFigures.of(diagram)) {
                FigureFiles.write(each, figure).forEach(file -> drawn.add(file.toString()));
            }
        }
        if (json) {
            SequencedMap<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("theory", "phase-diagram");
            answer.put("activation", activation.toLowerCase(Locale.ROOT));
            answer.put("sigmaW2", diagram.sigmaW2());
            answer.put("sigmaB2", diagram.sigmaB2());
            answer.put("outcome", grid(diagram, "outcome"));
            answer.put("chi1", grid(diagram, "chi1"));
            answer.put("xiC", grid(diagram, "xiC"));
            answer.put("criticalSigmaW2", critical.stream().map(numbers -> numbers.numbers().get(CRITICAL)).toList());
            answer.put("figures", drawn);
            answer.put("warnings", List.of());
            JsonAnswer.print(console, answer);
        } else {
            print(diagram, "chi_1", "chi1");
            print(diagram, "xi_c in layers", "xiC");
            console.out().println("critical sigma_w2 by row:");
            TextTable table = TextTable.plain("  ");
            for (int b = 0; b < biases.length; b++) {
                table.row("sigma_b2 = " + TextTable.digits(biases[b], 4).text(),
                        MeanFieldCommand.value(critical.get(b), CRITICAL),
                        MeanFieldCommand.error(critical.get(b), CRITICAL));
            }
            table.print(console);
        }
        return ExitCode.DONE;
    }

    /// `[b][w]`, null where there is no such number.
    private static List<List<@Nullable Object>> grid(PhaseDiagram diagram, String name) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<FixedPoint> row : diagram.cells()) {
            List<@Nullable Object> values = new ArrayList<>();
            row.forEach(point -> values.add(new MeanFieldNumbers().with(point).numbers().get(name)));
            rows.add(values);
        }
        return rows;
    }

    private void print(PhaseDiagram diagram, String title, String name) {
        console.out().println(title + " by sigma_b2 (rows) and sigma_w2 (columns); - where there is none");
        TextTable table = TextTable.headed(Stream.concat(Stream.of(""),
                diagram.sigmaW2().stream().map(w -> TextTable.digits(w, 4).text())).toArray(String[]::new));
        List<List<@Nullable Object>> rows = grid(diagram, name);
        for (int b = 0; b < rows.size(); b++) {
            List<Object> cells = new ArrayList<>(List.of(TextTable.digits(diagram.sigmaB2().get(b), 4)));
            for (@Nullable
            Object value : rows.get(b)) {
                cells.add(value instanceof Double number ? TextTable.digits(number, 4) : TextTable.NONE);
            }
            table.row(cells.toArray());
        }
        table.print(console);
    }
}
