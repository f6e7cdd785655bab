package org.surprisal.cli.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Range;
import org.surprisal.report.Scale;
import org.surprisal.report.Stroke;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.PhaseDiagram;

/// chi_1 and xi_c as heat maps under the critical line.
final class PhaseDiagramFigures {
    private static final int LONGEST = 1000;

    private PhaseDiagramFigures() {
    }

    /// @param critical the critical σ_w² by row of the diagram; null where there is none
    static List<Figure> of(PhaseDiagram diagram, List<@Nullable Object> critical) {
        String activation = diagram.activation().label();
        return List.of(chart(diagram, critical, "chi-1", "chi_1 of deep random networks, " + activation,
                "Below 1 (blue) inputs grow alike with depth: order. Above 1 (red) they part: chaos. The line is the critical one.",
                "chi1", new Axis("chi_1", "", Scale.LINEAR, new Range(0.5, 1.5)),
                ColourMap.DIVERGING),
                chart(diagram, critical, "xi-c", "Depth that correlations reach, " + activation,
                        "xi_c, the layers over which the correlation of two inputs approaches its fixed point; it diverges along the "
                                + "critical line. Networks train to about six times as deep.",
                        "xiC", new Axis("xi_c", "layers", Scale.LOG, new Range(1, LONGEST)),
                        ColourMap.VIRIDIS));
    }

    private static Figure chart(PhaseDiagram diagram, List<@Nullable Object> critical, String id, String title,
            String caption, String name, Axis measure, ColourMap map) {
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.Cells.around("no such number", numbers(diagram.sigmaW2()), numbers(diagram.sigmaB2()),
                values(diagram, name), measure, map));
        double low = diagram.sigmaW2().getFirst();
        double high = diagram.sigmaW2().getLast();
        double[] line = new double[critical.size()];
        double[] rows = new double[critical.size()];
        int count = 0;
        for (int b = 0; b < line.length; b++) {
            if (critical.get(b) instanceof Double weight && weight >= low && weight <= high) {
                line[count] = weight;
                rows[count++] = diagram.sigmaB2().get(b);
            }
        }
        if (count > 0) {
            marks.add(new Mark.Line("critical line", Arrays.copyOf(line, count),
                    Arrays.copyOf(rows, count), Palette.INK, Stroke.SOLID, false));
        }
        return new Chart(id, title, caption, Axis.linear("σ_w²", ""), Axis.linear("σ_b²", ""), marks);
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
