package org.surprisal.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.report.Verdict;
import org.surprisal.study.Host;
import org.surprisal.study.Version;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What came of some exhibits: a file for programs, `gallery.json`, and a page for people, `index.html`.
///
/// @param outcomes in the order of the documents
public record Gallery(List<Outcome> outcomes) {
    /// The file for programs.
    public static final String RECORD = "gallery.json";
    /// The page for people.
    public static final String PAGE = "index.html";
    private static final int FORMAT = 1;

    public Gallery {
        outcomes = List.copyOf(outcomes);
    }

    static Gallery of(List<Outcome> outcomes) {
        return new Gallery(outcomes);
    }

    /// How many outcomes have a status.
    public long count(Outcome.Status status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /// How many claims have each verdict.
    public Map<Verdict, Long> verdicts() {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, outcomes.stream().flatMap(outcome -> outcome.claims().stream())
                    .filter(claim -> claim.verdict() == verdict).count());
        }
        return counts;
    }

    /// Writes record and page.
    ///
    /// @param folder made where it is missing
    /// @throws IOException with one line, if it cannot be written
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.writeText(folder.resolve(RECORD), json());
        AtomicFile.writeText(folder.resolve(PAGE), GalleryPage.of(this));
    }

    /// The text of the record.
    public String json() {
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(tree())
                + "\n";
    }

    /// The record as maps, lists, texts and numbers, in the order to be written.
    public SequencedMap<String, Object> tree() {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", Version.current().number());
        tree.put("commit", Version.current().commit().orElse(""));
        tree.put("machine", Host.current().processor() + ", " + Host.current().cores() + " cores");
        tree.put("exhibits", outcomes.stream().map(Gallery::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Outcome outcome) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", outcome.exhibit().id());
        tree.put("document", outcome.exhibit().document().word());
        tree.put("place", outcome.exhibit().place());
        tree.put("title", outcome.exhibit().title());
        tree.put("size", outcome.size().word());
        tree.put("status", outcome.status().word());
        tree.put("why", outcome.why());
        tree.put("seconds", Math.round(outcome.seconds() * 10) / 10.0);
        tree.put("claims", outcome.claims().stream().map(Gallery::tree).toList());
        tree.put("run", outcome.run());
        tree.put("figures", outcome.figures());
        tree.put("command", outcome.command());
        return tree;
    }

    private static Map<String, Object> tree(ClaimOutcome claim) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", claim.id());
        tree.put("text", claim.text());
        tree.put("verdict", word(claim.verdict()));
        claim.deciding().ifPresent(each -> numbers(tree, each));
        tree.put("rule", claim.rule());
        List<Object> cases = new ArrayList<>();
        for (ClaimOutcome.Case each : claim.cases()) {
            SequencedMap<String, Object> one = new LinkedHashMap<>();
            one.put("at", each.at());
            numbers(one, each);
            one.put("p", finite(each.p()));
            one.put("verdict", word(each.verdict()));
            cases.add(one);
        }
        tree.put("cases", cases);
        return tree;
    }

    private static void numbers(SequencedMap<String, Object> tree, ClaimOutcome.Case each) {
        tree.put("estimate", finite(OptionalDouble.of(each.estimate())));
        tree.put("interval", each.low().isPresent() && each.high().isPresent()
                ? List.of(each.low().getAsDouble(), each.high().getAsDouble())
                : null);
        tree.put("n", each.n());
    }

    /// JSON has no word for an infinite number: it is null there, as one that is not there.
    private static @Nullable Double finite(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? (Double) value.getAsDouble() : null;
    }

    /// `held`, `not-held`, `undecided`
    static String word(Verdict verdict) {
        return verdict.words().replace(' ', '-');
    }
}
