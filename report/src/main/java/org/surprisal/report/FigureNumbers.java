package org.surprisal.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.IntToDoubleFunction;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The numbers of a figure's charts: as JSON for the script of a report, and as CSV.
final class FigureNumbers {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /// Significant digits of numbers on a page, more where these would not tell a column's numbers or the ends of an
    /// uncertainty apart or end before the point; files have all digits. The page writes what it is given.
    private static final int DIGITS = 4;
    private static final int ALL_DIGITS = 17;
    /// Digits of the width of an uncertainty that its ends have.
    private static final int DIGITS_OF_WIDTH = 2;
    /// Digits that an uncertainty may ask for: a narrower one is not seen in any figure.
    private static final int MOST_FOR_WIDTH = 12;

    private FigureNumbers() {
    }

    /// The charts of a figure; none for pictures and graphs.
    static List<Chart> charts(Figure figure) {
        return switch (figure) {
            case Chart chart -> List.of(chart);
            case Panels panels -> panels.charts();
            case ImageGrid _,DirectedGraph _ -> List.of();
        };
    }

    /// The charts to stand inside a `script` element: no `<` appears in it. A gap is null.
    static String json(List<Chart> charts) {
        Legend legend = Legend.of(charts);
        ObjectNode node = NODES.objectNode();
        ArrayNode array = node.putArray("charts");
        for (Chart chart : charts) {
            ObjectNode one = array.addObject();
            one.put("title", chart.title());
            one.set("x", axis(chart.x()));
            one.set("y", axis(chart.y()));
            ArrayNode marks = one.putArray("marks");
            chart.marks().forEach(mark -> marks.add(mark(mark, chart, legend)));
        }
        return MAPPER.writeValueAsString(node).replace("<", "\\u003c");
    }

    private static ObjectNode axis(Axis axis) {
        ObjectNode node = NODES.objectNode();
        node.put("label", axis.label());
        node.put("unit", axis.unit());
        node.put("scale", axis.scale() == Scale.LOG ? "log" : "linear");
        if (!axis.categories().isEmpty()) {
            ArrayNode names = node.putArray("categories");
            axis.categories().forEach(names::add);
        }
        return node;
    }

    private static ObjectNode mark(Mark mark, Chart chart, Legend legend) {
        MarkNumbers numbers = mark.numbers();
        ObjectNode node = NODES.objectNode();
        node.put("kind", numbers.kind());
        node.put("name", mark.name());
        node.put("entry", legend.entry(mark));
        // The uncertainty of a line is drawn as a band of the same name: the line has its numbers, too.
        boolean told = mark instanceof Band band
                && chart.marks().stream().anyMatch(other -> other instanceof Line line && isOf(band, line));
        SequencedMap<String, Values> columns = new LinkedHashMap<>();
        if (!told) {
            columns.putAll(numbers.columns());
        }
        if (mark instanceof Line line) {
            chart.marks().stream().filter(other -> other instanceof Band band && isOf(band, line)).findFirst()
                    .ifPresent(other -> {
                        columns.put("lower", ((Band) other).lower());
                        columns.put("upper", ((Band) other).upper());
                    });
        }
        Values lower = columns.get("lower");
        Values upper = columns.get("upper");
        columns.forEach((name, values) -> {
            put(node, name, values, i -> lower == null || upper == null || name.equals("x")
                    ? Double.NaN
                    : upper.get(i) - lower.get(i));
        });
        if (!numbers.texts().isEmpty()) {
            ArrayNode texts = node.putArray("text");
            numbers.texts().forEach(texts::add);
        }
        if (mark instanceof Cells cells) {
            node.set("measure", axis(cells.measure()));
        }
        return node;
    }

    private static boolean isOf(Band band, Line line) {
        return band.name().equals(line.name()) && band.x().equals(line.x());
    }

    /// @param width of the uncertainty of each number; NaN for none
    private static void put(ObjectNode node, String name, Values values, IntToDoubleFunction width) {
        ArrayNode array = node.putArray(name);
        DoubleSummaryStatistics all = values.stream().filter(value -> !Double.isNaN(value)).summaryStatistics();
        double span = all.getMax() - all.getMin();
        double size = Math.max(Math.abs(all.getMax()), Math.abs(all.getMin()));
        int least = Math.max(DIGITS, span > 0 ? DIGITS + power(size / span) : 0);
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            if (Double.isNaN(value)) {
                array.addNull();
            } else if (Csv.isWhole(value)) {
                array.add(new BigDecimal(value));
            } else if (name.equals("step")) {
                // A step that is rounded is another step.
                array.add(value);
            } else {
                double wide = width.applyAsDouble(i);
                int digits = Math.max(least, Math.max(1 + power(Math.abs(value)),
                        wide > 0 ? Math.min(MOST_FOR_WIDTH, 1 + DIGITS_OF_WIDTH + power(Math.abs(value) / wide)) : 0));
                array.add(new BigDecimal(value).round(new MathContext(Math.min(ALL_DIGITS, digits)))
                        .stripTrailingZeros());
            }
        }
    }

    /// The power of ten at or below a number, which may be 0 or infinite.
    private static int power(double number) {
        return (int) Math.floor(Math.log10(Math.clamp(number, Double.MIN_NORMAL, Double.MAX_VALUE)));
    }

    /// A row for each place or box: the chart's title, the mark's kind and name, then the columns that marks of the
    /// figure have. Absent for pictures and graphs.
    static Optional<String> csv(Figure figure) {
        List<Chart> charts = charts(figure);
        SequencedSet<String> names = new LinkedHashSet<>();
        boolean texts = false;
        for (Chart chart : charts) {
            for (Mark mark : chart.marks()) {
                names.addAll(mark.numbers().columns().keySet());
                texts |= !mark.numbers().texts().isEmpty();
            }
        }
        if (charts.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder csv = new StringBuilder("chart,kind,name,").append(String.join(",", names))
                .append(texts ? ",text\n" : "\n");
        for (Chart chart : charts) {
            for (Mark mark : chart.marks()) {
                rows(csv, chart, mark, names, texts);
            }
        }
        return Optional.of(csv.toString());
    }

    private static void rows(StringBuilder csv, Chart chart, Mark mark, SequencedSet<String> names, boolean texts) {
        MarkNumbers numbers = mark.numbers();
        Map<String, Values> columns = numbers.columns();
        for (int row = 0; row < numbers.rows(); row++) {
            List<String> fields = new ArrayList<>(
                    List.of(Csv.field(chart.title()), Csv.field(numbers.kind()), Csv.field(mark.name())));
            for (String name : names) {
                Values values = columns.get(name);
                fields.add(values == null ? "" : Csv.field(values.get(row)));
            }
            if (texts) {
                fields.add(numbers.texts().isEmpty() ? "" : Csv.field(numbers.texts().get(row)));
            }
            csv.append(String.join(",", fields)).append('\n');
        }
    }
}
