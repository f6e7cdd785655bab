package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Panels;
import org.surprisal.report.Stroke;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;

/// Loss and accuracy by epoch, means over seeds.
final class TrainingCurves {
    private static final Axis EPOCH = Axis.log("epoch + 1", "");

    private TrainingCurves() {
    }

    /// Absent where no epoch was finished.
    static Optional<Figure> of(List<Metric> metrics, List<Case> groups) {
        List<Mark> losses = marks(metrics, groups, "loss");
        List<Mark> accuracies = marks(metrics, groups, "accuracy");
        // A kill may have cut the last epoch short between the two.
        if (losses.isEmpty() || accuracies.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Panels("loss-and-accuracy", "Loss and accuracy by epoch",
                "Solid: the epoch's training batches, each before its step; dashed: test samples after the epoch,"
                        + " where there"
                        + " are some. Means over seeds; bands: one standard error.",
                2,
                List.of(new Chart("loss", "loss", "", EPOCH, Axis.linear("cross-entropy", "nat"), losses),
                        new Chart("accuracy", "accuracy", "", EPOCH, Axis.linear("accuracy", "").withRange(0, 1),
                                accuracies))));
    }

    private static List<Mark> marks(List<Metric> metrics, List<Case> groups, String what) {
        List<Mark> marks = new ArrayList<>();
        for (Case group : groups) {
            for (String part : List.of("train", "test")) {
                Series series = new Series();
                for (Metric metric : metrics) {
                    if (metric.name().equals(part + "-" + what) && metric.epoch().isPresent()
                            && Ensemble.group(metric.in()).equals(group)) {
                        series.add(metric.epoch().getAsInt(), metric.value());
                    }
                }
                if (!series.isEmpty()) {
                    marks.addAll(series.marks(Ensemble.label(group) + (part.equals("test") ? ", test" : ""),
                            series.epochsPlusOne(), Palette.category(groups.indexOf(group)),
                            part.equals("test") ? Stroke.DASHED : Stroke.SOLID));
                }
            }
        }
        return marks;
    }
}
