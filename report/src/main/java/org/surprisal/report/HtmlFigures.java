package org.surprisal.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// The figures of a report as HTML: for charts a box for the script to draw in, with the PNG in it until it does;
/// image grids and graphs as pictures that need no script.
final class HtmlFigures {

    private static final int BAR_PIXELS = 128;

    private HtmlFigures() {
    }

    static String figure(Figure figure) throws IOException {
        String body = switch (figure) {
            case Chart chart -> charts(chart, List.of(chart), 1);
            case Panels panels -> charts(panels, panels.charts(), panels.columns());
            case ImageGrid grid -> images(grid);
            case DirectedGraph graph -> graph(graph);
        };
        return """
                <figure id="%s">
                <h3>%s</h3>
                %s<figcaption>%s</figcaption>
                </figure>
                """.formatted(figure.id(), HtmlText.escape(figure.title()), body, HtmlText.withCode(figure.caption()));
    }

    private static String charts(Figure figure, List<Chart> charts, int columns) throws IOException {
        StringBuilder boxes = new StringBuilder();
        for (Chart chart : charts) {
            boxes.append("<div class=\"chart\" role=\"img\" aria-label=\"").append(HtmlText.escape(label(chart)))
                    .append("\"></div>\n");
        }
        return String.format(Locale.ROOT, """
                <div class="drawing" data-columns="%d" hidden>
                <div class="legend" role="group" aria-label="Legend: press an entry to hide or show it"></div>
                <div class="charts" style="--columns: %d">
                %s</div>
                </div>
                <img class="static" src="%s" alt="%s">
                <script type="application/json" class="figure-data">%s</script>
                """, columns, columns, boxes, HtmlText.dataUri(FigureFiles.png(figure)),
                HtmlText.escape(figure.title() + ". " + figure.caption()), FigureJson.of(figure, charts));
    }

    private static String label(Chart chart) {
        return chart.title() + ": " + chart.y().title() + " against " + chart.x().title();
    }

    private static String images(ImageGrid grid) throws IOException {
        StringBuilder html = new StringBuilder("<div class=\"images\">\n");
        for (Image image : grid.images()) {
            String low = Numeral.of(image.range().low(), 3);
            String high = Numeral.of(image.range().high(), 3);
            String alt = String.format(Locale.ROOT, "%s: %d x %d pixels, colours from %s to %s", image.caption(),
                    image.width(),
                    image.height(), low, high);
            html.append("""
                    <div class="image">
                    <p>%s</p>
                    <img class="pixels" src="%s" alt="%s">
                    <img class="bar" src="%s" alt="">
                    <p class="range"><span>%s</span><span>%s</span></p>
                    </div>
                    """.formatted(HtmlText.escape(image.caption()), HtmlText.dataUri(pixels(image)),
                    HtmlText.escape(alt), HtmlText.dataUri(bar(image.map())), low, high));
        }
        return html.append("</div>\n").toString();
    }

    /// In the size in which it was laid out, so that the words of every graph are equally large.
    private static String graph(DirectedGraph graph) throws IOException {
        String alt = String.format(Locale.ROOT, "%s: %d nodes, %d arrows. %s", graph.title(), graph.nodes().size(),
                graph.edges().size(),
                graph.caption());
        return String.format(Locale.ROOT, "<img class=\"graph\" width=\"%d\" src=\"%s\" alt=\"%s\">\n",
                Drawing.of(graph).width(),
                HtmlText.dataUri(FigureFiles.png(graph)), HtmlText.escape(alt));
    }

    private static byte[] pixels(Image image) throws IOException {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                picture.setRGB(x, y, image.map().at(image.fraction(x, y)).getRGB());
            }
        }
        return FigureFiles.encode(picture);
    }

    private static byte[] bar(ColourMap map) throws IOException {
        BufferedImage picture = new BufferedImage(BAR_PIXELS, 1, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < BAR_PIXELS; x++) {
            picture.setRGB(x, 0, map.at((x + 0.5) / BAR_PIXELS).getRGB());
        }
        return FigureFiles.encode(picture);
    }
}
