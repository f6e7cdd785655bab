package org.surprisal.estimate;

import java.util.Optional;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.Variable;
import org.surprisal.settings.Extensions;

/// An estimator that a user brought, whose refusals are shown as those of the program's own estimators are.
///
/// @param kind of the estimator
/// @param estimator what the kind made of its settings
record OwnEstimator(EstimatorKind kind, MutualInformationEstimator estimator) implements MutualInformationEstimator {
    @Override
    public EstimatorDescription description() {
        return kind.description();
    }

    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        return Extensions.asked(kind, kind.description().name(), () -> estimator.estimate(x, y));
    }

    @Override
    public String effectOfCopies() {
        return estimator.effectOfCopies();
    }

    @Override
    public Optional<String> objectionToParts() {
        return estimator.objectionToParts();
    }

    @Override
    public String usualInterval() {
        return estimator.usualInterval();
    }
}
