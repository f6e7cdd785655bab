package org.surprisal.information.mutual;

import org.jspecify.annotations.Nullable;

/// For each sample the sum over all samples, itself included, of e^(-D) with D the Kullback–Leibler divergence and with D
/// the Bhattacharyya distance between the two samples' noise distributions N(z_i, v I): ||z_i - z_j||² / (2 v) and
/// ||z_i - z_j||² / (8 v). Over its own class, too.
///
/// The terms need no shift before they are exponentiated: the sample itself contributes 1 to each sum and is the largest
/// term. Memory is O(n) beside the samples.
///
/// @param all `[0]` Kullback–Leibler and `[1]` Bhattacharyya sums over all samples, each of length n
/// @param within the same over the samples of the same class; equal to `all` without classes
record GaussianOverlaps(double[][] all, double[][] within) {

    static GaussianOverlaps of(Continuous samples, double variance, @Nullable Discrete labels) {
        int n = samples.count();
        double[][] all = ones(n);
        double[][] within = labels == null ? all : ones(n);
        int[] classes = labels == null ? new int[n] : labels.codes();
        double scale = 8 * variance;
        // What n terms below this limit add stays below half a unit in the last place of a sum that is at least 1.
        double limit = (37 + Math.log(n)) * scale;
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

    private static void add(double[][] sums, int i, int j, double kullbackLeibler, double bhattacharyya) {
        sums[0][i] += kullbackLeibler;
        sums[0][j] += kullbackLeibler;
        sums[1][i] += bhattacharyya;
        sums[1][j] += bhattacharyya;
    }

    private static double[][] ones(int n) {
        double[][] ones = new double[2][n];
        for (int i = 0; i < n; i++) {
            ones[0][i] = 1;
            ones[1][i] = 1;
        }
        return ones;
    }
}
