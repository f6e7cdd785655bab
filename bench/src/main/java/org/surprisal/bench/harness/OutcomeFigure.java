package org.surprisal.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.report.Axis;
import org.surprisal.report.Bars;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Stroke;

/// Outcomes as bars: how many times as fast, with intervals and targets.
public final class OutcomeFigure {
    private static final double HALF_BAR = 0.36;
    private static final double HALF_TARGET = 0.46;

    private OutcomeFigure() {
    }

    /// Bars of the outcomes that have a peer; empty where none has.
    public static Optional<Figure> of(List<Outcome> outcomes) {
        List<Mark> bars = new ArrayList<>();
        List<Mark> lines = new ArrayList<>();
        int place = 0;
        double highest = 1;
        for (Outcome outcome : outcomes) {
            if (outcome.againstPeer().isEmpty()) {
                continue;
            }
            place++;
            PairedRatio ratio = outcome.againstPeer().get();
            bars.add(new Bars(place + " " + outcome.workload().name(),
                    new double[]{place - HALF_BAR, place + HALF_BAR}, new double[]{ratio.median()},
                    Palette.category(place - 1)));
            lines.add(new Line("interval of the median", new double[]{place, place},
                    new double[]{ratio.low(), ratio.high()}, Palette.INK));
            highest = Math.max(highest, ratio.high());
            for (Target target : outcome.workload().targets()) {
                if (target instanceof Target.OfPeer peer) {
                    lines.add(new Line("target", new double[]{place - HALF_TARGET, place + HALF_TARGET},
                            new double[]{peer.least(), peer.least()}, Palette.INK, Stroke.DASHED, false));
                    highest = Math.max(highest, peer.least());
                }
            }
        }
        if (place == 0) {
            return Optional.empty();
        }
        List<Mark> marks = new ArrayList<>(bars);
        marks.addAll(lines);
        marks.add(new ReferenceLine("as fast as PyTorch", ReferenceLine.Direction.HORIZONTAL, 1, Palette.GREY));
        return Optional.of(new Chart("bench-against-pytorch", "How many times as fast as PyTorch",
                "Medians of the rounds' ratios of times, blocks of both in turns in one process; thin lines are 95 %"
                        + " intervals"
                        + " of the median, dashed ones targets.",
                Axis.linear("workload", "").withRange(0.4, place + 0.6),
                Axis.linear("time of PyTorch over time of Surprisal", "").withRange(0, 1.08 * highest), marks));
    }
}
