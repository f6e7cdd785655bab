package org.surprisal.gallery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.surprisal.report.HtmlPage;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;

/// The page of a gallery, document by document.
final class GalleryPage {
    private final StringBuilder html = new StringBuilder(1 << 16);
    private final Gallery gallery;

    private GalleryPage(Gallery gallery) {
        this.gallery = gallery;
    }

    /// The text of the page.
    static String of(Gallery gallery) {
        GalleryPage page = new GalleryPage(gallery);
        page.write();
        return HtmlPage.of("The documents, made again", ExhibitFile.text("gallery.css"), page.html.toString(),
                ExhibitFile.text("gallery.js"));
    }

    private void write() {
        html.append("<header>\n<h1>The documents, made again</h1>\n<p class=\"found\">").append(summary())
                .append("</p>\n<p>").append(HtmlPage.prose(rules())).append("</p>\n").append(filters())
                .append("</header>\n<main>\n");
        SequencedMap<SourceDocument, List<Outcome>> documents = new LinkedHashMap<>();
        for (SourceDocument document : SourceDocument.values()) {
            List<Outcome> own = gallery.outcomes().stream().filter(each -> each.exhibit().document() == document)
                    .toList();
            if (!own.isEmpty()) {
                documents.put(document, own);
            }
        }
        documents.forEach(this::contents);
        documents.forEach(this::section);
        html.append("</main>\n");
    }

    private String summary() {
        Map<Verdict, Long> verdicts = gallery.verdicts();
        long claims = verdicts.values().stream().mapToLong(Long::longValue).sum();
        String counts = Wording.count(claims, "claim") + " of " + Wording.count(gallery.outcomes().size(), "exhibit")
                + ": " + verdicts.getOrDefault(Verdict.HELD, 0L) + " held, "
                + verdicts.getOrDefault(Verdict.NOT_HELD, 0L) + " not held, "
                + verdicts.getOrDefault(Verdict.UNDECIDED, 0L) + " undecided.";
        long skipped = gallery.count(Outcome.Status.SKIPPED);
        long failed = gallery.count(Outcome.Status.FAILED);
        return counts
                + (skipped == 0 ? "" : " " + Wording.count(skipped, "exhibit") + " skipped, with the reason.")
                + (failed == 0 ? "" : " " + Wording.count(failed, "exhibit") + " failed.");
    }

    private String rules() {
        long judged = gallery.outcomes().stream().flatMap(outcome -> outcome.claims().stream())
                .filter(claim -> !claim.cases().isEmpty() && !claim.rule().endsWith(ClaimOutcome.BY_A_FORMULA)).count();
        return "A claim is held if the 95 % interval of its number lies inside the region that is named beside it, not"
                + " held if it lies outside, and undecided otherwise. If every true number lay on the edge of its"
                + " region, about " + Wording.shortest(Math.round(judged * 0.5) / 10.0) + " of the " + judged
                + " claims that runs judge would get a verdict by chance, 5 % of them.";
    }

    private static String filters() {
        StringBuilder buttons = new StringBuilder(
                "<div class=\"filters\" role=\"group\" aria-label=\"Show exhibits with\">\n");
        for (String word : List.of("all", "held", "not-held", "undecided", "shown", "skipped", "failed")) {
            buttons.append("<button type=\"button\" data-filter=\"").append(word).append("\" aria-pressed=\"")
                    .append(word.equals("all")).append("\">").append(word.replace('-', ' ')).append("</button>\n");
        }
        return buttons.append("</div>\n<p class=\"spoken\" aria-live=\"polite\" id=\"_shown\"></p>\n").toString();
    }

    private void contents(SourceDocument document, List<Outcome> outcomes) {
        html.append("<nav aria-label=\"").append(HtmlPage.escape(document.title())).append("\">\n<p><strong>")
                .append(HtmlPage.escape(document.title())).append("</strong></p>\n<ul class=\"contents\">\n");
        for (Outcome outcome : outcomes) {
            html.append("<li data-words=\"").append(words(outcome)).append("\"><a href=\"#")
                    .append(HtmlPage.escape(anchor(outcome))).append("\">")
                    .append(HtmlPage.escape(Evidence.before(outcome.exhibit().place(), ","))).append("</a> ")
                    .append(HtmlPage.prose(outcome.exhibit().title())).append("</li>\n");
        }
        html.append("</ul>\n</nav>\n");
    }

    private void section(SourceDocument document, List<Outcome> outcomes) {
        html.append("<section>\n<h2>").append(HtmlPage.escape(document.title())).append("</h2>\n<p>")
                .append(HtmlPage.prose(FalseDiscoveries.sentence(outcomes))).append("</p>\n");
        outcomes.forEach(this::exhibit);
        html.append("</section>\n");
    }

    /// The name of an exhibit's place on the page, which holds both sizes where both were made.
    private static String anchor(Outcome outcome) {
        return outcome.exhibit().id() + (outcome.size() == Size.DOCUMENT ? "-document" : "");
    }

    /// What an exhibit can be filtered by: its status, and the verdicts of its claims.
    private static String words(Outcome outcome) {
        StringBuilder words = new StringBuilder(outcome.status().word());
        outcome.claims().stream().map(claim -> Gallery.word(claim.verdict())).distinct()
                .forEach(word -> words.append(' ').append(word));
        return words.toString();
    }

    private void exhibit(Outcome outcome) {
        Exhibit exhibit = outcome.exhibit();
        html.append("<article id=\"").append(HtmlPage.escape(anchor(outcome))).append("\" data-words=\"")
                .append(words(outcome)).append("\">\n<h3>").append(HtmlPage.prose(exhibit.title()))
                .append("</h3>\n<p class=\"place\">").append(HtmlPage.escape(exhibit.place())).append("</p>\n")
                .append("<p class=\"says\">").append(HtmlPage.prose(exhibit.says())).append("</p>\n");
        if (outcome.status() == Outcome.Status.SKIPPED || outcome.status() == Outcome.Status.FAILED) {
            html.append("<p class=\"stop\"><strong>").append(outcome.status().word()).append("</strong>: ")
                    .append(HtmlPage.prose(outcome.why())).append(".</p>\n");
        }
        if (!outcome.claims().isEmpty()) {
            claims(outcome.claims());
        }
        for (String figure : outcome.figures()) {
            String file = HtmlPage.escape(figure);
            html.append("<figure><a href=\"").append(file).append(".svg\"><img loading=\"lazy\" src=\"").append(file)
                    .append(".svg\" alt=\"").append(HtmlPage.escape(exhibit.title())).append("\"></a></figure>\n");
        }
        if (!outcome.why().isEmpty() && outcome.status() != Outcome.Status.SKIPPED
                && outcome.status() != Outcome.Status.FAILED) {
            note(outcome.why());
        }
        if (!exhibit.note().isEmpty()) {
            note(exhibit.note());
        }
        if (!outcome.command().isEmpty()) {
            html.append("<p class=\"command\"><code>").append(HtmlPage.escape(outcome.command()))
                    .append("</code></p>\n");
        }
        if (!outcome.run().isEmpty()) {
            html.append("<p class=\"files\">").append(outcome.size().word()).append(" size, ")
                    .append(String.format(Locale.ROOT, "%.0f s", outcome.seconds())).append(". <a href=\"")
                    .append(HtmlPage.escape(outcome.run())).append("/report.html\">Report of the run</a></p>\n");
        }
        html.append("</article>\n");
    }

    private void note(String text) {
        String sentence = text.endsWith(".") ? text : text + ".";
        html.append("<p class=\"note\">")
                .append(HtmlPage.prose(sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1)))
                .append("</p>\n");
    }

    private void claims(List<ClaimOutcome> claims) {
        html.append("<ul class=\"claims\">\n");
        for (ClaimOutcome claim : claims) {
            String word = Gallery.word(claim.verdict());
            html.append("<li><span class=\"verdict ").append(word).append("\">").append(claim.verdict().words())
                    .append("</span> ").append(HtmlPage.prose(claim.text())).append(". <span class=\"evidence\">")
                    .append(HtmlPage.prose(Evidence.of(claim))).append("</span></li>\n");
        }
        html.append("</ul>\n");
    }

}
