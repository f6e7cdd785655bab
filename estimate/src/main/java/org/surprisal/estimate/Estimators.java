package org.surprisal.estimate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import java.util.Set;
import org.surprisal.information.automatic.AutomaticEstimator;
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
import org.surprisal.information.mutual.Scaling;
import org.surprisal.settings.Extensions;
import org.surprisal.settings.Settings;
import org.surprisal.tensor.RandomStream;

/// The estimators of mutual information there are: those that compute, those that train a critic, and those of users.
public final class Estimators {
    private static final List<EstimatorDescription> BUILT_IN = List.of(AutomaticEstimator.DESCRIPTION,
            PairwiseDistance.DESCRIPTION, PlugIn.DESCRIPTION, Binning.DESCRIPTION, Kraskov.DESCRIPTION,
            LocallyCorrectedKraskov.DESCRIPTION,
            MixedKraskov.DESCRIPTION, GaussianInformation.DESCRIPTION, GaussianCopula.DESCRIPTION,
            MatrixRenyi.DESCRIPTION, InfoNce.DESCRIPTION, Mine.DESCRIPTION, Smile.DESCRIPTION);

    private Estimators() {
    }

    /// The names that [#usual] knows, without those of estimators of users.
    public static List<String> usualNames() {
        return List.of("auto", "ksg", "ksg-2", "ksg-rank", "ksg-normal-scores", "ksg-lnc", "ksg-mixed", "gaussian",
                "gaussian-copula", "binning-5", "binning-20", "renyi", "infonce", "mine", "smile");
    }

    /// An estimator of two continuous variables with usual settings, by its name or that of a variant: `ksg-2` is
    /// algorithm 2, `ksg-rank` and `ksg-normal-scores` scale by ranks, `binning-5` and `binning-20` have as many bins
    /// of equal counts.
    ///
    /// @param training of critics; its stream is that of whatever else is drawn
    /// @return empty if there is none of this name, or it needs more than samples: `kde` the variance of a noise,
    /// `discrete` symbols, `binning` bins
    /// @throws IllegalStateException as [#own()]
    public static Optional<MutualInformationEstimator> usual(String name, CriticTraining training) {
        RandomStream stream = training.stream();
        return switch (name) {
            case "auto" -> Optional.of(new AutomaticEstimator(stream));
            case "ksg" -> Optional.of(Kraskov.standard(stream));
            case "ksg-2" -> Optional.of(new Kraskov(4, 2, 1e-8, Scaling.STANDARDISE, stream));
            case "ksg-rank" -> Optional.of(new Kraskov(4, 1, 1e-8, Scaling.RANK, stream));
            case "ksg-normal-scores" -> Optional.of(new Kraskov(4, 1, 1e-8, Scaling.NORMAL_SCORES, stream));
            case "ksg-lnc" -> Optional.of(LocallyCorrectedKraskov.standard(stream));
            case "ksg-mixed" -> Optional.of(MixedKraskov.standard());
            case "gaussian" -> Optional.of(new GaussianInformation());
            case "gaussian-copula" -> Optional.of(new GaussianCopula());
            case "binning-5" -> Optional.of(new Binning(new Binning.Bins.EqualCount(5), PlugIn.Correction.NONE));
            case "binning-20" -> Optional.of(new Binning(new Binning.Bins.EqualCount(20), PlugIn.Correction.NONE));
            case "renyi" -> Optional.of(new MatrixRenyi(1.01, OptionalDouble.empty()));
            case "infonce" -> Optional.of(new InfoNce(training));
            case "mine" -> Optional.of(new Mine(training));
            case "smile" -> Optional.of(new Smile(5, training));
            default -> own().stream().filter(kind -> kind.description().name().equals(name)).findFirst()
                    .map(kind -> own(kind, Settings.of(kind.settings(), Map.of()), stream));
        };
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
