package org.surprisal.report;

import java.util.List;
import java.util.Locale;

/// What a run's numbers say about claims, as HTML: a table of all of them, and a line below each figure.
final class HtmlVerdicts {
    private static final List<String> HEAD = List.of("claim", "verdict", "number", "95 % interval", "held if", "n",
            "source");

    private HtmlVerdicts() {
    }

    static String table(List<Judged> claims) {
        StringBuilder html = new StringBuilder("<div class=\"table verdicts\">\n" + HtmlTable.box("_verdicts")
                + "<table>\n<thead>\n<tr>");
        for (String head : HEAD) {
            html.append("<th scope=\"col\"").append(isNumber(head) ? " class=\"number\">" : ">").append(head)
                    .append("</th>");
        }
        html.append("</tr>\n</thead>\n");
        claims.forEach(claim -> body(html, claim));
        return html.append("</table>\n</div>\n</div>\n").toString();
    }

    private static void body(StringBuilder html, Judged claim) {
        boolean single = claim.cases().size() == 1 && claim.cases().getFirst().at().isEmpty();
        html.append("<tbody>\n<tr>");
        cell(html, 0, HtmlText.withCode(claim.claim()));
        cell(html, 1, word(claim.verdict()));
        if (single) {
            numbers(html, claim.cases().getFirst());
        } else {
            html.append("<td colspan=\"2\">")
                    .append(claim.cases().isEmpty() ? "nothing recorded" : HtmlText.withCode(claim.counts()))
                    .append("</td>");
        }
        cell(html, 4, HtmlText.withCode(claim.heldIf()));
        cell(html, 5, single ? Integer.toString(claim.cases().getFirst().count()) : "");
        cell(html, 6, HtmlText.withCode(claim.source()));
        html.append("</tr>\n");
        if (!single && claim.cases().size() <= Judged.MOST_ROWS) {
            claim.cases().forEach(each -> row(html, each));
        }
        html.append("</tbody>\n");
    }

    private static void row(StringBuilder html, Judged.Case each) {
        html.append("<tr class=\"case\">");
        cell(html, 0, HtmlText.withCode(each.at()));
        cell(html, 1, word(each.verdict()));
        numbers(html, each);
        cell(html, 4, "");
        cell(html, 5, Integer.toString(each.count()));
        cell(html, 6, "");
        html.append("</tr>\n");
    }

    private static void numbers(StringBuilder html, Judged.Case each) {
        cell(html, 2, HtmlText.withCode(each.number().text()));
        cell(html, 3, HtmlText.withCode(each.interval().text()));
    }

    /// A cell with the head of its column, which a narrow page shows before it.
    private static void cell(StringBuilder html, int column, String content) {
        String head = HEAD.get(column);
        html.append("<td").append(column > 1 ? " data-head=\"" + head + "\"" : "")
                .append(isNumber(head) ? " class=\"number\">" : ">").append(content).append("</td>");
    }

    private static boolean isNumber(String head) {
        return head.equals("number") || head.equals("95 % interval") || head.equals("n");
    }

    /// The claims below a figure.
    static String below(List<Judged> claims) {
        if (claims.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<ul class=\"claims\">\n");
        for (Judged claim : claims) {
            html.append("<li>").append(word(claim.verdict())).append(' ').append(HtmlText.withCode(claim.claim()))
                    .append(". <span class=\"evidence\">").append(HtmlText.withCode(claim.evidence()))
                    .append("</span></li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private static String word(Verdict verdict) {
        return "<span class=\"verdict " + verdict.name().toLowerCase(Locale.ROOT).replace('_', '-') + "\">"
                + verdict.words() + "</span>";
    }
}
