package org.surprisal.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/// The faces and colours of the words in a drawing. Sizes are in points at 1/72 inch a unit: nothing is below 11.
record Lettering(Font font) {

    static final Lettering TITLE = sans(15, Font.BOLD);
    static final Lettering PANEL_TITLE = sans(12.5f, Font.BOLD);
    static final Lettering AXIS = sans(12.5f, Font.PLAIN);
    static final Lettering TICKS = sans(11, Font.PLAIN);
    static final Lettering LEGEND = sans(12, Font.PLAIN);

    static final Color INK = new Color(0x222222);
    static final Color FAINT = new Color(0x555555);

    /// Metrics of an ideal page, so that PNG and SVG are laid out alike.
    private static final FontRenderContext IDEAL = new FontRenderContext(new AffineTransform(), true, true);

    private static Lettering sans(float size, int style) {
        return new Lettering(new Font(Font.SANS_SERIF, style, 12).deriveFont(size));
    }

    double width(String text) {
        return font.getStringBounds(text, IDEAL).getWidth();
    }

    double lineHeight() {
        return font.getSize2D() * 1.3;
    }

    /// Writes `text` with its baseline starting at `x`, `y`, as text (not outlines) in an SVG.
    void write(Graphics2D g, String text, double x, double y) {
        g.setFont(font);
        g.drawString(text, (float) x, (float) y);
    }

    /// Writes `text` centred at `x`.
    void centre(Graphics2D g, String text, double x, double y) {
        write(g, text, x - width(text) / 2, y);
    }

    /// `text` in lines no wider than `width`, broken at spaces; a word that is wider stands alone.
    List<String> wrap(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
