package org.surprisal.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;

/// What a figure's legend lists: one entry for each name, in order of first appearance, with the marks that bear it.
///
/// @param entries name and a sample of each kind of mark under it
record Legend(List<Entry> entries) {
    /// The width of a sample.
    static final double SAMPLE_WIDTH = 26;
    /// The height of a sample.
    static final double SAMPLE_HEIGHT = 12;

    private static final double GAP = 6;
    private static final double BETWEEN = 18;
    private static final double ROW = 19;

    /// @param name   what is written
    /// @param sample one mark of each kind that bears the name: a line and its band
    record Entry(String name, List<Mark> sample) {
        /// Draws the sample with its top left corner at a point.
        void draw(Canvas canvas, double x, double y) {
            sample.stream().sorted((a, b) -> a.layer().compareTo(b.layer()))
                    .forEach(mark -> mark.sample(canvas, x, y, SAMPLE_WIDTH, SAMPLE_HEIGHT));
        }

        private double width() {
            return SAMPLE_WIDTH + GAP + Lettering.LEGEND.width(name) + BETWEEN;
        }
    }

    /// The legend of one chart, or the one shared by several.
    static Legend of(List<Chart> charts) {
        Map<String, List<Mark>> byName = new LinkedHashMap<>();
        for (Chart chart : charts) {
            for (Mark mark : chart.marks()) {
                if (mark.isInLegend()) {
                    List<Mark> sample = byName.computeIfAbsent(mark.name(), _ -> new ArrayList<>());
                    if (sample.stream().noneMatch(other -> other.getClass() == mark.getClass())) {
                        sample.add(mark);
                    }
                }
            }
        }
        return new Legend(
                byName.entrySet().stream().map(e -> new Entry(e.getKey(), List.copyOf(e.getValue()))).toList());
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
            if (rows.isEmpty() || left + entry.width() - BETWEEN > width) {
                rows.add(new ArrayList<>());
                left = 0;
            }
            rows.getLast().add(entry);
            left += entry.width();
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
                canvas.write(entry.name(), left + SAMPLE_WIDTH + GAP, top + ROW / 2 + 4, Lettering.LEGEND, Paint.INK,
                        Canvas.Anchor.START);
                left += entry.width();
            }
            top += ROW;
        }
    }
}
