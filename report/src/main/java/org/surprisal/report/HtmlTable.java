package org.surprisal.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// A table of a report as HTML. Its heading and caption stand outside of the box that scrolls where the page is narrow.
final class HtmlTable {
    /// Columns from which on a table is set smaller on paper.
    private static final int WIDE = 7;
    /// A longer word is broken on paper.
    private static final int LONGEST_WORD = 40;

    private HtmlTable() {
    }

    static String of(Table table) {
        StringBuilder html = new StringBuilder();
        html.append("""
                <div class="table" id="%s">
                <h3 id="%s_heading">%s</h3>
                """.formatted(table.id(), table.id(), HtmlText.withCode(table.title())));
        if (!table.caption().isBlank()) {
            html.append("<p class=\"caption\">").append(HtmlText.withCode(table.caption())).append("</p>\n");
        }
        html.append(box(table.id() + "_heading"))
                .append("<table").append(kind(table)).append(">\n<thead>\n<tr>");
        for (int i = 0; i < table.columns().size(); i++) {
            html.append("<th scope=\"col\"").append(style(table, i)).append('>')
                    .append(HtmlText.withCode(table.columns().get(i))).append("</th>");
        }
        html.append("</tr>\n</thead>\n<tbody>\n");
        for (List<TableCell> row : table.rows()) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append("<td").append(style(table, i)).append('>').append(HtmlText.withCode(row.get(i).text()))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n</div>\n").append(csv(table)).append("</div>\n").toString();
    }

    private static String kind(Table table) {
        boolean isLong = Stream.concat(table.columns().stream(),
                table.rows().stream().flatMap(List::stream).map(TableCell::text))
                .flatMap(text -> Stream.of(text.split("\\s", -1))).anyMatch(word -> word.length() > LONGEST_WORD);
        return isLong ? " class=\"long\"" : table.columns().size() > WIDE ? " class=\"wide\"" : "";
    }

    /// The start of the box that scrolls, which the keyboard reaches.
    ///
    /// @param heading id of the heading that names it
    static String box(String heading) {
        return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"" + heading + "\">\n";
    }

    private static String style(Table table, int column) {
        return table.isNumeric(column) ? " class=\"number\"" : "";
    }

    private static String csv(Table table) {
        String data = URLEncoder.encode(table.csv(), StandardCharsets.UTF_8).replace("+", "%20");
        return "<p class=\"csv\"><a download=\"" + table.id() + ".csv\" href=\"data:text/csv;charset=utf-8," + data
                + "\">These numbers as CSV</a></p>\n";
    }
}
