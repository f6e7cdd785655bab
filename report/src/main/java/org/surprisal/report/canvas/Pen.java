package org.surprisal.report.canvas;

import java.util.List;

/// How a path is stroked.
///
/// @param paint  of the stroke
/// @param width  in units of the page
/// @param dashes lengths of dashes and gaps in turn; empty for a solid stroke
public record Pen(Paint paint, double width, List<Double> dashes) {

    public Pen {
        dashes = List.copyOf(dashes);
    }

    /// A solid stroke.
    public static Pen solid(Paint paint, double width) {
        return new Pen(paint, width, List.of());
    }
}
