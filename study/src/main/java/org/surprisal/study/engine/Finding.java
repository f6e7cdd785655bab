package org.surprisal.study.engine;

import java.util.List;
import java.util.OptionalDouble;
import org.surprisal.report.Judged;
import org.surprisal.report.TableCell;
import org.surprisal.report.Verdict;

/// What the numbers of a run say about a claim.
///
/// @param claim   judged
/// @param cases   one for each value of the claim's coordinates, or one; none while nothing has been recorded
/// @param verdict of all cases together
/// @param missing why there are no cases; empty where there are some
public record Finding(Claim claim, List<Case> cases, Verdict verdict, String missing) {
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
    public record Case(String at, Estimate estimate, OptionalDouble pOutside, Verdict verdict) {
        private TableCell interval() {
            return estimate.interval(1 - Rule.ALPHA)
                    .map(interval -> (TableCell) new TableCell.Interval(interval.low(), interval.high()))
                    .orElse(TableCell.missing());
        }
    }

    /// The same of a run that has not ended: a number may be missing because it is still to come.
    Finding ofUnfinishedRun() {
        return new Finding(claim, cases, verdict, cases.isEmpty() ? "the run has not come so far" : "");
    }

    /// As a report shows it.
    Judged judged() {
        return new Judged(claim.text(), verdict, claim.rule().words(), claim.source().toString(),
                cases.stream().map(each -> new Judged.Case(each.at(), each.verdict(), each.estimate().cell(),
                        each.interval(), each.estimate().count())).toList(),
                missing);
    }

    /// The verdict in a sentence.
    String sentence() {
        String beginning = switch (verdict) {
            case HELD -> "Held: ";
            case NOT_HELD -> "Not held: ";
            case UNDECIDED -> "Undecided: ";
        };
        return beginning + claim.text() + (claim.text().endsWith(".") ? "" : ".")
                + (cases.isEmpty() ? " There is no number for it: " + missing + "." : "");
    }
}
