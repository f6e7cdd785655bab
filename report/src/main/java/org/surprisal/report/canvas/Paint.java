package org.surprisal.report.canvas;

import java.awt.Color;

/// What a shape is filled or stroked with.
///
/// @param colour  on a white page
/// @param opacity from 0 (not seen) to 1
/// @param role    how a dark page changes it
public record Paint(Color colour, double opacity, Role role) {

    /// How a dark page changes a paint.
    public enum Role {
        /// Words: dark on a white page, light on a dark one.
        INK,
        /// Words of less weight, and the marks of ticks.
        FAINT,
        /// Lines behind everything else.
        GRID,
        /// The page itself.
        PAGE,
        /// Stands for data: a dark page lightens it until it stands out.
        DATA,
        /// Stands for a number: the same on every page.
        FIXED
    }

    /// Words.
    public static final Paint INK = new Paint(new Color(0x222222), 1, Role.INK);
    /// Words of less weight.
    public static final Paint FAINT = new Paint(new Color(0x555555), 1, Role.FAINT);
    /// Lines behind everything else.
    public static final Paint GRID = new Paint(new Color(0xe4e4e4), 1, Role.GRID);
    /// The page itself.
    public static final Paint PAGE = new Paint(Color.WHITE, 1, Role.PAGE);

    /// Stands for data.
    public static Paint data(Color colour) {
        return new Paint(colour, 1, Role.DATA);
    }

    /// Stands for a number: the same on every page.
    public static Paint fixed(Color colour) {
        return new Paint(colour, 1, Role.FIXED);
    }

    /// The same paint, less opaque.
    public Paint withOpacity(double other) {
        return new Paint(colour, other, role);
    }
}
