package org.surprisal.information.conditional;

import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.Variable;

/// The interaction information of three variables (McGill 1954), I(X;Y|Z) - I(X;Y), in nats. It does not depend on
/// which of the three is the condition. Above 0 the variables are synergetic: two together tell more of the third than
/// both by themselves, as of an exclusive or, where it is ln 2. Below 0 they are redundant: three equal bits have -ln
/// 2. (Its negative is called co-information.) Both parts have the bias of their estimators, and of one sample their
/// errors are not independent.
///
/// @param conditional I(X;Y|Z)
/// @param mutual I(X;Y), by the estimator that belongs to it
public record InteractionInformation(MutualInformation conditional, MutualInformation mutual) {

    /// The interaction information by an estimator of both parts.
    ///
    /// @throws IllegalArgumentException as the estimator
    public static InteractionInformation of(ConditionalEstimator estimator, Variable x, Variable y, Variable z) {
        return new InteractionInformation(estimator.estimate(x, y, z), estimator.unconditional().estimate(x, y));
    }

    /// I(X;Y|Z) - I(X;Y), in nats.
    public double value() {
        return conditional.value() - mutual.value();
    }
}
