package org.surprisal.study.measure;

import java.util.List;
import java.util.function.Function;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.information.mutual.InformationPlane.Point;
import org.surprisal.information.mutual.InformationPlane.Succession;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PermutationNull;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Trial;

/// Measures the information planes of a network, all on the same samples, and records them.
///
/// @param quantities that are recorded
/// @param inputs     whole rows as symbols
/// @param labels     their classes
/// @param estimators of a layer, at least one, of kinds that differ
public record PlaneMeasure(PlaneQuantities quantities, Discrete inputs, Discrete labels,
        List<Function<Continuous, MutualInformationEstimator>> estimators) {

    public static PlaneMeasure of(PlaneQuantities quantities, Batch points,
            List<Function<Continuous, MutualInformationEstimator>> estimators) {
        return new PlaneMeasure(quantities, Discrete.rows("x", points.inputs()), Discrete.labels("y", points.targets()),
                estimators);
    }

    /// Pairwise distances, with the noise of a rule.
    ///
    /// @param otherwise the variance where the rule gives none: a layer most of whose samples coincide, such as dead
    ///                  ReLUs, has no distances to take a quantile of, and next to no information at any noise
    public static Function<Continuous, MutualInformationEstimator> pairwiseDistance(NoiseVariance rule,
            double otherwise) {
        return layer -> {
            double variance;
            try {
                variance = rule.of(layer);
            } catch (IllegalArgumentException none) {
                variance = otherwise;
            }
            return PairwiseDistance.withNoise(variance);
        };
    }

    /// Records what the samples are.
    public void recordEntropies(Trial trial) {
        trial.record(PlaneQuantities.POINTS, labels.count());
        trial.record(PlaneQuantities.INPUT_ENTROPY, PlugIn.entropy(inputs));
        trial.record(PlaneQuantities.LABEL_ENTROPY, PlugIn.entropy(labels));
    }

    /// Records the plane of these layers.
    public void record(Trial trial, long epoch, List<Continuous> layers) {
        for (Continuous layer : layers) {
            At at = At.epoch(epoch).and(Index.LAYER, layer.name());
            for (Function<Continuous, MutualInformationEstimator> estimator : estimators) {
                MutualInformationEstimator own = estimator.apply(layer);
                Point point = point(own, layer, labels);
                point.kinds().forEach((kind, found) -> {
                    At here = at.and(Index.KIND, PlaneQuantities.text(kind));
                    trial.record(quantities.input(), here, found.input());
                    trial.record(quantities.labels(), here, found.labels());
                });
                point.bracket().ifPresent(bracket -> {
                    trial.record(quantities.labelsLower(), at, bracket.lower());
                    trial.record(quantities.labelsUpper(), at, bracket.upper());
                });
                if (own instanceof PairwiseDistance distance) {
                    trial.record(quantities.noise(), at, distance.noise().of(layer));
                }
            }
        }
    }

    /// Records I(T;Y) of these layers with labels in another order.
    public void recordShuffled(Trial trial, long epoch, List<Continuous> layers, int[] order) {
        for (Continuous layer : layers) {
            for (Function<Continuous, MutualInformationEstimator> estimator : estimators) {
                point(estimator.apply(layer), layer, labels.take(order)).kinds().forEach((kind, found) -> trial.record(
                        PlaneQuantities.SHUFFLED,
                        At.epoch(epoch).and(Index.LAYER, layer.name()).and(Index.KIND, PlaneQuantities.text(kind)),
                        found.labels()));
            }
        }
    }

    private Point point(MutualInformationEstimator estimator, Continuous layer, Discrete classes) {
        return InformationPlane.of(estimator, inputs, classes, List.of(layer), Succession.CHAIN).points().getFirst();
    }

    /// Records what many shuffles of the labels give these layers. The noise is of the layer alone, so it is found once
    /// for all.
    public void recordNull(Trial trial, List<Continuous> layers, int permutations) {
        for (Continuous layer : layers) {
            for (Function<Continuous, MutualInformationEstimator> estimator : estimators) {
                MutualInformationEstimator own = estimator.apply(layer);
                PermutationNull shuffled = PermutationNull.of(own, layer, labels, permutations,
                        trial.stream("null").child(layer.name()));
                Kind kind = own instanceof PairwiseDistance ? Kind.BHATTACHARYYA : Kind.BINNED;
                At at = At.TRIAL.and(Index.LAYER, layer.name()).and(Index.KIND, PlaneQuantities.text(kind));
                trial.record(PlaneQuantities.NULL_MEAN, at, shuffled.mean());
                trial.record(PlaneQuantities.NULL_QUANTILE, at, shuffled.quantile(0.95));
                trial.record(PlaneQuantities.NULL_P_VALUE, at, shuffled.pValue());
            }
        }
    }

}
