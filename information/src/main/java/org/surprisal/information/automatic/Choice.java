package org.surprisal.information.automatic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.surprisal.information.mutual.ConfidenceInterval;
import org.surprisal.information.mutual.IntervalMethod;
import org.surprisal.information.mutual.MutualInformation;

/// What was chosen, and why.
///
/// @param chosen name of the estimator
/// @param values of all candidates, by name, in nats
/// @param reason of the choice, a sentence without its full stop
/// @param unseen what the estimate cannot see, a clause
record Choice(String chosen, SequencedMap<String, Double> values, String reason, String unseen) {

    static final double LEVEL = 0.95;
    /// A bias that falls as 1/√n is so many times the change of an estimate from half of the samples to all.
    private static final double BIAS_OVER_TREND = 1 / (Math.sqrt(2) - 1);
    private static final double TWO_SIDED = 1.959963984540054;
    private static final double ONE_SIDED = 1.6448536269514722;
    /// An estimate that grows by more when the samples are doubled follows ln n, which grows by 0.69.
    private static final double FOLLOWS_LN_N = 0.3;
    /// The share of a ceiling from which on nearest neighbours tell the number of samples.
    private static final double SATURATED = 0.8;

    /// The answer of an estimator that meets its assumptions.
    ///
    /// @param allowance what the interval is widened by on both sides
    MutualInformation valid(int n, double value, double error, double allowance, List<String> warnings) {
        double half = TWO_SIDED * error + allowance;
        return answer(n, value, error, Claim.VALID, reason, warnings).withInterval(new ConfidenceInterval(
                Math.max(0, value - half), Math.max(0, value + half), LEVEL, IntervalMethod.AUTO));
    }

    /// The answer of an estimator that errs towards too little.
    ///
    /// @param excess by how much the value may be too large, in nats
    /// @param standsOut what independent variables do not reach
    MutualInformation atLeast(int n, double value, double error, double excess, double standsOut,
            List<String> warnings) {
        return value > standsOut
                ? answer(n, value, error, Claim.LOWER_BOUND, reason, warnings)
                        .withLower(Math.max(0, value - ONE_SIDED * error - excess))
                : unknown(n, value, error, String.format(Locale.ROOT,
                        "%s; the value does not stand out of what independent variables give (%.2g nat), and what it"
                                + " cannot see may be large",
                        reason, standsOut), warnings);
    }

    /// The answer where nothing can be known.
    MutualInformation unknown(int n, double value, double error, String why, List<String> warnings) {
        return answer(n, value, error, Claim.UNKNOWN, why, warnings);
    }

    /// The answer of nearest neighbours.
    ///
    /// @param trusted whether their bias is small: one coordinate each
    /// @param standsOut what independent variables do not reach
    MutualInformation neighbours(int n, Candidate.Measured measured, boolean trusted, double standsOut) {
        MutualInformation answer;
        if (measured.trend() > FOLLOWS_LN_N) {
            answer = unknown(n, measured.value(), measured.error(), String.format(Locale.ROOT,
                    "the value is %.2f nat larger than that of half of the samples, as where one variable is nearly a"
                            + " function of the other: it tells the number of samples",
                    measured.trend()), measured.warnings());
        } else if (trusted && measured.value() < SATURATED * measured.ceiling()) {
            answer = valid(n, measured.value(), measured.error(), BIAS_OVER_TREND * Math.abs(measured.trend()),
                    measured.warnings());
        } else {
            answer = atLeast(n, measured.value(), measured.error(),
                    BIAS_OVER_TREND * Math.max(0, -measured.trend()), standsOut, measured.warnings());
        }
        answer = answer.withComponent("halfOfSamples", measured.ofHalves());
        return Double.isFinite(measured.ceiling()) ? answer.withCeiling(measured.ceiling()) : answer;
    }

    private MutualInformation answer(int n, double value, double error, Claim claim, String why,
            List<String> warnings) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("chosen", chosen);
        settings.put("claim", claim.label());
        settings.put("reason", why);
        settings.put("unseen", unseen);
        List<String> told = new ArrayList<>(warnings);
        if (claim != Claim.VALID) {
            told.add(claim == Claim.LOWER_BOUND
                    ? "the value is a lower bound: " + unseen + " may add to it"
                    : "the information cannot be known from these samples: " + why);
        }
        return new MutualInformation(AutomaticEstimator.DESCRIPTION.name(), n, value, OptionalDouble.empty(),
                OptionalDouble.empty(), OptionalDouble.of(error), OptionalDouble.empty(), values, settings, told,
                Optional.empty());
    }
}
