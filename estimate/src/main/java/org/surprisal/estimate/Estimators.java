package org.surprisal.estimate;

import java.util.List;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MatrixRenyi;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;

/// The estimators of mutual information there are: those that compute and those that train a critic.
public final class Estimators {

    private Estimators() {
    }

    /// Returns the description of every estimator, in the order in which a list shows them.
    public static List<EstimatorDescription> descriptions() {
        return List.of(PairwiseDistance.DESCRIPTION, PlugIn.DESCRIPTION, Binning.DESCRIPTION, Kraskov.DESCRIPTION,
                GaussianInformation.DESCRIPTION, MatrixRenyi.DESCRIPTION, InfoNce.DESCRIPTION, Mine.DESCRIPTION,
                Smile.DESCRIPTION);
    }
}
