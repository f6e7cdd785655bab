package org.surprisal.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// Figures as files for print and for other programs. The same figure gives the same bytes on the same machine (the
/// fonts are the machine's).
public final class FigureFiles {

    /// Pixels of a PNG for each unit of the drawing: 144 a (typographic) inch.
    static final int PIXELS_PER_UNIT = 2;

    private static final String SVG = "http://www.w3.org/2000/svg";

    private FigureFiles() {
    }

    /// Writes `<id>.png` and `<id>.svg` into `folder`, which is made where it is missing; existing files are replaced.
    ///
    /// @return the two files, PNG first
    /// @throws IOException with one line naming the folder, if it takes no file
    public static List<Path> write(Figure figure, Path folder) throws IOException {
        Path png = folder.resolve(figure.id() + ".png");
        Path svg = folder.resolve(figure.id() + ".svg");
        AtomicFile.write(png, png(figure));
        AtomicFile.write(svg, svg(figure));
        return List.of(png, svg);
    }

    /// The figure as a PNG on white.
    static byte[] png(Figure figure) throws IOException {
        Drawing drawing = Drawing.of(figure);
        BufferedImage page = new BufferedImage(drawing.width() * PIXELS_PER_UNIT, drawing.height() * PIXELS_PER_UNIT,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = page.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, page.getWidth(), page.getHeight());
        g.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        drawing.paint(g);
        g.dispose();
        return encode(page);
    }

    /// `image` as PNG bytes.
    static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // ImageIO's own stream would go through a file in the temporary folder, which may be full or read-only.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException(
                        "this Java runtime cannot write PNG pictures; use one with the java.desktop module");
            }
        }
        return bytes.toByteArray();
    }

    /// The figure as an SVG document in UTF-8, with title and caption for screen readers.
    static byte[] svg(Figure figure) throws IOException {
        Drawing drawing = Drawing.of(figure);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment(null);
        SVGGraphics2D g = new SVGGraphics2D(context, false);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, drawing.width(), drawing.height());
        drawing.paint(g);
        Element root = g.getRoot();
        root.setAttributeNS(null, "width", Integer.toString(drawing.width()));
        root.setAttributeNS(null, "height", Integer.toString(drawing.height()));
        root.setAttributeNS(null, "viewBox", "0 0 " + drawing.width() + " " + drawing.height());
        root.setAttributeNS(null, "role", "img");
        describe(root, "desc", figure.caption());
        describe(root, "title", figure.title());
        StringWriter text = new StringWriter();
        g.stream(root, text, false, false);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void describe(Element root, String tag, String text) {
        Element element = root.getOwnerDocument().createElementNS(SVG, tag);
        element.setTextContent(text);
        root.insertBefore(element, root.getFirstChild());
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own XML parser could not be set up", e);
        }
    }
}
