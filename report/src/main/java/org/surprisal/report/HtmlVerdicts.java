package org.surprisal.report;

import java.util.List;
import java.util.Locale;

/// What a run's numbers say about claims, as HTML: a table of all of them, which tells each verdict once, and below a
/// figure the numbers of the claims that it shows, by the claims' places in the table.
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
        for (int i = 0; i < claims.size(); i++) {
            body(html, i + 1, claims.get(i));
        }
        return html.append("</table>\n</div>\n</div>\n").toString();
    }

    private static void body(StringBuilder html, int place, Judged claim) {
        boolean single = claim.cases().size() == 1 && claim.cases().getFirst().at().isEmpty();
        html.append("<tbody id=\"").append(anchor(place)).append("\">\n<tr>");
        cell(html, 0, place + ". " + HtmlText.withCode(claim.claim()));
        cell(html, 1, word(claim.verdict()));
        if (single) {
            numbers(html, claim.cases().getFirst());
        } else {
            html.append("<td colspan=\"2\">")
                    .append(HtmlText.withCode(claim.cases().isEmpty() ? claim.withoutNumber() : claim.counts()))
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

    /// What the claims that a figure shows ask for, and the numbers that they got.
    ///
    /// @param all claims of the page, in the order of its table
    static String below(List<Judged> claims, List<Judged> all) {
        if (claims.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<ul class=\"claims\">\n");
        for (Judged claim : claims) {
            int place = all.indexOf(claim) + 1;
            html.append("<li><a href=\"#").append(anchor(place)).append("\">Claim ").append(place)
                    .append("</a> <span class=\"evidence\">").append(HtmlText.withCode(claim.reference()))
                    .append("</span></li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private static String anchor(int place) {
        return "_claim-" + place;
    }

    private static String word(Verdict verdict) {
        return "<span class=\"verdict " + verdict.name().toLowerCase(Locale.ROOT).replace('_', '-') + "\">"
                + verdict.words() + "</span>";
    }
}
