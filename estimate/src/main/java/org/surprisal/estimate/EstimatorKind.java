package org.surprisal.estimate;

import java.util.List;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.tensor.RandomStream;

/// An estimator of mutual information that users bring, for `surprisal measure mi`: a class with a public constructor
/// without parameters, named in a file `META-INF/services/org.surprisal.estimate.EstimatorKind` on the class path (or
/// provided by a module).
public interface EstimatorKind {
    /// What a person should know before believing the estimator. Its name is lower-case letters and digits joined by
    /// hyphens.
    EstimatorDescription description();

    /// What a user may set, by `--set KEY=VALUE`.
    default List<Setting<?>> settings() {
        return List.of();
    }

    /// The estimator. An [IllegalArgumentException] from here, and from estimates, is shown to the user as it is.
    ///
    /// @param settings the value of each setting, those that are not given at their default
    /// @param stream of what the estimator draws: an estimator asked twice the same answers the same to the bit
    MutualInformationEstimator estimator(Settings settings, RandomStream stream);
}
