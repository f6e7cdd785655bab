package org.surprisal.information.automatic;

import java.util.Arrays;
import java.util.List;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.Subsampling;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.RandomStream;

/// An estimator of two functions of the variables, which share at most what the variables do (data processing).
///
/// @param name in answers
/// @param title in reasons
/// @param unseen what the estimate leaves out, in a clause
/// @param pairs one pair of variables, or several of disjoint samples, of which the mean is taken
/// @param estimator of each pair
record Candidate(String name, String title, String unseen, List<Pair> pairs, MutualInformationEstimator estimator) {

    /// Two functions of the variables.
    record Pair(Variable x, Variable y) {}

    /// An estimate and what halves of the samples say.
    ///
    /// @param value in nats
    /// @param error standard error of `value`, from parts of the samples
    /// @param ofHalves mean of the estimates of two halves of the samples
    /// @param ceiling what the estimate cannot exceed, infinite if there is no such limit
    /// @param warnings of the estimator
    record Measured(double value, double error, double ofHalves, double ceiling, List<String> warnings) {

        /// How much larger the estimate is than that of half of the samples.
        double trend() {
            return value - ofHalves;
        }
    }

    private static final int MOST_PARTS = 10;
    private static final int FEWEST_IN_PART = 20;
    /// Parts of all divisions together.
    private static final int ALL_PARTS = 20;
    private static final double LEVEL = 0.95;

    /// The estimate alone, in nats.
    double value() {
        return pairs.stream().mapToDouble(pair -> estimator.estimate(pair.x(), pair.y()).value()).average()
                .orElseThrow();
    }

    /// The estimate alone, as one that has no error and does not depend on the number of samples.
    Measured withoutError() {
        double value = value();
        return new Measured(value, 0, value, Double.POSITIVE_INFINITY, List.of());
    }

    /// The estimate with its error.
    ///
    /// @param stream of the divisions into parts
    Measured measured(RandomStream stream) {
        double value = 0;
        double variance = 0;
        double ofHalves = 0;
        double ceiling = Double.POSITIVE_INFINITY;
        List<String> warnings = List.of();
        int m = pairs.size();
        for (int i = 0; i < m; i++) {
            Pair pair = pairs.get(i);
            RandomStream own = stream.child(i);
            int n = pair.x().count();
            int parts = Math.clamp(n / FEWEST_IN_PART, 2, MOST_PARTS);
            MutualInformation answer = new Subsampling(parts, Math.ceilDiv(ALL_PARTS, parts), LEVEL,
                    own.child("parts")).estimate(estimator, pair.x(), pair.y());
            value += answer.value() / m;
            variance += answer.standardError().orElseThrow() * answer.standardError().orElseThrow() / m / m;
            ceiling = Math.min(ceiling, answer.ceiling().orElse(Double.POSITIVE_INFINITY));
            warnings = answer.warnings();
            int[] order = own.child("halves").permutation(n);
            for (int half = 0; half < 2; half++) {
                int[] rows = Arrays.copyOfRange(order, half * (n / 2), (half + 1) * (n / 2));
                ofHalves += estimator.estimate(pair.x().take(rows), pair.y().take(rows)).value() / 2 / m;
            }
        }
        return new Measured(value, Math.sqrt(variance), ofHalves, ceiling, warnings);
    }

    /// A candidate of one pair.
    static Candidate of(String name, String title, String unseen, Variable x, Variable y,
            MutualInformationEstimator estimator) {
        return new Candidate(name, title, unseen, List.of(new Pair(x, y)), estimator);
    }
}
