package org.surprisal.bench.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Points;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Stroke;

/// A run as a picture: how many times as fast each workload is, from above in the order of the table, with intervals
/// and targets.
public final class SpeedFigure {
    private static final double HALF_TARGET = 0.34;

    private SpeedFigure() {
    }

    /// The workloads that have a peer; empty where none has.
    public static Optional<Figure> of(SpeedRecord record) {
        List<SpeedRecord.Row> rows = record.rows().stream().filter(row -> row.timesAsFast().isPresent()).toList()
                .reversed();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Mark> marks = new ArrayList<>();
        double[] medians = new double[rows.size()];
        double[] places = new double[rows.size()];
        for (int place = 0; place < rows.size(); place++) {
            SpeedRecord.Row row = rows.get(place);
            SpeedRecord.Interval ratio = row.timesAsFast().get();
            medians[place] = ratio.median();
            places[place] = place;
            marks.add(new Line("interval of the median", new double[]{ratio.low(), ratio.high()},
                    new double[]{place, place}, Palette.category(0)));
            for (SpeedRecord.Goal goal : row.goals()) {
                if (goal.ofPeer()) {
                    marks.add(new Line("target", new double[]{goal.least(), goal.least()},
                            new double[]{place - HALF_TARGET, place + HALF_TARGET}, Palette.INK, Stroke.DASHED,
                            false));
                }
            }
        }
        marks.add(new Points("median of the rounds", medians, places, Palette.category(0)));
        marks.add(new ReferenceLine("as fast as PyTorch", ReferenceLine.Direction.VERTICAL, 1, Palette.GREY));
        return Optional.of(new Chart("bench-against-pytorch", "How many times as fast as PyTorch",
                "Ratios of times, blocks of both sides in turns in one process, a round each.",
                Axis.log("time of PyTorch over time of Surprisal", ""),
                Axis.named("workload", rows.stream()
                        .map(row -> row.name() + (row.disturbed().isPresent() ? " (disturbed)" : "")).toList()),
                marks));
    }
}
