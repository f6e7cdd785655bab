package org.surprisal.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The numbers of a figure's charts: as JSON for the script of a report, and as CSV.
final class FigureNumbers {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /// Of numbers on a page that are not whole; files have them all.
    private static final MathContext DIGITS = new MathContext(4);

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
        if (!told) {
            numbers.columns().forEach((name, values) -> put(node, name, values));
        }
        if (mark instanceof Line line) {
            chart.marks().stream().filter(other -> other instanceof Band band && isOf(band, line)).findFirst()
                    .ifPresent(other -> {
                        put(node, "lower", ((Band) other).lower());
                        put(node, "upper", ((Band) other).upper());
                    });
        }
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

    private static void put(ObjectNode node, String name, Values values) {
        ArrayNode array = node.putArray(name);
        values.stream().forEach(value -> {
            if (Double.isNaN(value)) {
                array.addNull();
            } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                array.add((long) value);
            } else {
                array.add(new BigDecimal(value).round(DIGITS).stripTrailingZeros());
            }
        });
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
                    List.of(quoted(chart.title()), quoted(numbers.kind()), quoted(mark.name())));
            for (String name : names) {
                Values values = columns.get(name);
                fields.add(values == null || Double.isNaN(values.get(row)) ? "" : Double.toString(values.get(row)));
            }
            if (texts) {
                fields.add(numbers.texts().isEmpty() ? "" : quoted(numbers.texts().get(row)));
            }
            csv.append(String.join(",", fields)).append('\n');
        }
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
