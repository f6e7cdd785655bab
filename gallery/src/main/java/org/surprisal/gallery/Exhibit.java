package org.surprisal.gallery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A figure, table, claim or question of a document, with the run that makes it again at both sizes.
///
/// @param id       the document and its figure, table or row: `schmidt-21`; words for a claim without a figure
/// @param document of which it is a part
/// @param place    in the document: `Fig 21, L1051`
/// @param kind     of the part
/// @param title    in a line
/// @param says     the document's statement in our words
/// @param note     in which respect the run differs from the document; empty if in none that matters
/// @param dataset  that the run reads; empty if it needs no files
/// @param study    whose run makes the exhibit; empty if numbers are computed without a run
/// @param file     the experiment's file, among the resources of this package, if the study is `experiment`; else empty
/// @param quick    the run at quick size
/// @param full     the run with the document's own settings
/// @param instead  settings of the quick run where the data set is not there; absent if it then cannot be made
/// @param figures  ids of figures of the run's report, or the words with which the ids of several begin
/// @param claims   ids of claims of the study
/// @param judged   claims of the exhibit's own about numbers of the run
public record Exhibit(String id, SourceDocument document, String place, Kind kind, String title, String says,
        String note, String dataset, String study, String file, Recipe quick, Recipe full,
        Optional<Map<String, String>> instead, List<String> figures, List<String> claims,
        List<NumberClaim> judged) {

    public Exhibit {
        figures = List.copyOf(figures);
        claims = List.copyOf(claims);
        judged = List.copyOf(judged);
    }

    /// What a part of a document is.
    public enum Kind {
        /// A numbered figure.
        FIGURE,
        /// A numbered table.
        TABLE,
        /// A sentence that can be refuted.
        CLAIM,
        /// A question that the document leaves open.
        QUESTION;

        /// `figure`, `table`, `claim` or `question`
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A run of the study.
    ///
    /// @param settings that differ from the study's defaults
    /// @param seeds    how many
    /// @param seconds  that the run takes on two cores, as measured or estimated
    public record Recipe(Map<String, String> settings, int seeds, double seconds) {
        /// The same run with other settings in place of some.
        Recipe with(Map<String, String> others) {
            SequencedMap<String, String> all = new LinkedHashMap<>(settings);
            all.putAll(others);
            return new Recipe(all, seeds, seconds);
        }
    }

    /// Whether numbers are computed without a run.
    public boolean isComputed() {
        return study.isEmpty();
    }

    /// The run at a size.
    public Recipe at(Size size) {
        return size == Size.QUICK ? quick : full;
    }
}
