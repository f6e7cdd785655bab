package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;

/// What a run of `gradient-snr` measured, read back: each layer's mean and spread of the gradient over the weight's
/// norm, by epoch, and the ratio of both for the whole network.
final class GradientRatios {
    /// ||mean gradient|| / ||W||, W as it is at the epoch's end.
    static final String MEAN = "gradient-mean-norm-over-weight-norm";
    /// ||standard deviation of the gradient|| / ||W||.
    static final String DEVIATION = "gradient-deviation-norm-over-weight-norm";
    /// ||mean|| / ||standard deviation|| of all weights' gradients together.
    static final String SNR = "gradient-signal-to-noise";

    private final SequencedMap<Case, Network> networks = new LinkedHashMap<>();

    private GradientRatios() {
    }

    /// One network's numbers by epoch; those of a layer by its number, from 1.
    private record Network(NavigableMap<Integer, Double> signalToNoise,
            NavigableMap<Integer, NavigableMap<Integer, Double>> mean,
            NavigableMap<Integer, NavigableMap<Integer, Double>> deviation) {}

    static GradientRatios read(List<Metric> metrics) {
        GradientRatios read = new GradientRatios();
        for (Metric metric : metrics) {
            Network network = read.networks.computeIfAbsent(metric.in(),
                    k -> new Network(new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
            int epoch = metric.epoch().orElseThrow();
            switch (metric.name()) {
                case SNR -> network.signalToNoise.put(epoch, metric.value());
                case MEAN -> network.mean.computeIfAbsent(Integer.valueOf(metric.layer()), k -> new TreeMap<>())
                        .put(epoch, metric.value());
                case DEVIATION ->
                    network.deviation.computeIfAbsent(Integer.valueOf(metric.layer()), k -> new TreeMap<>())
                            .put(epoch, metric.value());
                default -> {
                    // Losses and accuracies.
                }
            }
        }
        return read;
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    List<Case> groups() {
        return networks.keySet().stream().map(Ensemble::group).distinct().toList();
    }

    /// Number of weights.
    int layers() {
        return networks.values().stream().mapToInt(network -> network.mean.size()).max().orElse(0);
    }

    private List<Network> networks(Case group) {
        return networks.entrySet().stream().filter(entry -> Ensemble.group(entry.getKey()).equals(group))
                .map(Map.Entry::getValue).toList();
    }

    int count(Case group) {
        return networks(group).size();
    }

    /// The ratio of mean to spread of each of a group's networks that has any.
    ///
    /// @param layer from 1; 0 for all weights together
    List<NavigableMap<Integer, Double>> signalToNoise(Case group, int layer) {
        List<NavigableMap<Integer, Double>> ratios = new ArrayList<>();
        for (Network network : networks(group)) {
            NavigableMap<Integer, Double> ratio = new TreeMap<>(layer == 0 ? network.signalToNoise : new TreeMap<>());
            if (layer > 0) {
                means(network, layer).forEach((epoch, mean) -> {
                    double deviation = deviations(network, layer).getOrDefault(epoch, 0.0);
                    if (deviation > 0) {
                        ratio.put(epoch, mean / deviation);
                    }
                });
            }
            if (!ratio.isEmpty()) {
                ratios.add(ratio);
            }
        }
        return ratios;
    }

    /// The transitions of a group's networks, those that have one, in ascending order.
    ///
    /// @param layer from 1; 0 for all weights together
    List<Integer> transitions(Case group, int layer) {
        return signalToNoise(group, layer).stream().flatMap(ratio -> GradientTransition.of(ratio).stream().boxed())
                .sorted().toList();
    }

    /// A layer's mean gradient over the weight's norm, over the group's networks.
    List<NavigableMap<Integer, Double>> means(Case group, int layer) {
        return networks(group).stream().map(network -> means(network, layer)).toList();
    }

    /// A layer's spread of the gradient over the weight's norm, over the group's networks.
    List<NavigableMap<Integer, Double>> deviations(Case group, int layer) {
        return networks(group).stream().map(network -> deviations(network, layer)).toList();
    }

    private static NavigableMap<Integer, Double> means(Network network, int layer) {
        return network.mean.getOrDefault(layer, Collections.emptyNavigableMap());
    }

    private static NavigableMap<Integer, Double> deviations(Network network, int layer) {
        return network.deviation.getOrDefault(layer, Collections.emptyNavigableMap());
    }
}
