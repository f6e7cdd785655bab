package org.surprisal.information;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.information.internal.Samples;

/// Counts of samples in bins. Bin i holds edge_i <= x < edge_(i+1), the last one its upper edge too.
///
/// Immutable: arrays are copied in and out.
public final class Histogram {

    /// The most bins the Freedman–Diaconis rule is given: one far outlier would otherwise ask for millions.
    public static final int MAXIMUM_BINS = 512;

    private final double[] edges;
    private final long[] counts;
    private final long total;

    private Histogram(double[] edges, long[] counts) {
        this.edges = edges;
        this.counts = counts;
        this.total = Arrays.stream(counts).sum();
    }

    /// Equal bins over the range of the samples, their width at most 2 IQR n^(-1/3) (Freedman & Diaconis 1981), but no
    /// more than [#MAXIMUM_BINS]. Where the interquartile range is 0 the number of bins is Sturges' ⌈log2 n⌉ + 1.
    /// Samples that differ in their last bits only have as many bins as doubles can tell apart.
    ///
    /// @param samples at least two finite values, not all equal
    /// @throws IllegalArgumentException if there are fewer, one is not finite, all are equal, or their range overflows
    public static Histogram of(double... samples) {
        Samples.requireFinite("samples", samples, 2);
        double low = Arrays.stream(samples).min().orElseThrow();
        double high = Arrays.stream(samples).max().orElseThrow();
        if (low == high) {
            throw new IllegalArgumentException("samples are constant (%s), a histogram needs a range".formatted(low));
        }
        if (!Double.isFinite(high - low)) {
            throw new IllegalArgumentException("samples reach from %s to %s, a range that overflows a double"
                    .formatted(low, high));
        }
        double width = 2 * Quartiles.of(samples).range() / Math.cbrt(samples.length);
        double wanted = width > 0
                ? Math.ceil((high - low) / width)
                : Math.ceil(Math.log(samples.length) / Math.log(2)) + 1;
        // Edges closer than two neighbouring doubles would coincide.
        double apart = 2 * Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
        int bins = (int) Math.clamp(Math.min(wanted, Math.floor((high - low) / apart)), 1.0, MAXIMUM_BINS);
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = low + (high - low) * i / bins;
        }
        edges[bins] = high;
        return withEdges(samples, edges);
    }

    /// Counts in bins of the caller's choice.
    ///
    /// @param samples at least one finite value, each within the edges
    /// @param edges at least two finite values, each above the one before
    /// @throws IllegalArgumentException if a value is not finite, the edges do not rise, or a sample lies outside them
    public static Histogram withEdges(double[] samples, double... edges) {
        Samples.requireFinite("samples", samples, 1);
        Samples.requireFinite("edges", edges, 2);
        for (int i = 1; i < edges.length; i++) {
            if (edges[i] <= edges[i - 1]) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "edges[%d] = %s does not lie above edges[%d] = %s", i,
                                edges[i], i - 1, edges[i - 1]));
            }
        }
        long[] counts = new long[edges.length - 1];
        for (int i = 0; i < samples.length; i++) {
            counts[bin(samples[i], i, edges)]++;
        }
        return new Histogram(edges.clone(), counts);
    }

    private static int bin(double sample, int index, double[] edges) {
        int last = edges.length - 1;
        if (sample < edges[0] || sample > edges[last]) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "samples[%d] = %s lies outside the edges, %s to %s", index,
                            sample, edges[0], edges[last]));
        }
        int found = Arrays.binarySearch(edges, sample);
        int bin = found >= 0 ? found : -found - 2;
        return Math.min(bin, last - 1);
    }

    /// Number of bins.
    public int bins() {
        return counts.length;
    }

    /// A copy of the edges, rising, one more than there are bins.
    public double[] edges() {
        return edges.clone();
    }

    /// A copy of the number of samples in each bin.
    public long[] counts() {
        return counts.clone();
    }

    /// Density of each bin, count / (n width): the areas of the bars sum to 1.
    public double[] densities() {
        double[] densities = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            densities[i] = counts[i] / (total * (edges[i + 1] - edges[i]));
        }
        return densities;
    }
}
