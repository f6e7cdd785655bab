package org.surprisal.cli.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surprisal.cli.ArrayInputs;
import org.surprisal.cli.Console;
import org.surprisal.cli.Unit;
import org.surprisal.cli.UsageException;
import org.surprisal.information.conditional.ConditionalEstimator;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.information.mutual.Subsampling;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;

/// What `measure cmi` and `measure te` answer, put together part by part.
final class ConditionalAnswer {
    private static final double LEVEL = 0.95;

    private final Unit unit;
    private final Map<String, Object> entries = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> warnings;

    /// @param title of the lines for a person
    /// @param measure the command
    ConditionalAnswer(String measure, String title, ConditionalEstimator estimator, MutualInformation estimate,
            ArrayInputs inputs, Unit unit) {
        this.unit = unit;
        warnings = new ArrayList<>(inputs.notesAnd(estimate.warnings()));
        entries.put("measure", measure);
        entries.put("estimator", estimator.description().name());
        entries.put("kind", Estimator.word(estimator.description().kind()));
        entries.put("unit", unit.toString());
        entries.put("n", estimate.n());
        lines.add(String.format(Locale.ROOT, "%s, %s, %d rows [%s]", title, estimator.description().name(),
                estimate.n(), unit));
        MutualInformationNumbers.of(estimate, unit).forEach(this::number);
        estimate.interval().ifPresent(known -> {
            Map<String, Object> interval = new LinkedHashMap<>();
            interval.put("lower", unit.ofNats(known.lower()));
            interval.put("upper", unit.ofNats(known.upper()));
            interval.put("level", known.level());
            interval.put("method", known.method().label());
            entries.put("interval", interval);
            lines.add(String.format(Locale.ROOT, "  %.0f %% interval by %s: [%.6f, %.6f]", 100 * known.level(),
                    known.method().label(), unit.ofNats(known.lower()), unit.ofNats(known.upper())));
        });
    }

    /// One more number, in its unit already.
    void number(String name, double value) {
        entries.put(name, value);
        lines.add(line(name, value));
    }

    /// Adds what surrogates gave, in which X and Y are independent.
    void nullDistribution(PermutationNull broken, String surrogates) {
        broken.answer().warnings().stream().filter(warning -> !warnings.contains(warning)).forEach(warnings::add);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("surrogates", surrogates);
        entry.put("count", broken.permuted().size());
        entry.put("mean", unit.ofNats(broken.mean()));
        entry.put("standardDeviation", unit.ofNats(broken.standardDeviation()));
        entry.put("quantile95", unit.ofNats(broken.quantile(0.95)));
        entry.put("pValue", broken.pValue());
        entries.put("permutations", entry);
        lines.add(String.format(Locale.ROOT, "%d surrogates (%s) [%s]", broken.permuted().size(), surrogates, unit));
        lines.add(line("mean", unit.ofNats(broken.mean())));
        lines.add(line("std. deviation", unit.ofNats(broken.standardDeviation())));
        lines.add(line("95 % below", unit.ofNats(broken.quantile(0.95))));
        lines.add(line("p-value", broken.pValue()));
    }

    /// Prints the numbers, or one JSON object where that is asked for.
    void print(Console console, AnswerOptions answers, Map<String, ? extends @Nullable Object> settings) {
        List<String> shown = warnings.stream().map(unit::of).toList();
        entries.put("settings", settings);
        entries.put("warnings", shown);
        answers.print(console, entries, shown, () -> lines.forEach(console.out()::println));
    }

    private static String line(String name, double number) {
        return String.format(Locale.ROOT, "  %-16s %12.6f", name, number);
    }

    /// An estimate with an interval by subsampling where it is asked for.
    ///
    /// @throws UsageException if another interval is asked for, or the estimator has none by parts
    static MutualInformation withInterval(@Nullable String interval, ConditionalEstimator estimator,
            MutualInformation answer, Variable x, Variable y, Variable z, RandomStream stream) {
        if (interval == null) {
            return answer;
        }
        if (!interval.equals("subsampling")) {
            throw new UsageException("--interval " + interval + ": must be subsampling");
        }
        estimator.objectionToParts().ifPresent(reason -> {
            throw new UsageException(estimator.description().name() + " " + reason);
        });
        return Subsampling.standard(LEVEL, stream).around(answer, answer.n(),
                rows -> estimator.estimate(x.take(rows), y.take(rows), z.take(rows)).value());
    }
}
