package org.surprisal.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Rule;

/// Collects claims about numbers that are computed without a run.
///
/// A number that follows from a formula has no scatter: its interval is a point, and it holds if it lies in the region.
final class PrintedNumbers {
    private final List<ClaimOutcome> claims = new ArrayList<>();

    /// The claims added so far.
    List<ClaimOutcome> claims() {
        return List.copyOf(claims);
    }

    /// Adds a number that the document prints.
    ///
    /// @param printed   in the document
    /// @param tolerance half a unit of the last printed digit, or what the document calls 'about'
    PrintedNumbers number(String id, String text, double printed, double tolerance, double ours) {
        return exact(id, text, (tolerance == 0 ? "equal to " : "within " + Wording.shortest(tolerance) + " of ")
                + "the printed " + Evidence.exact(printed), ours, Math.abs(ours - printed) <= tolerance);
    }

    /// Adds a number that has no scatter.
    ///
    /// @param region in which it has to lie, such as `above 0`
    PrintedNumbers exact(String id, String text, String region, double ours, boolean holds) {
        Verdict verdict = holds ? Verdict.HELD : Verdict.NOT_HELD;
        claims.add(new ClaimOutcome(id, text, verdict, region + ClaimOutcome.BY_A_FORMULA,
                List.of(new ClaimOutcome.Case("", ours, OptionalDouble.of(ours), OptionalDouble.of(ours),
                        OptionalDouble.empty(), 1, verdict))));
        return this;
    }

    /// Adds a number of several networks.
    ///
    /// @param values one of each network
    PrintedNumbers sampled(String id, String text, Rule rule, double... values) {
        Estimate estimate = Estimate.of(values);
        Optional<Estimate.Interval> interval = estimate.interval(1 - Rule.ALPHA);
        Verdict verdict = rule.of(estimate);
        claims.add(new ClaimOutcome(id, text, verdict, rule.words(), List.of(new ClaimOutcome.Case("",
                estimate.mean(),
                interval.map(ends -> OptionalDouble.of(ends.low())).orElse(OptionalDouble.empty()),
                interval.map(ends -> OptionalDouble.of(ends.high())).orElse(OptionalDouble.empty()),
                OptionalDouble.empty(), values.length, verdict))));
        return this;
    }
}
