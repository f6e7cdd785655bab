package org.surprisal.cli.theory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.Console;
import org.surprisal.cli.ExitCode;
import org.surprisal.cli.JsonAnswer;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.UsageException;
import org.surprisal.study.Failures;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.CriticalPoint;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.MeanField;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `surprisal theory fixed-point`, `critical` and `lengths`: one computation, asked for three things.
@Command(sortOptions = false)
final class MeanFieldCommand implements Callable<Integer> {
    private final Console console;
    private final Question question;

    @Option(names = "--activation", paramLabel = "NAME",
            description = "tanh, erf, sigmoid, relu, leaky-relu or identity (default: tanh)")
    private String activation = "tanh";

    @Option(names = "--sigma-w2", paramLabel = "W", description = "variance of a weight times the fan-in")
    private @Nullable Double sigmaW2;

    @Option(names = "--sigma-b2", required = true, paramLabel = "B", description = "variance of a bias")
    private double sigmaB2;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    private MeanFieldCommand(Console console, Question question) {
        this.console = console;
        this.question = question;
    }

    /// What is asked.
    enum Question {
        /// Where variances and correlations settle.
        FIXED_POINT("fixed-point", "Where variances and correlations settle in a deep random network: q*, chi_1, c*."),
        /// Where order ends.
        CRITICAL("critical",
                "The sigma_w2 at which order ends and chaos begins, for one sigma_b2; --sigma-w2 may be left out."),
        /// How deep signals reach.
        LENGTHS("lengths", "The depths over which correlations and variances settle: xi_c and xi_q, in layers.");

        private final String word;
        private final String summary;

        Question(String word, String summary) {
            this.word = word;
            this.summary = summary;
        }

        /// The numbers that a person is shown; a script gets all.
        private List<String> shown() {
            return switch (this) {
                case FIXED_POINT -> List.of("outcome", "phase", "qStar", "chi1", "cStar");
                case CRITICAL -> List.of("criticalSigmaW2");
                case LENGTHS -> List.of("outcome", "phase", "xiC", "xiQ");
            };
        }
    }

    static CommandLine commandLine(Console console, Question question) {
        CommandLine line = new CommandLine(new MeanFieldCommand(console, question));
        line.getCommandSpec().name(question.word).usageMessage().description(question.summary, "").footer("",
                "Example:",
                "  surprisal theory " + question.word + " --activation tanh --sigma-w2 1.5 --sigma-b2 0.05 --json");
        return line;
    }

    @Override
    public Integer call() {
        SequencedMap<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("theory", question.word);
        answer.put("activation", activation.toLowerCase(Locale.ROOT));
        MeanFieldNumbers numbers = new MeanFieldNumbers();
        List<String> warnings = new ArrayList<>();
        try {
            ActivationFunction function = ActivationFunction.labelled(activation.toLowerCase(Locale.ROOT));
            if (sigmaW2 != null) {
                FixedPoint point = new MeanField(function, sigmaW2, sigmaB2).fixedPoint();
                MeanFieldNumbers.reading(point).ifPresent(warnings::add);
                numbers.with(point);
            } else if (question != Question.CRITICAL) {
                throw new UsageException("missing required option: '--sigma-w2=W'");
            }
            CriticalPoint critical = MeanField.critical(function, sigmaB2);
            if (critical instanceof CriticalPoint.EdgeOfDivergence && question == Question.CRITICAL) {
                warnings.add(
                        "chi_1 stays below 1 as long as there is a fixed point: from this sigma_w2 on there is none");
            }
            numbers.with(critical);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Failures.words(e));
        }
        answer.put("sigmaW2", sigmaW2);
        answer.put("sigmaB2", sigmaB2);
        answer.putAll(numbers.numbers());
        answer.put("errors", numbers.errors());
        answer.put("warnings", warnings);
        if (json) {
            JsonAnswer.print(console, answer);
        } else {
            warnings.forEach(warning -> console.err().println("surprisal: warning: " + warning));
            TextTable table = TextTable.plain("  ");
            numbers.numbers().keySet().stream().filter(question.shown()::contains)
                    .forEach(name -> table.row(label(name), value(numbers, name), error(numbers, name)));
            table.print(console);
        }
        return ExitCode.DONE;
    }

    /// What a person calls a number of the answer.
    private static String label(String name) {
        return switch (name) {
            case "qStar" -> "variance q*";
            case "chi1" -> "chi_1";
            case "cStar" -> "correlation c*";
            case "xiC" -> "xi_c (layers)";
            case "xiQ" -> "xi_q (layers)";
            case "criticalSigmaW2" -> "critical sigma_w2";
            default -> name;
        };
    }

    /// A number to ten digits; `none` where it does not exist.
    static String value(MeanFieldNumbers numbers, String name) {
        return switch (numbers.numbers().get(name)) {
            case null -> "none";
            case Double number -> String.format(Locale.ROOT, "%.10g", number);
            case Object word -> word.toString();
        };
    }

    /// How far a number may be off; empty where that is not known.
    static String error(MeanFieldNumbers numbers, String name) {
        Double error = numbers.errors().get(name);
        return error == null ? "" : String.format(Locale.ROOT, "± %.1g", error);
    }
}
