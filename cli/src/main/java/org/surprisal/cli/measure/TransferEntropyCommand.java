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
import org.surprisal.information.conditional.Embedding;
import org.surprisal.information.conditional.TransferEntropy;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.Variable;
import org.surprisal.study.Failures;
import org.surprisal.tensor.RandomStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `surprisal measure te`.
@Command(name = "te", sortOptions = false, description = {
        "The transfer entropy from one time series to another (Schreiber 2000): what the source's past tells of the"
                + " target's present beyond what the target's own past tells.",
        "",
        "Rows are in the order of time. 'discrete' takes whole rows as symbols, which must be few.",
        ""},
        footer = {"", "Examples:",
                "  surprisal measure te --source heart.csv#1 --target heart.csv#2 --permutations 99",
                "  surprisal measure te --estimator gaussian --source x.npy --target y.npy --target-history 3 --lag 2"})
final class TransferEntropyCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--source", required = true, paramLabel = "FILE", description = "the source, one time a row")
    private String source = "";

    @Option(names = "--target", required = true, paramLabel = "FILE", description = "the target, one time a row")
    private String target = "";

    @Option(names = "--target-history", paramLabel = "K",
            description = "values of the target's past (default: ${DEFAULT-VALUE})")
    private int targetHistory = 1;

    @Option(names = "--target-delay", paramLabel = "T", description = "rows between them (default: ${DEFAULT-VALUE})")
    private int targetDelay = 1;

    @Option(names = "--source-history", paramLabel = "L",
            description = "values of the source's past (default: ${DEFAULT-VALUE})")
    private int sourceHistory = 1;

    @Option(names = "--source-delay", paramLabel = "T", description = "rows between them (default: ${DEFAULT-VALUE})")
    private int sourceDelay = 1;

    @Option(names = "--lag", paramLabel = "U",
            description = "rows from the latest of them to the target's present (default: ${DEFAULT-VALUE})")
    private int lag = 1;

    @Mixin
    private final ConditionalOptions options = new ConditionalOptions();

    @Option(names = "--permutations", paramLabel = "B",
            description = "compare with B surrogates of the source: a p-value")
    private @Nullable Integer permutations;

    @Option(names = "--surrogates", paramLabel = "NAME", description = "rotate, blocks or shuffle (default: rotate)")
    private @Nullable String surrogates;

    @Option(names = "--block-length", paramLabel = "L", description = "rows of a block of --surrogates blocks")
    private @Nullable Integer blockLength;

    @Option(names = "--interval", paramLabel = "METHOD", description = "a 95 %% interval: subsampling")
    private @Nullable String interval;

    @Mixin
    private final ArrayInputs inputs = new ArrayInputs();

    @Mixin
    private final AnswerOptions answers = new AnswerOptions();

    TransferEntropyCommand(Console console) {
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
        String how = Choice.of("--surrogates", surrogates == null ? "rotate" : surrogates,
                new String[]{"rotate", "blocks", "shuffle"}, each -> each);
        TransferEntropy transfer = new TransferEntropy(chosen, embedding());
        Variable from = read(chosen, source);
        Variable to = read(chosen, target);
        Embedding.Series series = transfer.embedding().of(from, to);
        RandomStream stream = options.stream();
        MutualInformation estimate = ConditionalAnswer.withInterval(interval, chosen, transfer.estimate(from, to),
                series.source(), series.present(), series.past(), stream.child("interval"));
        ConditionalAnswer answer = new ConditionalAnswer("te", "transfer entropy", chosen, estimate, inputs, unit);
        if (permutations != null) {
            answer.nullDistribution(ConditionalNull.of(chosen, series.source(), series.present(), series.past(),
                    permutations, SurrogateOptions.named(how, blockLength), stream.child("permutations")), how);
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("source", source);
        settings.put("target", target);
        settings.putAll(estimate.settings());
        settings.put("seed", options.seed());
        answer.print(console, answers, settings);
        return ExitCode.DONE;
    }

    private Embedding embedding() {
        try {
            return new Embedding(targetHistory, targetDelay, sourceHistory, sourceDelay, lag);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Failures.words(e));
        }
    }

    private Variable read(ConditionalEstimator chosen, String file) {
        return chosen instanceof ConditionalPlugIn
                ? Discrete.rows(file, inputs.samples(file))
                : Continuous.of(file, inputs.samples(file));
    }
}
