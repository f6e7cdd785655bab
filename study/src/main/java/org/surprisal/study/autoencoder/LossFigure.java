package org.surprisal.study.autoencoder;

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

/// The reconstruction error of training and test images by epoch.
final class LossFigure {
    private LossFigure() {
    }

    /// For these networks; absent if none has finished an epoch.
    ///
    /// @param members at least one, of different variances
    static Optional<Figure> of(Measurements measured, List<Member> members) {
        List<Mark> marks = new ArrayList<>();
        List<Color> colours = Palette.sequential(members.size());
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            String name = Statements.name(member.sigmaW2());
            Map<Integer, Double> train = measured.epochs(Outcome.TRAIN_LOSS, member.sigmaW2(), member.seed());
            if (!train.isEmpty()) {
                marks.add(line(name + ", training", train, colours.get(i), Stroke.DASHED));
                marks.add(line(name + ", test",
                        measured.epochs(Outcome.TEST_LOSS, member.sigmaW2(), member.seed()), colours.get(i),
                        Stroke.SOLID));
            }
        }
        return marks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chart("reconstruction-error", "Reconstruction error by epoch",
                        "Mean squared error of a pixel. Dashed: the epoch's training batches, each before its step;"
                                + " solid: test"
                                + " images after the epoch, the random network at 0. First seed.",
                        Axis.linear("epoch", ""), Axis.log("mean squared error of a pixel", ""), marks));
    }

    private static Mark line(String name, Map<Integer, Double> values, Color colour, Stroke stroke) {
        return new Mark.Line(name, values.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
                values.values().stream().mapToDouble(Double::doubleValue).toArray(), colour, stroke,
                values.size() < 20);
    }
}
