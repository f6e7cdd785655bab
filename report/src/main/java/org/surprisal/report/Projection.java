package org.surprisal.report;

import java.awt.geom.Rectangle2D;

/// Where the numbers of a chart lie on the page.
///
/// @param area      the plot area; `y` of the page grows downwards
/// @param x         scale of the horizontal axis
/// @param xs        what it shows
/// @param y         scale of the vertical axis
/// @param ys        what it shows
/// @param overCells whether the chart has a heat map, over which lines need an edge to be seen
public record Projection(Rectangle2D area, Scale x, Range xs, Scale y, Range ys, boolean overCells) {

    /// Units of the page beyond which a place is out of sight, however far it is: a canvas takes no infinite numbers.
    private static final double FAR = 1e7;

    /// On the page, from the left.
    public double x(double value) {
        return Math.clamp(area.getX() + area.getWidth() * fraction(x, xs, value), -FAR, FAR);
    }

    /// On the page, from the top.
    public double y(double value) {
        return Math.clamp(area.getMaxY() - area.getHeight() * fraction(y, ys, value), -FAR, FAR);
    }

    /// Whether a place on the page lies in the plot, up to a unit.
    boolean sees(double across, double down) {
        return across >= area.getX() - 1 && across <= area.getMaxX() + 1 && down >= area.getY() - 1
                && down <= area.getMaxY() + 1;
    }

    /// Where `value` lies on the way through `range`, 0 to 1 within it.
    static double fraction(Scale scale, Range range, double value) {
        return switch (scale) {
            // Halves: the difference of the largest numbers would overflow.
            case LINEAR -> (value / 2 - range.low() / 2) / (range.high() / 2 - range.low() / 2);
            // What has no place on a logarithmic axis (a band's lower edge, the foot of a bar) lies at its low end.
            // Differences of logarithms: a ratio of far ends would overflow.
            case LOG -> value <= 0
                    ? 0
                    : (Math.log(value) - Math.log(range.low())) / (Math.log(range.high()) - Math.log(range.low()));
        };
    }
}
