package org.surprisal.report;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Charts as JSON for the script of a report: the numbers of the figure itself, a gap as null.
final class FigureJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// About the plot areas of the page, to find where names of rules hide least.
    private static final Rectangle2D ALONE = new Rectangle2D.Double(0, 0, 860, 350);
    private static final Rectangle2D AMONG_OTHERS = new Rectangle2D.Double(0, 0, 190, 130);

    /// Of a colour map; the script finds those between by straight lines, as the map itself does between its ten or so.
    private static final int COLOURS = 91;

    private FigureJson() {
    }

    /// The charts of one figure, to stand inside a `script` element: no `<` appears in it.
    static String of(Figure figure, List<Chart> charts) {
        ObjectNode node = NODES.objectNode();
        node.put("id", figure.id());
        node.put("title", figure.title());
        ArrayNode legend = node.putArray("legend");
        Legend.of(charts).entries().forEach(entry -> legend.add(entry.name()));
        ArrayNode array = node.putArray("charts");
        Rectangle2D area = charts.size() == 1 ? ALONE : AMONG_OTHERS;
        charts.forEach(chart -> array.add(chart(chart, area)));
        return MAPPER.writeValueAsString(node).replace("<", "\\u003c");
    }

    private static ObjectNode chart(Chart chart, Rectangle2D area) {
        ObjectNode node = NODES.objectNode();
        node.put("id", chart.id());
        node.put("title", chart.title());
        Range xs = AxisRange.horizontal(chart);
        Range ys = AxisRange.vertical(chart);
        node.set("x", axis(chart.x(), xs));
        node.set("y", axis(chart.y(), ys));
        Projection page = new Projection(area, chart.x().scale(), xs, chart.y().scale(), ys);
        ArrayNode marks = node.putArray("marks");
        List<RuleNames.Placed> names = RuleNames.place(chart, page);
        for (Mark mark : chart.marks()) {
            ObjectNode drawn = mark(mark, area.getHeight());
            names.stream().filter(name -> name.rule().equals(mark)).findFirst().ifPresent(name -> {
                drawn.put("along", name.along());
                drawn.put("after", name.after());
            });
            marks.add(drawn);
        }
        return node;
    }

    private static ObjectNode axis(Axis axis, Range range) {
        ObjectNode node = NODES.objectNode();
        node.put("label", axis.label());
        node.put("unit", axis.unit());
        node.put("title", axis.title());
        node.put("scale", axis.scale().name().toLowerCase(Locale.ROOT));
        node.put("low", range.low());
        node.put("high", range.high());
        return node;
    }

    private static ObjectNode mark(Mark mark, double height) {
        ObjectNode node = NODES.objectNode();
        node.put("name", mark.name());
        node.put("colour", hex(mark.colour()));
        switch (mark) {
            case Mark.Line line -> {
                node.put("type", "line");
                node.set("x", numbers(line.x()));
                node.set("y", numbers(line.y()));
                node.put("stroke", line.stroke().name().toLowerCase(Locale.ROOT));
                node.put("markers", line.markers());
            }
            case Mark.Band band -> {
                node.put("type", "band");
                node.set("x", numbers(band.x()));
                node.set("lower", numbers(band.lower()));
                node.set("upper", numbers(band.upper()));
            }
            case Mark.Bars bars -> {
                node.put("type", "bars");
                node.set("edges", numbers(bars.edges()));
                node.set("heights", numbers(bars.heights()));
            }
            case Mark.Points points -> {
                node.put("type", "points");
                node.set("x", numbers(points.x()));
                node.set("y", numbers(points.y()));
            }
            case Mark.Cells cells -> {
                node.put("type", "cells");
                node.set("xEdges", numbers(cells.xEdges()));
                node.set("yEdges", numbers(cells.yEdges()));
                node.set("values", numbers(cells.values()));
                node.set("measure", axis(cells.measure(), cells.shown()));
                List<Double> ticks = ColourBar.ticks(cells.measure().scale(), cells.shown(), height);
                node.set("ticks", numbers(Values.of(ticks.stream().mapToDouble(Double::doubleValue).toArray())));
                ArrayNode colours = node.putArray("colours");
                for (int i = 0; i < COLOURS; i++) {
                    colours.add(hex(cells.map().at(i / (COLOURS - 1.0))));
                }
            }
            case Mark.Rule rule -> {
                node.put("type", "rule");
                node.put("direction", rule.direction().name().toLowerCase(Locale.ROOT));
                node.put("value", rule.value());
            }
        }
        return node;
    }

    private static ArrayNode numbers(Values values) {
        ArrayNode array = NODES.arrayNode(values.size());
        values.stream().forEach(v -> {
            if (Double.isNaN(v)) {
                array.addNull();
            } else {
                array.add(v);
            }
        });
        return array;
    }

    private static String hex(Color colour) {
        return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
    }
}
