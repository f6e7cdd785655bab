package org.surprisal.network.metric;

import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Averages of the class measures, each class with the same weight (Zahn, section 3.5.2).
///
/// Two numbers are in use under the name of a system's F1, and they differ: the notes take the harmonic mean of system
/// precision and recall ([#f1]), most software the mean of the classes' F1 ([#macroF1]).
///
/// @param precision mean of the classes' precisions, also macro precision
/// @param recall mean of the classes' recalls, also macro recall or balanced accuracy
/// @param f1 harmonic mean of `precision` and `recall` (0 when both are 0); empty when one of them is
/// @param macroF1 mean of the classes' F1
/// @param classAccuracy mean of the class accuracies, (TP + TN) / N of each class against the rest. A wrong sample
///     spoils two classes only, so it is 1 - 2 · error rate / classes and close to 1 for many classes.
public record SystemMeasures(OptionalDouble precision, OptionalDouble recall, OptionalDouble f1,
        OptionalDouble macroF1, double classAccuracy) {

    static SystemMeasures of(ConfusionMatrix matrix, UndefinedRatio undefined) {
        OptionalDouble precision = mean(matrix, BinaryCounts::precision, undefined);
        OptionalDouble recall = mean(matrix, BinaryCounts::recall, undefined);
        return new SystemMeasures(precision, recall, harmonicMean(precision, recall),
                mean(matrix, BinaryCounts::f1, undefined),
                IntStream.range(0, matrix.classes()).mapToDouble(k -> matrix.oneVersusRest(k).accuracy()).average()
                        .orElseThrow());
    }

    private static OptionalDouble mean(ConfusionMatrix matrix, Function<BinaryCounts, OptionalDouble> measure,
            UndefinedRatio undefined) {
        double sum = 0;
        int averaged = 0;
        for (int k = 0; k < matrix.classes(); k++) {
            OptionalDouble value = measure.apply(matrix.oneVersusRest(k));
            if (value.isEmpty() && undefined == UndefinedRatio.MAKES_EMPTY) {
                return OptionalDouble.empty();
            }
            sum += value.orElse(0);
            averaged += value.isPresent() || undefined == UndefinedRatio.COUNTS_AS_ZERO ? 1 : 0;
        }
        return averaged > 0 ? OptionalDouble.of(sum / averaged) : OptionalDouble.empty();
    }

    private static OptionalDouble harmonicMean(OptionalDouble a, OptionalDouble b) {
        if (a.isEmpty() || b.isEmpty()) {
            return OptionalDouble.empty();
        }
        double sum = a.getAsDouble() + b.getAsDouble();
        return OptionalDouble.of(sum > 0 ? 2 * a.getAsDouble() * b.getAsDouble() / sum : 0);
    }
}
