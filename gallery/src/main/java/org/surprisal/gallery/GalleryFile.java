package org.surprisal.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.surprisal.report.Verdict;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The record of a gallery for programs, `gallery.json`: written, and read again.
final class GalleryFile {
    private static final int FORMAT = 1;

    private GalleryFile() {
    }

    /// The text of a record.
    static String text(List<Outcome> outcomes) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        IdentityHashMap<ClaimOutcome.Case, Double> q = new IdentityHashMap<>();
        for (SourceDocument document : SourceDocument.values()) {
            q.putAll(FalseDiscoveries.of(outcomes.stream()
                    .filter(outcome -> outcome.exhibit().document() == document).toList()));
        }
        tree.put("exhibits", outcomes.stream().map(outcome -> tree(outcome, q)).toList());
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(tree) + "\n";
    }

    private static Map<String, Object> tree(Outcome outcome, IdentityHashMap<ClaimOutcome.Case, Double> q) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", outcome.exhibit().id());
        tree.put("document", outcome.exhibit().document().word());
        tree.put("place", outcome.exhibit().place());
        tree.put("title", outcome.exhibit().title());
        tree.put("size", outcome.size().word());
        tree.put("status", outcome.status().word());
        tree.put("why", outcome.why());
        tree.put("seconds", Math.round(outcome.seconds() * 10) / 10.0);
        tree.put("claims", outcome.claims().stream().map(claim -> tree(claim, q)).toList());
        tree.put("run", outcome.run());
        tree.put("figures", outcome.figures());
        tree.put("command", outcome.command());
        tree.put("version", outcome.origin().version());
        tree.put("commit", outcome.origin().commit());
        tree.put("machine", outcome.origin().machine());
        return tree;
    }

    private static Map<String, Object> tree(ClaimOutcome claim, IdentityHashMap<ClaimOutcome.Case, Double> q) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", claim.id());
        tree.put("text", claim.text());
        tree.put("verdict", Gallery.word(claim.verdict()));
        claim.deciding().ifPresent(each -> numbers(tree, each));
        tree.put("rule", claim.rule());
        List<Object> cases = new ArrayList<>();
        for (ClaimOutcome.Case each : claim.cases()) {
            SequencedMap<String, Object> one = new LinkedHashMap<>();
            one.put("at", each.at());
            numbers(one, each);
            one.put("p", finite(each.p()));
            one.put("q", q.get(each));
            one.put("verdict", Gallery.word(each.verdict()));
            cases.add(one);
        }
        tree.put("cases", cases);
        return tree;
    }

    private static void numbers(SequencedMap<String, Object> tree, ClaimOutcome.Case each) {
        tree.put("estimate", finite(OptionalDouble.of(each.estimate())));
        tree.put("interval", each.low().isPresent() && Double.isFinite(each.low().getAsDouble())
                && each.high().isPresent() && Double.isFinite(each.high().getAsDouble())
                        ? List.of(each.low().getAsDouble(), each.high().getAsDouble())
                        : null);
        tree.put("n", each.n());
    }

    /// JSON has no word for an infinite number: it is null there, as one that is not there.
    private static @Nullable Double finite(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? (Double) value.getAsDouble() : null;
    }

    /// The list of exhibits in a record.
    ///
    /// @throws IOException with one line, if the file cannot be read or is no record
    static JsonNode exhibits(Path record) throws IOException {
        try {
            JsonNode tree = JsonMapper.shared().readTree(Files.readString(record));
            if (!tree.path("exhibits").isArray()) {
                throw new IOException(record + " is no record of a gallery: it has no list 'exhibits'");
            }
            return tree.path("exhibits");
        } catch (JacksonException e) {
            throw new IOException(record + " is no record of a gallery: it is not JSON", e);
        }
    }

    /// The outcomes on record of exhibits that still exist.
    ///
    /// @throws IOException with one line, if the file cannot be read or is no record
    static List<Outcome> read(Path record, Exhibits known) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (JsonNode node : exhibits(record)) {
            Optional<Exhibit> exhibit = known.find(node.path("id").asString(""));
            if (exhibit.isPresent()) {
                try {
                    outcomes.add(outcome(exhibit.get(), node));
                } catch (IllegalArgumentException e) {
                    throw new IOException(record + ", exhibit '" + exhibit.get().id() + "': " + e.getMessage(), e);
                }
            }
        }
        return outcomes;
    }

    private static Outcome outcome(Exhibit exhibit, JsonNode node) {
        List<ClaimOutcome> claims = new ArrayList<>();
        for (JsonNode claim : node.path("claims")) {
            List<ClaimOutcome.Case> cases = new ArrayList<>();
            for (JsonNode each : claim.path("cases")) {
                cases.add(new ClaimOutcome.Case(text(each, "at"), each.path("estimate").asDouble(Double.NaN),
                        number(each.path("interval").path(0)), number(each.path("interval").path(1)),
                        number(each.path("p")), each.path("n").asInt(0), verdict(each)));
            }
            claims.add(new ClaimOutcome(text(claim, "id"), text(claim, "text"), verdict(claim), text(claim, "rule"),
                    cases));
        }
        List<String> figures = new ArrayList<>();
        node.path("figures").forEach(figure -> figures.add(figure.asString("")));
        return new Outcome(exhibit, Size.of(text(node, "size")), Outcome.Status.of(text(node, "status")),
                text(node, "why"), node.path("seconds").asDouble(0), claims, text(node, "run"), figures,
                text(node, "command"),
                new Origin(text(node, "version"), text(node, "commit"), text(node, "machine")));
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }

    private static Verdict verdict(JsonNode node) {
        String word = text(node, "verdict");
        for (Verdict verdict : Verdict.values()) {
            if (Gallery.word(verdict).equals(word)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("verdict '" + word + "' must be held, not-held or undecided");
    }
}
