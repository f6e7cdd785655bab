package org.surprisal.study.controls;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.information.PrincipalComponents;
import org.surprisal.information.entropy.GaussianDivergence;
import org.surprisal.information.entropy.GaussianDivergence.Model;
import org.surprisal.information.entropy.NearestNeighbourDivergence;
import org.surprisal.information.entropy.Norm;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// D(p||q) of two samples of one layer's neurons, by every measure.
final class LayerComparison {
    private final Map<FinerMeasure, Double> divergences = new EnumMap<>(FinerMeasure.class);
    private int neuronsLeftOut;

    /// @param p shape (n, neurons)
    /// @param q shape (m, neurons)
    /// @param random of the normal samples
    LayerComparison(Tensor p, Tensor q, int components, int neighbours, RandomStream random) {
        take(FinerMeasure.PER_NEURON, () -> {
            GaussianDivergence.Estimate found = gaussian(Model.DIAGONAL, p, q);
            neuronsLeftOut = found.excluded();
            return found.unbiased().orElseThrow();
        });
        take(FinerMeasure.COVARIANCE, () -> gaussian(Model.SHRUNK, p, q).value());
        take(FinerMeasure.COMPONENTS, () -> {
            PrincipalComponents common = PrincipalComponents.of(Tensor.concatenate(0, List.of(p, q)), components);
            Tensor ofP = common.scores(p);
            Tensor ofQ = common.scores(q);
            var nearest = new NearestNeighbourDivergence(neighbours, Norm.EUCLIDEAN);
            take(FinerMeasure.NEIGHBOURS, () -> nearest.estimate(named("p", ofP), named("q", ofQ)));
            take(FinerMeasure.NEIGHBOURS_OF_NORMALS, () -> nearest.estimate(
                    named("p", MultivariateGaussian.fit(ofP).sample(p.length(0), random.child("p"))),
                    named("q", MultivariateGaussian.fit(ofQ).sample(q.length(0), random.child("q")))));
            return gaussian(Model.FULL, ofP, ofQ).unbiased().orElseThrow();
        });
    }

    /// The estimators refuse samples that vary too little, as deep layers do in which all inputs have become one.
    private void take(FinerMeasure measure, DoubleSupplier estimate) {
        try {
            divergences.put(measure, estimate.getAsDouble());
        } catch (IllegalArgumentException refused) {
            divergences.remove(measure);
        }
    }

    /// In nats; absent if the estimator refused.
    OptionalDouble divergence(FinerMeasure measure) {
        Double found = divergences.get(measure);
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
    }

    /// Neurons that did not count in the first two measures, because one sample has a single value there.
    int neuronsLeftOut() {
        return neuronsLeftOut;
    }

    /// The least divergence of two layers over all rotations of the neurons of one, in nats.
    static double aligned(Tensor p, Tensor q) {
        return gaussian(Model.ALIGNED, p, q).value();
    }

    private static GaussianDivergence.Estimate gaussian(Model model, Tensor p, Tensor q) {
        return new GaussianDivergence(model).estimate(named("p", p), named("q", q));
    }

    private static Continuous named(String name, Tensor values) {
        return Continuous.of(name, values);
    }
}
