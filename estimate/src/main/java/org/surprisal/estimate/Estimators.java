package org.surprisal.estimate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.GaussianCopula;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.LocallyCorrectedKraskov;
import org.surprisal.information.mutual.MatrixRenyi;
import org.surprisal.information.mutual.MixedKraskov;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.settings.Extensions;
import org.surprisal.settings.Settings;
import org.surprisal.tensor.RandomStream;

/// The estimators of mutual information there are: those that compute, those that train a critic, and those of users.
public final class Estimators {
    private static final List<EstimatorDescription> BUILT_IN = List.of(PairwiseDistance.DESCRIPTION,
            PlugIn.DESCRIPTION, Binning.DESCRIPTION, Kraskov.DESCRIPTION, LocallyCorrectedKraskov.DESCRIPTION,
            MixedKraskov.DESCRIPTION, GaussianInformation.DESCRIPTION, GaussianCopula.DESCRIPTION,
            MatrixRenyi.DESCRIPTION, InfoNce.DESCRIPTION, Mine.DESCRIPTION, Smile.DESCRIPTION);

    private Estimators() {
    }

    /// Returns the description of every estimator, in the order in which a list shows them, those of users last.
    ///
    /// @throws IllegalStateException as [#own]
    public static List<EstimatorDescription> descriptions() {
        List<EstimatorDescription> all = new ArrayList<>(BUILT_IN);
        own().forEach(kind -> all.add(kind.description()));
        return List.copyOf(all);
    }

    /// The estimators that users brought, as [EstimatorKind] says.
    ///
    /// @throws IllegalStateException if one that is named cannot be loaded, or has no proper name or that of another
    public static List<EstimatorKind> own() {
        List<EstimatorKind> own = Extensions.found(ServiceLoader.load(EstimatorKind.class), "an estimator");
        Set<String> names = new HashSet<>();
        BUILT_IN.forEach(description -> names.add(description.name()));
        for (EstimatorKind kind : own) {
            String name = kind.description().name();
            Extensions.requireName(kind, "an estimator", name);
            if (!names.add(name)) {
                throw new IllegalStateException("two estimators are called '" + name + "': give that of "
                        + kind.getClass().getName() + " another name");
            }
        }
        return own;
    }

    /// The estimator of a kind that a user brought.
    ///
    /// @param stream of what the estimator draws
    /// @throws IllegalArgumentException if the kind does not take the settings
    public static MutualInformationEstimator own(EstimatorKind kind, Settings settings, RandomStream stream) {
        return new OwnEstimator(kind, Extensions.asked(kind, kind.description().name(),
                () -> kind.estimator(settings, stream)));
    }
}
