package org.surprisal.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;

/// What a figure's legend lists: one entry for each name, in order of first appearance, with the marks that bear it.
///
/// @param entries name and samples of the marks under it
record Legend(List<Entry> entries) {
    /// The width of a sample.
    static final double SAMPLE_WIDTH = 26;
    /// The height of a sample.
    static final double SAMPLE_HEIGHT = 12;

    private static final double GAP = 6;
    private static final double BETWEEN = 18;
    private static final double ROW = 19;

    /// @param name    what is written
    /// @param samples one mark of each kind that bears the name, a line and its band, for each colour that they have
    record Entry(String name, List<List<Mark>> samples) {
        /// Draws the samples side by side with their top left corner at a point.
        void draw(Canvas canvas, double x, double y) {
            double width = SAMPLE_WIDTH / samples.size();
            for (int i = 0; i < samples.size(); i++) {
                double left = x + i * width;
                samples.get(i).stream().sorted((a, b) -> a.layer().compareTo(b.layer()))
                        .forEach(mark -> mark.sample(canvas, left, y, width, SAMPLE_HEIGHT));
            }
        }

        /// The name, cut where it would leave a page of a width.
        private String words(double page) {
            return Lettering.LEGEND.cut(name, page - SAMPLE_WIDTH - GAP);
        }

        private double width(double page) {
            return SAMPLE_WIDTH + GAP + Lettering.LEGEND.width(words(page)) + BETWEEN;
        }
    }

    /// The legend of one chart, or the one shared by several.
    static Legend of(List<Chart> charts) {
        Map<String, Map<Color, List<Mark>>> byName = new LinkedHashMap<>();
        for (Chart chart : charts) {
            for (Mark mark : chart.marks()) {
                if (mark.isInLegend()) {
                    List<Mark> sample = byName.computeIfAbsent(mark.name(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(mark.colour(), _ -> new ArrayList<>());
                    if (sample.stream().noneMatch(other -> other.getClass() == mark.getClass())) {
                        sample.add(mark);
                    }
                }
            }
        }
        return new Legend(byName.entrySet().stream()
                .map(e -> new Entry(e.getKey(), e.getValue().values().stream().map(List::copyOf).toList())).toList());
    }

    /// The number of the entry of a mark; -1 if it has none.
    int entry(Mark mark) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).name().equals(mark.name())) {
                return i;
            }
        }
        return -1;
    }

    /// The height of the legend at a width.
    double height(double width) {
        return entries.isEmpty() ? 0 : rows(width).size() * ROW;
    }

    private List<List<Entry>> rows(double width) {
        List<List<Entry>> rows = new ArrayList<>();
        double left = 0;
        for (Entry entry : entries) {
            if (rows.isEmpty() || left + entry.width(width) - BETWEEN > width) {
                rows.add(new ArrayList<>());
                left = 0;
            }
            rows.getLast().add(entry);
            left += entry.width(width);
        }
        return rows;
    }

    /// Draws the legend.
    void draw(Canvas canvas, double x, double y, double width) {
        double top = y;
        for (List<Entry> row : rows(width)) {
            double left = x;
            for (Entry entry : row) {
                entry.draw(canvas, left, top + (ROW - SAMPLE_HEIGHT) / 2);
                canvas.write(entry.words(width), left + SAMPLE_WIDTH + GAP, top + ROW / 2 + 4, Lettering.LEGEND,
                        Paint.INK,
                        Canvas.Anchor.START);
                left += entry.width(width);
            }
            top += ROW;
        }
    }
}
