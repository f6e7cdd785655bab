package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineEndsTest {
    private static final Axis X = Axis.linear("x", "");
    private static final Axis Y = Axis.linear("y", "");

    private static List<Mark> fan(int lines, double end) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            marks.add(new Line("line " + i, new double[]{0, end}, new double[]{0, i}, Palette.category(i)));
        }
        return marks;
    }

    private static String svg(Axis x, List<Mark> marks) {
        return new String(FigureFiles.svg(new Chart("c", "t", "", x, Y, marks)), StandardCharsets.UTF_8);
    }

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    @Test
    void linesAreNamedAtTheirEndsAndNotInALegend() {
        String svg = svg(X, fan(3, 1));
        assertThat(svg).doesNotContain("width=\"26\"");
        for (int i = 0; i < 3; i++) {
            assertThat(count(svg, ">line " + i + "<")).isEqualTo(1);
        }
    }

    /// The name has no room to the right of the plot, which must not cost the lines theirs.
    @Test
    void longNameOfAReferenceLineLeavesTheNamesOfTheLines() {
        List<Mark> marks = fan(10, 1);
        marks.add(ReferenceLine.horizontal("a name that is far too long to stand beside the plot of a chart", 4.5,
                Palette.INK));
        String svg = svg(X, marks);
        for (int i = 0; i < 10; i++) {
            assertThat(count(svg, ">line " + i + "<")).isEqualTo(1);
        }
        assertThat(count(svg, ">a name that is far too long")).isEqualTo(1);
    }

    @Test
    void linesThatLeaveTheChartAreNamedInALegend() {
        Chart chart = new Chart("c", "t", "", X.withRange(0, 10), Y, fan(3, 50));
        Projection to = new Projection(new Rectangle2D.Double(50, 0, 700, 300), Scale.LINEAR, new Range(0, 10),
                Scale.LINEAR, AxisRange.vertical(chart), false);
        LineEnds ends = LineEnds.of(chart, 860, to, true);
        assertThat(ends.names()).isEmpty();
        assertThat(ends.ofAllLines()).isFalse();
    }
}
