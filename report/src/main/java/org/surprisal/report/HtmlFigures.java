package org.surprisal.report;

import java.awt.Color;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import org.surprisal.report.canvas.SvgCanvas;

/// The figures of one page as HTML: charts as SVG, drawn for wide and for narrow pages, with their numbers for the
/// script beside them; image grids and graphs as pictures that need no script.
final class HtmlFigures {
    private static final int BAR_PIXELS = 128;

    private final SequencedSet<Color> colours = new LinkedHashSet<>();

    /// The colours of all figures made so far, as CSS.
    String styles() {
        return SvgCanvas.styles(colours);
    }

    /// A figure with its title and caption.
    ///
    /// @param links HTML below the drawing, such as links to files; may be empty
    String figure(Figure figure, String links) {
        String body = switch (figure) {
            case Chart chart -> charts(chart, List.of(chart));
            case Panels panels -> charts(panels, panels.charts());
            case ImageGrid grid -> images(grid);
            case DirectedGraph graph -> graph(graph);
        };
        return """
                <figure id="%s">
                <h3>%s</h3>
                %s%s<figcaption>%s</figcaption>
                </figure>
                """.formatted(figure.id(), HtmlText.withCode(figure.title()), body, links,
                HtmlText.withCode(figure.caption()));
    }

    private String charts(Figure figure, List<Chart> charts) {
        StringBuilder html = new StringBuilder();
        Legend legend = Legend.of(charts);
        if (legend.entries().size() > 1) {
            html.append(
                    "<div class=\"legend\" role=\"group\" aria-label=\"Legend: press an entry to hide or show it\">\n");
            for (int i = 0; i < legend.entries().size(); i++) {
                html.append(entry(legend.entries().get(i), i, figure.id()));
            }
            html.append("</div>\n");
        }
        return html.append(timeline(charts)).append("<div class=\"drawing\">\n")
                .append(svg(figure, charts, Drawing.Place.WIDE))
                .append(svg(figure, charts, Drawing.Place.NARROW))
                .append("</div>\n<script type=\"application/json\" class=\"numbers\">")
                .append(FigureNumbers.json(charts))
                .append("</script>\n<details class=\"table\"><summary>Numbers</summary></details>\n").toString();
    }

    private String entry(Legend.Entry entry, int number, String id) {
        SvgCanvas sample = SvgCanvas.inPage(id + "-l" + number, colours, FigureFiles::encode);
        entry.draw(sample, 0, 1);
        return String.format(Locale.ROOT,
                "<button type=\"button\" class=\"entry\" data-entry=\"%d\" aria-pressed=\"true\"><svg width=\"%.0f\""
                        + " height=\"%.0f\" aria-hidden=\"true\">%s</svg><span>%s</span></button>\n",
                number, Legend.SAMPLE_WIDTH, Legend.SAMPLE_HEIGHT + 2, sample.elements(),
                HtmlText.withCode(entry.name()));
    }

    /// Where trails have several steps, the place from which the script plays them.
    private static String timeline(List<Chart> charts) {
        long steps = charts.stream().flatMap(chart -> chart.marks().stream()).filter(Trail.class::isInstance)
                .flatMapToDouble(mark -> ((Trail) mark).steps().stream()).distinct().count();
        return steps > 1 ? "<div class=\"timeline\" data-label=\"epoch\"></div>\n" : "";
    }

    private String svg(Figure figure, List<Chart> charts, Drawing.Place place) {
        Drawing drawing = Drawing.of(figure, place);
        String name = place.name().toLowerCase(Locale.ROOT);
        List<Drawing.Part> parts = drawing.parts();
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            SvgCanvas page = SvgCanvas.inPage(figure.id() + "-" + name.charAt(0) + i, colours, FigureFiles::encode);
            parts.get(i).inside().accept(page);
            String label = label(figure, charts)
                    + (parts.size() > 1 ? ", part " + (i + 1) + " of " + parts.size() : "");
            html.append(String.format(Locale.ROOT,
                    "<svg class=\"%s\" viewBox=\"0 %.0f %d %.0f\" role=\"img\" aria-label=\"%s\">\n%s</svg>\n", name,
                    parts.get(i).top(), drawing.width(), parts.get(i).height(), HtmlText.escape(label),
                    page.elements()));
        }
        return html.toString();
    }

    private static String label(Figure figure, List<Chart> charts) {
        Chart first = charts.getFirst();
        return figure.title() + ": " + first.y().title() + " against " + first.x().title()
                + (charts.size() > 1 ? ", " + charts.size() + " charts" : "");
    }

    private static String images(ImageGrid grid) {
        StringBuilder html = new StringBuilder("<div class=\"images\">\n");
        for (Image image : grid.images()) {
            String low = Wording.significant(image.range().low(), 3);
            String high = Wording.significant(image.range().high(), 3);
            String alt = String.format(Locale.ROOT, "%s: %d x %d pixels, colours from %s to %s", image.caption(),
                    image.width(), image.height(), low, high);
            html.append("""
                    <div class="image">
                    <p>%s</p>
                    <img class="pixels" src="%s" alt="%s">
                    <img class="bar" src="%s" alt="">
                    <p class="range"><span>%s</span><span>%s</span></p>
                    </div>
                    """.formatted(HtmlText.withCode(image.caption()),
                    HtmlText.dataUri(FigureFiles.encode(image.pixels())), HtmlText.escape(alt),
                    HtmlText.dataUri(FigureFiles.encode(image.map().bar(BAR_PIXELS))), HtmlText.withCode(low),
                    HtmlText.withCode(high)));
        }
        return html.append("</div>\n").toString();
    }

    /// In the size in which it was laid out, so that the words of every graph are equally large.
    private String graph(DirectedGraph graph) {
        Drawing drawing = Drawing.of(graph, Drawing.Place.WIDE);
        SvgCanvas page = SvgCanvas.inPage(graph.id(), colours, FigureFiles::encode);
        drawing.draw(page);
        String label = String.format(Locale.ROOT, "%s: %d nodes, %d arrows", graph.title(), graph.nodes().size(),
                graph.edges().size());
        return String.format(Locale.ROOT,
                "<div class=\"graph\" tabindex=\"0\"><svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"%s\">\n%s</svg></div>\n",
                drawing.width(), drawing.height(), drawing.width(), drawing.height(), HtmlText.escape(label),
                page.elements());
    }
}
