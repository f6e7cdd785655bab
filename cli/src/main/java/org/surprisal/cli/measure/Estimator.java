package org.surprisal.cli.measure;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.cli.Choice;
import org.surprisal.estimate.EstimatorKind;
import org.surprisal.estimate.Estimators;
import org.surprisal.information.conditional.ConditionalGaussian;
import org.surprisal.information.conditional.ConditionalKraskov;
import org.surprisal.information.conditional.ConditionalPlugIn;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.settings.Setting;

/// A way in which `measure` computes something.
///
/// @param measure the command of `measure` that uses it
/// @param description what a person should know before believing it
/// @param settings what `--set` sets: of estimators that users brought; the others have options of their own
public record Estimator(String measure, EstimatorDescription description, List<Setting<?>> settings) {
    /// Of the relative entropy of a network.
    static final Estimator MONTE_CARLO = new Estimator("relative-entropy", new EstimatorDescription("monte-carlo",
            "Gaussian samples pushed through a network's own weights, layer by layer (arXiv 2107.06898)",
            EstimatorDescription.Kind.ESTIMATE,
            "the neurons of a layer are described by their mean and variance; all layers have one width",
            "O(samples width²) a layer",
            "as a divergence: it is a difference of entropies and may be negative; between networks of other inputs"),
            List.of());

    /// Of entropies of samples.
    private static final List<Estimator> ENTROPIES = List.of(
            entropy("kl", "nearest neighbours (Kozachenko & Leonenko 1987)",
                    "a density that hardly changes over the ball to the k-th neighbour", "O(n² d) time",
                    "in tens of dimensions, or where samples coincide"),
            entropy("gaussian", "closed form from the covariance", "the samples are Gaussian",
                    "O(n d² + d³) time", "for others: the Gaussian has the largest entropy of its covariance"),
            entropy("kde", "kernel density, each sample left out of its own", "a smooth density of one coordinate",
                    "O(n²) time", "for several coordinates, or heavy tails"),
            entropy("shannon", "counts of whole rows, plain and by Miller-Madow, Grassberger, Chao-Shen, NSB",
                    "most symbols occur often", "O(n d) time", "for continuous samples: every row is its own symbol"));

    /// Of conditional informations and transfer entropies.
    static final List<EstimatorDescription> CONDITIONAL = List.of(ConditionalKraskov.DESCRIPTION,
            ConditionalGaussian.GAUSSIAN, ConditionalGaussian.COPULA, ConditionalPlugIn.DESCRIPTION);

    private static Estimator entropy(String name, String title, String assumes, String cost, String avoid) {
        return new Estimator("entropy",
                new EstimatorDescription(name, title, EstimatorDescription.Kind.ESTIMATE, assumes,
                        cost, avoid),
                List.of());
    }

    /// In the order in which they are listed.
    public static List<Estimator> all() {
        List<Estimator> all = new ArrayList<>();
        List<EstimatorKind> own = Estimators.own();
        Estimators.descriptions().forEach(description -> all.add(new Estimator("mi", description,
                own.stream().filter(kind -> kind.description().name().equals(description.name())).findFirst()
                        .map(EstimatorKind::settings).orElse(List.of()))));
        CONDITIONAL.forEach(description -> all.add(new Estimator("cmi and te", description, List.of())));
        all.addAll(ENTROPIES);
        all.add(MONTE_CARLO);
        return List.copyOf(all);
    }

    /// A kind as it is written in answers: `lower-bound`.
    public static String word(EstimatorDescription.Kind kind) {
        return Choice.word(kind);
    }
}
