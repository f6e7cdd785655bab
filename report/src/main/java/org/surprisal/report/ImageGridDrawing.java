package org.surprisal.report;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.surprisal.report.canvas.Canvas;
import org.surprisal.report.canvas.Lettering;
import org.surprisal.report.canvas.Paint;
import org.surprisal.report.canvas.Pen;

/// Images in rows, each with its caption above and its colour bar below. Pixels are painted as squares, so that they
/// stay sharp at any size and in an SVG.
final class ImageGridDrawing implements Drawing {

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

    ImageGridDrawing(ImageGrid grid, Place place) {
        this.grid = grid;
        int count = grid.images().size();
        this.columns = Math.min(count, count <= 3 ? 3 : count <= 8 ? 4 : 6);
        this.rows = (count + columns - 1) / columns;
        this.side = Math.min(280, (place.width() - 2 * MARGIN - (columns - 1) * GAP) / columns);
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
    public void draw(Canvas canvas) {
        Drawing.title(canvas, title, MARGIN);
        for (int i = 0; i < grid.images().size(); i++) {
            draw(canvas, grid.images().get(i), MARGIN + i % columns * (side + GAP), top + i / columns * cellHeight());
        }
    }

    private void draw(Canvas canvas, Image image, int left, int cellTop) {
        double line = cellTop + Lettering.TICKS.lineHeight() * 0.8;
        for (String words : Lettering.TICKS.wrap(image.caption(), side)) {
            canvas.write(words, left, line, Lettering.TICKS, Paint.INK, Canvas.Anchor.START);
            line += Lettering.TICKS.lineHeight();
        }
        double pixel = (double) side / Math.max(image.width(), image.height());
        int pictureTop = cellTop + head;
        canvas.picture(image.pixels(), left, pictureTop, image.width() * pixel, image.height() * pixel);
        frame(canvas, left, pictureTop, image.width() * pixel, image.height() * pixel);
        int barTop = pictureTop + side + 8;
        canvas.picture(image.map().bar(BAR_STEPS), left, barTop, side, BAR_HEIGHT);
        frame(canvas, left, barTop, side, BAR_HEIGHT);
        double words = barTop + BAR_HEIGHT + 13.0;
        canvas.write(Wording.significant(image.range().low(), 3), left, words, Lettering.TICKS, Paint.INK,
                Canvas.Anchor.START);
        canvas.write(Wording.significant(image.range().high(), 3), left + side, words, Lettering.TICKS, Paint.INK,
                Canvas.Anchor.END);
    }

    private static void frame(Canvas canvas, double x, double y, double width, double height) {
        canvas.stroke(new Rectangle2D.Double(x, y, width, height), Pen.solid(Paint.FAINT, 0.8));
    }
}
