package org.surprisal.study.depth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.surprisal.information.DenseLayer;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyAverage;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.probe.Probe;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Measures the first layers of a perceptron, and records [DepthQuantities].
///
/// @param layers     how many of its first pre-activations are measured
/// @param activation between them
/// @param sigmaW2    the weight variance the network started from, which normalises the values
/// @param samples    Monte Carlo samples behind each value
/// @param inputs     what the network is measured on, shape (n, in)
public record DepthMeasure(int layers, Activation activation, double sigmaW2, int samples, Tensor inputs) {
    /// The input whose pre-activations are kept, among the arrays.
    public static final String INPUT = "input";

    /// Measures a network and records all quantities that are by stage.
    ///
    /// @param random source of the Monte Carlo samples: the same before and after training, so that a difference is the
    /// network's
    /// @return one profile an input
    /// @throws IllegalArgumentException if the layers' widths differ, or a layer has no variance
    public List<RelativeEntropyProfile> record(Trial trial, Network network, RandomStream random) {
        List<RelativeEntropyProfile> profiles = of(network).profiles(inputs, random);
        double divisor = profiles.getFirst().normalisation().orElseThrow();
        for (RelativeEntropyAverage.Layer layer : RelativeEntropyAverage.over(profiles).layers()) {
            int m = layer.layer();
            trial.record(DepthQuantities.VALUE, m, layer.mean());
            trial.record(DepthQuantities.ERROR, m, layer.standardError());
            trial.record(DepthQuantities.NORMALISED, m, layer.mean() / divisor);
            trial.record(DepthQuantities.NORMALISED_ERROR, m, layer.standardError() / divisor);
            layer.spread().ifPresent(spread -> trial.record(DepthQuantities.SPREAD, m, spread));
            trial.record(DepthQuantities.ENTROPY_DIFFERENCE, m, mean(profiles, p -> p.meanFieldCurve()[m]) / divisor);
            trial.record(DepthQuantities.MEAN, m, mean(profiles, p -> p.layers().get(m).mean()));
            trial.record(DepthQuantities.VARIANCE, m, mean(profiles, p -> p.layers().get(m).variance()));
        }
        return profiles;
    }

    /// Records the reference code's form of the relative entropy.
    public void recordReferenceForm(Trial trial, Network network, RandomStream random) {
        List<RelativeEntropyProfile> profiles = of(network).withForm(RelativeEntropy.Form.REFERENCE_CODE).profiles(
                inputs,
                random);
        for (RelativeEntropyAverage.Layer layer : RelativeEntropyAverage.over(profiles).layers()) {
            trial.record(DepthQuantities.REFERENCE_CODE, layer.layer(), layer.normalised().orElseThrow());
        }
    }

    private static double mean(List<RelativeEntropyProfile> profiles, ToDoubleFunction<RelativeEntropyProfile> number) {
        return profiles.stream().mapToDouble(number).average().orElseThrow();
    }

    /// The measure of a network's first layers.
    ///
    /// @throws IllegalArgumentException if their widths differ; the message names the first that does
    public RelativeEntropy of(Network network) {
        List<DenseLayer> dense = IntStream.range(0, layers)
                .mapToObj(m -> (Linear) network.module(MultilayerPerceptron.preActivation(m)))
                .map(linear -> new DenseLayer(linear.weight().value(), linear.bias().value())).toList();
        return RelativeEntropy.of(dense, activation).withSamples(samples).withSigmaW2(sigmaW2);
    }

    /// The first input, and its pre-activations at layer 0 and at the chosen layers, those that are not measured left
    /// out: what [LayerDistributionReport] draws.
    public SequencedMap<String, Tensor> distributions(Network network, List<Integer> chosen) {
        Tensor first = inputs.rows(0);
        List<Integer> kept = new ArrayList<>(List.of(0));
        chosen.stream().filter(m -> m > 0 && m < layers).forEach(kept::add);
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put(INPUT, first);
        Probe.of(network, kept.stream().map(MultilayerPerceptron::preActivation).toList()).observe(first)
                .forEach((module, seen) -> arrays.put(module, seen.output()));
        return arrays;
    }
}
