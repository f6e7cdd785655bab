package org.surprisal.study.relativeentropy;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Stroke;
import org.surprisal.study.depth.Measurements;

/// Loss and accuracy of the first seed's networks, as they trained.
final class TrainingFigures {
    private final Measurements measured;
    private final List<Color> colours;

    TrainingFigures(Measurements measured) {
        this.measured = measured;
        this.colours = Palette.sequential(measured.variances().size());
    }

    /// The training loss of single steps; absent if nothing was trained.
    Optional<Figure> loss() {
        List<Mark> marks = new ArrayList<>();
        for (int v = 0; v < colours.size(); v++) {
            Map<Long, Double> steps = measured.steps("train-loss", measured.variances().get(v),
                    measured.seeds().getFirst());
            if (!steps.isEmpty()) {
                marks.add(line(v, "", steps, Stroke.SOLID));
            }
        }
        return chart("training-loss", "Training loss",
                "The cross-entropy of single batches before their step, for the first seed.",
                Axis.linear("step", ""), Axis.linear("loss", "nat"), marks);
    }

    /// Accuracy by epoch on training and test images; absent if no epoch was finished.
    Optional<Figure> accuracy() {
        List<Mark> marks = new ArrayList<>();
        for (int v = 0; v < colours.size(); v++) {
            double sigmaW2 = measured.variances().get(v);
            long seed = measured.seeds().getFirst();
            Map<Integer, Double> train = measured.epochs("train-accuracy", sigmaW2, seed);
            if (!train.isEmpty()) {
                marks.add(line(v, ", training", train, Stroke.DASHED));
                marks.add(line(v, ", test", measured.epochs("test-accuracy", sigmaW2, seed), Stroke.SOLID));
            }
        }
        return chart("accuracy", "Accuracy on training and test images",
                "Dashed: the epoch's training batches, each before its step; solid: all test images after the epoch"
                        + " (epoch 0"
                        + " is the random network), for the first seed.",
                Axis.linear("epoch", ""), Axis.linear("accuracy", "").withRange(0, 1), marks);
    }

    private Mark line(int variance, String suffix, Map<? extends Number, Double> values, Stroke stroke) {
        return new Mark.Line("σ_w² = " + Measurements.number(measured.variances().get(variance)) + suffix,
                values.keySet().stream().mapToDouble(Number::doubleValue).toArray(),
                values.values().stream().mapToDouble(Double::doubleValue).toArray(), colours.get(variance), stroke,
                values.size() < 20);
    }

    private static Optional<Figure> chart(String id, String title, String caption, Axis x, Axis y, List<Mark> marks) {
        return marks.isEmpty() ? Optional.empty() : Optional.of(new Chart(id, title, caption, x, y, marks));
    }
}
