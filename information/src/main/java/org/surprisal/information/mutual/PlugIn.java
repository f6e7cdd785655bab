package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The information of the empirical distribution of two discrete variables: counts divided by n put into the
/// definition, I = H(X) + H(Y) - H(X,Y).
///
/// Exact where the samples are the whole population (all inputs of a deterministic task, say). For samples of a larger
/// one it is biased upwards, by about (K_XY - K_X - K_Y + 1) / (2 n) with K the numbers of symbols that occur (Miller
/// 1955). The standard error is that of a mean of the pointwise informations ln p(x,y)/(p(x) p(y)), which holds for
/// many samples of dependent variables.
///
/// Components: `entropyX`, `entropyY`, `entropyJoint`. The ceiling is the smaller of H(X) and H(Y).
///
/// @param correction what is done about the bias
public record PlugIn(Correction correction) implements MutualInformationEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("discrete",
            "plug-in estimate from counts, with or without Miller and Madow's correction",
            EstimatorDescription.Kind.ESTIMATE, "both variables are discrete and most pairs of symbols occur often",
            "O(n d) time and memory",
            "when the symbols that occur are not far fewer than n: then every estimate is near ln n or H(Y)");

    /// What is done about the bias of entropies from counts.
    public enum Correction {
        /// Nothing: the entropy of the empirical distribution.
        NONE,
        /// (K - 1) / (2 n) is added to each entropy of K symbols that occur (Miller 1955).
        MILLER_MADOW
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
        double entropyX = entropy(x) + correction(x);
        double entropyY = entropy(y) + correction(y);
        double entropyJoint = entropy(joint) + correction(joint);
        Map<String, Object> settings = new LinkedHashMap<>(more);
        settings.put("correction", correction == Correction.NONE ? "none" : "miller-madow");
        return MutualInformation.of(estimator, n, entropyX + entropyY - entropyJoint, settings, warnings(x, y, joint))
                .withStandardError(standardError(x, y, joint)).withCeiling(Math.min(entropyX, entropyY))
                .withComponent("entropyX", entropyX).withComponent("entropyY", entropyY)
                .withComponent("entropyJoint", entropyJoint);
    }

    /// The entropy of the empirical distribution, -Σ p ln p, in nats.
    public static double entropy(Discrete variable) {
        int n = variable.count();
        double sum = 0;
        for (int count : variable.counts()) {
            sum += (double) count / n * Math.log((double) n / count);
        }
        return sum;
    }

    private double correction(Discrete variable) {
        return switch (correction) {
            case NONE -> 0;
            case MILLER_MADOW -> (variable.symbols() - 1) / (2.0 * variable.count());
        };
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
