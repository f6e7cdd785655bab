package org.surprisal.study.controls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyAverage;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.Run;
import org.surprisal.study.depth.Stage;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.MeanField;
import org.surprisal.theory.meanfield.RelativeEntropyPrediction;

/// All that is measured of one network.
final class NetworkMeasures {
    /// What is compared with noise.
    static final List<Stimulus> COMPARED = List.of(Stimulus.IMAGES, Stimulus.PERMUTED, Stimulus.SHUFFLED,
            Stimulus.OTHER_NOISE);
    /// What is compared with itself, over training and over depth.
    static final List<Stimulus> FOLLOWED = List.of(Stimulus.IMAGES, Stimulus.NOISE);
    /// What the relative entropy is measured on.
    static final List<Stimulus> PROBED = List.of(Stimulus.IMAGES, Stimulus.PERMUTED, Stimulus.SHUFFLED,
            Stimulus.NOISE);

    private final Run run;
    private final Network network;
    private final double sigmaW2;
    private final Stimuli stimuli;
    private final RandomStream stream;
    private final Case which;
    private final int layers;
    /// What the followed inputs gave the neurons before training, layer by layer.
    private final List<List<Tensor>> before;

    /// Of a network as initialised.
    NetworkMeasures(Run run, Network network, double sigmaW2, Stimuli stimuli, RandomStream stream, Case which) {
        this.run = run;
        this.network = network;
        this.sigmaW2 = sigmaW2;
        this.stimuli = stimuli;
        this.stream = stream;
        this.which = which;
        this.layers = ControlsSettings.NETWORKS.measuredLayers(run);
        this.before = FOLLOWED.stream().map(this::neurons).toList();
    }

    /// The pre-activations of the first neurons of each layer, for all shown inputs of a kind.
    private List<Tensor> neurons(Stimulus kind) {
        int count = run.get(ControlsSettings.NEURONS);
        List<String> modules = IntStream.range(0, layers).mapToObj(MultilayerPerceptron::preActivation).toList();
        Map<String, Network.Observation> seen = network.observe(stimuli.of(kind), modules);
        return modules.stream().map(module -> {
            Network.Observation observed = seen.get(module);
            if (observed == null) {
                throw new IllegalStateException("the network ran without its module " + module);
            }
            return observed.output().slice(1, 0, count);
        }).toList();
    }

    void measure(Stage stage, int epoch) throws IOException {
        relativeEntropies(epoch);
        if (stage == Stage.BEFORE) {
            theory();
        }
        divergences(stage, epoch);
        // The last of a stage: what a kill cuts short lacks it.
        run.folder().add(Metric.of(Measured.WHOLE, 1, "1").epoch(epoch).in(which));
    }

    private void relativeEntropies(int epoch) throws IOException {
        int[] probed = IntStream.range(0, run.get(ControlsSettings.PROBED_INPUTS)).toArray();
        // The same samples for every kind, before and after: differences are those of inputs and weights.
        RandomStream samples = stream.child("monte-carlo");
        for (Stimulus kind : PROBED) {
            Tensor inputs = stimuli.of(kind).rows(probed);
            RelativeEntropy measure = ControlsSettings.NETWORKS.probe(run, sigmaW2, inputs).measure(network);
            Case here = Measured.on(which, kind);
            keep(Measured.FROM_FIRST, measure.profiles(inputs, samples), epoch, here);
            List<RelativeEntropyProfile> fromInput = measure.withInputReference().profiles(inputs, samples);
            keep(Measured.FROM_INPUT, fromInput, epoch, here);
            for (int k = 0; k < fromInput.getFirst().layers().size(); k++) {
                int index = k;
                double divisor = fromInput.getFirst().normalisation().orElseThrow();
                double mean = fromInput.stream().mapToDouble(p -> p.meanFieldCurve()[index]).average().orElseThrow();
                add(Measured.ENTROPY_FROM_INPUT, mean / divisor, "1", epoch, index - 1, here);
            }
        }
    }

    private void keep(String name, List<RelativeEntropyProfile> profiles, int epoch, Case here) throws IOException {
        double divisor = profiles.getFirst().normalisation().orElseThrow();
        for (RelativeEntropyAverage.Layer layer : RelativeEntropyAverage.over(profiles).layers()) {
            add(name, layer.mean() / divisor, "1", epoch, layer.layer(), here);
            add(name + Measured.ERROR, layer.standardError() / divisor, "1", epoch, layer.layer(), here);
        }
    }

    /// Both curves of mean-field theory, means over the probed inputs; nothing for an activation that it does not know.
    private void theory() throws IOException {
        String activation = run.get(ControlsSettings.NETWORKS.activation());
        if (ActivationFunction.all().stream().noneMatch(known -> known.label().equals(activation))) {
            return;
        }
        MeanField theory = new MeanField(ActivationFunction.labelled(activation), sigmaW2,
                run.get(ControlsSettings.NETWORKS.sigmaB2()));
        int width = run.get(ControlsSettings.NETWORKS.width());
        double[] meanSquares = stimuli.meanSquares(run.get(ControlsSettings.PROBED_INPUTS));
        List<RelativeEntropyPrediction> predictions = new ArrayList<>();
        for (double meanSquare : meanSquares) {
            predictions.add(RelativeEntropyPrediction.of(theory, meanSquare, width, layers - 1));
        }
        double divisor = predictions.getFirst().normalisation().orElseThrow();
        double step = 0.5 * width
                * Arrays.stream(meanSquares).map(theory::firstVariance).map(Math::log).average().orElseThrow();
        add(Measured.THEORY_FROM_INPUT, 0, "1", 0, RelativeEntropy.INPUT, which);
        for (int m = 0; m < layers; m++) {
            int layer = m;
            double mean = predictions.stream().mapToDouble(p -> p.layers().get(layer).mean()).average().orElseThrow();
            double leading = predictions.stream().mapToDouble(p -> p.layers().get(layer).leadingOrder()).average()
                    .orElseThrow();
            add(Measured.THEORY_FROM_FIRST, mean / divisor, "1", 0, m, which);
            add(Measured.THEORY_FROM_INPUT, (step + leading) / divisor, "1", 0, m, which);
        }
    }

    private void divergences(Stage stage, int epoch) throws IOException {
        List<Tensor> noise = neurons(Stimulus.NOISE);
        for (Stimulus kind : COMPARED) {
            compare(neurons(kind), noise, epoch, Measured.between(which, kind, Stimulus.NOISE));
        }
        for (int k = 0; k < FOLLOWED.size(); k++) {
            Stimulus kind = FOLLOWED.get(k);
            List<Tensor> now = neurons(kind);
            for (int m = 1; m < layers; m++) {
                add(Measured.ALIGNED, LayerComparison.aligned(now.get(m), now.getFirst()), "nat", epoch, m,
                        Measured.againstFirstLayer(which, kind));
            }
            if (stage == Stage.AFTER) {
                compare(now, before.get(k), epoch, Measured.afterAgainstBefore(which, kind));
            }
        }
    }

    /// Where a measure refuses, as nearest neighbours do once all inputs have become one, a layer has no number. Layers
    /// are divided among threads, and kept in their order.
    private void compare(List<Tensor> p, List<Tensor> q, int epoch, Case here) throws IOException {
        int components = run.get(ControlsSettings.COMPONENTS);
        int neighbours = run.get(ControlsSettings.NEIGHBOURS);
        RandomStream normals = stream.child("normals");
        LayerComparison[] comparisons = new LayerComparison[layers];
        Processors.forEach(layers, m -> comparisons[m] = new LayerComparison(p.get(m), q.get(m), components,
                neighbours, normals));
        for (int m = 0; m < layers; m++) {
            LayerComparison comparison = comparisons[m];
            for (FinerMeasure measure : FinerMeasure.values()) {
                OptionalDouble value = comparison.divergence(measure);
                add(value.isPresent() ? measure.metric() : Measured.REFUSED + measure.metric(), value.orElse(1),
                        value.isPresent() ? "nat" : "1", epoch, m, here);
            }
            if (comparison.neuronsLeftOut() > 0) {
                add(Measured.NEURONS_LEFT_OUT, comparison.neuronsLeftOut(), "1", epoch, m, here);
            }
        }
    }

    private void add(String name, double value, String unit, int epoch, int layer, Case here) throws IOException {
        run.folder().add(Metric.of(name, value, unit).epoch(epoch).layer(layer).in(here));
    }
}
