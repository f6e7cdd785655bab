package org.surprisal.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// Images in rows, each with its caption above and its colour bar below. Pixels are painted as squares, so that they
/// stay sharp at any size and in an SVG.
final class ImageGridDrawing implements Drawing {

    private static final int PAGE_WIDTH = 760;
    private static final int MARGIN = 14;
    private static final int GAP = 24;
    private static final int BAR_HEIGHT = 10;
    private static final int BAR_STEPS = 64;

    private final ImageGrid grid;
    private final List<String> title;
    private final int columns;
    private final int rows;
    private final int side;
    private final int head;
    private final int top;

    ImageGridDrawing(ImageGrid grid) {
        this.grid = grid;
        int count = grid.images().size();
        this.columns = Math.min(count, count <= 3 ? 3 : count <= 8 ? 4 : 6);
        this.rows = (count + columns - 1) / columns;
        this.side = Math.min(280, (PAGE_WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns);
        this.title = Lettering.TITLE.wrap(grid.title(), width() - 2.0 * MARGIN);
        int captionLines = grid.images().stream().mapToInt(i -> Lettering.TICKS.wrap(i.caption(), side).size()).max()
                .orElse(1);
        this.head = (int) Math.ceil(captionLines * Lettering.TICKS.lineHeight()) + 4;
        this.top = MARGIN + (int) Math.ceil(title.size() * Lettering.TITLE.lineHeight()) + 6;
    }

    @Override
    public int width() {
        return Math.max(320, columns * side + (columns - 1) * GAP + 2 * MARGIN);
    }

    @Override
    public int height() {
        return top + rows * cellHeight() + MARGIN;
    }

    private int cellHeight() {
        return head + side + 8 + BAR_HEIGHT + 16 + 12;
    }

    @Override
    public void paint(Graphics2D g) {
        Drawing.title(g, title, MARGIN, MARGIN);
        for (int i = 0; i < grid.images().size(); i++) {
            paint(g, grid.images().get(i), MARGIN + i % columns * (side + GAP), top + i / columns * cellHeight());
        }
    }

    private void paint(Graphics2D g, Image image, int left, int cellTop) {
        g.setColor(Lettering.INK);
        double line = cellTop + Lettering.TICKS.lineHeight() * 0.8;
        for (String words : Lettering.TICKS.wrap(image.caption(), side)) {
            Lettering.TICKS.write(g, words, left, line);
            line += Lettering.TICKS.lineHeight();
        }
        // Each square reaches to the right edge and the next one covers what is its own: no seam shows the page.
        Object smoothing = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        double pixel = (double) side / Math.max(image.width(), image.height());
        int pictureTop = cellTop + head;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                g.setColor(image.map().at(image.fraction(x, y)));
                g.fill(new Rectangle2D.Double(left + x * pixel, pictureTop + y * pixel, (image.width() - x) * pixel,
                        pixel));
            }
        }
        int barTop = pictureTop + side + 8;
        double step = (double) side / BAR_STEPS;
        for (int i = 0; i < BAR_STEPS; i++) {
            g.setColor(image.map().at((i + 0.5) / BAR_STEPS));
            g.fill(new Rectangle2D.Double(left + i * step, barTop, side - i * step, BAR_HEIGHT));
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smoothing);
        frame(g, left, pictureTop, image.width() * pixel, image.height() * pixel);
        frame(g, left, barTop, side, BAR_HEIGHT);
        g.setColor(Lettering.INK);
        String high = Numeral.of(image.range().high(), 3);
        double words = barTop + BAR_HEIGHT + 13.0;
        Lettering.TICKS.write(g, Numeral.of(image.range().low(), 3), left, words);
        Lettering.TICKS.write(g, high, left + side - Lettering.TICKS.width(high), words);
    }

    private static void frame(Graphics2D g, double x, double y, double width, double height) {
        g.setColor(Lettering.FAINT);
        g.setStroke(new BasicStroke(0.8f));
        g.draw(new Rectangle2D.Double(x, y, width, height));
    }
}
