package org.surprisal.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.report.Verdict;

/// What came of some exhibits: a file for programs, `gallery.json`, and a page for people, `index.html`.
///
/// @param outcomes in the order of the documents
public record Gallery(List<Outcome> outcomes) {
    /// The file for programs.
    public static final String RECORD = "gallery.json";
    /// The page for people.
    public static final String PAGE = "index.html";

    public Gallery {
        outcomes = List.copyOf(outcomes);
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
        return GalleryFile.text(outcomes);
    }

    /// With the outcomes of another gallery in place of those of the same exhibit and size, in the order of the
    /// exhibits.
    Gallery with(List<Outcome> others, Exhibits known) {
        List<Outcome> all = new ArrayList<>(others);
        outcomes.stream().filter(outcome -> others.stream().noneMatch(outcome::replaces)).forEach(all::add);
        List<String> order = known.all().stream().map(Exhibit::id).toList();
        all.sort(Comparator.<Outcome>comparingInt(outcome -> order.indexOf(outcome.exhibit().id()))
                .thenComparing(Outcome::size));
        return new Gallery(all);
    }

    /// `held`, `not-held`, `undecided`
    static String word(Verdict verdict) {
        return verdict.words().replace(' ', '-');
    }
}
