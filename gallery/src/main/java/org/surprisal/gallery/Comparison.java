package org.surprisal.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.report.Verdict;
import tools.jackson.databind.JsonNode;

/// Verdicts beside those of a record from before.
///
/// @param reversed a line for each verdict that was held and is not held now, or the reverse
/// @param moved    a line for each verdict that became undecided or was
/// @param missing  a line for each verdict on record that this gallery has none for
public record Comparison(List<String> reversed, List<String> moved, List<String> missing) {
    public Comparison {
        reversed = List.copyOf(reversed);
        moved = List.copyOf(moved);
        missing = List.copyOf(missing);
    }

    /// Compares a gallery with a record.
    ///
    /// @param record a file `gallery.json`; verdicts of the same exhibit, size and claim are compared
    /// @throws IOException with one line, if the record cannot be read
    public static Comparison of(Gallery gallery, Path record) throws IOException {
        Map<String, String> now = new HashMap<>();
        for (Outcome outcome : gallery.outcomes()) {
            outcome.claims().forEach(claim -> now.put(
                    key(outcome.exhibit().id(), outcome.size().word(), claim.id()), Gallery.word(claim.verdict())));
        }
        List<String> reversed = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (JsonNode exhibit : GalleryFile.exhibits(record)) {
            String id = exhibit.path("id").asString("");
            for (JsonNode claim : exhibit.path("claims")) {
                String name = claim.path("id").asString("");
                String before = claim.path("verdict").asString("");
                String after = now.get(key(id, exhibit.path("size").asString(""), name));
                if (after == null) {
                    missing.add(id + ", " + name + ": " + before + " on record, not judged now");
                } else if (!after.equals(before)) {
                    String undecided = Gallery.word(Verdict.UNDECIDED);
                    (after.equals(undecided) || before.equals(undecided) ? moved : reversed)
                            .add(id + ", " + name + ": " + before + " on record, " + after + " now");
                }
            }
        }
        return new Comparison(reversed, moved, missing);
    }

    private static String key(String exhibit, String size, String claim) {
        return exhibit + " " + size + " " + claim;
    }
}
