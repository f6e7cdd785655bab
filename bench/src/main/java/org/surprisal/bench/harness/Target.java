package org.surprisal.bench.harness;

import java.util.Locale;
import java.util.OptionalDouble;

/// What a workload should reach. A target that is missed is said so, and fails nothing.
public sealed interface Target {
    /// What was asked, in words: `>= 2x PyTorch`.
    String words();

    /// The number that was reached; empty where it was not measured.
    OptionalDouble reached(Outcome outcome);

    /// The least number that will do.
    double least();

    /// Whether it was reached; false where it was not measured.
    default boolean holds(Outcome outcome) {
        OptionalDouble reached = reached(outcome);
        return reached.isPresent() && reached.getAsDouble() >= least();
    }

    /// Times as fast as the peer: the median of the rounds' ratios.
    ///
    /// @param stretch whether it is asked for beyond another target
    record OfPeer(double least, boolean stretch) implements Target {
        /// What is asked for.
        public OfPeer(double least) {
            this(least, false);
        }

        @Override
        public String words() {
            return String.format(Locale.ROOT, ">= %.2gx PyTorch%s", least, stretch ? " (stretch)" : "");
        }

        @Override
        public OptionalDouble reached(Outcome outcome) {
            return outcome.againstPeer().map(ratio -> OptionalDouble.of(ratio.median())).orElse(OptionalDouble.empty());
        }
    }

    /// A share of what this machine could do at best.
    record OfLimit(double least) implements Target {
        @Override
        public String words() {
            return String.format(Locale.ROOT, ">= %.0f %% of the limit", 100 * least);
        }

        @Override
        public OptionalDouble reached(Outcome outcome) {
            return outcome.ofLimit().map(ratio -> OptionalDouble.of(ratio.median())).orElse(OptionalDouble.empty());
        }
    }

    /// Work a second.
    record OfRate(double least, String unit) implements Target {
        @Override
        public String words() {
            return String.format(Locale.ROOT, ">= %.3g %s/s", least, unit);
        }

        @Override
        public OptionalDouble reached(Outcome outcome) {
            return outcome.rate(Timing.OURS).map(rate -> OptionalDouble.of(rate.median()))
                    .orElse(OptionalDouble.empty());
        }
    }
}
