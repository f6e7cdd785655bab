package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.report.canvas.PixelCanvas;

class FigureTest {

    private static final Color C = Palette.category(0);
    private static final Axis X = Axis.linear("x", "");
    private static final Axis Y = Axis.linear("y", "nat");

    private static Chart chart(String id, Axis y, Mark mark) {
        return new Chart(id, "title", "", X, y, List.of(mark));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Loss", "a b", "../a", "a--b", "-a", "a.png", "a_b"})
    void refusesIdsThatAreNoPortableFileNames(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart(id, Y, ReferenceLine.horizontal("r", 1, C)))
                .withMessageContaining("id '" + id + "'").withMessageContaining("loss-by-epoch");
    }

    @Test
    void panelsThatFillMoreRowsThanAPictureHasAreLeftOutAndCounted() {
        List<Chart> charts = IntStream.range(0, 500)
                .mapToObj(i -> chart("layer-" + i, Y, ReferenceLine.horizontal("r", i, C))).toList();
        Panels one = new Panels("p", "title", "Caption.", 1, charts);
        assertThat(one.charts()).isEqualTo(charts.subList(0, 50));
        assertThat(one.caption())
                .isEqualTo("Caption. The first 50 of 500 panels are drawn; the numbers of all of them are"
                        + " in the run folder.");
        assertThat(Drawing.of(one, Drawing.Place.FILE).height() * PixelCanvas.PIXELS_PER_UNIT).isLessThan(33_000);

        Panels three = new Panels("p", "title", "", 3, charts);
        assertThat(three.charts()).hasSize(150);
        assertThat(three.caption()).startsWith("The first 150 of 500 panels are drawn;");

        Panels all = new Panels("p", "title", "Caption.", 3, charts.subList(0, 150));
        assertThat(all.charts()).hasSize(150);
        assertThat(all.caption()).isEqualTo("Caption.");
    }

    @Test
    void namesBothLengthsThatDiffer() {
        double[] three = {1, 2, 3};
        double[] two = {1, 2};
        assertThatIllegalArgumentException().isThrownBy(() -> new Line("loss", three, two, C))
                .withMessage("line 'loss': lengths differ: x 3 != y 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Band("loss", three, three, two, C))
                .withMessage("band 'loss': lengths differ: x 3 != upper 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Band.around("loss", three, three, two, C))
                .withMessage("band 'loss': lengths differ: centre 3 != halfWidth 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Points("p", two, three, C))
                .withMessage("points 'p': lengths differ: x 2 != y 3");
        assertThatIllegalArgumentException().isThrownBy(() -> new Bars("b", three, three, C))
                .withMessageContaining("3 edges for 3 heights");
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Line("l", new double[]{0, 1}, new double[]{0, Double.POSITIVE_INFINITY}, C))
                .withMessageContaining("y[1] is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Line("l", new double[]{0, Double.NaN}, new double[]{0, 1}, C))
                .withMessageContaining("x[1] is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Points("p", new double[]{0}, new double[]{Double.NaN}, C))
                .withMessageContaining("y[0] is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Band("b", new double[]{0}, new double[]{2}, new double[]{1}, C))
                .withMessageContaining("lower[0] = 2.0 lies above upper[0] = 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bars("b", new double[]{0, 1, 1}, new double[]{1, 2}, C))
                .withMessageContaining("edges[2] = 1.0 follows 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Trail("t", Values.of(0, 1), Values.of(0, 1), Values.of(0, 0), List.of("a", "b"), C,
                                Stroke.SOLID, true))
                .withMessage("trail 't': steps must ascend, but steps[1] = 0.0 follows 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Trail("t", Values.of(0.0), Values.of(0.0), Values.of(0.0), List.of(), C, Stroke.SOLID,
                                true))
                .withMessage("trail 't': 0 texts for 1 places; one for each place is needed, and one place at least");
        assertThatIllegalArgumentException().isThrownBy(() -> new Range(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.linear(" ", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.log("x", "").withRange(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Chart("a", "t", "", X, Y, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Image.grey("d", 2, 2, new float[3]))
                .withMessage("image 'd': 3 values for 2 x 2 pixels; 4 are needed");
        assertThatIllegalArgumentException().isThrownBy(() -> Image.signed("d", 1, 1, new float[]{Float.NaN}))
                .withMessageContaining("values[0] is NaN");
    }

    @Test
    void cellsNeedANumberOrAGapEach() {
        double[] two = {1, 2};
        double[] one = {1};
        Axis measure = Axis.linear("accuracy", "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cells.around("c", two, two, new double[3], measure, ColourMap.VIRIDIS))
                .withMessage("cells 'c': 3 values for 3 xEdges and 3 yEdges; (xEdges - 1) * (yEdges - 1) are needed,"
                        + " one at least");
        assertThatIllegalArgumentException().isThrownBy(
                () -> Cells.around("c", new double[0], one, new double[0], measure, ColourMap.VIRIDIS))
                .withMessageContaining("one at least");
        assertThatIllegalArgumentException().isThrownBy(
                () -> Cells.around("c", new double[]{2, 1}, one, two, measure, ColourMap.VIRIDIS))
                .withMessageContaining("xEdges must ascend");
        assertThatIllegalArgumentException().isThrownBy(() -> Cells.around("c", two, one,
                new double[]{Double.NaN, Double.POSITIVE_INFINITY}, measure, ColourMap.VIRIDIS))
                .withMessageContaining("values[1] is Infinity");
        assertThatIllegalArgumentException().isThrownBy(() -> Cells.around("c", two, one, new double[]{1, 0},
                Axis.log("length", "layers"), ColourMap.VIRIDIS)).withMessageContaining("values[1] is 0.0");
        Mark cells = Cells.around("c", two, one, two, measure, ColourMap.VIRIDIS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Chart("a", "t", "", X, Y, List.of(cells, cells)))
                .withMessageContaining("two heat maps");
        // The lowest edge of cells at 1 and 2 is 0.5, at 1 and 3 it is 0.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Chart("a", "t", "", Axis.log("x", ""), Y,
                        List.of(Cells.around("c", new double[]{1, 3}, one, two, measure, ColourMap.VIRIDIS))))
                .withMessageContaining("'c' has 0.0 on the logarithmic axis 'x'");
    }

    @Test
    void cellsLieAboutTheirPointsAndFillTheChart() {
        Cells cells = Cells.around("c", new double[]{1, 2, 4}, new double[]{7}, new double[]{0.1, 10, 1000},
                Axis.log("length", "layers"), ColourMap.GREY);
        assertThat(cells.xEdges()).isEqualTo(Values.of(0.5, 1.5, 3, 5));
        assertThat(cells.yEdges()).isEqualTo(Values.of(6.5, 7.5));
        Chart chart = new Chart("a", "t", "", X, Y.withRange(0, 10),
                List.of(cells, new Points("far", new double[]{99}, new double[]{99}, C)));
        assertThat(AxisRange.horizontal(chart)).isEqualTo(new Range(0.5, 5));
        assertThat(AxisRange.vertical(chart)).isEqualTo(new Range(0, 10));
        // The middle of 0.1 and 1000 by ratio.
        assertThat(cells.colour(10, cells.shown())).isEqualTo(new Color(0x808080));
        assertThat(cells.colour(1e9, cells.shown())).isEqualTo(Color.WHITE);
        assertThat(cells.shown()).isEqualTo(new Range(0.1, 1000));
    }

    @Test
    void onlyCellsWithoutANumberAreInTheLegend() {
        assertThat(Legend.of(List.of(SampleFigures.tongue())).entries()).extracting(Legend.Entry::name)
                .containsExactly("diverged", "6 ξ_c");
        Chart whole = chart("a", Y, Cells.around("diverged", new double[]{1}, new double[]{1}, new double[]{1},
                Axis.linear("accuracy", ""), ColourMap.VIRIDIS));
        assertThat(Legend.of(List.of(whole)).entries()).isEmpty();
    }

    /// 0.1 + 0.2 less 0.3 is 5.6e-17 by rounding.
    @Test
    void anUncertaintyAsLargeAsItsNumberEndsAtZero() {
        Band band = Band.around("b", new double[]{0, 1}, new double[]{0.1 + 0.2, -0.3}, new double[]{0.3, 0.1}, C);
        assertThat(band.lower()).isEqualTo(Values.of(0, -0.4));
        assertThat(Band.around("b", new double[]{0}, new double[]{1}, new double[]{1 - 1e-9}, C).lower().get(0))
                .as("a small difference that is one").isPositive();
    }

    @Test
    void aGapInALineIsAllowed() {
        Line line = new Line("l", new double[]{0, 1, 2}, new double[]{0, Double.NaN, 1}, C);
        assertThat(line.y().get(1)).isNaN();
    }

    @Test
    void aLogarithmicAxisTakesPositiveNumbersOnly() {
        Axis log = Axis.log("loss", "nat");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart("a", log, new Line("l", new double[]{0, 1}, new double[]{1, 0}, C)))
                .withMessageContaining("'l' has 0.0 on the logarithmic axis 'loss'");
        // An uncertainty that reaches below zero is drawn down to the end of the axis.
        Chart chart = new Chart("a", "t", "", X, log, List.of(
                Band.around("l", new double[]{0, 1}, new double[]{1, 0.01}, new double[]{0.1, 0.02}, C),
                new Line("l", new double[]{0, 1}, new double[]{1, 0.01}, C)));
        assertThat(AxisRange.vertical(chart).low()).isPositive().isLessThanOrEqualTo(0.01);
    }

    @Test
    void figuresAreValues() {
        double[] x = {0, 1};
        double[] y = {2, Double.NaN};
        Line line = new Line("l", x, y, C);
        Chart chart = chart("a", Y, line);
        x[0] = 99;
        line.y().toArray()[0] = 99;
        assertThat(chart)
                .isEqualTo(chart("a", Y, new Line("l", new double[]{0, 1}, new double[]{2, Double.NaN}, C)))
                .hasSameHashCodeAs(
                        chart("a", Y, new Line("l", new double[]{0, 1}, new double[]{2, Double.NaN}, C)));
        assertThat(line.y().get(0)).isEqualTo(2);
    }

    @Test
    void axesNameTheirUnit() {
        assertThat(Axis.linear("relative entropy", "nat").title()).isEqualTo("relative entropy (nat)");
        assertThat(Axis.linear("layer", "").title()).isEqualTo("layer");
    }

    @Test
    void panelsAndReportsRefuseTwoOfOneId() {
        Chart chart = chart("a", Y, ReferenceLine.horizontal("r", 1, C));
        assertThatIllegalArgumentException().isThrownBy(() -> new Panels("p", "t", "", 2, List.of(chart, chart)))
                .withMessageContaining("'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> new Panels("p", "t", "", 0, List.of(chart)))
                .withMessageContaining("columns (=0)");
        Section section = Section.of("s").picture(chart);
        assertThatIllegalArgumentException().isThrownBy(() -> Report.of("t", List.of(section, section)))
                .withMessageContaining("'a' is used twice");
    }
}
