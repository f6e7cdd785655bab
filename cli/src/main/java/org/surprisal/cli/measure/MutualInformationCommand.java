package org.surprisal.cli.measure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.surprisal.information.automatic.AutomaticEstimator;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.IntervalMethod;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.LocallyCorrectedKraskov;
import org.surprisal.information.mutual.MatrixRenyi;
import org.surprisal.information.mutual.MixedKraskov;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseSweep;
import org.surprisal.information.mutual.Normalisation;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.SubsamplingCurve;
import org.surprisal.information.mutual.Surrogates;
import org.surprisal.information.mutual.Variable;
import org.surprisal.information.task.Task;
import org.surprisal.network.DivergenceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure mi`.
@Command(name = "mi", sortOptions = false, description = {
        "The mutual information of two variables from paired samples.",
        "",
        "'surprisal list estimators' says what each estimator assumes, what it costs, and when not to use it. kde"
                + " without "
                + "--labels is I(X;T) of T = X plus noise and takes no --y; 'discrete' takes whole rows as symbols.",
        "",
        "Not sure which to take: 'auto' chooses, and says why, and whether the number is to be believed.",
        "",
        "Rows are assumed to be independent of each other. For time series, break pairs up with --surrogates rotate.",
        ""},
        footer = {"", "Examples:",
                "  surprisal measure mi --estimator auto --x x.npy --y y.npy",
                "  surprisal measure mi --estimator ksg --x x.npy --y y.npy --permutations 99",
                "  surprisal measure mi --estimator ksg --task 2-pair-25x25 --sample 10000 --seed 1",
                "  surprisal measure mi --estimator kde --noise-variance 0.1 --x layer.npz#conv1 --labels labels.npy"
                        + " --unit bit",
                "  surprisal measure mi --estimator binning --bins 30,-1,1 --x t.npy --labels y.npy --subsample 4"
                        + " --json"})
final class MutualInformationCommand implements Callable<Integer> {
    private static final int VARIANCES_PER_OCTAVE = 2;
    /// What a sweep over 20 octaves takes, in estimates at one variance.
    private static final int SWEEP_ESTIMATES = 2;
    private static final double USUAL_LEVEL = 0.95;
    /// For a standard deviation.
    private static final int FEWEST_PERMUTATIONS = 2;

    private final Console console;

    @Option(names = "--estimator", required = true, paramLabel = "NAME",
            description = "auto (chooses by the samples), kde, binning, ksg, ksg-lnc, ksg-mixed, gaussian,"
                    + " gaussian-copula, renyi, mine, infonce, smile or discrete, or one of your own")
    private String estimator = "";

    @Option(names = "--x", paramLabel = "FILE", description = "samples of X, one a row")
    private @Nullable String x;

    @Option(names = "--y", paramLabel = "FILE", description = "samples of Y, one a row")
    private @Nullable String y;

    @Option(names = "--labels", paramLabel = "FILE",
            description = "classes, whole numbers or, in a CSV file, words, instead of --y")
    private @Nullable String labels;

    @Option(names = "--task", paramLabel = "ID",
            description = "X and Y drawn by --seed from a task of 'list tasks', whose information is known, instead"
                    + " of files: --sample N pairs (default: 10000). --x task:ID is the same")
    private @Nullable String taskId;

    @Option(names = "--permutations", paramLabel = "B",
            description = "compare with B estimates of pairs broken up at random: a p-value")
    private @Nullable Integer permutations;

    @Mixin
    private final SurrogateOptions surrogates = new SurrogateOptions();

    @Option(names = "--subsample", paramLabel = "M",
            description = "estimate parts of 1/2 ... 1/M of the samples too: bias, and a standard error")
    private @Nullable Integer parts;

    @Option(names = "--interval", paramLabel = "METHOD",
            description = "a confidence interval: fisher-z (gaussian, one coordinate each) or subsampling; auto"
                    + " gives its own unasked")
    private @Nullable String interval;

    @Option(names = "--level", paramLabel = "P", description = "of the interval (default: 0.95)")
    private @Nullable Double level;

    @Option(names = "--normalise", paramLabel = "NAME",
            description = "discrete: the information over an entropy too: x, y, smaller, larger, mean, geometric-mean"
                    + " or joint")
    private @Nullable String normalise;

    @Option(names = "--noise-sweep", paramLabel = "LO,HI",
            description = "kde: the answers at noise variances from"
                    + " LO to HI as well, and the range over which they hardly depend on it")
    private @Nullable String sweep;

    @Mixin
    private final RowSample sample = new RowSample();

    @Mixin
    private final EstimatorOptions options = new EstimatorOptions();

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Mixin
    private final AnswerOptions answers = new AnswerOptions();

    /// The task that the variables were drawn from, if they were.
    private Optional<TaskSample> drawn = Optional.empty();

    MutualInformationCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        MutualInformationEstimator chosen = options.named(estimator);
        Unit unit = answers.unit();
        requireLevel();
        requireCount("--permutations", permutations, FEWEST_PERMUTATIONS);
        requireCount("--subsample", parts, 2);
        Surrogates how = surrogates.chosen(permutations);
        boolean rows = chosen instanceof PlugIn;
        Optional<Normalisation> over = normalisation(chosen);
        sample.check();
        drawn = TaskSample.named(taskId, x, y, labels).map(task -> drawn(chosen, task, rows));
        Variable wholeX = drawn.map(TaskSample::x).orElseGet(() -> read(requireX(), rows));
        Variable wholeY = drawn.map(TaskSample::y).orElseGet(() -> second(chosen, wholeX, rows));
        int total = Variable.requirePairs(wholeX, wholeY, 1);
        int[] taken = sample.rows(total, options.stream());
        Variable first = RowSample.take(wholeX, taken);
        Variable second = wholeY == wholeX ? first : RowSample.take(wholeY, taken);
        if (!comparesPairs(chosen)) {
            return answer(chosen, first, second, total, how, over, unit);
        }
        return new CostTrial(console).run(chosen.description().name(), first.count(),
                repetitions(permutations, parts, interval, sweep), mostExact(chosen),
                few -> chosen.estimate(first.take(few), second == first ? first.take(few) : second.take(few)),
                () -> answer(chosen, first, second, total, how, over, unit));
    }

    private TaskSample drawn(MutualInformationEstimator chosen, Task task, boolean rows) {
        if (chosen instanceof PairwiseDistance) {
            throw new UsageException(
                    "kde is of X and X plus noise, or of X and classes, which a task has not: take another estimator");
        }
        return TaskSample.of(task, sample.count(), rows, options.stream());
    }

    private String requireX() {
        if (x == null) {
            throw new UsageException("--x FILE or --task ID: one of the two is needed");
        }
        return x;
    }

    private static boolean comparesPairs(MutualInformationEstimator chosen) {
        return chosen instanceof PairwiseDistance || chosen instanceof Kraskov || chosen instanceof MatrixRenyi
                || chosen instanceof LocallyCorrectedKraskov || chosen instanceof MixedKraskov
                || chosen instanceof AutomaticEstimator;
    }

    /// How often all rows are estimated. Parts of a sample count by their pairs of rows: m parts as 1/m of an estimate
    /// of all rows, the ten times ten parts of an interval as one.
    static long repetitions(@Nullable Integer permutations, @Nullable Integer parts, @Nullable String interval,
            @Nullable String sweep) {
        double estimates = 1;
        if (permutations != null) {
            estimates += 1.0 + permutations;
        }
        for (int m = 1; parts != null && m <= parts; m++) {
            estimates += 1.0 / m;
        }
        if (IntervalMethod.SUBSAMPLING.label().equals(interval)) {
            estimates += 1;
        }
        if (sweep != null) {
            estimates += SWEEP_ESTIMATES;
        }
        return (long) Math.ceil(estimates);
    }

    /// Rows up to which eigenvalues are exact; 0 of an estimator that needs none.
    private static int mostExact(MutualInformationEstimator chosen) {
        return chosen instanceof MatrixRenyi renyi && renyi.alpha() != 2
                && renyi.spectrum() instanceof MatrixRenyi.Spectrum.BySize bySize
                        ? bySize.mostExact()
                        : 0;
    }

    private int answer(MutualInformationEstimator chosen, Variable first, Variable second, int total, Surrogates how,
            Optional<Normalisation> over, Unit unit) {
        MutualInformation estimate = estimate(chosen, first, second, unit);
        Map<String, Object> answer = answer(chosen, estimate, unit);
        Map<String, Double> more = new LinkedHashMap<>();
        drawn.map(TaskSample::task).ifPresent(task -> {
            answer.put("truth", unit.ofNats(task.information()));
            more.put("truth", unit.ofNats(task.information()));
        });
        over.ifPresent(entropy -> {
            answer.put("normalised", entropy.of(estimate));
            answer.put("normalisedBy", entropy.label());
            more.put("over " + entropy.label(), entropy.of(estimate));
        });
        List<String> lines = new ArrayList<>(lines(estimate, sample.of(total), unit, more));
        List<String> warnings = inputs.notesAnd(estimate.warnings());
        if (permutations != null) {
            PermutationNull broken = PermutationNull.of(chosen, first, second, permutations, how,
                    options.stream().child("permutations"));
            broken.answer().warnings().stream().filter(warning -> !warnings.contains(warning)).forEach(warnings::add);
            answer.put("permutations", describe(broken, how, unit));
            lines.addAll(lines(broken, unit));
        }
        if (parts != null) {
            SubsamplingCurve curve = SubsamplingCurve.of(chosen, first, second, parts, options.stream().child("parts"));
            answer.put("subsampling", describe(curve, unit));
            lines.addAll(lines(curve, unit));
        }
        if (sweep != null) {
            SweepAnswer swept = new SweepAnswer(sweep(chosen, sweep, first, second), unit);
            answer.put("noiseSweep", swept.entry());
            lines.addAll(swept.lines());
        }
        List<String> shown = warnings.stream().map(unit::of).toList();
        answer.put("settings", settings(estimate, total));
        answer.put("warnings", shown);
        answers.print(console, answer, shown, () -> lines.forEach(console.out()::println));
        return ExitCode.DONE;
    }

    private MutualInformation estimate(MutualInformationEstimator chosen, Variable first, Variable second, Unit unit) {
        try {
            return estimate(chosen, first, second);
        } catch (DivergenceException diverged) {
            throw new DivergenceException(unit.of(String.valueOf(diverged.getMessage())));
        }
    }

    private MutualInformation estimate(MutualInformationEstimator chosen, Variable first, Variable second) {
        if (interval == null) {
            return chosen.estimate(first, second);
        }
        return Choice.of("--interval", interval, IntervalMethod.values(), IntervalMethod::label).estimate(chosen, first,
                second, level == null ? USUAL_LEVEL : level, options.stream().child("interval"));
    }

    private Optional<Normalisation> normalisation(MutualInformationEstimator chosen) {
        if (normalise == null) {
            return Optional.empty();
        }
        if (!(chosen instanceof PlugIn || chosen instanceof Binning)) {
            throw new UsageException("--normalise is an option of discrete and binning, not of "
                    + chosen.description().name() + ": entropies of continuous variables may be negative");
        }
        return Optional.of(Choice.of("--normalise", normalise, Normalisation.values(), Normalisation::label));
    }

    private void requireLevel() {
        if (level == null) {
            return;
        }
        if (interval == null) {
            throw new UsageException("--level needs --interval METHOD: it is the level of the interval");
        }
        if (!(level > 0 && level < 1)) {
            throw new UsageException("--level " + level + ": must be between 0 and 1");
        }
    }

    private static NoiseSweep sweep(MutualInformationEstimator chosen, String range, Variable first, Variable second) {
        if (!(chosen instanceof PairwiseDistance && first instanceof Continuous samples)) {
            throw new UsageException(
                    "--noise-sweep is not an option of " + chosen.description().name() + ", which adds no noise");
        }
        double[] ends = EstimatorOptions.numbers("--noise-sweep", range, "LO,HI (1e-4,10, say)", 2);
        return second instanceof Discrete classes
                ? NoiseSweep.ofLabels(samples, classes, ends[0], ends[1], VARIANCES_PER_OCTAVE)
                : NoiseSweep.ofInput(samples, ends[0], ends[1], VARIANCES_PER_OCTAVE);
    }

    private static void requireCount(String option, @Nullable Integer given, int least) {
        if (given != null && given < least) {
            throw new UsageException(option + " " + given + ": must be at least " + least);
        }
    }

    private Variable read(String file, boolean rows) {
        return rows ? Discrete.rows(file, inputs.samples(file)) : Continuous.of(file, inputs.samples(file));
    }

    private Variable second(MutualInformationEstimator chosen, Variable first, boolean rows) {
        if (y != null && labels != null) {
            throw new UsageException("--y and --labels: one of the two");
        }
        if (labels != null) {
            return Samples.labels(labels, inputs);
        }
        if (y != null) {
            return read(y, rows);
        }
        if (chosen instanceof PairwiseDistance) {
            return first;
        }
        throw new UsageException(estimator + " needs --y FILE or --labels FILE");
    }

    private static Map<String, Object> answer(MutualInformationEstimator chosen, MutualInformation estimate,
            Unit unit) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("measure", "mi");
        answer.put("estimator", chosen.description().name());
        answer.put("kind", Estimator.word(chosen.description().kind()));
        answer.put("unit", unit.toString());
        answer.put("n", estimate.n());
        answer.putAll(MutualInformationNumbers.of(estimate, unit));
        estimate.interval().ifPresent(known -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("lower", unit.ofNats(known.lower()));
            entry.put("upper", unit.ofNats(known.upper()));
            entry.put("level", known.level());
            entry.put("method", known.method().label());
            answer.put("interval", entry);
        });
        return answer;
    }

    private Map<String, @Nullable Object> settings(MutualInformation estimate, int total) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        if (drawn.isPresent()) {
            drawn.get().describe(settings);
        } else {
            settings.put("x", x);
        }
        if (y != null) {
            settings.put("y", y);
        }
        if (labels != null) {
            settings.put("labels", labels);
        }
        settings.putAll(estimate.settings());
        if (drawn.isEmpty()) {
            sample.describe(settings, total);
        }
        settings.put("seed", options.seed());
        return settings;
    }

    private static Map<String, Object> describe(PermutationNull broken, Surrogates how, Unit unit) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("surrogates", how.label());
        entry.put("count", broken.permuted().size());
        entry.put("mean", unit.ofNats(broken.mean()));
        entry.put("standardDeviation", unit.ofNats(broken.standardDeviation()));
        entry.put("quantile95", unit.ofNats(broken.quantile(0.95)));
        entry.put("pValue", broken.pValue());
        return entry;
    }

    private static Map<String, Object> describe(SubsamplingCurve curve, Unit unit) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("extrapolated", unit.ofNats(curve.extrapolated()));
        entry.put("standardError", unit.ofNats(curve.standardError()));
        entry.put("points",
                curve.points().stream().map(point -> JsonAnswer.ordered("parts", point.parts(), "n", point.n(), "mean",
                        unit.ofNats(point.mean()))).toList());
        return entry;
    }

    private static List<String> lines(MutualInformation estimate, String ofTotal, Unit unit,
            Map<String, Double> more) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(Locale.ROOT, "mutual information, %s, %d%s pairs [%s]", estimate.estimator(),
                        estimate.n(), ofTotal, unit));
        TextTable table = TextTable.plain("  ");
        MutualInformationNumbers.of(estimate, unit).forEach(table::row);
        more.forEach(table::row);
        lines.addAll(table.lines());
        estimate.interval()
                .ifPresent(known -> lines.add(String.format(Locale.ROOT, "  %s %% interval by %s: [%.6f, %.6f]",
                        percent(known.level()), known.method().label(), unit.ofNats(known.lower()),
                        unit.ofNats(known.upper()))));
        lines.addAll(choice(estimate));
        return lines;
    }

    /// What the estimator that chooses says of its choice; nothing of others.
    private static List<String> choice(MutualInformation estimate) {
        TextTable table = TextTable.plain("  ");
        List.of("chosen", "claim", "reason", "unseen").stream()
                .filter(name -> estimate.settings().get(name) instanceof String)
                .forEach(name -> table.row(name, estimate.settings().get(name)));
        return table.lines();
    }

    private static List<String> lines(PermutationNull broken, Unit unit) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "pairs broken up %d times [%s]", broken.permuted().size(), unit));
        lines.addAll(TextTable.plain("  ").row("mean", unit.ofNats(broken.mean()))
                .row("std. deviation", unit.ofNats(broken.standardDeviation()))
                .row("95 % below", unit.ofNats(broken.quantile(0.95))).row("p-value", broken.pValue()).lines());
        return lines;
    }

    private static List<String> lines(SubsamplingCurve curve, Unit unit) {
        List<String> lines = new ArrayList<>();
        lines.add("parts of the samples [%s]".formatted(unit));
        TextTable table = TextTable.plain("  ");
        curve.points().forEach(point -> table.row("n = " + point.n(), unit.ofNats(point.mean())));
        lines.addAll(table.row("n to infinity", unit.ofNats(curve.extrapolated()))
                .row("std. error", unit.ofNats(curve.standardError())).lines());
        return lines;
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
    }
}
