package org.surprisal.study.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.surprisal.information.statistics.PairedDifference;

/// One statement, held against the networks of each weight variance: a number a network, whose 95 % interval over seeds
/// (Student's t) says whether it holds.
///
/// @param text   what is said
/// @param judged number and verdict of each group of networks
record Statement(String text, List<Judged> judged) {

    /// What the numbers say of a statement.
    enum Verdict {
        HELD("held"), NOT_HELD("not held"), UNDECIDED("undecided");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// How a number decides.
    enum Rule {
        /// The whole interval is within the margin.
        NEAR {
            @Override
            Verdict of(PairedDifference.Interval interval, double margin) {
                if (interval.low() > -margin && interval.high() < margin) {
                    return Verdict.HELD;
                }
                return interval.low() > margin || interval.high() < -margin ? Verdict.NOT_HELD : Verdict.UNDECIDED;
            }
        },
        /// The interval leaves out 0; not held if it lies within the margin.
        APART {
            @Override
            Verdict of(PairedDifference.Interval interval, double margin) {
                if (NEAR.of(interval, margin) == Verdict.HELD) {
                    return Verdict.NOT_HELD;
                }
                return interval.low() > 0 || interval.high() < 0 ? Verdict.HELD : Verdict.UNDECIDED;
            }
        },
        /// The whole interval is above the limit.
        ABOVE {
            @Override
            Verdict of(PairedDifference.Interval interval, double limit) {
                return interval.low() > limit
                        ? Verdict.HELD
                        : interval.high() < limit ? Verdict.NOT_HELD : Verdict.UNDECIDED;
            }
        },
        /// The whole interval is below the limit.
        BELOW {
            @Override
            Verdict of(PairedDifference.Interval interval, double limit) {
                return interval.high() < limit
                        ? Verdict.HELD
                        : interval.low() > limit ? Verdict.NOT_HELD : Verdict.UNDECIDED;
            }
        };

        /// @param bound the margin about 0, or the limit
        abstract Verdict of(PairedDifference.Interval interval, double bound);
    }

    /// The number of one group of networks.
    record Judged(String group, PairedDifference number, Verdict verdict) {
        static Judged of(String group, PairedDifference number, Rule rule, double bound) {
            return new Judged(group, number,
                    number.interval95().map(interval -> rule.of(interval, bound)).orElse(Verdict.UNDECIDED));
        }

        /// `σ_w² = 1.5: -0.0123 [-0.0145, -0.0101]`
        private String words() {
            Function<Double, String> written = value -> Math.abs(value) < 10
                    ? String.format(Locale.ROOT, "%+.4f", value)
                    : String.format(Locale.ROOT, "%+.1f", value);
            return group + ": " + written.apply(number.mean()) + number.interval95()
                    .map(found -> " [" + written.apply(found.low()) + ", " + written.apply(found.high()) + "]")
                    .orElse(" (one seed)");
        }
    }

    /// The statement and its verdicts in a paragraph.
    String paragraph() {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            List<String> those = judged.stream().filter(one -> one.verdict() == verdict).map(Judged::words).toList();
            if (!those.isEmpty()) {
                parts.add(verdict.word().toUpperCase(Locale.ROOT) + " at " + String.join("; ", those));
            }
        }
        return text + (parts.isEmpty() ? " – no network to judge it by." : " – " + String.join(". ", parts) + ".");
    }
}
