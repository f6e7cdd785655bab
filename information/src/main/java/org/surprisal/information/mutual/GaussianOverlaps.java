package org.surprisal.information.mutual;

import org.jspecify.annotations.Nullable;

/// For each sample the sum over all samples, itself included, of e^(-D) with D the Kullback–Leibler divergence and with D
/// the Bhattacharyya distance between the two samples' noise distributions N(z_i, v I): ||z_i - z_j||² / (2 v) and
/// ||z_i - z_j||² / (8 v). Over its own class, too.
///
/// The terms need no shift before they are exponentiated: the sample itself contributes 1 to each sum and is the largest
/// term. Memory is O(n) beside the samples.
final class GaussianOverlaps {

    private static final int KULLBACK_LEIBLER = 0;
    private static final int BHATTACHARYYA = 1;

    private final double[][] all;
    private final double[][] within;

    private GaussianOverlaps(double[][] all, double[][] within) {
        this.all = all;
        this.within = within;
    }

    /// @param labels the classes; without them each sample's own class is all samples
    static GaussianOverlaps of(Continuous samples, double variance, @Nullable Discrete labels) {
        int n = samples.count();
        double[][] all = ones(n);
        double[][] within = labels == null ? all : ones(n);
        int[] classes = labels == null ? new int[n] : labels.codes();
        double scale = 8 * variance;
        // What n terms below this limit add stays below half a unit in the last place of a sum that is at least 1.
        // Distances that overflow count as far, however large the noise.
        double limit = Math.min((37 + Math.log(n)) * scale, Double.MAX_VALUE);
        SquaredDistances distances = new SquaredDistances(samples.values());
        Tiles.forEach(n, (rowFrom, rowTo, columnFrom, columnTo) -> {
            int width = columnTo - columnFrom;
            double[] tile = new double[(rowTo - rowFrom) * width];
            distances.tileWithin(limit, rowFrom, rowTo, columnFrom, columnTo, tile);
            for (int i = rowFrom; i < rowTo; i++) {
                for (int j = Math.max(columnFrom, i + 1); j < columnTo; j++) {
                    double squared = tile[(i - rowFrom) * width + j - columnFrom];
                    if (squared > limit) {
                        continue;
                    }
                    double bhattacharyya = Math.exp(-squared / scale);
                    double square = bhattacharyya * bhattacharyya;
                    add(all, i, j, square * square, bhattacharyya);
                    if (labels != null && classes[i] == classes[j]) {
                        add(within, i, j, square * square, bhattacharyya);
                    }
                }
            }
        });
        return new GaussianOverlaps(all, within);
    }

    /// The mean of ln of the Kullback–Leibler sums over all samples.
    double kullbackLeibler() {
        return meanLog(all[KULLBACK_LEIBLER]);
    }

    /// The mean of ln of the Bhattacharyya sums over all samples.
    double bhattacharyya() {
        return meanLog(all[BHATTACHARYYA]);
    }

    /// The mean of ln of the Kullback–Leibler sums over each sample's class.
    double kullbackLeiblerWithin() {
        return meanLog(within[KULLBACK_LEIBLER]);
    }

    /// The mean of ln of the Bhattacharyya sums over each sample's class.
    double bhattacharyyaWithin() {
        return meanLog(within[BHATTACHARYYA]);
    }

    private static double meanLog(double[] sums) {
        double total = 0;
        for (double sum : sums) {
            total += Math.log(sum);
        }
        return total / sums.length;
    }

    private static void add(double[][] sums, int i, int j, double kullbackLeibler, double bhattacharyya) {
        sums[KULLBACK_LEIBLER][i] += kullbackLeibler;
        sums[KULLBACK_LEIBLER][j] += kullbackLeibler;
        sums[BHATTACHARYYA][i] += bhattacharyya;
        sums[BHATTACHARYYA][j] += bhattacharyya;
    }

    private static double[][] ones(int n) {
        double[][] ones = new double[2][n];
        for (int i = 0; i < n; i++) {
            ones[KULLBACK_LEIBLER][i] = 1;
            ones[BHATTACHARYYA][i] = 1;
        }
        return ones;
    }
}
