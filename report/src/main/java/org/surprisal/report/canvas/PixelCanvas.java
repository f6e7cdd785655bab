package org.surprisal.report.canvas;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.Map;

/// A page of pixels.
public final class PixelCanvas implements Canvas {
    /// Pixels for each unit of the page, 144 an inch, unless the page is so large that it gets fewer.
    public static final int PIXELS_PER_UNIT = 2;
    /// Of a page, 400 MB of memory.
    private static final double MOST_PIXELS = 1e8;

    private static final FontRenderContext IDEAL = new FontRenderContext(new AffineTransform(), true, true);

    private final BufferedImage page;
    private final Graphics2D g;

    /// A white page.
    ///
    /// @param width  in units
    /// @param height in units
    public PixelCanvas(int width, int height) {
        double scale = Math.min(PIXELS_PER_UNIT, Math.sqrt(MOST_PIXELS / width / height));
        this.page = new BufferedImage((int) Math.max(1, width * scale), (int) Math.max(1, height * scale),
                BufferedImage.TYPE_INT_RGB);
        this.g = page.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, page.getWidth(), page.getHeight());
        g.scale(scale, scale);
    }

    /// What has been drawn. The canvas takes nothing more.
    public BufferedImage finish() {
        g.dispose();
        return page;
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
        take(pen.paint());
        float[] dashes = new float[pen.dashes().size()];
        for (int i = 0; i < dashes.length; i++) {
            dashes[i] = pen.dashes().get(i).floatValue();
        }
        g.setStroke(dashes.length == 0
                ? new BasicStroke((float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke((float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
        g.draw(shape);
    }

    @Override
    public void fill(Shape shape, Paint paint) {
        take(paint);
        // Smoothed edges would let the page shine through between two cells.
        boolean sharp = paint.role() == Paint.Role.FIXED;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING,
                sharp ? RenderingHints.VALUE_ANTIALIAS_OFF : RenderingHints.VALUE_ANTIALIAS_ON);
        g.fill(shape);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    @Override
    public void dots(double[] x, double[] y, double size, Paint paint) {
        take(paint);
        for (int i = 0; i < x.length; i++) {
            g.fill(new Ellipse2D.Double(x[i] - size / 2, y[i] - size / 2, size, size));
        }
    }

    private void take(Paint paint) {
        g.setColor(paint.colour());
        g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) paint.opacity()));
    }

    @Override
    public void write(String text, double x, double y, Lettering lettering, Paint paint, Anchor anchor) {
        take(paint);
        double at = x - switch (anchor) {
            case START -> 0;
            case MIDDLE -> lettering.width(text) / 2;
            case END -> lettering.width(text);
        };
        for (Notation.Run run : Notation.parse(text)) {
            double shift = switch (run.level()) {
                case NORMAL -> 0;
                case SUBSCRIPT -> lettering.size() * Lettering.LOWERED;
                case SUPERSCRIPT -> -lettering.size() * Lettering.RAISED;
            };
            write(run.text(), at, y + shift, new Font(Font.SANS_SERIF, lettering.bold() ? Font.BOLD : Font.PLAIN, 12)
                    .deriveFont((float) lettering.size(run.level())), lettering.width(run));
            at += lettering.width(run);
        }
    }

    /// Writes text in the place that the layout has left for it: the machine's letters may be wider or narrower.
    private void write(String text, double x, double y, Font font, double width) {
        double own = font.getStringBounds(text, IDEAL).getWidth();
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        if (own > 0) {
            g.scale(width / own, 1);
        }
        g.setFont(font);
        g.drawString(text, 0, 0);
        g.setTransform(before);
    }

    @Override
    public void writeUpwards(String text, double x, double y, Lettering lettering, Paint paint, Anchor anchor) {
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(-Math.PI / 2);
        write(text, 0, 0, lettering, paint, anchor);
        g.setTransform(before);
    }

    @Override
    public void picture(BufferedImage picture, double x, double y, double width, double height) {
        g.setComposite(AlphaComposite.SrcOver);
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(width / picture.getWidth(), height / picture.getHeight());
        g.drawImage(picture, place, null);
    }

    @Override
    public void group(Map<String, String> attributes, Runnable inside) {
        inside.run();
    }

    @Override
    public void within(Shape window, Runnable inside) {
        Shape before = g.getClip();
        g.clip(window);
        inside.run();
        g.setClip(before);
    }
}
