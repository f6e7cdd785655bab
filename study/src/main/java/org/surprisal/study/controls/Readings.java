package org.surprisal.study.controls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.settings.Settings;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.RunFolder;
import org.surprisal.study.depth.Stage;

/// What a run measured, read back from its folder. Networks that diverged are named and have no curves; a stage that a
/// kill cut short counts as not measured.
final class Readings {
    /// One network.
    record Network(double sigmaW2, long seed) {
        Case which() {
            return Measured.network(sigmaW2, seed);
        }
    }

    private final int lastEpoch;
    private final int layers;
    private final Set<Network> networks = new LinkedHashSet<>();
    private final Set<Network> diverged = new LinkedHashSet<>();
    private final Map<String, Map<Integer, Double>> byLayer = new HashMap<>();
    private final Map<String, Double> ofNetwork = new HashMap<>();
    private int refused;
    private double neuronsLeftOut;

    private Readings(int lastEpoch, int layers) {
        this.lastEpoch = lastEpoch;
        this.layers = layers;
    }

    static Readings read(RunFolder folder) throws IOException {
        Settings settings = Settings.of(ControlsSettings.all(), folder.record().settings());
        Readings read = new Readings(settings.get(ControlsSettings.NETWORKS.epochs()),
                settings.get(ControlsSettings.NETWORKS.depth()) - 1);
        folder.metrics().forEach(read::add);
        read.networks.removeAll(read.diverged);
        return read;
    }

    private void add(Metric metric) {
        Network network = new Network(Double.parseDouble(metric.in().get(Measured.SIGMA_W2)),
                Long.parseLong(metric.in().get(Measured.SEED)));
        if (metric.name().equals(Measured.DIVERGED)) {
            diverged.add(network);
            return;
        }
        int epoch = metric.epoch().orElseThrow();
        if (metric.name().equals(Measured.WHOLE) && epoch == 0) {
            networks.add(network);
        }
        if (metric.name().startsWith(Measured.REFUSED)) {
            refused++;
        } else if (metric.name().equals(Measured.NEURONS_LEFT_OUT)) {
            neuronsLeftOut += metric.value();
        } else if (metric.layer().isEmpty()) {
            ofNetwork.put(key(metric.name(), metric.in(), epoch), metric.value());
        } else {
            byLayer.computeIfAbsent(key(metric.name(), metric.in(), epoch), k -> new HashMap<>())
                    .put(Integer.parseInt(metric.layer()), metric.value());
        }
    }

    private static String key(String name, Case where, int epoch) {
        return name + " " + where + " " + epoch;
    }

    /// The weight variances of which a network was measured, in the order of the run.
    List<Double> variances() {
        return networks.stream().map(Network::sigmaW2).distinct().toList();
    }

    /// How many seeds have a measured network.
    long seeds() {
        return networks.stream().map(Network::seed).distinct().count();
    }

    /// Networks whose training left the finite numbers.
    Set<Network> diverged() {
        return diverged;
    }

    /// How often a measure could not be taken at a layer.
    int refused() {
        return refused;
    }

    /// Over all comparisons, neurons that did not count.
    long neuronsLeftOut() {
        return Math.round(neuronsLeftOut);
    }

    /// Number of measured layers.
    int layers() {
        return layers;
    }

    /// The networks of one variance that were measured at a stage.
    List<Network> networks(double sigmaW2, Stage stage) {
        if (stage == Stage.AFTER && lastEpoch == 0) {
            return List.of();
        }
        return networks.stream().filter(network -> network.sigmaW2() == sigmaW2
                && ofNetwork.containsKey(key(Measured.WHOLE, network.which(), epoch(stage)))).toList();
    }

    private int epoch(Stage stage) {
        return stage == Stage.BEFORE ? 0 : lastEpoch;
    }

    /// The layer that a curve begins with: what is measured from the input begins with the input.
    static int firstLayer(String name) {
        return name.contains("from-input") ? RelativeEntropy.INPUT : 0;
    }

    /// A number by layer, from [#firstLayer] on; NaN at layers without one.
    double[] curve(String name, Case where, Stage stage) {
        Map<Integer, Double> found = byLayer.getOrDefault(key(name, where, epoch(stage)), Map.of());
        int first = firstLayer(name);
        double[] values = new double[layers - first];
        Arrays.setAll(values, k -> found.getOrDefault(k + first, Double.NaN));
        return values;
    }

    /// Relative entropy on one kind of input.
    double[] on(String name, Network network, Stimulus kind, Stage stage) {
        return curve(name, Measured.on(network.which(), kind), stage);
    }

    /// Divergence of one kind of input from noise, in the same layer.
    double[] fromNoise(FinerMeasure measure, Network network, Stimulus kind, Stage stage) {
        return curve(measure.metric(), Measured.between(network.which(), kind, Stimulus.NOISE), stage);
    }

    /// Test accuracies after training.
    List<Double> accuracies(double sigmaW2) {
        List<Double> accuracies = new ArrayList<>();
        for (Network network : networks(sigmaW2, Stage.AFTER)) {
            Double accuracy = ofNetwork.get(key(Measured.TEST_ACCURACY, network.which(), lastEpoch));
            if (accuracy != null) {
                accuracies.add(accuracy);
            }
        }
        return accuracies;
    }
}
