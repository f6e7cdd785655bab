package org.surprisal.gallery;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.report.Axis;
import org.surprisal.report.Cells;
import org.surprisal.report.ColourMap;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Palette;
import org.surprisal.report.Points;
import org.surprisal.report.Stroke;
import org.surprisal.tensor.Tensor;

/// Marks of pictures in a plane: functions of one and of two variables, and samples by class.
final class PlaneDrawings {
    private PlaneDrawings() {
    }

    /// The graph of a function.
    static Line curve(String name, DoubleUnaryOperator function, double low, double high, Color colour,
            Stroke stroke) {
        int points = 201;
        double[] x = IntStream.range(0, points).mapToDouble(i -> low + (high - low) * i / (points - 1)).toArray();
        return new Line(name, x, IntStream.range(0, points).mapToDouble(i -> function.applyAsDouble(x[i])).toArray(),
                colour, stroke, false);
    }

    /// A closed curve or a path through points.
    static Line path(String name, List<double[]> points, Color colour, boolean markers) {
        return new Line(name, points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray(), colour, Stroke.SOLID, markers);
    }

    /// The values of a function of two variables on a square grid.
    ///
    /// @param count cells in each direction
    static Cells surface(DoubleBinaryOperator function, double[] x, double[] y, int count, Axis measure) {
        double[] values = new double[count * count];
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < count; column++) {
                values[row * count + column] = function.applyAsDouble(middle(x, column, count), middle(y, row, count));
            }
        }
        return Cells.around("", middles(x, count), middles(y, count), values, measure, ColourMap.VIRIDIS);
    }

    /// The middles of cells of equal width.
    static double[] middles(double[] range, int count) {
        return IntStream.range(0, count).mapToDouble(i -> middle(range, i, count)).toArray();
    }

    private static double middle(double[] range, int i, int count) {
        return range[0] + (range[1] - range[0]) * (i + 0.5) / count;
    }

    /// Samples of the plane, a mark for each class.
    static List<Mark> samples(Dataset data) {
        Batch all = data.batch(IntStream.range(0, data.size()).toArray());
        double[] inputs = all.inputs().toDoubles();
        double[] targets = all.targets().toDoubles();
        List<Mark> marks = new ArrayList<>();
        for (int k = 0; k < data.classes(); k++) {
            int label = k;
            int[] own = IntStream.range(0, data.size()).filter(i -> Math.round(targets[i]) == label).toArray();
            marks.add(new Points("class " + k, IntStream.of(own).mapToDouble(i -> inputs[2 * i]).toArray(),
                    IntStream.of(own).mapToDouble(i -> inputs[2 * i + 1]).toArray(), Palette.category(k)));
        }
        return marks;
    }

    /// All points of a square grid as rows, the lowest y first.
    static Tensor grid(double[] x, double[] y, int count) {
        double[] rows = new double[2 * count * count];
        for (int i = 0; i < count * count; i++) {
            rows[2 * i] = middle(x, i % count, count);
            rows[2 * i + 1] = middle(y, i / count, count);
        }
        return Tensor.of(rows, count * count, 2);
    }
}
