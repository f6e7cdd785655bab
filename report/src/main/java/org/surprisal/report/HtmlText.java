package org.surprisal.report;

import java.util.Base64;
import org.surprisal.report.canvas.Notation;

/// Plain text as HTML: nothing a user wrote becomes markup, except `code` between backticks and the sub- and
/// superscripts of [Notation].
final class HtmlText {

    private HtmlText() {
    }

    /// `text` with the five characters that have a meaning in HTML escaped, fit for elements and quoted attributes.
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    /// `text` escaped, with what stands between two backticks as code and symbols set as [Notation] reads them; a
    /// backtick without a partner is kept.
    static String withCode(String text) {
        StringBuilder html = new StringBuilder();
        for (Notation.Run run : Notation.parse(text)) {
            switch (run.level()) {
                case NORMAL -> code(html, run.text());
                case SUBSCRIPT -> html.append("<sub>").append(escape(run.text())).append("</sub>");
                case SUPERSCRIPT -> html.append("<sup>").append(escape(run.text())).append("</sup>");
            }
        }
        return html.toString();
    }

    private static void code(StringBuilder html, String text) {
        int from = 0;
        int open = text.indexOf('`');
        while (open >= 0) {
            int close = text.indexOf('`', open + 1);
            if (close < 0) {
                break;
            }
            html.append(whole(text.substring(from, open))).append("<code>")
                    .append(escape(text.substring(open + 1, close))).append("</code>");
            from = close + 1;
            open = text.indexOf('`', from);
        }
        html.append(whole(text.substring(from)));
    }

    /// `text` escaped, whose numbers are not broken: no line ends before or behind `±`, `×` and `=`.
    private static String whole(String text) {
        String kept = text;
        for (String sign : new String[]{"±", "×", "="}) {
            kept = kept.replace(" " + sign + " ", "\u00a0" + sign + "\u00a0");
        }
        return escape(kept);
    }

    /// A PNG as an address that needs no other file.
    static String dataUri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
