package org.surprisal.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A report as one HTML file that opens from a disk without a network: script, style, numbers and pictures are inside.
public final class HtmlReport {

    /// A short report is seen whole; a longer one begins with its contents.
    private static final int SECTIONS_WITHOUT_CONTENTS = 3;

    /// Where a run keeps the files of its figures, beside the page.
    private static final String FIGURES = "figures/";

    private HtmlReport() {
    }

    /// Writes `report` to `file`, whose folder is made where it is missing; an existing file is replaced whole.
    ///
    /// @throws IOException with one line naming the folder, if it takes no file
    public static void write(Report report, Path file) throws IOException {
        AtomicFile.write(file, html(report).getBytes(StandardCharsets.UTF_8));
    }

    /// The whole page.
    static String html(Report report) {
        HtmlFigures figures = new HtmlFigures();
        String body = body(report, figures);
        return HtmlPage.of(report.title(), figures.styles(), body, HtmlPage.own("figure-text.js"),
                HtmlPage.own("report.js"));
    }

    private static String body(Report report, HtmlFigures figures) {
        StringBuilder html = new StringBuilder(1 << 19);
        html.append("<header>\n<h1>").append(HtmlText.withCode(report.title())).append("</h1>\n");
        paragraph(html, "subtitle", report.subtitle());
        report.found().forEach(text -> paragraph(html, "found", text));
        html.append("</header>\n<main>\n");
        if (!report.verdicts().isEmpty()) {
            html.append("<section>\n<h2 id=\"_verdicts\">Verdicts</h2>\n")
                    .append(HtmlVerdicts.table(report.verdicts())).append("</section>\n");
        }
        if (!report.lead().isEmpty()) {
            html.append("<section>\n<h2 id=\"_lead\">What was done, and how to read it</h2>\n");
            report.lead().forEach(text -> paragraph(html, "lead", text));
            html.append("</section>\n");
        }
        contents(html, report);
        boolean hasFiles = report.files().containsKey(FIGURES);
        for (int i = 0; i < report.sections().size(); i++) {
            section(html, report, i, figures, hasFiles);
        }
        pairs(html, "settings", "Settings", report.settings());
        pairs(html, "provenance", "Provenance", report.provenance());
        files(html, report.files());
        return html.append("""
                </main>
                <noscript><p class="note">Scripts are off: figures are shown without tooltips and tables.</p></noscript>
                """).toString();
    }

    /// Links to the files of a figure.
    private static String links(Figure figure) {
        StringBuilder html = new StringBuilder("<p class=\"files\">");
        List<String> endings = FigureNumbers.charts(figure).isEmpty()
                ? List.of("svg", "png")
                : List.of("csv", "svg", "png");
        endings.forEach(
                ending -> html.append("<a href=\"").append(FIGURES).append(figure.id()).append('.').append(ending)
                        .append("\">").append(ending.toUpperCase(Locale.ROOT)).append("</a> "));
        return html.append("</p>\n").toString();
    }

    /// Anchors of the page's own begin with an underscore, which no id of a figure or table has.
    private static void contents(StringBuilder html, Report report) {
        if (report.sections().size() <= SECTIONS_WITHOUT_CONTENTS) {
            return;
        }
        html.append("<nav aria-label=\"Contents\">\n<ol>\n");
        for (int i = 0; i < report.sections().size(); i++) {
            html.append("<li><a href=\"#_section-").append(i + 1).append("\">")
                    .append(HtmlText.withCode(report.sections().get(i).heading())).append("</a></li>\n");
        }
        html.append("</ol>\n</nav>\n");
    }

    private static void section(StringBuilder html, Report report, int index, HtmlFigures figures, boolean hasFiles) {
        Section section = report.sections().get(index);
        html.append("<section>\n<h2 id=\"_section-").append(index + 1).append("\">")
                .append(HtmlText.withCode(section.heading())).append("</h2>\n");
        for (Block block : section.blocks()) {
            switch (block) {
                case Prose(String text) -> paragraph(html, "", text);
                case Picture picture -> html.append("<div class=\"picture\">\n")
                        .append(figures.figure(picture.figure(), hasFiles ? links(picture.figure()) : ""))
                        .append(HtmlVerdicts.below(picture.claims(), report.verdicts()))
                        .append("</div>\n");
                case Table table -> html.append(HtmlTable.of(table));
            }
        }
        html.append("</section>\n");
    }

    private static void pairs(StringBuilder html, String id, String heading, Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        html.append("<section>\n<h2 id=\"_").append(id).append("\">").append(heading)
                .append("</h2>\n<dl class=\"pairs\">\n");
        pairs.forEach((key, value) -> html.append("<div><dt>").append(HtmlText.escape(key)).append("</dt><dd>")
                .append(HtmlText.escape(value)).append("</dd></div>\n"));
        html.append("</dl>\n</section>\n");
    }

    /// Links to what lies beside the page, the only ones that lead out of it.
    private static void files(StringBuilder html, Map<String, String> files) {
        if (files.isEmpty()) {
            return;
        }
        html.append("<section>\n<h2 id=\"_files\">Files</h2>\n<ul class=\"files\">\n");
        files.forEach((place, what) -> html.append("<li><a href=\"").append(HtmlText.escape(place)).append("\">")
                .append(HtmlText.escape(place)).append("</a>: ").append(HtmlText.withCode(what)).append("</li>\n"));
        html.append("</ul>\n</section>\n");
    }

    private static void paragraph(StringBuilder html, String style, String text) {
        if (!text.isBlank()) {
            html.append(style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">").append(HtmlText.withCode(text))
                    .append("</p>\n");
        }
    }
}
