package org.surprisal.study.bottleneck;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.study.Case;
import org.surprisal.study.RunFolder;
import org.surprisal.tensor.Tensor;

/// How the Euclidean distances of all pairs of a layer's samples are distributed.
///
/// @param mean of the distances
/// @param edges of equal bins from 0 to the largest distance, shape (bins + 1)
/// @param densities of the bins, shape (bins)
record DistanceHistogram(double mean, Tensor edges, Tensor densities) {
    private static final int BINS = 60;

    /// Of samples of which at least two differ; else there is nothing to divide into bins.
    static Optional<DistanceHistogram> of(Continuous layer) {
        double[] values = layer.values().toDoubles();
        int n = layer.count();
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double distance = distance(values, i, j, layer.dimension());
                largest = Math.max(largest, distance);
                sum += distance;
            }
        }
        if (largest == 0) {
            return Optional.empty();
        }
        double[] edges = new double[BINS + 1];
        for (int b = 0; b <= BINS; b++) {
            edges[b] = largest * b / BINS;
        }
        double pairs = 0.5 * n * (n - 1.0);
        double[] densities = new double[BINS];
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double share = distance(values, i, j, layer.dimension()) / largest;
                densities[Math.min(BINS - 1, (int) (share * BINS))] += BINS / (largest * pairs);
            }
        }
        return Optional.of(new DistanceHistogram(sum / pairs, Tensor.of(edges), Tensor.of(densities)));
    }

    private static double distance(double[] values, int i, int j, int d) {
        double sum = 0;
        for (int l = 0; l < d; l++) {
            double difference = values[i * d + l] - values[j * d + l];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /// Keeps the histograms of one network's layers at one epoch.
    static void write(RunFolder folder, Case network, int epoch, SequencedMap<String, DistanceHistogram> layers)
            throws IOException {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        layers.forEach((layer, histogram) -> {
            arrays.put("edges" + layer, histogram.edges());
            arrays.put("densities" + layer, histogram.densities());
        });
        if (!arrays.isEmpty()) {
            folder.writeArrays(name(network, epoch), arrays);
        }
    }

    /// The edges and heights kept of a layer, in this order; empty if there are none.
    static Optional<List<double[]>> read(RunFolder folder, Case network, int epoch, String layer) {
        return folder.arrays(name(network, epoch)).flatMap(arrays -> {
            Tensor edges = arrays.get("edges" + layer);
            Tensor densities = arrays.get("densities" + layer);
            return edges == null || densities == null
                    ? Optional.empty()
                    : Optional.of(List.of(edges.toDoubles(), densities.toDoubles()));
        });
    }

    private static String name(Case network, int epoch) {
        return "distances-" + String.join("-", List.copyOf(network.values().values())) + "-epoch-" + epoch;
    }
}
