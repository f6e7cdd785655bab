package org.surprisal.study.controls;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.information.PrincipalComponents;
import org.surprisal.information.entropy.GaussianDivergence;
import org.surprisal.information.entropy.GaussianDivergence.Model;
import org.surprisal.information.entropy.NearestNeighbourDivergence;
import org.surprisal.information.entropy.Norm;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// How far apart two samples of one layer's neurons are, finer than by one Gaussian a layer.
enum FinerMeasure {
    /// Each neuron a Gaussian over the inputs, divergences summed; without bias for normal neurons.
    PER_NEURON("per neuron", "divergence-per-neuron"),
    /// Full covariances, each shrunk.
    COVARIANCE("full covariance, shrunk", "divergence-covariance"),
    /// Gaussians with full covariance on the leading components of both samples together; without bias.
    COMPONENTS("Gaussian on leading components", "divergence-components"),
    /// Nearest neighbours on the same components.
    NEIGHBOURS("nearest neighbours", "divergence-neighbours"),
    /// Nearest neighbours on as many draws from the two Gaussians of [#COMPONENTS]: what they make of Gaussian layers,
    /// bias and all.
    NEIGHBOURS_OF_NORMALS("nearest neighbours of normal samples", "divergence-neighbours-of-normals");

    private final String label;
    private final String column;

    FinerMeasure(String label, String column) {
        this.label = label;
        this.column = column;
    }

    String label() {
        return label;
    }

    /// The divergence by layer; its kind says which two samples are compared.
    Quantity quantity() {
        return Quantity.of(column, "nat", "divergence", Index.STAGE, Index.LAYER, Index.KIND);
    }

    /// D(p||q) by every measure.
    ///
    /// @param divergences in nats; a measure whose estimator refuses the samples has none
    /// @param neuronsLeftOut neurons that do not count in the first two, because one sample has a single value there
    record Comparison(Map<FinerMeasure, Double> divergences, int neuronsLeftOut) {
        /// Compares two samples.
        ///
        /// @param p shape (n, neurons)
        /// @param q shape (m, neurons)
        /// @param normals source of the normal samples
        static Comparison of(Tensor p, Tensor q, int components, int neighbours, RandomStream normals) {
            Map<FinerMeasure, Double> found = new EnumMap<>(FinerMeasure.class);
            int[] leftOut = new int[1];
            take(found, PER_NEURON, () -> {
                GaussianDivergence.Estimate estimate = gaussian(Model.DIAGONAL, p, q);
                leftOut[0] = estimate.excluded();
                return estimate.unbiased().orElseThrow();
            });
            take(found, COVARIANCE, () -> gaussian(Model.SHRUNK, p, q).value());
            take(found, COMPONENTS, () -> {
                PrincipalComponents common = PrincipalComponents.of(Tensor.concatenate(0, List.of(p, q)), components);
                Tensor ofP = common.scores(p);
                Tensor ofQ = common.scores(q);
                var nearest = new NearestNeighbourDivergence(neighbours, Norm.EUCLIDEAN);
                take(found, NEIGHBOURS, () -> nearest.estimate(named("p", ofP), named("q", ofQ)));
                take(found, NEIGHBOURS_OF_NORMALS, () -> nearest.estimate(
                        named("p", MultivariateGaussian.fit(ofP).sample(p.length(0), normals.child("p"))),
                        named("q", MultivariateGaussian.fit(ofQ).sample(q.length(0), normals.child("q")))));
                return gaussian(Model.FULL, ofP, ofQ).unbiased().orElseThrow();
            });
            return new Comparison(found, leftOut[0]);
        }

        /// The estimators refuse samples that vary too little, as deep layers do in which all inputs have become one.
        private static void take(Map<FinerMeasure, Double> found, FinerMeasure measure, DoubleSupplier estimate) {
            try {
                found.put(measure, estimate.getAsDouble());
            } catch (IllegalArgumentException refused) {
                found.remove(measure);
            }
        }
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
