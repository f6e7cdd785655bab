package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surprisal.information.counts.BayesianEntropy;
import org.surprisal.information.counts.CountEntropy;

/// The information of the empirical distribution of two discrete variables: counts divided by n put into the
/// definition, I = H(X) + H(Y) - H(X,Y).
///
/// Exact where the samples are the whole population (all inputs of a deterministic task, say). For samples of a larger
/// one it is biased upwards, by about (K_XY - K_X - K_Y + 1) / (2 n) with K the numbers of symbols that occur (Miller
/// 1955). The corrections replace each of the three entropies; the difference need not be better than they are. The
/// standard error is that of a mean of the pointwise informations ln p(x,y)/(p(x) p(y)), which holds for
/// many samples of dependent variables.
///
/// Components: `entropyX`, `entropyY`, `entropyJoint`. The ceiling of the plug-in value and of Miller and Madow's is
/// the smaller of H(X) and H(Y); the others may pass it.
///
/// @param correction what is done about the bias
public record PlugIn(Correction correction) implements MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("discrete",
            "counts: plug-in, or by Miller-Madow, Grassberger, Chao-Shen or Nemenman-Shafee-Bialek",
            EstimatorDescription.Kind.ESTIMATE, "both variables are discrete and most pairs of symbols occur often",
            "O(n d) time and memory",
            "when the symbols that occur are not far fewer than n: then every estimate is near ln n or H(Y)");

    /// What is done about the bias of entropies from counts.
    public enum Correction {
        /// Nothing: the entropy of the empirical distribution.
        NONE,
        /// (K - 1) / (2 n) is added to each entropy of K symbols that occur (Miller 1955).
        MILLER_MADOW,
        /// Each entropy is that of [CountEntropy#grassberger] (Grassberger 2003).
        GRASSBERGER,
        /// Each entropy is that of [CountEntropy#chaoShen] (Chao & Shen 2003).
        CHAO_SHEN,
        /// Each entropy is that of [BayesianEntropy] (Nemenman, Shafee & Bialek 2002). The possible symbols of each
        /// variable are taken to be those that occur, and every pair of them for possible.
        NSB;

        /// The name on the command line and in answers.
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// The entropy of a variable, in nats.
        ///
        /// @param alphabet the number of possible symbols, at least that of those that occur; only NSB asks for it
        public double entropy(Discrete variable, long alphabet) {
            long[] counts = Arrays.stream(variable.counts()).asLongStream().toArray();
            return switch (this) {
                case NONE -> CountEntropy.plugIn(counts);
                case MILLER_MADOW -> CountEntropy.millerMadow(counts);
                case GRASSBERGER -> CountEntropy.grassberger(counts);
                case CHAO_SHEN -> CountEntropy.chaoShen(counts);
                case NSB -> BayesianEntropy.of(alphabet, counts).mean();
            };
        }
    }

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    /// I(X;Y) of two discrete variables.
    ///
    /// @throws IllegalArgumentException if one is continuous, the numbers of samples differ, or are below 2
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        Variable.requirePairs(x, y, 2);
        return estimate(DESCRIPTION.name(), requireDiscrete(x), requireDiscrete(y), Map.of());
    }

    /// The same for variables that another estimator made discrete.
    MutualInformation estimate(String estimator, Discrete x, Discrete y, Map<String, Object> more) {
        int n = x.count();
        Discrete joint = Discrete.joint(x, y);
        double entropyX = correction.entropy(x, x.symbols());
        double entropyY = correction.entropy(y, y.symbols());
        double entropyJoint = correction.entropy(joint, (long) x.symbols() * y.symbols());
        Map<String, Object> settings = new LinkedHashMap<>(more);
        settings.put("correction", correction.label());
        MutualInformation answer = MutualInformation
                .of(estimator, n, entropyX + entropyY - entropyJoint, settings, warnings(x, y, joint))
                .withStandardError(standardError(x, y, joint)).withComponent("entropyX", entropyX)
                .withComponent("entropyY", entropyY).withComponent("entropyJoint", entropyJoint);
        return correction == Correction.NONE || correction == Correction.MILLER_MADOW
                ? answer.withCeiling(Math.min(entropyX, entropyY))
                : answer;
    }

    /// The entropy of the empirical distribution, -Σ p ln p, in nats.
    public static double entropy(Discrete variable) {
        return Correction.NONE.entropy(variable, variable.symbols());
    }

    private static double standardError(Discrete x, Discrete y, Discrete joint) {
        int n = x.count();
        int[] countsX = x.counts();
        int[] countsY = y.counts();
        int[] countsJoint = joint.counts();
        double mean = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            double pointwise = Math.log((double) countsJoint[joint.code(i)] * n
                    / ((double) countsX[x.code(i)] * countsY[y.code(i)]));
            mean += pointwise / n;
            square += pointwise * pointwise / n;
        }
        return Math.sqrt(Math.max(0, square - mean * mean) / n);
    }

    private static List<String> warnings(Discrete x, Discrete y, Discrete joint) {
        List<String> warnings = new ArrayList<>();
        int n = x.count();
        for (Discrete variable : List.of(x, y)) {
            if (variable.symbols() == 1) {
                warnings.add("%s is constant: it carries no information".formatted(variable.name()));
            }
        }
        // The leading term of the bias, (K_XY - K_X - K_Y + 1) / (2 n).
        double bias = (joint.symbols() - x.symbols() - y.symbols() + 1) / (2.0 * n);
        if (2 * Math.max(x.symbols(), y.symbols()) > n) {
            warnings.add(String.format(Locale.ROOT,
                    "%d samples show %d symbols of %s and %d of %s: most are seen once or twice, and the value is"
                            + " near its ceiling whatever the truth",
                    n, x.symbols(), x.name(), y.symbols(),
                    y.name()));
        } else if (bias > 0.05) {
            warnings.add(String.format(Locale.ROOT,
                    "too few samples for %d joint symbols: the plug-in value is some %.2g nat too large",
                    joint.symbols(), bias));
        }
        return warnings;
    }

    private static Discrete requireDiscrete(Variable variable) {
        if (variable instanceof Discrete discrete) {
            return discrete;
        }
        throw new IllegalArgumentException(
                "%s is continuous: counting needs a discrete variable, take binning or whole rows as symbols"
                        .formatted(variable.name()));
    }
}
