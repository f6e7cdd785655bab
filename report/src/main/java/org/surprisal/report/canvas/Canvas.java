package org.surprisal.report.canvas;

import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.Map;

/// A page to draw on. Its origin is at the top left, `y` grows downwards, a unit is 1/72 inch.
public interface Canvas {

    /// Where words stand relative to their point.
    enum Anchor {
        /// They begin at it.
        START,
        /// Their middle is at it.
        MIDDLE,
        /// They end at it.
        END
    }

    /// Strokes the outline of a shape.
    void stroke(Shape shape, Pen pen);

    /// Fills a shape.
    void fill(Shape shape, Paint paint);

    /// Draws dots of one size.
    ///
    /// @param x    of their middles
    /// @param y    likewise, as many
    /// @param size across
    void dots(double[] x, double[] y, double size, Paint paint);

    /// Writes a line of text, whose symbols are set as [Notation] says.
    ///
    /// @param y of the baseline
    void write(String text, double x, double y, Lettering lettering, Paint paint, Anchor anchor);

    /// Writes a line of text that runs upwards.
    ///
    /// @param x of the baseline, on whose left the words stand
    /// @param y where they begin, or their middle or end
    void writeUpwards(String text, double x, double y, Lettering lettering, Paint paint, Anchor anchor);

    /// Shows a picture, each of whose pixels is a rectangle.
    void picture(BufferedImage picture, double x, double y, double width, double height);

    /// Draws shapes that belong together.
    ///
    /// @param attributes what a script may ask about them, such as `data-mark`; a page of pixels has no use for these
    /// @param inside     draws them
    void group(Map<String, String> attributes, Runnable inside);

    /// Draws shapes, of which only what lies within a shape is seen.
    ///
    /// @param inside draws them
    void within(Shape window, Runnable inside);
}
