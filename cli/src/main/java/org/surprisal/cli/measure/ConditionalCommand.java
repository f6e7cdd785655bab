package org.surprisal.cli.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.cli.Choice;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.Unit;
import org.surprisal.cli.UsageException;
import org.surprisal.information.conditional.ConditionalEstimator;
import org.surprisal.information.conditional.ConditionalNull;
import org.surprisal.information.conditional.ConditionalPlugIn;
import org.surprisal.information.conditional.LocalPermutations;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure cmi`.
@Command(name = "cmi", sortOptions = false, description = {
        "The conditional mutual information I(X;Y|Z): what X and Y tell of each other beyond what Z tells.",
        "",
        "--permutations compares with surrogates of X. 'local' keeps what X has in common with Z, and tests whether X"
                + " and Y are independent given Z; shuffle, rotate and blocks test whether X is independent of both."
                + " 'discrete' takes whole rows as symbols.",
        ""},
        footer = {"", "Examples:",
                "  surprisal measure cmi --x x.npy --y y.npy --z z.npy --permutations 99",
                "  surprisal measure cmi --estimator discrete --x a.csv#1 --y a.csv#2 --z a.csv#3 --interaction"})
final class ConditionalCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--x", required = true, paramLabel = "FILE", description = "samples of X, one a row")
    private String x = "";

    @Option(names = "--y", required = true, paramLabel = "FILE", description = "samples of Y, one a row")
    private String y = "";

    @Option(names = "--z", required = true, paramLabel = "FILE", description = "samples of Z, one a row")
    private String z = "";

    @Mixin
    private final ConditionalOptions options = new ConditionalOptions();

    @Option(names = "--interaction", description = "I(X;Y) and the interaction information I(X;Y|Z) - I(X;Y) too")
    private boolean interaction;

    @Option(names = "--permutations", paramLabel = "B", description = "compare with B surrogates of X: a p-value")
    private @Nullable Integer permutations;

    @Option(names = "--surrogates", paramLabel = "NAME",
            description = "local, shuffle, rotate or blocks (default: local)")
    private @Nullable String surrogates;

    @Option(names = "--block-length", paramLabel = "L", description = "rows of a block of --surrogates blocks")
    private @Nullable Integer blockLength;

    @Option(names = "--interval", paramLabel = "METHOD", description = "a 95 %% interval: subsampling")
    private @Nullable String interval;

    @Mixin
    private final RowSample sample = new RowSample();

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Mixin
    private final AnswerOptions answers = new AnswerOptions();

    ConditionalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ConditionalEstimator chosen = options.chosen();
        Unit unit = answers.unit();
        if (permutations == null && (surrogates != null || blockLength != null)) {
            throw new UsageException("--surrogates needs --permutations B: it says how pairs are broken up for them");
        }
        if (permutations != null && permutations < 2) {
            throw new UsageException("--permutations " + permutations + ": must be at least 2");
        }
        String how = Choice.of("--surrogates", surrogates == null ? "local" : surrogates,
                new String[]{"local", "shuffle", "rotate", "blocks"}, each -> each);
        sample.check();
        Variable wholeX = read(chosen, x);
        int total = wholeX.count();
        int[] rows = sample.rows(total, options.stream());
        Variable first = RowSample.take(wholeX, rows);
        Variable second = taken(read(chosen, y), total, rows);
        Variable given = taken(read(chosen, z), total, rows);
        RandomStream stream = options.stream();
        MutualInformation estimate = ConditionalAnswer.withInterval(interval, chosen,
                chosen.estimate(first, second, given), first, second, given, stream.child("interval"));
        ConditionalAnswer answer = new ConditionalAnswer("cmi", "conditional mutual information", chosen, estimate,
                inputs, unit);
        if (interaction) {
            double mutual = chosen.unconditional().estimate(first, second).value();
            answer.number("mutual", unit.ofNats(mutual));
            answer.number("interaction", unit.ofNats(estimate.value() - mutual));
        }
        if (permutations != null) {
            RandomStream own = stream.child("permutations");
            if (how.equals("local")) {
                SurrogateOptions.requireNoBlocks(blockLength, how);
            }
            PermutationNull broken = how.equals("local")
                    ? ConditionalNull.of(chosen, first, second, given, permutations, LocalPermutations.USUAL, own)
                    : ConditionalNull.of(chosen, first, second, given, permutations,
                            SurrogateOptions.named(how, blockLength), own);
            answer.nullDistribution(broken, how);
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("x", x);
        settings.put("y", y);
        settings.put("z", z);
        settings.putAll(estimate.settings());
        sample.describe(settings, total);
        settings.put("seed", options.seed());
        answer.print(console, answers, settings);
        return ExitCode.DONE;
    }

    /// Rows that are missing are the estimator's to complain of.
    private static Variable taken(Variable variable, int total, int... rows) {
        return variable.count() == total ? RowSample.take(variable, rows) : variable;
    }

    private Variable read(ConditionalEstimator chosen, String file) {
        return chosen instanceof ConditionalPlugIn
                ? Discrete.rows(file, inputs.samples(file))
                : Continuous.of(file, inputs.samples(file));
    }
}
