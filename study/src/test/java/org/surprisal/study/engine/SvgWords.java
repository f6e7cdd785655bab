package org.surprisal.study.engine;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.surprisal.report.canvas.Lettering;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// The words of an SVG file of a figure, with the room that each line takes.
record SvgWords(List<Line> lines) {
    /// Units that boxes may share: letters do not fill their line.
    private static final double SHARED = 1;

    /// @param text as it is read
    /// @param box  on the page
    record Line(String text, Rectangle2D box) {}

    /// What is wrong with the words of a file: lines that lie over each other, or reach out of the page.
    static List<String> faults(Path svg) throws IOException {
        try {
            Element root = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(svg.toFile())
                    .getDocumentElement();
            NodeList texts = root.getElementsByTagName("text");
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i < texts.getLength(); i++) {
                Element text = (Element) texts.item(i);
                lines.add(new Line(text.getTextContent(), box(text)));
            }
            return new SvgWords(lines).faults(Double.parseDouble(root.getAttribute("width")),
                    Double.parseDouble(root.getAttribute("height")));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(svg + " is no SVG: " + Files.readString(svg), e);
        }
    }

    private static Rectangle2D box(Element text) {
        double size = Double.parseDouble(text.getAttribute("font-size"));
        // Text content has no signs that set levels: sub- and superscripts count in full, which is a little too much.
        Lettering lettering = new Lettering(size, text.getAttribute("font-weight").equals("bold"));
        double width = text.getTextContent().codePoints()
                .mapToDouble(character -> lettering.width(Character.toString(character))).sum();
        double left = switch (text.getAttribute("text-anchor")) {
            case "middle" -> -width / 2;
            case "end" -> -width;
            default -> 0;
        };
        AffineTransform place = new AffineTransform();
        String transform = text.getAttribute("transform");
        if (transform.isEmpty()) {
            place.translate(Double.parseDouble(text.getAttribute("x")), Double.parseDouble(text.getAttribute("y")));
        } else {
            String[] numbers = transform.replaceAll("[^-0-9. ]+", " ").strip().split(" +", -1);
            place.translate(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
            place.rotate(Math.toRadians(Double.parseDouble(numbers[2])));
        }
        return place.createTransformedShape(new Rectangle2D.Double(left, -0.75 * size, width, 0.95 * size))
                .getBounds2D();
    }

    private List<String> faults(double width, double height) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Rectangle2D box = lines.get(i).box();
            if (box.getX() < -SHARED || box.getMaxX() > width + SHARED || box.getY() < -SHARED
                    || box.getMaxY() > height + SHARED) {
                faults.add("'" + lines.get(i).text() + "' reaches out of the page");
            }
            for (int j = i + 1; j < lines.size(); j++) {
                Rectangle2D common = box.createIntersection(lines.get(j).box());
                if (common.getWidth() > SHARED && common.getHeight() > SHARED) {
                    faults.add("'" + lines.get(i).text() + "' lies over '" + lines.get(j).text() + "'");
                }
            }
        }
        return faults;
    }
}
