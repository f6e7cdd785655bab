package org.surprisal.cli.measure;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.surprisal.information.BandwidthRule;
import org.surprisal.information.counts.BayesianEntropy;
import org.surprisal.information.entropy.CountedEntropy;
import org.surprisal.information.entropy.DifferentialEntropy;
import org.surprisal.information.entropy.DifferentialEntropyEstimator;
import org.surprisal.information.entropy.GaussianEntropy;
import org.surprisal.information.entropy.KernelEntropy;
import org.surprisal.information.entropy.NearestNeighbourEntropy;
import org.surprisal.information.entropy.Norm;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure entropy`.
@Command(name = "entropy", sortOptions = false, description = {
        "The entropy of samples: differential of continuous ones (relative to the unit of the coordinates, so it may"
                + " be "
                + "negative), or Shannon's of whole rows as symbols.",
        ""},
        footer = {"", "Examples:", "  surprisal measure entropy --x x.npy",
                "  surprisal measure entropy --estimator shannon --x labels.npy --unit bit --json"})
final class EntropyCommand implements Callable<Integer> {
    private static final int USUAL_NEIGHBOURS = 4;

    private final Console console;

    @Option(names = "--x", required = true, paramLabel = "FILE", description = "samples, one a row")
    private String x = "";

    @Option(names = "--estimator", paramLabel = "NAME",
            description = "kl (Kozachenko and Leonenko's nearest"
                    + " neighbours), gaussian, kde (one coordinate), or shannon (default: kl)")
    private String estimator = "kl";

    @Option(names = "--k", paramLabel = "K", description = "kl: neighbours (default: 4)")
    private @Nullable Integer k;

    @Option(names = "--norm", paramLabel = "NAME", description = "kl: euclidean or maximum (default: euclidean)")
    private @Nullable String norm;

    @Option(names = "--bandwidth", paramLabel = "RULE",
            description = "kde: scott, silverman or rule-of-thumb (default: scott)")
    private @Nullable String bandwidth;

    @Option(names = "--alphabet", paramLabel = "K",
            description = "shannon: how many symbols are possible; then the estimate by Nemenman, Shafee and Bialek"
                    + " is given too")
    private @Nullable Long alphabet;

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Mixin
    private final RowSample sample = new RowSample();

    @Option(names = "--seed", paramLabel = "N",
            description = "seed of the rows drawn by --sample (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    private int rows;

    @Mixin
    private final AnswerOptions answers = new AnswerOptions();

    EntropyCommand(Console console) {
        this.console = console;
    }

    /// What the answer is made with.
    private enum Kind {
        KL, GAUSSIAN, KDE, SHANNON
    }

    @Override
    public Integer call() {
        Kind kind = Choice.of("--estimator", estimator, Kind.values(), Choice::word);
        Unit unit = answers.unit();
        requireOwn(kind, Kind.KL, "--k", k);
        requireOwn(kind, Kind.KL, "--norm", norm);
        requireOwn(kind, Kind.KDE, "--bandwidth", bandwidth);
        requireOwn(kind, Kind.SHANNON, "--alphabet", alphabet);
        if (k != null && k < 1) {
            throw new UsageException("--k " + k + ": must be at least 1");
        }
        Norm distance = norm == null ? Norm.EUCLIDEAN : Choice.of("--norm", norm, Norm.values(), Choice::word);
        BandwidthRule rule = bandwidth == null
                ? BandwidthRule.SCOTT
                : Choice.of("--bandwidth", bandwidth, BandwidthRule.values(), Choice::word);
        sample.check();
        Tensor all = inputs.samples(x);
        if (kind == Kind.SHANNON) {
            rows = all.rank() == 0 ? 0 : all.length(0);
            print(counts(Discrete.rows(x, all)), unit);
            return ExitCode.DONE;
        }
        DifferentialEntropyEstimator chosen = switch (kind) {
            case KL -> new NearestNeighbourEntropy(k == null ? USUAL_NEIGHBOURS : k, distance);
            case KDE -> new KernelEntropy(rule, true);
            case GAUSSIAN, SHANNON -> new GaussianEntropy();
        };
        Continuous whole = Continuous.of(x, all);
        rows = whole.count();
        Continuous samples = RowSample.take(whole, sample.rows(rows, RandomStream.seeded(seed)));
        print(kind == Kind.GAUSSIAN
                ? chosen.estimate(samples)
                : new CostTrial(console).run(Choice.word(kind), samples.count(), 1,
                        few -> chosen.estimate(samples.take(few)), () -> chosen.estimate(samples)),
                unit);
        return ExitCode.DONE;
    }

    private static void requireOwn(Kind chosen, Kind owner, String option, @Nullable Object given) {
        if (given != null && chosen != owner) {
            throw new UsageException(
                    option + " is an option of " + Choice.word(owner) + ", not of " + Choice.word(chosen));
        }
    }

    private long[] counts(Discrete symbols) {
        Discrete drawn = RowSample.take(symbols, sample.rows(rows, RandomStream.seeded(seed)));
        return Arrays.stream(drawn.counts()).asLongStream().toArray();
    }

    private void print(long[] counts, Unit unit) {
        CountedEntropy entropy = CountedEntropy.of(counts);
        List<String> warnings = new ArrayList<>();
        if (2L * entropy.symbols() > entropy.samples()) {
            warnings.add(String.format(Locale.ROOT,
                    "%d samples show %d symbols: most are seen once or twice, and the value is too small",
                    entropy.samples(), entropy.symbols()));
        }
        Map<String, Object> answer = head("shannon", unit, entropy.samples());
        answer.put("value", unit.ofNats(entropy.plugIn()));
        answer.put("millerMadow", unit.ofNats(entropy.millerMadow()));
        answer.put("grassberger", unit.ofNats(entropy.grassberger()));
        answer.put("chaoShen", unit.ofNats(entropy.chaoShen()));
        Map<String, Object> own = new LinkedHashMap<>();
        if (alphabet != null) {
            BayesianEntropy bayesian = BayesianEntropy.of(alphabet, counts);
            answer.put("nsb", unit.ofNats(bayesian.mean()));
            answer.put("nsbDeviation", unit.ofNats(bayesian.standardDeviation()));
            own.put("alphabet", alphabet);
        }
        answer.put("standardError", unit.ofNats(entropy.standardError()));
        answer.put("symbols", entropy.symbols());
        finish(answer, own, warnings, unit);
    }

    private void print(DifferentialEntropy entropy, Unit unit) {
        Map<String, Object> answer = head(
                Choice.word(Choice.of("--estimator", estimator, Kind.values(), Choice::word)),
                unit, entropy.n());
        answer.put("value", unit.ofNats(entropy.value()));
        entropy.standardError().ifPresent(error -> answer.put("standardError", unit.ofNats(error)));
        entropy.bias().ifPresent(bias -> answer.put("bias", unit.ofNats(bias)));
        answer.put("dimension", entropy.dimension());
        finish(answer, entropy.settings(), entropy.warnings(), unit);
    }

    private static Map<String, Object> head(String name, Unit unit, long n) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("measure", "entropy");
        answer.put("estimator", name);
        answer.put("unit", unit.toString());
        answer.put("n", n);
        return answer;
    }

    private void finish(Map<String, Object> answer, Map<String, Object> own, List<String> found, Unit unit) {
        List<String> warnings = inputs.notesAnd(found).stream().map(unit::of).toList();
        Map<String, Object> shown = new LinkedHashMap<>(answer);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("x", x);
        settings.putAll(own);
        sample.describe(settings, rows);
        answer.put("settings", settings);
        answer.put("warnings", warnings);
        TextTable table = TextTable.plain("  ");
        shown.forEach(table::row);
        answers.print(console, answer, warnings, () -> table.print(console));
    }
}
