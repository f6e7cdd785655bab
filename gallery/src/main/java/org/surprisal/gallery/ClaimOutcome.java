package org.surprisal.gallery;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.report.Verdict;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Finding;
import org.surprisal.study.engine.Rule;

/// What a run's numbers say about a claim.
///
/// @param id      of the claim
/// @param text    the sentence
/// @param verdict of all cases together
/// @param rule    the region in which the number has to lie: `above 0`
/// @param cases   one for each value of the factors that the claim is about, or one; none if nothing was recorded
public record ClaimOutcome(String id, String text, Verdict verdict, String rule, List<Case> cases) {
    /// How the region of a number ends that follows from a formula.
    static final String BY_A_FORMULA = ", by a formula";

    public ClaimOutcome {
        cases = List.copyOf(cases);
    }

    /// One case of a claim.
    ///
    /// @param at       which, such as `σ_w² = 1.5`; empty for the only one
    /// @param estimate the number that decides
    /// @param low      lower end of its 95 % interval; absent for one network
    /// @param high     upper end of its 95 % interval; absent for one network
    /// @param p        the two-sided probability of a number at least so far outside the claim's region if the truth
    ///                 lies on its edge; absent for one network
    /// @param n        number of networks
    /// @param verdict  of this case alone
    public record Case(String at, double estimate, OptionalDouble low, OptionalDouble high, OptionalDouble p, int n,
            Verdict verdict) {}

    /// What a finding of a study says.
    static ClaimOutcome of(Finding finding) {
        return new ClaimOutcome(finding.claim().id(), finding.claim().text(), finding.verdict(),
                finding.claim().rule().words(), finding.cases().stream().map(ClaimOutcome::of).toList());
    }

    private static Case of(Finding.Case each) {
        Optional<Estimate.Interval> interval = each.estimate().interval(1 - Rule.ALPHA);
        return new Case(each.at(), each.estimate().mean(),
                interval.map(ends -> OptionalDouble.of(ends.low())).orElse(OptionalDouble.empty()),
                interval.map(ends -> OptionalDouble.of(ends.high())).orElse(OptionalDouble.empty()), each.pOutside(),
                each.estimate().count(), each.verdict());
    }

    /// The case on which the verdict rests: the first that is not held, else the first that is undecided, else the
    /// first; absent if nothing was recorded.
    public Optional<Case> deciding() {
        return cases.stream().filter(each -> each.verdict() == verdict).findFirst()
                .or(() -> cases.stream().findFirst());
    }
}
