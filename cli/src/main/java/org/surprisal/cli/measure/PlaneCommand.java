package org.surprisal.cli.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.cli.Choice;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.Unit;
import org.surprisal.cli.UsageException;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Coordinates;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.InformationPlane.Point;
import org.surprisal.information.mutual.InformationPlane.Succession;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.information.mutual.Surrogates;
import org.surprisal.information.mutual.Variable;
import org.surprisal.report.FigureFiles;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure plane`.
@Command(name = "plane", sortOptions = false, description = {
        "The information plane: what each layer T knows of the input X and of the labels Y, I(X;T) and I(T;Y), from"
                + " arrays of "
                + "activations of any framework.",
        "",
        "The arrays of --layers have a row a sample, in the order of --x and --labels; more dimensions are"
                + " flattened. A file gives "
                + "all its arrays. Names that differ in nothing but numbers go by number; else an .npz has the order"
                + " in which its "
                + "arrays were saved, and the other formats have none, so that a warning tells the order taken."
                + " 'value' is I(T;Y) of the last "
                + "layer.",
        ""},
        footer = {"", "Examples:",
                "  surprisal measure plane --x x.npy --labels y.npy --layers activations.npz --noise-variance 0.1"
                        + " --figure plane",
                "  surprisal measure plane --x x.npy --labels y.npy --layers fc1.npy fc2.npy --estimator binning"
                        + " --bins 30,-1,1 --json"})
final class PlaneCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--x", required = true, paramLabel = "FILE", description = "the inputs, one a row")
    private String x = "";

    @Option(names = "--labels", required = true, paramLabel = "FILE",
            description = "their classes, whole numbers or, in a CSV file, words")
    private String labels = "";

    @Option(names = "--layers", required = true, arity = "1..*", paramLabel = "FILE",
            description = "activations: FILE.npz for all its arrays, FILE.npz#NAME for one, FILE.npy, ...")
    private List<String> layers = List.of();

    @Option(names = "--estimator", paramLabel = "NAME", description = "kde or binning (default: kde)")
    private String estimator = "kde";

    @Option(names = "--succession", paramLabel = "KIND",
            description = "chain, graph or recurrent: how the layers"
                    + " follow, for the data-processing order (default: chain)")
    private String succession = "chain";

    @Option(names = "--permutations", paramLabel = "B",
            description = "for each layer compare I(T;Y) with B shuffled labellings: a p-value")
    private @Nullable Integer permutations;

    @Mixin
    private final SurrogateOptions surrogates = new SurrogateOptions();

    @Option(names = "--figure", paramLabel = "DIR",
            description = "draw information-plane.png and .svg into this folder")
    private @Nullable Path figure;

    @Mixin
    private final RowSample sample = new RowSample();

    @Mixin
    private final EstimatorOptions options = new EstimatorOptions();

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Mixin
    private final AnswerOptions answers = new AnswerOptions();

    PlaneCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        MutualInformationEstimator chosen = options.named(estimator);
        if (!(chosen instanceof PairwiseDistance || chosen instanceof Binning)) {
            throw new UsageException("--estimator " + estimator + ": a plane is made with kde or binning");
        }
        Succession how = Choice.of("--succession", succession, Succession.values(),
                Choice::word);
        Unit unit = answers.unit();
        if (permutations != null && permutations < 2) {
            throw new UsageException("--permutations " + permutations + ": must be at least 2");
        }
        Surrogates breaking = surrogates.chosen(permutations);
        sample.check();
        Discrete allClasses = Samples.labels(labels, inputs);
        List<Continuous> allRepresentations = LayerArrays.read(layers, inputs);
        Continuous allInputs = Continuous.of(x, inputs.samples(x));
        int total = Variable.requirePairs(allInputs, allClasses, 1);
        allRepresentations.forEach(layer -> Variable.requirePairs(layer, allClasses, 1));
        int[] taken = sample.rows(total, options.stream());
        Discrete classes = RowSample.take(allClasses, taken);
        Continuous rows = RowSample.take(allInputs, taken);
        List<Continuous> representations = allRepresentations.stream().map(layer -> RowSample.take(layer, taken))
                .toList();
        return chosen instanceof PairwiseDistance
                ? new CostTrial(console).run("kde", classes.count(),
                        repetitions(permutations, representations.size()),
                        few -> chosen.estimate(representations.getFirst().take(few), classes.take(few)),
                        () -> answer(chosen, rows, classes, representations, total, how, breaking, unit))
                : answer(chosen, rows, classes, representations, total, how, breaking, unit);
    }

    /// How often all rows are estimated.
    static long repetitions(@Nullable Integer permutations, int layers) {
        return layers * MutualInformationCommand.repetitions(permutations, null, null, null);
    }

    private int answer(MutualInformationEstimator chosen, Continuous rows, Discrete classes,
            List<Continuous> representations, int total, Succession how, Surrogates breaking, Unit unit) {
        InformationPlane plane = InformationPlane.of(chosen, rows, classes, representations, how);
        List<PermutationNull> nulls = permutations == null
                ? List.of()
                : nulls(chosen, representations, classes, permutations, breaking);
        List<String> warnings = inputs.notesAnd(warnings(plane, nulls, unit));
        Map<String, Object> answer = answer(plane, nulls, unit);
        if (figure != null) {
            answer.put("figures", draw(plane, unit, figure));
        }
        answer.put("settings", settings(total));
        answer.put("warnings", warnings);
        answers.print(console, answer, warnings, () -> print(plane, nulls, sample.of(total), unit));
        return ExitCode.DONE;
    }

    private static List<String> draw(InformationPlane plane, Unit unit, Path folder) {
        try {
            return FigureFiles.write(PlaneFigure.of(plane, unit), folder).stream().map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<PermutationNull> nulls(MutualInformationEstimator chosen, List<Continuous> representations,
            Discrete classes, int count, Surrogates how) {
        RandomStream stream = options.stream().child("permutations");
        return representations.stream()
                .map(layer -> PermutationNull.of(chosen, layer, classes, count, how, stream.child(layer.name())))
                .toList();
    }

    private static List<String> warnings(InformationPlane plane, List<PermutationNull> nulls, Unit unit) {
        List<String> warnings = new ArrayList<>();
        plane.identityViolations()
                .forEach(violation -> warnings.add(violation.message(unit.toString(), unit.ofNats(1))));
        for (int i = 0; i < plane.points().size(); i++) {
            Point point = plane.points().get(i);
            Set<String> own = new LinkedHashSet<>(point.warnings());
            if (!nulls.isEmpty()) {
                own.addAll(nulls.get(i).observed().warnings());
            }
            own.forEach(warning -> warnings.add("layer " + point.layer() + ": " + unit.of(warning)));
        }
        return warnings;
    }

    private Map<String, Object> answer(InformationPlane plane, List<PermutationNull> nulls, Unit unit) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("measure", "plane");
        answer.put("estimator", estimator.toLowerCase(Locale.ROOT));
        answer.put("unit", unit.toString());
        answer.put("n", plane.n());
        answer.put("value", unit.ofNats(first(plane.points().getLast()).labels()));
        answer.put("inputEntropy", unit.ofNats(plane.inputEntropy()));
        answer.put("labelEntropy", unit.ofNats(plane.labelEntropy()));
        answer.put("ceiling", unit.ofNats(plane.ceiling()));
        List<Map<String, Object>> entries = new ArrayList<>();
        for (int i = 0; i < plane.points().size(); i++) {
            Map<String, Object> entry = describe(plane.points().get(i), unit);
            if (!nulls.isEmpty()) {
                entry.put("nullMean", unit.ofNats(nulls.get(i).mean()));
                entry.put("nullStandardDeviation", unit.ofNats(nulls.get(i).standardDeviation()));
                entry.put("pValue", nulls.get(i).pValue());
            }
            entries.add(entry);
        }
        answer.put("layers", entries);
        answer.put("orderViolations", plane.orderViolations().stream().map(violation -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("before", violation.before());
            entry.put("after", violation.after());
            entry.put("kind", word(violation.kind()));
            entry.put("about", String.valueOf(violation.about()));
            entry.put("excess", unit.ofNats(violation.excess()));
            entry.put("certain", violation.certain());
            return entry;
        }).toList());
        answer.put("orderReading", plane.orderReading());
        return answer;
    }

    private static Map<String, Object> describe(Point point, Unit unit) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("layer", point.layer());
        entry.put("iXT", unit.ofNats(first(point).input()));
        entry.put("iTY", unit.ofNats(first(point).labels()));
        point.kinds().forEach((kind, at) -> entry.put(word(kind),
                JsonAnswer.ordered("iXT", unit.ofNats(at.input()), "iTY", unit.ofNats(at.labels()))));
        point.bracket().ifPresent(bracket -> {
            entry.put("lower", unit.ofNats(bracket.lower()));
            entry.put("upper", unit.ofNats(bracket.upper()));
        });
        entry.put("settings", point.settings());
        return entry;
    }

    /// Of the kind that is shown first: Bhattacharyya's, as in most planes of the thesis, or the only one.
    private static Coordinates first(Point point) {
        return point.kinds().values().iterator().next();
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case BHATTACHARYYA -> "bhattacharyya";
            case KULLBACK_LEIBLER -> "kl";
            case BINNED -> "binned";
        };
    }

    private Map<String, Object> settings(int total) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("x", x);
        settings.put("labels", labels);
        settings.put("layers", layers);
        settings.put("succession", succession);
        sample.describe(settings, total);
        settings.put("seed", options.seed());
        return settings;
    }

    private void print(InformationPlane plane, List<PermutationNull> nulls, String ofTotal, Unit unit) {
        console.out().printf(Locale.ROOT, "information plane, %d%s samples [%s]: H(X) = %.4f, H(Y) = %.4f%n", plane.n(),
                ofTotal, unit,
                unit.ofNats(plane.inputEntropy()), unit.ofNats(plane.labelEntropy()));
        TextTable table = TextTable.headed("layer", "kind", "I(X;T)", "I(T;Y)", "I(T;Y) lies in", "p-value",
                "I(T;Y) by chance");
        for (int i = 0; i < plane.points().size(); i++) {
            Point point = plane.points().get(i);
            String bracket = point.bracket().map(known -> String.format(Locale.ROOT, "[%.4f, %.4f]",
                    unit.ofNats(known.lower()), unit.ofNats(known.upper()))).orElse("");
            Optional<PermutationNull> broken = nulls.isEmpty() ? Optional.empty() : Optional.of(nulls.get(i));
            TextTable.@Nullable Cell p = broken.map(known -> TextTable.fixed(known.pValue(), 3)).orElse(null);
            String chance = broken.map(known -> String.format(Locale.ROOT, "%.4f ± %.4f", unit.ofNats(known.mean()),
                    unit.ofNats(known.standardDeviation()))).orElse("");
            boolean first = true;
            for (Map.Entry<Kind, Coordinates> kind : point.kinds().entrySet()) {
                table.row(first ? point.layer() : "", word(kind.getKey()),
                        TextTable.fixed(unit.ofNats(kind.getValue().input()), 4),
                        TextTable.fixed(unit.ofNats(kind.getValue().labels()), 4), first ? bracket : "",
                        first ? p : null, first ? chance : "");
                first = false;
            }
        }
        table.print(console);
        if (!plane.orderViolations().isEmpty() || plane.succession() != Succession.CHAIN) {
            plane.orderViolations().forEach(
                    violation -> console.out().println(violation.message(unit.toString(), unit.ofNats(1))));
            console.out().println(plane.orderReading());
        }
    }
}
