package org.surprisal.study.engine;

import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.report.Verdict;
import org.surprisal.report.Wording;

/// The region in which the number of a claim has to lie, with α = .05.
public sealed interface Rule {
    /// The error probability of a verdict.
    double ALPHA = 0.05;

    /// The number lies above a limit.
    record Above(double limit) implements Rule {}

    /// The number lies below a limit.
    record Below(double limit) implements Rule {}

    /// The number is equivalent to a target: it lies within a margin around it. 'Does not depend', 'same' and
    /// 'constant' are claims of this kind, and mean nothing without a margin.
    ///
    /// @param margin δ, above 0
    record Within(double target, double margin) implements Rule {
        public Within {
            if (!(margin > 0)) {
                throw new IllegalArgumentException("the margin (=" + margin + ") must be above 0: without one, nothing"
                        + " could show that a number is equal to another");
            }
        }
    }

    /// The number lies further from a target than a margin.
    ///
    /// @param margin δ, at least 0
    record Apart(double target, double margin) implements Rule {}

    /// Whether an estimate holds a claim, refutes it, or neither.
    default Verdict of(Estimate estimate) {
        Optional<Estimate.Interval> two = estimate.interval(1 - ALPHA);
        if (two.isEmpty()) {
            return Verdict.UNDECIDED;
        }
        Estimate.Interval interval = two.get();
        return switch (this) {
            case Above(double limit) -> verdict(interval.liesAbove(limit), interval.liesBelow(limit));
            case Below(double limit) -> verdict(interval.liesBelow(limit), interval.liesAbove(limit));
            // Two one-sided tests at α each: the interval of confidence 1 - 2α.
            case Within(double target, double margin) -> {
                Estimate.Interval narrow = estimate.interval(1 - 2 * ALPHA).orElseThrow();
                yield verdict(narrow.liesAbove(target - margin) && narrow.liesBelow(target + margin),
                        interval.liesBelow(target - margin) || interval.liesAbove(target + margin));
            }
            case Apart(double target, double margin) -> verdict(
                    interval.liesBelow(target - margin) || interval.liesAbove(target + margin),
                    margin > 0 && interval.liesAbove(target - margin) && interval.liesBelow(target + margin));
        };
    }

    private static Verdict verdict(boolean held, boolean refuted) {
        return held ? Verdict.HELD : refuted ? Verdict.NOT_HELD : Verdict.UNDECIDED;
    }

    /// The two-sided probability of an estimate at least so far outside the region if the truth lies on its edge, which
    /// Holm's correction compares with α; absent for one trial.
    default OptionalDouble pOutside(Estimate estimate) {
        if (estimate.standardError().isEmpty()) {
            return OptionalDouble.empty();
        }
        double above = switch (this) {
            case Above(double limit) -> 1 - estimate.pAbove(limit).orElseThrow();
            case Below(double limit) -> estimate.pAbove(limit).orElseThrow();
            case Within(double target, double margin) -> Math.min(estimate.pAbove(target + margin).orElseThrow(),
                    1 - estimate.pAbove(target - margin).orElseThrow());
            case Apart(double target, double margin) -> margin == 0
                    ? 1
                    : Math.max(1 - estimate.pAbove(target + margin).orElseThrow(),
                            estimate.pAbove(target - margin).orElseThrow());
        };
        return OptionalDouble.of(Math.min(1, 2 * above));
    }

    /// The region in words: `above 0`, `within 0.1 of 1`.
    default String words() {
        return switch (this) {
            case Above(double limit) -> "above " + number(limit);
            case Below(double limit) -> "below " + number(limit);
            case Within(double target, double margin) -> "within " + number(margin) + " of " + number(target);
            case Apart(double target, double margin) -> margin == 0
                    ? "different from " + number(target)
                    : "further than " + number(margin) + " from " + number(target);
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Wording.shortest(value);
    }
}
