package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.surprisal.report.Axis;
import org.surprisal.report.Figure;
import org.surprisal.report.Section;
import org.surprisal.study.engine.Factor;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Plot;
import org.surprisal.study.engine.Quantities;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Sample;

/// Loss and accuracy by epoch, and results by the values of the file: means over seeds with their bands.
record ExperimentCurves(ExperimentNumbers numbers, Choice choice) {
    /// A ratio of largest to smallest value from which on an axis is logarithmic.
    private static final double WIDE = 9;

    Section training() {
        Section section = Section.of("Training");
        for (String words : numbers.ends().words()) {
            section = section.prose(words);
        }
        return section
                .picture(curve("loss", numbers.loss(Quantities.TRAIN_LOSS), numbers.loss(Quantities.VALIDATION_LOSS),
                        numbers.loss(Quantities.TEST_LOSS)))
                .picture(curve("accuracy", Quantities.TRAIN_ACCURACY, Quantities.VALIDATION_ACCURACY,
                        Quantities.TEST_ACCURACY));
    }

    private Optional<Figure> curve(String name, Quantity training, Quantity validation, Quantity test) {
        Sample watched = numbers.of(validation).with(Index.STAGE, "validation")
                .and(numbers.of(test).with(Index.STAGE, "test"));
        Sample all = numbers.of(training).with(Index.STAGE, "training").and(watched);
        boolean isPure = numbers.lossUnit().equals("1") || name.equals("accuracy");
        Plot plot = EpochAxis.of(all).lines(name + "-by-epoch", capital(name) + " by epoch", all)
                .valueAxis(Axis.linear(name, isPure ? "" : numbers.lossUnit()));
        Plot coloured = ExperimentNumbers.coloured(plot, numbers.factors());
        return (watched.isEmpty()
                ? coloured.caption("The epoch's training batches, each before its step.")
                : coloured.dash(Index.STAGE, stage -> stage.equals("training")
                        ? "the epoch's training batches, each before its step"
                        : stage + " samples, after the epoch"))
                .figure();
    }

    /// Results against values that are numbers.
    Section byValue() {
        Sample result = choice.by().isEmpty() ? numbers.test() : choice.by();
        List<Figure> figures = new ArrayList<>();
        for (Factor<?> factor : numbers.factors()) {
            List<Object> values = result.isEmpty() ? List.of() : result.values(factor);
            if (values.size() < 2 || !values.stream().allMatch(Double.class::isInstance)) {
                continue;
            }
            List<Factor<?>> others = numbers.factors().stream()
                    .filter(other -> other != factor).toList();
            ExperimentNumbers.coloured(Plot.lines("result-by-" + factor.column(),
                    capital(result.quantity().label()) + " after training, by " + factor.symbol(), result).x(factor)
                    .xAxis(axis(factor.symbol(), values))
                    .caption("Networks of one seed have the same data."), others)
                    .figure().ifPresent(figures::add);
        }
        return Section.of("Results by value").pictures(figures);
    }

    private static String capital(String label) {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    private static Axis axis(String label, List<Object> values) {
        double[] numbers = values.stream().mapToDouble(value -> (Double) value).sorted().toArray();
        return numbers[0] > 0 && numbers[numbers.length - 1] > WIDE * numbers[0]
                ? Axis.log(label, "")
                : Axis.linear(label, "");
    }
}
