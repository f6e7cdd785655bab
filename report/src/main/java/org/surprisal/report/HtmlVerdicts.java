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
        html.append("<tbody>\n");
        boolean single = claim.cases().size() == 1 && claim.cases().getFirst().at().isEmpty();
        if (single) {
            Judged.Case only = claim.cases().getFirst();
            row(html, HtmlText.withCode(claim.claim()), claim.verdict(), only.number().text(), only.interval().text(),
                    claim.heldIf(), Integer.toString(only.count()), claim.source());
        } else {
            row(html, HtmlText.withCode(claim.claim()), claim.verdict(),
                    claim.cases().isEmpty() ? "nothing recorded" : claim.counts(), "", claim.heldIf(), "",
                    claim.source());
            if (claim.cases().size() <= Judged.MOST_CASES) {
                claim.cases().forEach(each -> row(html, "<span class=\"case\">" + HtmlText.withCode(each.at())
                        + "</span>", each.verdict(), each.number().text(), each.interval().text(), "",
                        Integer.toString(each.count()), ""));
            }
        }
        html.append("</tbody>\n");
    }

    private static void row(StringBuilder html, String claim, Verdict verdict, String number, String interval,
            String heldIf, String count, String source) {
        html.append("<tr>");
        cell(html, 0, claim);
        cell(html, 1, word(verdict));
        cell(html, 2, HtmlText.withCode(number));
        cell(html, 3, HtmlText.withCode(interval));
        cell(html, 4, HtmlText.withCode(heldIf));
        cell(html, 5, count);
        cell(html, 6, HtmlText.withCode(source));
        html.append("</tr>\n");
    }

    /// A cell with the head of its column, which a narrow page shows before it.
    private static void cell(StringBuilder html, int column, String content) {
        String head = HEAD.get(column);
        html.append("<td data-head=\"").append(column == 0 ? "" : head).append('"')
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
