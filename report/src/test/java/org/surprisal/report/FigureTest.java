package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .isThrownBy(() -> chart(id, Y, new Mark.Rule("r", Mark.Direction.HORIZONTAL, 1, C)))
                .withMessageContaining("id '" + id + "'").withMessageContaining("loss-by-epoch");
    }

    @Test
    void namesBothLengthsThatDiffer() {
        double[] three = {1, 2, 3};
        double[] two = {1, 2};
        assertThatIllegalArgumentException().isThrownBy(() -> new Mark.Line("loss", three, two, C))
                .withMessage("line 'loss': lengths differ: x 3 != y 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Mark.Band("loss", three, three, two, C))
                .withMessage("band 'loss': lengths differ: x 3 != upper 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Mark.Band.around("loss", three, three, two, C))
                .withMessage("band 'loss': lengths differ: centre 3 != halfWidth 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Mark.Points("p", two, three, C))
                .withMessage("points 'p': lengths differ: x 2 != y 3");
        assertThatIllegalArgumentException().isThrownBy(() -> new Mark.Bars("b", three, three, C))
                .withMessageContaining("3 edges for 3 heights");
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.Line("l", new double[]{0, 1}, new double[]{0, Double.POSITIVE_INFINITY}, C))
                .withMessageContaining("y[1] is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.Line("l", new double[]{0, Double.NaN}, new double[]{0, 1}, C))
                .withMessageContaining("x[1] is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.Points("p", new double[]{0}, new double[]{Double.NaN}, C))
                .withMessageContaining("y[0] is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.Band("b", new double[]{0}, new double[]{2}, new double[]{1}, C))
                .withMessageContaining("lower[0] = 2.0 lies above upper[0] = 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mark.Bars("b", new double[]{0, 1, 1}, new double[]{1, 2}, C))
                .withMessageContaining("edges[2] = 1.0 follows 1.0");
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
    void aGapInALineIsAllowed() {
        Mark.Line line = new Mark.Line("l", new double[]{0, 1, 2}, new double[]{0, Double.NaN, 1}, C);
        assertThat(line.y().get(1)).isNaN();
    }

    @Test
    void aLogarithmicAxisTakesPositiveNumbersOnly() {
        Axis log = Axis.log("loss", "nat");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chart("a", log, new Mark.Line("l", new double[]{0, 1}, new double[]{1, 0}, C)))
                .withMessageContaining("'l' has 0.0 on the logarithmic axis 'loss'");
        // An uncertainty that reaches below zero is drawn down to the end of the axis.
        Chart chart = new Chart("a", "t", "", X, log, List.of(
                Mark.Band.around("l", new double[]{0, 1}, new double[]{1, 0.01}, new double[]{0.1, 0.02}, C),
                new Mark.Line("l", new double[]{0, 1}, new double[]{1, 0.01}, C)));
        assertThat(AxisRange.vertical(chart).low()).isPositive().isLessThanOrEqualTo(0.01);
    }

    @Test
    void figuresAreValues() {
        double[] x = {0, 1};
        double[] y = {2, Double.NaN};
        Mark.Line line = new Mark.Line("l", x, y, C);
        Chart chart = chart("a", Y, line);
        x[0] = 99;
        line.y().toArray()[0] = 99;
        assertThat(chart)
                .isEqualTo(chart("a", Y, new Mark.Line("l", new double[]{0, 1}, new double[]{2, Double.NaN}, C)))
                .hasSameHashCodeAs(
                        chart("a", Y, new Mark.Line("l", new double[]{0, 1}, new double[]{2, Double.NaN}, C)));
        assertThat(line.y().get(0)).isEqualTo(2);
    }

    @Test
    void axesNameTheirUnit() {
        assertThat(Axis.linear("relative entropy", "nat").title()).isEqualTo("relative entropy (nat)");
        assertThat(Axis.linear("layer", "").title()).isEqualTo("layer");
    }

    @Test
    void panelsAndReportsRefuseTwoOfOneId() {
        Chart chart = chart("a", Y, new Mark.Rule("r", Mark.Direction.HORIZONTAL, 1, C));
        assertThatIllegalArgumentException().isThrownBy(() -> new Panels("p", "t", "", 2, List.of(chart, chart)))
                .withMessageContaining("'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> new Panels("p", "t", "", 0, List.of(chart)))
                .withMessageContaining("columns (=0)");
        Section section = new Section("s", List.of(), List.of(chart), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Report("t", "", "", List.of(section, section), Map.of(), Map.of()))
                .withMessageContaining("'a' is used twice");
    }

    @Test
    void aTableKnowsItsNumbers() {
        Table table = SampleFigures.table();
        assertThat(table.numeric(0)).isTrue();
        assertThat(table.numeric(1)).isFalse();
        assertThat(table.numeric(2)).isTrue();
        assertThat(table.numeric(3)).as("a dash stands for no number").isTrue();
        Table forms = new Table("t", "t", "", List.of("n"), List.of(List.of("-1.5e-3"), List.of("\u22120.2"),
                List.of("[0.1, 0.2]"), List.of("97 %"), List.of("")));
        assertThat(forms.numeric(0)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("t", "t", "", List.of("a", "b"), List.of(List.of("1"))))
                .withMessage("table 't': row 0 has 1 cells for 2 columns");
    }
}
