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
