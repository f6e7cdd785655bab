package org.surprisal.cli.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.report.Axis;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Range;
import org.surprisal.report.Scale;
import org.surprisal.report.Stroke;
import org.surprisal.report.Values;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.CriticalLine;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.PhaseDiagram;

/// chi_1 and xi_c as heat maps under the critical line.
final class PhaseDiagramFigures {
    private static final int LONGEST = 1000;

    private PhaseDiagramFigures() {
    }

    static List<Figure> of(PhaseDiagram diagram) {
        String activation = diagram.activation().label();
        return List.of(chart(diagram, "chi-1", "χ_1 of deep random networks, " + activation,
                "Below 1 (blue) inputs grow alike with depth: order. Above 1 (red) they part: chaos. The line is the"
                        + " critical one.",
                "chi1", new Axis("χ_1", "", Scale.LINEAR, new Range(0.5, 1.5)),
                ColourMap.DIVERGING),
                chart(diagram, "xi-c", "Depth that correlations reach, " + activation,
                        "xi_c, the layers over which the correlation of two inputs approaches its fixed point; it"
                                + " diverges along the "
                                + "critical line. Networks train to about six times as deep.",
                        "xiC", new Axis("xi_c", "layers", Scale.LOG, new Range(1, LONGEST)),
                        ColourMap.VIRIDIS));
    }

    private static Figure chart(PhaseDiagram diagram, String id, String title, String caption, String name,
            Axis measure, ColourMap map) {
        Cells around = Cells.around("no such number", numbers(diagram.sigmaW2()),
                numbers(diagram.sigmaB2()), values(diagram, name), measure, map);
        // a variance is not negative, and neither is the edge of a cell
        Cells cells = new Cells(around.name(), fromZero(around.xEdges()), fromZero(around.yEdges()),
                around.values(), measure, map);
        List<Mark> marks = new ArrayList<>();
        marks.add(cells);
        criticalLine(diagram.activation(), cells).ifPresent(marks::add);
        return new Chart(id, title, caption, Axis.linear("σ_w²", ""), Axis.linear("σ_b²", ""), marks);
    }

    private static Values fromZero(Values edges) {
        return Values.of(edges.stream().map(edge -> Math.max(0, edge)).toArray());
    }

    /// The part of the critical line that runs over the cells; absent where none does.
    private static Optional<Mark> criticalLine(ActivationFunction activation, Cells cells) {
        double low = cells.xEdges().get(0);
        double high = cells.xEdges().get(cells.xEdges().size() - 1);
        CriticalLine line = CriticalLine.of(activation, cells.yEdges().get(0),
                cells.yEdges().get(cells.yEdges().size() - 1));
        List<CriticalLine.Point> shown = line.points().stream()
                .filter(point -> point.sigmaW2() >= low && point.sigmaW2() <= high).toList();
        return shown.size() < 2
                ? Optional.empty()
                : Optional.of(new Line("critical line",
                        shown.stream().mapToDouble(CriticalLine.Point::sigmaW2).toArray(),
                        shown.stream().mapToDouble(CriticalLine.Point::sigmaB2).toArray(), Palette.INK, Stroke.SOLID,
                        false));
    }

    private static double[] values(PhaseDiagram diagram, String name) {
        List<Double> values = new ArrayList<>();
        for (List<FixedPoint> row : diagram.cells()) {
            for (FixedPoint point : row) {
                values.add(new MeanFieldNumbers().with(point).numbers().get(name) instanceof Double number
                        ? number
                        : Double.NaN);
            }
        }
        return numbers(values);
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
