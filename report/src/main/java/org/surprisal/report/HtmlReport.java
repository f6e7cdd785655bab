package org.surprisal.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A report as one HTML file that opens from a disk without a network: script, style, numbers and pictures are inside.
public final class HtmlReport {

    /// A short report is seen whole; a longer one begins with its contents.
    private static final int SECTIONS_WITHOUT_CONTENTS = 3;

    private HtmlReport() {
    }

    /// Writes `report` to `file`, whose folder is made where it is missing; an existing file is replaced whole.
    ///
    /// @throws IOException with one line naming the folder, if it takes no file
    public static void write(Report report, Path file) throws IOException {
        AtomicFile.write(file, html(report).getBytes(StandardCharsets.UTF_8));
    }

    /// The whole page.
    static String html(Report report) throws IOException {
        StringBuilder html = new StringBuilder(1 << 21);
        html.append("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="icon" href="data:,">
                <style>
                %s</style>
                <script>
                window.addEventListener('error', function (event) {
                  document.documentElement.dataset.error = event.message;
                });
                </script>
                </head>
                <body>
                <header>
                <h1>%s</h1>
                """.formatted(HtmlText.escape(report.title()), own("report.css"), HtmlText.escape(report.title())));
        paragraph(html, "subtitle", report.subtitle());
        paragraph(html, "lead", report.lead());
        html.append("</header>\n");
        contents(html, report);
        html.append("<main>\n");
        HtmlFigures figures = new HtmlFigures();
        for (int i = 0; i < report.sections().size(); i++) {
            section(html, report.sections().get(i), i + 1, figures);
        }
        html.append("<style>\n").append(figures.styles()).append("</style>\n");
        pairs(html, "settings", "Settings", report.settings());
        pairs(html, "provenance", "Provenance", report.provenance());
        html.append("""
                </main>
                <noscript><p class="note">Scripts are off: the figures are shown as still pictures.</p></noscript>
                """);
        script(html, own("figure-text.js"));
        script(html, own("report.js"));
        return html.append("</body>\n</html>\n").toString();
    }

    /// Anchors of the page's own begin with an underscore, which no id of a figure or table has.
    private static void contents(StringBuilder html, Report report) {
        if (report.sections().size() <= SECTIONS_WITHOUT_CONTENTS) {
            return;
        }
        html.append("<nav aria-label=\"Contents\">\n<ol>\n");
        for (int i = 0; i < report.sections().size(); i++) {
            html.append("<li><a href=\"#_section-").append(i + 1).append("\">")
                    .append(HtmlText.escape(report.sections().get(i).heading())).append("</a></li>\n");
        }
        html.append("</ol>\n</nav>\n");
    }

    private static void section(StringBuilder html, Section section, int number, HtmlFigures figures) {
        html.append("<section>\n<h2 id=\"_section-").append(number).append("\">")
                .append(HtmlText.escape(section.heading())).append("</h2>\n");
        for (String text : section.paragraphs()) {
            paragraph(html, "", text);
        }
        for (Figure figure : section.figures()) {
            html.append(figures.figure(figure, ""));
        }
        for (Table table : section.tables()) {
            table(html, table);
        }
        html.append("</section>\n");
    }

    private static void table(StringBuilder html, Table table) {
        String title = HtmlText.escape(table.title());
        html.append("<div class=\"table\" id=\"").append(table.id()).append("\">\n<p class=\"caption\"><strong>")
                .append(title).append("</strong> ").append(HtmlText.withCode(table.caption()))
                .append("</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"").append(title)
                .append("\">\n<table>\n<thead>\n");
        row(html, table, table.columns(), "th scope=\"col\"", "th");
        html.append("</thead>\n<tbody>\n");
        for (List<String> cells : table.rows()) {
            row(html, table, cells, "td", "td");
        }
        html.append("</tbody>\n</table>\n</div>\n</div>\n");
    }

    private static void row(StringBuilder html, Table table, List<String> cells, String open, String close) {
        html.append("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            html.append('<').append(open).append(table.numeric(i) ? " class=\"number\">" : ">")
                    .append(HtmlText.withCode(cells.get(i))).append("</").append(close).append('>');
        }
        html.append("</tr>\n");
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

    private static void paragraph(StringBuilder html, String style, String text) {
        if (!text.isBlank()) {
            html.append(style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">").append(HtmlText.withCode(text))
                    .append("</p>\n");
        }
    }

    private static void script(StringBuilder html, String script) {
        // The only sequences that could end or confuse a script element; in JavaScript strings '\/' is '/'.
        html.append("<script>\n").append(script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))
                .append("\n</script>\n");
    }

    private static String own(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("cannot write a report: " + name + " is missing beside HtmlReport.class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
