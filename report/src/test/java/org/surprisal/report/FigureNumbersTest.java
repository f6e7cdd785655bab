package org.surprisal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FigureNumbersTest {
    private static JsonNode mark(Mark... marks) {
        Chart chart = new Chart("c", "t", "", Axis.linear("x", ""), Axis.linear("y", ""), List.of(marks));
        return JsonMapper.shared().readTree(FigureNumbers.json(List.of(chart))).get("charts").get(0).get("marks")
                .get(marks.length - 1);
    }

    private static double[] numbers(JsonNode mark, String column) {
        return mark.get(column).valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    @Test
    void fourDigitsAreKeptOfNumbersThatSpreadWidely() {
        JsonNode line = mark(new Line("l", new double[]{0, 1.0 / 3}, new double[]{1e-9 / 3, 2.0 / 3}, Palette.INK));
        assertThat(numbers(line, "x")).containsExactly(0, 0.3333);
        assertThat(numbers(line, "y")).containsExactly(3.333e-10, 0.6667);
    }

    @Test
    void wholeNumbersAreExact() {
        JsonNode trail = mark(new Trail("t", Values.of(0.1, 0.2), Values.of(0.1, 0.2), Values.of(123_456, 123_457),
                List.of("a", "b"), Palette.INK, Stroke.SOLID, true));
        assertThat(numbers(trail, "step")).containsExactly(123_456, 123_457);
    }

    /// Of 12346 and 12345.6 as 12350 a reader could not know that only the second one is rounded.
    @Test
    void digitsBeforeThePointAreKept() {
        JsonNode line = mark(new Line("l", new double[]{0, 1, 2}, new double[]{12346, 0.12344, 12345.6}, Palette.INK));
        assertThat(numbers(line, "y")).containsExactly(12346, 0.1234, 12346);
    }

    /// Two thirds rounded to 0.6667 would come after the step of the timeline that is 2/3.
    @Test
    void stepsAreNotRounded() {
        JsonNode trail = mark(new Trail("t", Values.of(0.1, 0.2), Values.of(0.1, 0.2), Values.of(1.0 / 3, 2.0 / 3),
                List.of("a", "b"), Palette.INK, Stroke.SOLID, true));
        assertThat(numbers(trail, "step")).containsExactly(1.0 / 3, 2.0 / 3);
    }

    @Test
    void csvHasEveryDigitAndQuotesWhereNeeded() {
        Chart chart = new Chart("c", "a \"b\"", "", Axis.linear("x", ""), Axis.linear("y", ""),
                List.of(new Line("l, 1", new double[]{0, 1}, new double[]{1.0 / 3, Double.NaN}, Palette.INK),
                        ReferenceLine.horizontal("r", -2.5, Palette.INK)));
        assertThat(FigureNumbers.csv(chart)).contains("""
                chart,kind,name,x,y
                "a ""b""\",line,"l, 1",0,0.3333333333333333
                "a ""b""\",line,"l, 1",1,
                "a ""b""\",reference,r,,-2.5
                """);
    }

    @Test
    void numbersThatDifferLittleAreToldApart() {
        JsonNode line = mark(new Line("l", new double[]{0, 1, 2}, new double[]{0.99990012, 0.9999, 0.99991},
                Palette.INK));
        assertThat(numbers(line, "y")).containsExactly(0.99990012, 0.9999, 0.99991);
    }

    @Test
    void endsOfANarrowUncertaintyAreToldApart() {
        double[] x = {0, 1};
        double[] y = {0.5, 100.5};
        JsonNode line = mark(Band.around("l", x, y, new double[]{1e-7, 1e-7}, Palette.INK),
                new Line("l", x, y, Palette.INK));
        assertThat(numbers(line, "lower")).containsExactly(0.4999999, 100.4999999);
        assertThat(numbers(line, "upper")).containsExactly(0.5000001, 100.5000001);
    }
}
