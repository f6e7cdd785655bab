package org.surprisal.study.trainability;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Stroke;
import org.surprisal.report.Values;
import org.surprisal.study.Wording;

/// The pictures of a grid.
final class TrainabilityFigures {
    /// Correlation lengths to which a network is said to be trainable (Schoenholz et al. 2017).
    static final double LENGTHS = 6;

    /// Points of the theory's curve.
    private static final int CURVE = 150;

    private final Grid grid;
    private final Theory theory;

    TrainabilityFigures(Grid grid, Theory theory) {
        this.grid = grid;
        this.theory = theory;
    }

    /// The heat map with the theory over it.
    Figure tongue() {
        Mark.Cells cells = Mark.Cells.around(gaps(), array(grid.variances()),
                grid.depths().stream().mapToDouble(Integer::doubleValue).toArray(), grid.accuracies(),
                Axis.linear("test accuracy", "").withRange(0, 1), ColourMap.VIRIDIS);
        List<Mark> marks = new ArrayList<>(List.of(cells));
        curve(cells.xEdges(), cells.yEdges()).ifPresent(marks::add);
        double critical = theory.criticalSigmaW2();
        marks.add(new Mark.Rule("critical, " + Wording.fixed(critical, 4), Mark.Direction.VERTICAL, critical,
                Palette.INK));
        return new Chart("accuracy-by-depth-and-variance", "Accuracy by depth and weight variance",
                "Each cell is a network of that depth and that σ_w² after training" + (grid.seeds() > 1
                        ? " (mean over seeds)"
                        : "")
                        + ". Dashed: six correlation lengths of mean-field theory; the vertical line is where order"
                        + " ends."
                        + " Networks should train below the dashed line and fail above it.",
                Axis.linear("weight variance σ_w²", ""), Axis.linear("hidden layers", ""), marks);
    }

    /// What a hatched cell means in this grid.
    private String gaps() {
        return grid.untrained() == 0
                ? "diverged"
                : grid.divergedCells() == 0 ? "not trained yet" : "diverged or not trained yet";
    }

    /// 6 ξ_c, with a gap where theory has no length, and where it is off the map by more than its height.
    private Optional<Mark> curve(Values xEdges, Values yEdges) {
        double low = Math.max(xEdges.get(0), Double.MIN_NORMAL);
        double high = xEdges.get(xEdges.size() - 1);
        double[] x = new double[CURVE];
        for (int i = 0; i < CURVE; i++) {
            x[i] = low + (high - low) * (i + 0.5) / CURVE;
        }
        double[] y = theory.correlationLengths(x);
        boolean any = false;
        for (int i = 0; i < CURVE; i++) {
            y[i] *= LENGTHS;
            if (y[i] > 2 * yEdges.get(yEdges.size() - 1)) {
                y[i] = Double.NaN;
            }
            any |= !Double.isNaN(y[i]);
        }
        return any
                ? Optional.of(new Mark.Line("6 ξ_c", Values.of(x), Values.of(y), Palette.INK, Stroke.DASHED, false))
                : Optional.empty();
    }

    /// Where accuracy falls below one half, against ξ_c; absent if no column has both.
    Optional<Figure> fall() {
        List<Grid.Fall> falls = grid.falls(theory);
        if (falls.isEmpty()) {
            return Optional.empty();
        }
        List<Mark> marks = new ArrayList<>();
        List<String> phases = falls.stream().map(fall -> theory.phase(fall.sigmaW2())).distinct().toList();
        for (String phase : phases) {
            List<Grid.Fall> own = falls.stream().filter(fall -> theory.phase(fall.sigmaW2()).equals(phase)).toList();
            var colour = Palette.category(phases.indexOf(phase));
            marks.add(new Mark.Points(phase, own.stream().mapToDouble(Grid.Fall::xiC).toArray(),
                    own.stream().mapToDouble(fall -> fall.depth().depth()).toArray(), colour));
            for (Grid.Fall fall : own) {
                marks.add(new Mark.Line(phase, new double[]{fall.xiC(), fall.xiC()},
                        new double[]{fall.depth().last(), fall.depth().first()}, colour));
            }
        }
        double most = falls.stream().mapToDouble(Grid.Fall::xiC).max().orElseThrow();
        double[] ends = {0, 1.05 * most};
        Grid.fit(falls).ifPresent(line -> marks.add(new Mark.Line(equation(line), ends,
                new double[]{line.at(ends[0]), line.at(ends[1])}, Palette.INK)));
        marks.add(new Mark.Line("6 ξ_c", ends, new double[]{0, LENGTHS * ends[1]}, Palette.GREY, Stroke.DASHED, false));
        return Optional.of(new Chart("depth-of-fall-by-correlation-length",
                "Depth at which accuracy falls below 50 %, against the correlation length",
                "One point a weight variance; strokes reach from the last depth of the grid above 50 % to the first"
                        + " below."
                        + " Columns that do not fall within the grid are not here.",
                Axis.linear("correlation length ξ_c", "layers"), Axis.linear("depth of the fall", "layers"), marks));
    }

    /// `fit: 3.1 + 5.2 ξ_c`
    static String equation(FittedLine line) {
        return String.format(Locale.ROOT, "fit: %.1f %s %.2f ξ_c", line.intercept(), line.slope() < 0 ? "-" : "+",
                Math.abs(line.slope()));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
