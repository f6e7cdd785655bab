package org.surprisal.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How an exhibit came out.
///
/// @param exhibit that was asked for
/// @param size    of its run
/// @param status  how far it came
/// @param why     in one line: the reason if it was skipped or failed, or a remark on the data; may be empty
/// @param seconds that its run took, shared with the other exhibits of the run
/// @param claims  what the numbers say
/// @param run     folder of the run, relative to that of the gallery; empty if there is none
/// @param figures files, relative to the folder of the gallery, without their endings
/// @param command that makes the run by itself; empty if there is none
/// @param origin  program and machine that made it
public record Outcome(Exhibit exhibit, Size size, Status status, String why, double seconds, List<ClaimOutcome> claims,
        String run, List<String> figures, String command, Origin origin) {
    public Outcome {
        claims = List.copyOf(claims);
        figures = List.copyOf(figures);
    }

    /// How far an exhibit came.
    public enum Status {
        /// The figure was drawn; nothing is claimed.
        SHOWN,
        /// Its claims have verdicts.
        DECIDED,
        /// Its run was not started.
        SKIPPED,
        /// Its run or its figures could not be made.
        FAILED;

        /// `shown`, `decided`, `skipped` or `failed`
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The status of a word.
        ///
        /// @throws IllegalArgumentException if there is none
        static Status of(String word) {
            return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "status '" + word + "' must be shown, decided, skipped or failed"));
        }
    }

    /// Whether this is the outcome of the same exhibit at the same size.
    boolean replaces(Outcome other) {
        return exhibit.id().equals(other.exhibit.id()) && size == other.size;
    }

    /// An exhibit whose run was not started.
    static Outcome skipped(Exhibit exhibit, Size size, String why, String command) {
        return new Outcome(exhibit, size, Status.SKIPPED, why, 0, List.of(), "", List.of(), command,
                Origin.current());
    }

    /// An exhibit that could not be made.
    static Outcome failed(Exhibit exhibit, Size size, String why, String run, String command) {
        return new Outcome(exhibit, size, Status.FAILED, why, 0, List.of(), run, List.of(), command,
                Origin.current());
    }
}
