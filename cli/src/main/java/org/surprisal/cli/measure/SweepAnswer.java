package org.surprisal.cli.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.surprisal.cli.TextTable;
import org.surprisal.cli.Unit;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.NoiseSweep;
import org.surprisal.information.mutual.NoiseSweep.StableRange;

/// A noise sweep as it is answered: I(T;Y) where there are labels, else I(X;T).
record SweepAnswer(NoiseSweep sweep, Unit unit) {
    /// A bracket that moves by less than this, in nats per e-fold of the variance, counts as resting.
    private static final double SLOPE = 0.05;

    private boolean labelled() {
        return sweep.points().getFirst().output().isPresent();
    }

    private Optional<StableRange> stable() {
        return labelled() ? sweep.stableOutput(SLOPE) : sweep.stableInput(SLOPE);
    }

    private static MutualInformation shown(NoiseSweep.Point point) {
        return point.output().orElse(point.input());
    }

    /// For JSON; `stable` is absent where the answer depends on the noise everywhere.
    Map<String, Object> entry() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("of", labelled() ? "iTY" : "iXT");
        entry.put("points", sweep.points().stream().map(point -> {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("noiseVariance", point.variance());
            numbers.putAll(MutualInformationNumbers.of(shown(point), unit));
            return numbers;
        }).toList());
        stable().ifPresent(range -> {
            Map<String, Object> numbers = new LinkedHashMap<>();
            numbers.put("from", range.lowest());
            numbers.put("to", range.highest());
            numbers.put("lower", unit.ofNats(range.least()));
            numbers.put("upper", unit.ofNats(range.most()));
            entry.put("stable", numbers);
        });
        return entry;
    }

    /// For a person.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s by noise variance [%s]", labelled() ? "I(T;Y)" : "I(X;T)", unit));
        TextTable table = TextTable.headed("variance", "value", "lower", "upper");
        for (NoiseSweep.Point point : sweep.points()) {
            MutualInformation answer = shown(point);
            table.row(TextTable.digits(point.variance(), 4), unit.ofNats(answer.value()),
                    unit.ofNats(answer.lower().orElseThrow()), unit.ofNats(answer.upper().orElseThrow()));
        }
        lines.addAll(table.lines());
        lines.add(stable().map(range -> String.format(Locale.ROOT,
                "hardly depends on the noise from variance %.4g to %.4g: between %.4f and %.4f %s there",
                range.lowest(),
                range.highest(), unit.ofNats(range.least()), unit.ofNats(range.most()), unit)).orElse(
                        "depends on the noise everywhere: to be quoted with its variance only"));
        return lines;
    }
}
