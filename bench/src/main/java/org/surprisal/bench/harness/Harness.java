package org.surprisal.bench.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.study.Failures;

/// Measures workloads: the sides must agree before they are timed.
///
/// @param scene  what workloads are set up from
/// @param rounds how they are timed
public record Harness(Scene scene, Rounds rounds) {
    /// Measures one workload. Sides that disagree, data that cannot be read and a peer that refuses are outcomes, not
    /// exceptions: the other workloads go on.
    public Outcome measure(Workload workload) {
        try (Contest contest = workload.open(scene)) {
            Optional<Agreement> agreement = contest.peer()
                    .map(peer -> Agreement.of(contest.ours(), peer, workload.check().steps(),
                            workload.check().tolerance()));
            if (agreement.isPresent() && !agreement.get().holds()) {
                return new Outcome(workload, contest.data(), contest.notes(), agreement, List.of(),
                        Optional.of("values differ: " + agreement.get().mismatch()));
            }
            List<String> notes = new ArrayList<>(contest.notes());
            contest.sides().values().forEach(side -> side.tune().ifPresent(notes::add));
            return new Outcome(workload, contest.data(), notes, agreement, rounds.run(contest.sides()),
                    Optional.empty());
        } catch (IOException | RuntimeException e) {
            return new Outcome(workload, "", List.of(), Optional.empty(), List.of(), Optional.of(reason(e)));
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null
                ? Failures.reason(e)
                : message.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("?");
    }
}
