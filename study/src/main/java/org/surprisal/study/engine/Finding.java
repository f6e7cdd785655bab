package org.surprisal.study.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.report.Table;
import org.surprisal.study.Wording;

/// What the numbers of a run say about a claim.
///
/// @param claim   judged
/// @param cases   one for each value of the claim's coordinates, or one; none while nothing has been recorded
/// @param verdict of all cases together
public record Finding(Claim claim, List<Case> cases, Verdict verdict) {
    public Finding {
        cases = List.copyOf(cases);
    }

    /// One case of a claim.
    ///
    /// @param at       which, such as `σ_w² = 1.5`; empty for the only one
    /// @param estimate of the number that decides
    /// @param pOutside the probability of a number at least so far outside the claim's region if the truth is on its
    ///                 edge; absent for one trial
    /// @param verdict  of this case alone
    public record Case(String at, Estimate estimate, OptionalDouble pOutside, Verdict verdict) {}

    /// The findings of a study as a table.
    static Table table(List<Finding> findings) {
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : findings) {
            Claim claim = finding.claim();
            for (Case each : finding.cases()) {
                Optional<Estimate.Interval> interval = each.estimate().interval(1 - Rule.ALPHA);
                rows.add(List.of(claim.text(), each.at().isEmpty() ? "-" : each.at(), each.verdict().words(),
                        each.estimate().toString(),
                        interval.map(i -> Wording.shortest(i.low()) + " to " + Wording.shortest(i.high())).orElse("-"),
                        claim.rule().words(), Integer.toString(each.estimate().count()),
                        each.estimate().detectable().isPresent()
                                ? Wording.fixed(each.estimate().detectable().getAsDouble(), 1)
                                : "-",
                        claim.source().toString()));
            }
        }
        return new Table("verdicts", "Claims and verdicts",
                "A claim is held if the 95 % interval of its number (90 % for equality within a margin) lies inside the"
                        + " region, not held if it lies outside, and undecided else; intervals are Student's t over n"
                        + " trials. The last but one column is the difference, in standard deviations between"
                        + " trials, that"
                        + " so many trials find with a probability of 0.8.",
                List.of("claim", "case", "verdict", "number", "95 % interval", "held if", "n", "detectable (sd)",
                        "source"),
                rows);
    }

    /// The verdict in a sentence, without brackets.
    String sentence() {
        String beginning = switch (verdict) {
            case HELD -> "Held: ";
            case NOT_HELD -> "Not held: ";
            case UNDECIDED -> "Undecided: ";
        };
        boolean single = !cases.isEmpty() && cases.stream().allMatch(each -> each.estimate().count() == 1);
        return beginning + claim.text() + (claim.text().endsWith(".") ? "" : ".")
                + (cases.isEmpty()
                        ? " Nothing has been recorded for it."
                        : single ? " One seed decides nothing; run with --seeds 5." : "");
    }
}
