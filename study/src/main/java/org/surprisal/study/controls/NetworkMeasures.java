package org.surprisal.study.controls;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyAverage;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.probe.Probe;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.theory.meanfield.MeanField;
import org.surprisal.theory.meanfield.RelativeEntropyPrediction;

/// What is measured of one network on every kind of input.
final class NetworkMeasures {
    /// D_m from the first forward pass, in units of (N/2) ln(2πe σ_w²).
    static final Quantity FROM_FIRST = byLayer("relative-entropy-from-first-pass", "1", "relative entropy, normalised");
    /// D_m from the standardised input, which is layer -1, in the same units.
    static final Quantity FROM_INPUT = byLayer("relative-entropy-from-input", "1", "relative entropy, normalised");
    /// (N/2) ln σ_m² from the measured variances, in the same units: what is left of [#FROM_INPUT] in a wide random
    /// network.
    static final Quantity ENTROPY_FROM_INPUT = byLayer("entropy-difference-from-input", "1",
            "difference of entropies, normalised");
    /// What mean-field theory makes of [#FROM_FIRST] before training.
    static final Quantity THEORY_FROM_FIRST = Quantity.of("mean-field-from-first-pass", "1",
            "relative entropy, normalised", Index.LAYER);
    /// What mean-field theory makes of [#FROM_INPUT] before training.
    static final Quantity THEORY_FROM_INPUT = Quantity.of("mean-field-from-input", "1", "relative entropy, normalised",
            Index.LAYER);
    /// The least divergence of a layer from the first over rotations of the neurons.
    static final Quantity ALIGNED = byLayer("divergence-aligned", "nat", "least divergence from layer 0");
    /// Neurons of a layer that one of two kinds of input leaves constant.
    static final Quantity LEFT_OUT = byLayer("neurons-left-out", "1", "neurons left out");
    /// How many measures could not be taken at a layer, because its inputs have become one.
    static final Quantity REFUSED = byLayer("refused-divergences", "1", "refused divergences");

    /// What is compared with itself, over training and over depth.
    static final List<Stimulus> FOLLOWED = List.of(Stimulus.IMAGES, Stimulus.NOISE);

    private final Trial trial;
    private final Network network;
    private final Stimuli stimuli;
    private final int layers;
    private final List<Stimulus> shown;
    /// What the followed inputs gave the neurons before training, layer by layer.
    private final Map<Stimulus, List<Tensor>> before = new EnumMap<>(Stimulus.class);

    /// Of a network as initialised.
    NetworkMeasures(Trial trial, Network network, Stimuli stimuli) {
        this.trial = trial;
        this.network = network;
        this.stimuli = stimuli;
        this.layers = ControlsStudy.NETWORKS.layers(trial.settings());
        this.shown = Arrays.stream(Stimulus.values())
                .filter(kind -> trial.get(ControlsStudy.STIMULI).contains(kind.label())).toList();
        FOLLOWED.stream().filter(shown::contains).forEach(kind -> before.put(kind, neurons(kind)));
    }

    private static Quantity byLayer(String name, String unit, String label) {
        return Quantity.of(name, unit, label, Index.STAGE, Index.LAYER, Index.KIND);
    }

    /// The kind of a comparison after training against before.
    static String sinceTraining(Stimulus kind) {
        return kind.label() + "-against-before";
    }

    private static At at(String kind, int layer) {
        return At.layer(layer).and(Index.KIND, kind);
    }

    void beforeTraining() {
        relativeEntropies();
        theory();
        divergences();
    }

    void afterTraining() {
        relativeEntropies();
        divergences();
        before.forEach((kind, earlier) -> compare(neurons(kind), earlier, sinceTraining(kind)));
    }

    /// The pre-activations of the first neurons of each layer, for all shown inputs of a kind.
    private List<Tensor> neurons(Stimulus kind) {
        List<String> modules = IntStream.range(0, layers).mapToObj(MultilayerPerceptron::preActivation).toList();
        Map<String, Observation> seen = Probe.of(network, modules).observe(stimuli.of(kind));
        return modules.stream().map(module -> Objects.requireNonNull(seen.get(module)).output().slice(1, 0,
                trial.get(ControlsStudy.NEURONS))).toList();
    }

    private void relativeEntropies() {
        int[] probed = IntStream.range(0, trial.get(ControlsStudy.NETWORKS.probedInputs())).toArray();
        // The same samples for every kind, before and after: differences are those of inputs and weights.
        RandomStream samples = trial.stream("monte-carlo");
        for (Stimulus kind : shown) {
            if (kind == Stimulus.OTHER_NOISE) {
                continue;
            }
            Tensor inputs = stimuli.of(kind).rows(probed);
            RelativeEntropy measure = ControlsStudy.NETWORKS.measure(trial, inputs).of(network);
            record(FROM_FIRST, measure.profiles(inputs, samples), kind);
            List<RelativeEntropyProfile> fromInput = measure.withInputReference().profiles(inputs, samples);
            record(FROM_INPUT, fromInput, kind);
            double divisor = fromInput.getFirst().normalisation().orElseThrow();
            for (int k = 0; k <= layers; k++) {
                int index = k;
                trial.record(ENTROPY_FROM_INPUT, at(kind.label(), index - 1),
                        mean(fromInput, profile -> profile.meanFieldCurve()[index]) / divisor);
            }
        }
    }

    private void record(Quantity quantity, List<RelativeEntropyProfile> profiles, Stimulus kind) {
        double divisor = profiles.getFirst().normalisation().orElseThrow();
        for (RelativeEntropyAverage.Layer layer : RelativeEntropyAverage.over(profiles).layers()) {
            trial.record(quantity, at(kind.label(), layer.layer()), layer.mean() / divisor);
        }
    }

    /// Records both curves of mean-field theory, means over the probed inputs; nothing for an activation that it does
    /// not know.
    private void theory() {
        Optional<MeanField> known = ControlsStudy.NETWORKS.network().theory(trial.settings(),
                trial.get(ControlsStudy.NETWORKS.sigmaW2()));
        if (known.isEmpty()) {
            return;
        }
        MeanField theory = known.get();
        int width = trial.get(ControlsStudy.NETWORKS.network().width());
        double[] meanSquares = stimuli.meanSquares(trial.get(ControlsStudy.NETWORKS.probedInputs()));
        List<RelativeEntropyPrediction> predictions = Arrays.stream(meanSquares)
                .mapToObj(square -> RelativeEntropyPrediction.of(theory, square, width, layers - 1)).toList();
        double divisor = predictions.getFirst().normalisation().orElseThrow();
        double step = 0.5 * width
                * Arrays.stream(meanSquares).map(theory::firstVariance).map(Math::log).average().orElseThrow();
        trial.record(THEORY_FROM_INPUT, RelativeEntropy.INPUT, 0);
        for (int m = 0; m < layers; m++) {
            int layer = m;
            trial.record(THEORY_FROM_FIRST, m, mean(predictions, p -> p.layers().get(layer).mean()) / divisor);
            trial.record(THEORY_FROM_INPUT, m,
                    (step + mean(predictions, p -> p.layers().get(layer).leadingOrder())) / divisor);
        }
    }

    private static <T> double mean(List<T> of, ToDoubleFunction<T> number) {
        return of.stream().mapToDouble(number).average().orElseThrow();
    }

    private void divergences() {
        List<Tensor> noise = neurons(Stimulus.NOISE);
        for (Stimulus kind : shown) {
            List<Tensor> now = kind == Stimulus.NOISE ? noise : neurons(kind);
            if (kind != Stimulus.NOISE) {
                compare(now, noise, kind.label());
            }
            for (int m = 1; m < layers && FOLLOWED.contains(kind); m++) {
                trial.record(ALIGNED, at(kind.label(), m), FinerMeasure.aligned(now.get(m), now.getFirst()));
            }
        }
    }

    private void compare(List<Tensor> p, List<Tensor> q, String kind) {
        FinerMeasure.Comparison[] comparisons = new FinerMeasure.Comparison[layers];
        Processors.forEach(layers, m -> comparisons[m] = FinerMeasure.Comparison.of(p.get(m), q.get(m),
                trial.get(ControlsStudy.COMPONENTS), trial.get(ControlsStudy.NEIGHBOURS), trial.stream("normals")));
        for (int m = 0; m < layers; m++) {
            At at = at(kind, m);
            FinerMeasure.Comparison comparison = comparisons[m];
            comparison.divergences().forEach((measure, value) -> trial.record(measure.quantity(), at, value));
            int refused = FinerMeasure.values().length - comparison.divergences().size();
            if (refused > 0) {
                trial.record(REFUSED, at, refused);
            }
            if (comparison.neuronsLeftOut() > 0) {
                trial.record(LEFT_OUT, at, comparison.neuronsLeftOut());
            }
        }
    }
}
