package org.surprisal.network.metric;

import java.util.OptionalDouble;

/// A yes-or-no test of a rare condition: what its outcome says about one person (Zahn, section 8.2.4 and Table 8). All
/// numbers are probabilities for a randomly chosen person; [BinaryCounts] has the same measures for counted samples.
///
/// @param prevalence P(ill)
/// @param sensitivity P(positive | ill), also the recall
/// @param falsePositiveRate P(positive | healthy)
public record DiagnosticTest(double prevalence, double sensitivity, double falsePositiveRate) {
    /// @throws IllegalArgumentException for a number that is no probability
    public DiagnosticTest {
        requireProbability("prevalence", prevalence);
        requireProbability("sensitivity", sensitivity);
        requireProbability("falsePositiveRate", falsePositiveRate);
    }

    /// P(ill and positive).
    public double truePositives() {
        return prevalence * sensitivity;
    }

    /// P(ill and negative).
    public double falseNegatives() {
        return prevalence * (1 - sensitivity);
    }

    /// P(healthy and positive).
    public double falsePositives() {
        return (1 - prevalence) * falsePositiveRate;
    }

    /// P(healthy and negative).
    public double trueNegatives() {
        return (1 - prevalence) * (1 - falsePositiveRate);
    }

    /// P(positive).
    public double positives() {
        return truePositives() + falsePositives();
    }

    /// P(negative).
    public double negatives() {
        return falseNegatives() + trueNegatives();
    }

    /// P(ill | positive) by Bayes' rule, the precision; empty if the test is never positive.
    public OptionalDouble illIfPositive() {
        return ratio(truePositives(), positives());
    }

    /// P(healthy | negative) by Bayes' rule; empty if the test is never negative.
    public OptionalDouble healthyIfNegative() {
        return ratio(trueNegatives(), negatives());
    }

    private static OptionalDouble ratio(double part, double whole) {
        return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
    }

    /// P(the outcome is right). A test that is always negative reaches 1 - prevalence.
    public double accuracy() {
        return truePositives() + trueNegatives();
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " (=" + value + ") must be from 0 to 1");
        }
    }
}
