package org.surprisal.theory.bottleneck;

import java.util.Arrays;

/// Groups the values of X̃ into as many symbols as T has, so that little of I(X̃;Y) is lost: Lloyd's algorithm with the
/// divergence D(p(y|x) || p(y|t)), from starts that are farthest from what has been chosen (Banerjee, Merugu, Dhillon,
/// Ghosh 2005, J. Mach. Learn. Res. 6, 1705). A start of the bottleneck's iteration where T has fewer symbols than X̃.
final class HardClusters {
    private static final int MOST_ROUNDS = 50;

    private final BlahutArimoto.Source source;
    private final int[] symbols;
    private final double[] distances;

    private HardClusters(BlahutArimoto.Source source) {
        this.source = source;
        symbols = new int[source.x().length];
        distances = new double[symbols.length];
    }

    /// The symbol of each x, from 0 to `count` - 1.
    ///
    /// @param count at least 1, below the number of x
    static int[] of(BlahutArimoto.Source source, int count) {
        HardClusters clusters = new HardClusters(source);
        clusters.farthestFirst(count);
        for (int round = 0; round < MOST_ROUNDS && clusters.assign(clusters.centres(count)); round++) {
        }
        return clusters.symbols;
    }

    private void farthestFirst(int count) {
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        double[] logarithms = Arrays.stream(source.y()).map(Math::log).toArray();
        int centre = -1;
        for (int t = 0; t < count; t++) {
            double[] from = t == 0 ? logarithms : source.logConditionals()[centre];
            int farthest = -1;
            double most = -1;
            for (int i = 0; i < symbols.length; i++) {
                double distance = divergence(i, from);
                if (distance < distances[i]) {
                    distances[i] = distance;
                    symbols[i] = Math.max(t - 1, 0);
                }
                if (source.x()[i] * distances[i] > most) {
                    most = source.x()[i] * distances[i];
                    farthest = i;
                }
            }
            if (t == 0) {
                // the distances from p(y) chose the first centre, which is no symbol
                Arrays.fill(distances, Double.POSITIVE_INFINITY);
            }
            centre = farthest;
            distances[centre] = 0;
            symbols[centre] = t;
        }
    }

    private double[][] centres(int count) {
        double[][] centres = new double[count][source.y().length];
        double[] weights = new double[count];
        for (int i = 0; i < symbols.length; i++) {
            weights[symbols[i]] += source.x()[i];
            for (int y = 0; y < source.y().length; y++) {
                centres[symbols[i]][y] += source.x()[i] * source.conditionals()[i][y];
            }
        }
        for (int t = 0; t < count; t++) {
            for (int y = 0; y < source.y().length; y++) {
                centres[t][y] = weights[t] > 0 ? Math.log(centres[t][y] / weights[t]) : Double.NEGATIVE_INFINITY;
            }
        }
        return centres;
    }

    /// @return whether an x has changed its symbol
    private boolean assign(double[][] logCentres) {
        boolean changed = false;
        for (int i = 0; i < symbols.length; i++) {
            int best = symbols[i];
            double least = divergence(i, logCentres[best]);
            for (int t = 0; t < logCentres.length; t++) {
                double distance = divergence(i, logCentres[t]);
                if (distance < least) {
                    least = distance;
                    best = t;
                }
            }
            changed |= best != symbols[i];
            symbols[i] = best;
        }
        return changed;
    }

    /// D(p(y|x) || q) in nats.
    private double divergence(int x, double[] logQ) {
        double sum = 0;
        double[] p = source.conditionals()[x];
        double[] logP = source.logConditionals()[x];
        for (int y = 0; y < p.length; y++) {
            if (p[y] > 0) {
                sum += p[y] * (logP[y] - logQ[y]);
            }
        }
        return sum;
    }
}
