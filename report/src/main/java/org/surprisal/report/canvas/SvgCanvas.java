package org.surprisal.report.canvas;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A page as SVG text. In a file colours are attributes; within an HTML page they are classes, whose colours
/// [#styles] gives for light and for dark pages.
public final class SvgCanvas implements Canvas {
    private static final String FAMILY = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
    private static final Pattern NOT_XML = Pattern.compile(
            "[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]");
    /// How far each channel of a colour goes towards white on a dark page.
    private static final double LIGHTER = 0.45;

    /// Of strokes, which have classes in a page.
    private static final List<Double> USUAL_WIDTHS = List.of(0.8, 1.0, 1.1, 1.2, 1.5, 1.8);

    private final StringBuilder svg = new StringBuilder(1 << 14);
    private final boolean inPage;
    private final String prefix;
    private final SequencedSet<Color> used;
    private final Function<BufferedImage, byte[]> png;
    private int windows;

    /// A page within an HTML page.
    ///
    /// @param prefix begins the ids within, which no other SVG of the page may have
    /// @param used   takes the colours of data that are used
    /// @param png    encodes a picture
    public static SvgCanvas inPage(String prefix, SequencedSet<Color> used, Function<BufferedImage, byte[]> png) {
        return new SvgCanvas(true, prefix, used, png);
    }

    /// A page in a file of its own.
    ///
    /// @param png encodes a picture
    public static SvgCanvas inFile(Function<BufferedImage, byte[]> png) {
        return new SvgCanvas(false, "w", new LinkedHashSet<>(), png);
    }

    private SvgCanvas(boolean inPage, String prefix, SequencedSet<Color> used, Function<BufferedImage, byte[]> png) {
        this.inPage = inPage;
        this.prefix = prefix;
        this.used = used;
        this.png = png;
    }

    /// What has been drawn: the elements within `svg`.
    public String elements() {
        return svg.toString();
    }

    /// What has been drawn as a document of its own, on white.
    ///
    /// @param title       what it shows, for readers of the screen
    /// @param description how to read it
    public String document(int width, int height, String title, String description) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                + " role=\"img\" width=\""
                + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height
                + "\" font-family=\"" + FAMILY + "\">\n<title>" + escape(title) + "</title>\n<desc>"
                + escape(description) + "</desc>\n<rect width=\"" + width + "\" height=\"" + height
                + "\" fill=\"#ffffff\"/>\n" + svg + "</svg>\n";
    }

    /// The colours of data on light and on dark pages, as CSS. Those of the roles (`f-ink`, `s-grid`) are the page's
    /// own.
    public static String styles(SequencedSet<Color> used) {
        String sizes = Stream.of(Lettering.TITLE, Lettering.PANEL_TITLE, Lettering.AXIS, Lettering.TICKS)
                .map(lettering -> String.format(Locale.ROOT, ".t%d{font-size:%spx}", Math.round(10 * lettering.size()),
                        number(lettering.size())))
                .collect(Collectors.joining());
        String widths = USUAL_WIDTHS.stream().map(width -> String.format(Locale.ROOT, ".w%d{stroke-width:%s}",
                Math.round(10 * width), number(width))).collect(Collectors.joining());
        return ".n{fill:none}.d{stroke-linecap:round}.c{shape-rendering:crispEdges}.b{font-weight:bold}"
                + ".m{text-anchor:middle}"
                + ".e{text-anchor:end}" + sizes + widths + "\n" + rules(used, colour -> colour)
                + "@media screen and (prefers-color-scheme: dark) {\n"
                + rules(used, SvgCanvas::lighter) + "}\n";
    }

    private static String rules(SequencedSet<Color> used, Function<Color, Color> on) {
        return used.stream().map(colour -> ".f" + hex(colour) + "{fill:#" + hex(on.apply(colour)) + "}.s" + hex(colour)
                + "{stroke:#" + hex(on.apply(colour)) + "}\n").collect(Collectors.joining());
    }

    private static Color lighter(Color colour) {
        return new Color(lighter(colour.getRed()), lighter(colour.getGreen()), lighter(colour.getBlue()));
    }

    private static int lighter(int channel) {
        return (int) Math.round(channel + LIGHTER * (255 - channel));
    }

    private static String hex(Color colour) {
        return String.format(Locale.ROOT, "%06x", colour.getRGB() & 0xffffff);
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
        svg.append('<').append(geometry(shape));
        if (!(shape instanceof Line2D)) {
            svg.append(inPage && pen.paint().role() != Paint.Role.FIXED ? "" : " fill=\"none\"");
        }
        boolean usual = inPage && USUAL_WIDTHS.contains(pen.width());
        colour("stroke", "s", pen.paint(), (inPage && !(shape instanceof Line2D) ? "n " : "")
                + (usual ? "w" + Math.round(10 * pen.width()) + " " : ""));
        if (!usual) {
            svg.append(" stroke-width=\"").append(number(pen.width())).append('"');
        }
        if (!pen.dashes().isEmpty()) {
            svg.append(" stroke-dasharray=\"")
                    .append(pen.dashes().stream().map(SvgCanvas::number).collect(Collectors.joining(" "))).append('"');
        }
        svg.append("/>\n");
    }

    @Override
    public void fill(Shape shape, Paint paint) {
        svg.append('<').append(geometry(shape));
        boolean crisp = paint.role() == Paint.Role.FIXED;
        colour("fill", "f", paint, crisp ? "c " : "");
        if (crisp && !inPage) {
            svg.append(" shape-rendering=\"crispEdges\"");
        }
        svg.append("/>\n");
    }

    /// Draws strokes of no length with round ends, a fifth of the text that circles would be.
    @Override
    public void dots(double[] x, double[] y, double size, Paint paint) {
        if (x.length == 0) {
            return;
        }
        svg.append("<path d=\"M").append(number(x[0])).append(' ').append(number(y[0])).append('z');
        for (int i = 1; i < x.length; i++) {
            String step = number(tenths(y[i]) - tenths(y[i - 1]));
            svg.append('m').append(number(tenths(x[i]) - tenths(x[i - 1]))).append(step.startsWith("-") ? "" : " ")
                    .append(step).append('z');
        }
        svg.append(inPage ? "\"" : "\" stroke-linecap=\"round\"");
        colour("stroke", "s", paint, inPage ? "d " : "");
        svg.append(" stroke-width=\"").append(number(size)).append("\"/>\n");
    }

    /// Attributes of a colour; within a page a class, with others before it.
    private void colour(String attribute, String letter, Paint paint, String classes) {
        if (!inPage || paint.role() == Paint.Role.FIXED) {
            svg.append(' ').append(attribute).append("=\"#").append(hex(paint.colour())).append('"');
            if (inPage && !classes.isEmpty()) {
                svg.append(" class=\"").append(classes.strip()).append('"');
            }
        } else {
            svg.append(" class=\"").append(classes);
            if (paint.role() == Paint.Role.DATA) {
                used.add(paint.colour());
                svg.append(letter).append(hex(paint.colour()));
            } else {
                svg.append(letter).append('-').append(paint.role().name().toLowerCase(Locale.ROOT));
            }
            svg.append('"');
        }
        if (paint.opacity() < 1) {
            svg.append(' ').append(attribute).append("-opacity=\"")
                    .append(String.format(Locale.ROOT, "%.2f", paint.opacity())).append('"');
        }
    }

    private static String geometry(Shape shape) {
        return switch (shape) {
            case Line2D line -> "line x1=\"" + number(line.getX1()) + "\" y1=\"" + number(line.getY1()) + "\" x2=\""
                    + number(line.getX2()) + "\" y2=\"" + number(line.getY2()) + "\"";
            case Rectangle2D box -> "rect x=\"" + number(box.getX()) + "\" y=\"" + number(box.getY()) + "\" width=\""
                    + number(box.getWidth()) + "\" height=\"" + number(box.getHeight()) + "\"";
            case Ellipse2D circle when circle.getWidth() == circle.getHeight() ->
                "circle cx=\"" + number(circle.getCenterX()) + "\" cy=\"" + number(circle.getCenterY()) + "\" r=\""
                        + number(circle.getWidth() / 2) + "\"";
            default -> "path d=\"" + path(shape) + "\"";
        };
    }

    /// The commands of a path. Lines go by steps from place to place, which are shorter than places.
    private static String path(Shape shape) {
        StringBuilder d = new StringBuilder();
        double[] at = new double[6];
        long x = 0;
        long y = 0;
        for (PathIterator way = shape.getPathIterator(null); !way.isDone(); way.next()) {
            int kind = way.currentSegment(at);
            int numbers = switch (kind) {
                case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
                case PathIterator.SEG_QUADTO -> 4;
                case PathIterator.SEG_CUBICTO -> 6;
                default -> 0;
            };
            if (kind == PathIterator.SEG_LINETO) {
                String step = number(tenths(at[1]) - y);
                d.append('l').append(number(tenths(at[0]) - x)).append(step.startsWith("-") ? "" : " ").append(step);
            } else {
                d.append(switch (kind) {
                    case PathIterator.SEG_MOVETO -> "M";
                    case PathIterator.SEG_QUADTO -> "Q";
                    case PathIterator.SEG_CUBICTO -> "C";
                    default -> "Z";
                });
                for (int i = 0; i < numbers; i++) {
                    d.append(i == 0 ? "" : " ").append(number(at[i]));
                }
            }
            if (numbers > 0) {
                x = tenths(at[numbers - 2]);
                y = tenths(at[numbers - 1]);
            }
        }
        return d.toString();
    }

    @Override
    public void write(String text, double x, double y, Lettering lettering, Paint paint, Anchor anchor) {
        words(text, " x=\"" + number(x) + "\" y=\"" + number(y) + "\"", lettering, paint, anchor);
    }

    @Override
    public void writeUpwards(String text, double x, double y, Lettering lettering, Paint paint, Anchor anchor) {
        words(text, " transform=\"translate(" + number(x) + " " + number(y) + ") rotate(-90)\"", lettering, paint,
                anchor);
    }

    private void words(String text, String place, Lettering lettering, Paint paint, Anchor anchor) {
        svg.append("<text").append(place);
        if (inPage) {
            String face = lettering.bold() ? "b " : "";
            String side = switch (anchor) {
                case START -> "";
                case MIDDLE -> "m ";
                case END -> "e ";
            };
            colour("fill", "f", paint, "t" + Math.round(10 * lettering.size()) + " " + face + side);
        } else {
            svg.append(" font-size=\"").append(number(lettering.size())).append('"');
            svg.append(lettering.bold() ? " font-weight=\"bold\"" : "");
            if (anchor != Anchor.START) {
                svg.append(" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT)).append('"');
            }
            colour("fill", "f", paint, "");
        }
        svg.append('>');
        double shift = 0;
        for (Notation.Run run : Notation.parse(text)) {
            double wanted = switch (run.level()) {
                case NORMAL -> 0;
                case SUBSCRIPT -> lettering.size() * Lettering.LOWERED;
                case SUPERSCRIPT -> -lettering.size() * Lettering.RAISED;
            };
            if (run.level() == Notation.Level.NORMAL && shift == 0) {
                svg.append(escape(run.text()));
            } else {
                svg.append("<tspan dy=\"").append(number(wanted - shift)).append('"');
                if (run.level() != Notation.Level.NORMAL) {
                    svg.append(" font-size=\"").append(number(lettering.size(run.level()))).append('"');
                }
                svg.append('>').append(escape(run.text())).append("</tspan>");
            }
            shift = wanted;
        }
        svg.append("</text>\n");
    }

    @Override
    public void picture(BufferedImage picture, double x, double y, double width, double height) {
        svg.append("<image x=\"").append(number(x)).append("\" y=\"").append(number(y)).append("\" width=\"")
                .append(number(width)).append("\" height=\"").append(number(height))
                .append("\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" ")
                .append(inPage ? "href" : "xlink:href").append("=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png.apply(picture))).append("\"/>\n");
    }

    @Override
    public void group(Map<String, String> attributes, Runnable inside) {
        svg.append("<g");
        attributes.forEach((name, value) -> svg.append(' ').append(name).append("=\"").append(escape(value))
                .append('"'));
        svg.append(">\n");
        inside.run();
        svg.append("</g>\n");
    }

    @Override
    public void within(Shape window, Runnable inside) {
        String id = "_" + prefix + "-" + windows++;
        svg.append("<clipPath id=\"").append(id).append("\"><").append(geometry(window)).append("/></clipPath>\n");
        svg.append("<g clip-path=\"url(#").append(id).append(")\">\n");
        inside.run();
        svg.append("</g>\n");
    }

    /// To a tenth of a unit, without a fraction that is nothing.
    private static String number(double value) {
        return number(tenths(value));
    }

    private static long tenths(double value) {
        double tenths = Math.rint(value * 10);
        if (!Double.isFinite(tenths)) {
            throw new IllegalArgumentException("a place on a page is a finite number, not " + value);
        }
        return (long) tenths;
    }

    private static String number(long tenths) {
        String units = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
        long rest = Math.abs(tenths) % 10;
        if (rest == 0) {
            return tenths == 0 ? "0" : units;
        }
        return (Math.abs(tenths) < 10 ? units.substring(0, units.length() - 1) : units) + "." + rest;
    }

    /// Text as XML has it: markup escaped, and a sign in the place of each character that no XML document may hold.
    private static String escape(String text) {
        return NOT_XML.matcher(text).replaceAll("\ufffd").replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\"", "&quot;");
    }
}
