package org.surprisal.study.bottleneck;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.report.Band;
import org.surprisal.report.Line;
import org.surprisal.report.Mark;
import org.surprisal.report.Stroke;
import org.surprisal.study.engine.Estimate;
import org.surprisal.tensor.Tensor;

/// How the Euclidean distances of all pairs of a layer's samples are distributed.
///
/// @param mean      of the distances
/// @param edges     of equal bins from 0 to the largest distance, one more than bins
/// @param densities of the bins
record DistanceHistogram(double mean, Tensor edges, Tensor densities) {
    private static final int BINS = 40;
    private static final String EDGES = "edges";
    private static final String DENSITIES = "densities";

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
        double[] densities = new double[BINS];
        double pairs = 0.5 * n * (n - 1.0);
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double share = distance(values, i, j, layer.dimension()) / largest;
                densities[Math.min(BINS - 1, (int) (share * BINS))] += BINS / (largest * pairs);
            }
        }
        return Optional.of(new DistanceHistogram(sum / pairs, Tensor.of(edges(largest)), Tensor.of(densities)));
    }

    private static double[] edges(double largest) {
        double[] edges = new double[BINS + 1];
        for (int b = 0; b <= BINS; b++) {
            edges[b] = largest * b / BINS;
        }
        return edges;
    }

    private static double distance(double[] values, int i, int j, int d) {
        double sum = 0;
        for (int l = 0; l < d; l++) {
            double difference = values[i * d + l] - values[j * d + l];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /// Puts the histogram among the arrays that a trial keeps.
    void keep(Map<String, Tensor> arrays, String layer) {
        arrays.put(EDGES + layer, edges);
        arrays.put(DENSITIES + layer, densities);
    }

    /// The histogram of a layer among kept arrays, without its mean.
    static Optional<DistanceHistogram> of(Map<String, Tensor> arrays, long layer) {
        Tensor edges = arrays.get(EDGES + layer);
        Tensor densities = arrays.get(DENSITIES + layer);
        return edges == null || densities == null
                ? Optional.empty()
                : Optional.of(new DistanceHistogram(Double.NaN, edges, densities));
    }

    private double largest() {
        return edges.at(edges.size() - 1);
    }

    private double at(double distance) {
        return distance >= largest() ? 0 : densities.at((int) (distance / largest() * densities.size()));
    }

    /// The mean density over networks, for a logarithmic axis: where there are no distances is a gap. Nothing without
    /// histograms.
    ///
    /// @param band whether a band shows the standard error
    static List<Mark> marks(List<DistanceHistogram> networks, String name, Color colour, boolean band) {
        if (networks.isEmpty()) {
            return List.of();
        }
        double[] edges = edges(networks.stream().mapToDouble(DistanceHistogram::largest).max().orElseThrow());
        double[] x = new double[BINS];
        double[] density = new double[BINS];
        double[] error = new double[BINS];
        for (int b = 0; b < BINS; b++) {
            double centre = (edges[b] + edges[b + 1]) / 2;
            Estimate mean = Estimate.of(networks.stream().mapToDouble(network -> network.at(centre)).toArray());
            x[b] = centre;
            density[b] = mean.mean() > 0 ? mean.mean() : Double.NaN;
            error[b] = mean.standardError().orElse(0);
        }
        List<Mark> marks = new ArrayList<>();
        if (band && networks.size() > 1) {
            marks.add(Band.around(name, x, density, error, colour));
        }
        marks.add(new Line(name, x, density, colour, Stroke.SOLID, false));
        return marks;
    }
}
