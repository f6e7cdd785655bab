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
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// How a perceptron is measured layer by layer.
///
/// @param layers     how many of its first pre-activations; the rest is left out
/// @param activation between them
/// @param sigmaW2    the weight variance it started from, which normalises the values
/// @param samples    Monte Carlo samples behind each value
/// @param inputs     what it is measured on, shape (n, in)
public record DepthProbe(int layers, Activation activation, double sigmaW2, int samples, Tensor inputs) {

    /// What one reading gives.
    ///
    /// @param profiles one for each input
    /// @param metrics  their averages, in the order in which they are kept
    public record Reading(List<RelativeEntropyProfile> profiles, List<Metric> metrics) {
        public Reading {
            profiles = List.copyOf(profiles);
            metrics = List.copyOf(metrics);
        }

        /// The normalised values, shape (inputs, layers).
        public Tensor normalised() {
            int layers = profiles.getFirst().layers().size();
            return Tensor.of(profiles.stream().flatMap(profile -> profile.layers().stream())
                    .mapToDouble(layer -> layer.normalised().orElseThrow()).toArray(), profiles.size(), layers);
        }
    }

    /// Reads a network.
    ///
    /// @param samples source of the Monte Carlo samples: the same before and after, so that a difference is the
    /// network's
    /// @throws IllegalArgumentException if the layers' widths differ, or a layer has no variance
    public Reading read(Network network, RandomStream samples, Stage stage, int epoch, Case which) {
        RelativeEntropy measure = measure(network);
        List<RelativeEntropyProfile> profiles = measure.profiles(inputs, samples);
        List<Metric> metrics = new ArrayList<>();
        double divisor = profiles.getFirst().normalisation().orElseThrow();
        for (RelativeEntropyAverage.Layer layer : RelativeEntropyAverage.over(profiles).layers()) {
            int m = layer.layer();
            List<Metric> own = new ArrayList<>(List.of(Metric.of(Measurements.VALUE, layer.mean(), "nat"),
                    Metric.of(Measurements.ERROR, layer.standardError(), "nat"),
                    Metric.of(Measurements.NORMALISED, layer.mean() / divisor, "1"),
                    Metric.of(Measurements.NORMALISED_ERROR, layer.standardError() / divisor, "1")));
            layer.spread().ifPresent(
                    spread -> own.add(Metric.of("relative-entropy-spread-over-inputs", spread, "nat")));
            own.add(Metric.of(Measurements.MEAN_FIELD, mean(profiles, p -> p.meanFieldCurve()[m]) / divisor, "1"));
            own.add(Metric.of("pre-activation-mean", mean(profiles, p -> p.layers().get(m).mean()), "1"));
            own.add(Metric.of(Measurements.VARIANCE, mean(profiles, p -> p.layers().get(m).variance()), "1"));
            own.forEach(metric -> metrics.add(metric.epoch(epoch).layer(m).in(which)));
        }
        if (stage == Stage.BEFORE) {
            List<RelativeEntropyProfile> slips = measure.withForm(RelativeEntropy.Form.REFERENCE_CODE).profiles(inputs,
                    samples);
            for (RelativeEntropyAverage.Layer layer : RelativeEntropyAverage.over(slips).layers()) {
                metrics.add(Metric.of(Measurements.REFERENCE_CODE, layer.normalised().orElseThrow(), "1").epoch(0)
                        .layer(layer.layer()).in(which));
            }
        }
        return new Reading(profiles, metrics);
    }

    /// The measure of a network's first layers.
    ///
    /// @throws IllegalArgumentException if their widths differ; the message names the first that does
    public RelativeEntropy measure(Network network) {
        List<DenseLayer> dense = IntStream.range(0, layers)
                .mapToObj(m -> (Linear) network.module(MultilayerPerceptron.preActivation(m)))
                .map(linear -> new DenseLayer(linear.weight().value(), linear.bias().value())).toList();
        return RelativeEntropy.of(dense, activation).withSamples(samples).withSigmaW2(sigmaW2);
    }

    /// The pre-activations of one input at layer 0 and at the chosen layers, those that are not measured left out, and
    /// the input itself: what [LayerDistributions] draws.
    ///
    /// @param input shape (1, in)
    public SequencedMap<String, Tensor> distributions(Network network, Tensor input, List<Integer> chosen) {
        List<Integer> kept = new ArrayList<>(List.of(0));
        chosen.stream().filter(m -> m > 0 && m < layers).forEach(kept::add);
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put(Measurements.INPUT, input);
        network.observe(input, kept.stream().map(MultilayerPerceptron::preActivation).toList())
                .forEach((module, seen) -> arrays.put(module, seen.output()));
        return arrays;
    }

    private static double mean(List<RelativeEntropyProfile> profiles, ToDoubleFunction<RelativeEntropyProfile> number) {
        return profiles.stream().mapToDouble(number).average().orElseThrow();
    }
}
