package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.information.AndersonDarling;
import org.surprisal.information.Moments;
import org.surprisal.information.entropy.NearestNeighbourDivergence;
import org.surprisal.information.entropy.NearestNeighbourEntropy;
import org.surprisal.information.entropy.Norm;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Parameter;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.architecture.LayerSpec;
import org.surprisal.network.layer.LastStep;
import org.surprisal.network.layer.Padding;
import org.surprisal.network.probe.Probe;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.study.engine.At;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Trial;
import org.surprisal.study.experiment.ProbeEntries.Measure;
import org.surprisal.study.measure.GradientMoments;
import org.surprisal.tensor.Tensor;

/// Listens to the layers of a network as it trains, and records what is measured of them.
///
/// A layer is what it gives for a sample, as a row of numbers: maps of a convolution one behind the other, the last
/// step of a sequence, the watched nodes of a graph.
final class LayerListener implements TrainingListener {
    /// Numbers of a layer, at most, that entropies and moments are of: those of rows at equal distances.
    private static final int MOST_NUMBERS = 20_000;

    private final Trial trial;
    private final ExperimentData data;
    private final Network network;
    private final Architecture architecture;
    private final List<ProbeEntries> probes;
    private final boolean bits;
    private final OutputRule outputs;
    private final @Nullable GradientMoments moments;
    private final Map<ProbeEntries, List<LayerNoise>> noises = new HashMap<>();
    private final Map<Place, ProbedSamples> probed = new HashMap<>();
    private final Set<String> warned = new HashSet<>();

    /// Which samples a probe is about.
    private record Place(DataPart part, int samples) {}

    /// Samples that layers are heard on, and what is the same at all epochs.
    private static final class ProbedSamples {
        private final Batch samples;
        private @Nullable Discrete inputs;
        private @Nullable Discrete labels;

        ProbedSamples(Batch samples) {
            this.samples = samples;
        }

        /// Whole inputs as symbols.
        Discrete inputs() {
            inputs = inputs != null
                    ? inputs
                    : Discrete.rows("x", samples.inputs().reshape(samples.size(),
                            samples.inputs().size() / Math.max(1, samples.size())));
            return inputs;
        }

        Discrete labels() {
            labels = labels != null ? labels : Discrete.labels("y", samples.targets());
            return labels;
        }
    }

    /// How the network's last numbers become class probabilities.
    enum OutputRule {
        SOFTMAX,
        EXPONENTIAL,
        SIGMOID,
        NONE
    }

    /// @param bits    whether information is told in bits
    /// @param moments of the gradients, where a probe measures them
    LayerListener(Trial trial, ExperimentData data, Network network, Architecture architecture,
            List<ProbeEntries> probes, boolean bits, OutputRule outputs, @Nullable GradientMoments moments) {
        this.trial = trial;
        this.data = data;
        this.network = network;
        this.architecture = architecture;
        this.probes = probes;
        this.bits = bits;
        this.outputs = outputs;
        this.moments = moments;
    }

    /// Settles what depends on the network before training. Called whether or not the trial goes on from a checkpoint.
    void begin() {
        for (ProbeEntries probe : probes) {
            List<LayerNoise> settled = probe.noises();
            Optional<Tensor> untrained = settled.stream().anyMatch(LayerNoise::once)
                    ? Optional.of(rows(probe, observed(probe))).filter(Tensor::isFinite)
                    : Optional.empty();
            // Numbers that are not finite end the trial when the layer is heard.
            if (untrained.isPresent()) {
                Continuous layer = Continuous.of(probe.layer(), untrained.get());
                settled = settled.stream().map(noise -> noise.settled(layer)).flatMap(Optional::stream).toList();
                if (settled.isEmpty()) {
                    warn("most samples of layer '" + probe.layer() + "' coincide before training: no variance of the"
                            + " noise can be found by their distances, and its information is not measured");
                }
            }
            noises.put(probe, settled);
        }
    }

    /// Keeps the samples whose outputs are kept, and records the layers before training.
    void beforeTraining() {
        probes.stream().filter(ProbeEntries::keep).map(LayerListener::place).distinct().forEach(place -> {
            Batch samples = probed(place).samples;
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            arrays.put("input", samples.inputs());
            arrays.put("target", samples.targets());
            trial.keep("samples-" + place.part().name().toLowerCase(Locale.ROOT) + "-" + samples.size(), arrays);
        });
        for (ProbeEntries probe : probes) {
            if (probe.measures().contains(Measure.MUTUAL_INFORMATION)) {
                ProbedSamples on = probed(probe);
                At at = At.TRIAL.and(Index.LAYER, probe.layer());
                trial.record(LayerQuantities.SAMPLES, at, on.samples.size());
                information(LayerQuantities.INPUT_ENTROPY, at, PlugIn.entropy(on.inputs()));
                information(LayerQuantities.LABEL_ENTROPY, at, PlugIn.entropy(on.labels()));
            }
        }
        listen(0);
    }

    @Override
    public void onEpoch(Epoch epoch) {
        listen(epoch.epoch());
        if (moments != null) {
            gradients(epoch.epoch(), moments.take());
        }
    }

    private void listen(int epoch) {
        Map<Place, Map<String, Observation>> seen = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (ProbeEntries probe : probes) {
            if (!probe.epochs().contains(epoch)) {
                continue;
            }
            Tensor rows = rows(probe, seen.computeIfAbsent(place(probe), place -> observed(probe)));
            At at = At.epoch(epoch).and(Index.LAYER, probe.layer());
            if (told.add(probe.layer())) {
                moments(at, rows, probe, epoch);
            }
            if (probe.keep()) {
                SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
                arrays.put("output", rows);
                arrays.put("target", probed(probe).samples.targets());
                trial.keep(probe.arrays(epoch), arrays);
            }
            if (probe.measures().contains(Measure.MUTUAL_INFORMATION)) {
                plane(probe, at, Continuous.of(probe.layer(), rows));
            }
            if (probe.measures().contains(Measure.DISTANCES)) {
                distances(probe, at, Continuous.of(probe.layer(), rows));
            }
            distribution(probe, at, numbers(probe.layer(), rows), () -> {
                ProbeEntries reference = probes.getFirst();
                return numbers(reference.layer(),
                        rows(reference, seen.computeIfAbsent(place(reference), place -> observed(reference))));
            });
        }
    }

    private void moments(At at, Tensor rows, ProbeEntries probe, int epoch) {
        double mean = rows.isFinite() ? rows.mean().item() : Double.NaN;
        double deviation = Math.sqrt(rows.minus(Tensor.full(rows.type(), mean)).square().mean().item());
        if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
            throw new DivergenceException("layer '" + probe.layer() + "' gave numbers after epoch " + epoch
                    + " that are not finite, or whose mean or deviation is not");
        }
        trial.record(LayerQuantities.MEAN, at, mean);
        trial.record(LayerQuantities.DEVIATION, at, deviation);
    }

    private static Place place(ProbeEntries probe) {
        return new Place(probe.part(), probe.samples());
    }

    private ProbedSamples probed(ProbeEntries probe) {
        return probed(place(probe));
    }

    private ProbedSamples probed(Place at) {
        return probed.computeIfAbsent(at, place -> {
            Dataset part = place.part().of(data).orElseThrow();
            return new ProbedSamples(part.batch(IntStream.range(0, Math.min(place.samples(), part.size())).toArray()));
        });
    }

    /// What all layers heard on the same samples give, by their paths.
    private Map<String, Observation> observed(ProbeEntries probe) {
        return Probe.of(network, probes.stream()
                .filter(other -> place(other).equals(place(probe))).map(this::path).distinct().toList())
                .observe(probed(probe).samples.inputs());
    }

    /// Whether a probe is of the network's output rather than of a layer by name.
    private boolean isOutput(ProbeEntries probe) {
        return probe.layer().equals(ProbeEntries.OUTPUT)
                && architecture.parts().stream().noneMatch(part -> part.name().equals(ProbeEntries.OUTPUT));
    }

    private String layer(ProbeEntries probe) {
        return isOutput(probe) ? architecture.parts().getLast().name() : probe.layer();
    }

    private String path(ProbeEntries probe) {
        return Experiment.path(layer(probe), data);
    }

    /// What a layer gives, a row a sample.
    private Tensor rows(ProbeEntries probe, Map<String, Observation> seen) {
        Observation heard = Objects.requireNonNull(seen.get(path(probe)));
        Tensor output = heard.output();
        if (data.graph().isPresent()) {
            double[] nodes = probed(probe).samples.inputs().toDoubles();
            output = output.rows(Arrays.stream(nodes).mapToInt(node -> (int) node).toArray());
        }
        if (output.rank() == 3 && isSequence(layer(probe))) {
            // A sequence ends where its steps do; behind them are zeros.
            boolean stepwise = heard.input().rank() == 3 && heard.input().length(1) == output.length(1);
            output = LastStep.of(output, Padding.TRAILING_ZEROS.lengths(stepwise ? heard.input() : output));
        }
        Tensor rows = output.reshape(output.length(0), output.size() / Math.max(1, output.length(0)));
        return !isOutput(probe) || data.train().classes() == 0 ? rows : switch (outputs) {
            case SOFTMAX -> rows.softmax();
            case EXPONENTIAL -> rows.exp();
            case SIGMOID -> rows.sigmoid();
            case NONE -> rows;
        };
    }

    /// Whether a layer's three axes are samples, steps and features: it is or holds a recurrent layer, or comes behind
    /// one.
    private boolean isSequence(String layer) {
        for (Architecture.Part part : architecture.parts()) {
            if (isRecurrent(part.spec())) {
                return true;
            }
            if (part.name().equals(layer)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isRecurrent(LayerSpec spec) {
        return spec instanceof LayerSpec.Recurrent || (spec instanceof LayerSpec.Residual residual
                && Stream.concat(residual.body().stream(), residual.shortcut().stream())
                        .anyMatch(LayerListener::isRecurrent));
    }

    private void plane(ProbeEntries probe, At at, Continuous layer) {
        ProbedSamples on = probed(probe);
        if (probe.noises().isEmpty()) {
            plane(new Binning(new Binning.Bins.FixedWidth(probe.binWidth()), PlugIn.Correction.NONE), "", at, on,
                    layer);
            return;
        }
        for (LayerNoise noise : Objects.requireNonNull(noises.get(probe))) {
            OptionalDouble variance = noise.variance(layer);
            if (variance.isEmpty()) {
                warn("most samples of layer '" + probe.layer() + "' coincide: its information is not measured where no"
                        + " variance of the noise can be found by their distances");
                continue;
            }
            trial.record(LayerQuantities.NOISE_VARIANCE, at.and(Index.KIND, noise.label()), variance.getAsDouble());
            plane(PairwiseDistance.withNoise(variance.getAsDouble()), ", " + noise.label(), at, on, layer);
        }
    }

    private void plane(MutualInformationEstimator estimator, String suffix, At at, ProbedSamples on, Continuous layer) {
        int[] order = trial.stream("shuffled-labels").permutation(on.samples.size());
        InformationPlane.Point point = point(estimator, on.inputs(), on.labels(), layer);
        InformationPlane.Point shuffled = point(estimator, on.inputs(), on.labels().take(order), layer);
        point.kinds().forEach((kind, found) -> {
            At here = at.and(Index.KIND, kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + suffix);
            information(LayerQuantities.INPUT_INFORMATION, here, found.input());
            information(LayerQuantities.LABEL_INFORMATION, here, found.labels());
            information(LayerQuantities.SHUFFLED_INFORMATION, here,
                    Objects.requireNonNull(shuffled.kinds().get(kind)).labels());
        });
    }

    private void distances(ProbeEntries probe, At at, Continuous layer) {
        for (int percent : LayerQuantities.DISTANCE_PERCENTS) {
            // A variance that is the quantile itself, which has to be above 0.
            possible(probe, Measure.DISTANCES, () -> trial.record(LayerQuantities.DISTANCE,
                    at.and(Index.KIND, percent + " %"),
                    new NoiseVariance.DistanceQuantile(percent / 100.0, 1).of(layer)));
        }
    }

    private static InformationPlane.Point point(MutualInformationEstimator estimator, Discrete inputs,
            Discrete labels, Continuous layer) {
        return InformationPlane.of(estimator, inputs, labels, List.of(layer), InformationPlane.Succession.CHAIN)
                .points().getFirst();
    }

    private void information(Quantity quantity, At at, double nats) {
        trial.record(bits ? quantity.in("bit") : quantity, at, bits ? nats / Math.log(2) : nats);
    }

    /// The numbers of a layer as samples of one number: all, or those of rows at equal distances.
    private static Continuous numbers(String name, Tensor rows) {
        int n = rows.length(0);
        int most = Math.max(1, MOST_NUMBERS / Math.max(1, rows.length(1)));
        int[] chosen = IntStream.range(0, Math.min(n, most)).map(i -> (int) ((long) i * n / Math.min(n, most)))
                .toArray();
        Tensor all = rows.rows(chosen);
        return Continuous.of(name, all.reshape(all.size(), 1));
    }

    /// @param reference gives the numbers of the first layer listened to, at whatever epochs that is listened to
    private void distribution(ProbeEntries probe, At at, Continuous numbers, Supplier<Continuous> reference) {
        Set<Measure> measures = probe.measures();
        if (measures.contains(Measure.ENTROPY)) {
            possible(probe, Measure.ENTROPY, () -> information(LayerQuantities.ENTROPY, at,
                    NearestNeighbourEntropy.standard().estimate(numbers).value()));
        }
        if (measures.contains(Measure.GAUSSIANITY)) {
            possible(probe, Measure.GAUSSIANITY, () -> {
                double[] values = numbers.values().toDoubles();
                Moments moments = Moments.of(values);
                double statistic = AndersonDarling.test(values).statistic();
                moments.skewness().ifPresent(value -> trial.record(LayerQuantities.SKEWNESS, at, value));
                moments.excessKurtosis().ifPresent(value -> trial.record(LayerQuantities.EXCESS_KURTOSIS, at, value));
                trial.record(LayerQuantities.ANDERSON_DARLING, at, statistic);
            });
        }
        if (measures.contains(Measure.RELATIVE_ENTROPY) && !ProbeEntries.isReference(probe, probes)) {
            possible(probe, Measure.RELATIVE_ENTROPY, () -> information(LayerQuantities.RELATIVE_ENTROPY, at,
                    new NearestNeighbourDivergence(5, Norm.EUCLIDEAN).estimate(numbers, reference.get())));
        }
    }

    /// Measures, unless the layer has no such number: half of the outputs of a ReLU are equal, and have no density.
    private void possible(ProbeEntries probe, Measure measure, Runnable measuring) {
        try {
            measuring.run();
        } catch (IllegalArgumentException none) {
            warn("layer '" + probe.layer() + "' has no " + measure.label() + " at some epochs, which are left out: "
                    + none.getMessage());
        }
    }

    private void warn(String line) {
        if (warned.add(line)) {
            trial.warning(line);
        }
    }

    private void gradients(int epoch, List<GradientMoments.Norms> norms) {
        List<String> layers = new ArrayList<>();
        List<Parameter> weights = network.parameters().stream().filter(GradientMoments::isWeight).toList();
        for (ProbeEntries probe : probes) {
            if (!probe.measures().contains(Measure.GRADIENT_SNR) || !probe.epochs().contains(epoch)
                    || layers.contains(probe.layer())) {
                continue;
            }
            layers.add(probe.layer());
            double mean = 0;
            double deviation = 0;
            double weight = 0;
            for (int i = 0; i < norms.size(); i++) {
                if (weights.get(i).name().startsWith(path(probe) + ".")) {
                    mean += square(norms.get(i).mean());
                    deviation += square(norms.get(i).deviation());
                    weight += weights.get(i).value().square().sum().item();
                }
            }
            if (weight > 0) {
                At at = At.epoch(epoch).and(Index.LAYER, probe.layer());
                trial.record(GradientMoments.MEAN, at, Math.sqrt(mean / weight));
                trial.record(GradientMoments.DEVIATION, at, Math.sqrt(deviation / weight));
            }
        }
    }

    private static double square(double x) {
        return x * x;
    }
}
