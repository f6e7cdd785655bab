package org.surprisal.information.mutual;

import java.util.Locale;

/// Entropies by which the mutual information of discrete variables is divided, so that it lies between 0 and 1; several
/// are in use under the name 'normalised mutual information' (Vinh, Epps & Bailey 2010), and their values differ. Where
/// the entropy is 0 there is nothing to know, and the quotient is 0.
public enum Normalisation {
    /// H(X): which share of X is known from Y (Theil's uncertainty coefficient).
    X,
    /// H(Y): which share of Y is known from X.
    Y,
    /// The smaller of H(X) and H(Y).
    SMALLER,
    /// The larger of H(X) and H(Y).
    LARGER,
    /// Their arithmetic mean: the symmetric uncertainty.
    MEAN,
    /// Their geometric mean (Strehl & Ghosh 2002).
    GEOMETRIC_MEAN,
    /// H(X,Y): 1 less the normalised variation of information.
    JOINT;

    /// The name on the command line and in answers.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The information of an answer over the entropy, without a unit.
    ///
    /// @param answer with the components `entropyX`, `entropyY` and `entropyJoint`, as of [PlugIn]
    /// @throws IllegalArgumentException if it has none of them: of continuous variables entropies may be negative, and
    /// there is nothing to divide by
    public double of(MutualInformation answer) {
        double x = answer.component("entropyX");
        double y = answer.component("entropyY");
        double entropy = switch (this) {
            case X -> x;
            case Y -> y;
            case SMALLER -> Math.min(x, y);
            case LARGER -> Math.max(x, y);
            case MEAN -> (x + y) / 2;
            case GEOMETRIC_MEAN -> Math.sqrt(x * y);
            case JOINT -> answer.component("entropyJoint");
        };
        return entropy > 0 ? answer.value() / entropy : 0;
    }

    /// Linfoot's (1957) informational correlation √(1 - e^(-2 I)) of an information in nats: the |ρ| of the Gaussian
    /// pair that has this information. It is the normalised form for continuous variables; an information below 0
    /// counts as 0.
    public static double informationalCorrelation(double information) {
        return Math.sqrt(-Math.expm1(-2 * Math.max(0, information)));
    }
}
