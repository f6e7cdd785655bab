package org.surprisal.information.automatic;

/// How far an answer of [AutomaticEstimator] can be believed.
public enum Claim {
    /// The assumptions of the chosen estimator passed their tests, and the answer has a confidence interval.
    VALID("valid"),
    /// The samples have the stated information at least.
    LOWER_BOUND("lower bound"),
    /// Neither the information nor a bound above 0 can be known from these samples.
    UNKNOWN("cannot be known from these samples");

    private final String label;

    Claim(String label) {
        this.label = label;
    }

    /// The claim as answers write it.
    public String label() {
        return label;
    }
}
