package org.surprisal.data;

import java.util.stream.IntStream;
import org.surprisal.tensor.RandomStream;

/// Which samples an epoch shows, and in which order. The rows depend on the stream alone: give each epoch a child of
/// its own, and epoch e can be had without those before it.
@FunctionalInterface
public interface RowOrder {
    /// Every sample once, first row first.
    RowOrder IN_ORDER = (size, stream) -> IntStream.range(0, size).toArray();

    /// Every sample once, in random order.
    RowOrder SHUFFLED = (size, stream) -> stream.permutation(size);

    /// The rows of one epoch.
    ///
    /// @param size number of samples there are
    int[] rows(int size, RandomStream stream);

    /// Independent draws with replacement: each takes row i with probability `weights[i]` over the sum of all.
    ///
    /// @param weights one a sample, not negative, not all 0
    /// @param draws samples an epoch has
    /// @throws DataException when weights or draws are none
    static RowOrder weighted(double[] weights, int draws) {
        requireDraws(draws);
        double[] upTo = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new DataException("weight " + weights[i] + " of sample " + i + " is not 0 or above");
            }
            sum += weights[i];
            upTo[i] = sum;
        }
        double total = sum;
        if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new DataException("the " + upTo.length + " weights have the sum " + total
                    + ", which must be above 0 and finite");
        }
        return (size, stream) -> {
            if (size != upTo.length) {
                throw new DataException(upTo.length + " weights for " + size + " samples: there must be one a sample");
            }
            return IntStream.range(0, draws).map(_ -> firstAbove(upTo, stream.nextDouble() * total)).toArray();
        };
    }

    /// Independent draws with replacement: first a class, each that has samples with the same probability, then one of
    /// its samples. Reads every sample's class, here and once.
    ///
    /// @param draws samples an epoch has
    /// @throws DataException when the targets are values, there are no samples, or draws are none
    static RowOrder balanced(Dataset data, int draws) {
        requireDraws(draws);
        int[] labels = ClassLabels.of(data);
        int[][] members = IntStream.range(0, data.classes())
                .mapToObj(c -> IntStream.range(0, labels.length).filter(row -> labels[row] == c).toArray())
                .filter(rows -> rows.length > 0).toArray(int[][]::new);
        if (members.length == 0) {
            throw new DataException("data set " + data.name() + " has no samples to draw from");
        }
        return (size, stream) -> {
            if (size != labels.length) {
                throw new DataException("classes of " + labels.length + " samples are known, but there are " + size);
            }
            return IntStream.range(0, draws).map(_ -> {
                int[] rows = members[stream.nextInt(members.length)];
                return rows[stream.nextInt(rows.length)];
            }).toArray();
        };
    }

    private static void requireDraws(int draws) {
        if (draws < 1) {
            throw new DataException(draws + " draws an epoch: there must be at least 1");
        }
    }

    /// The first place whose number is above the level; places that add nothing to the one before are never it.
    private static int firstAbove(double[] ascending, double level) {
        int low = 0;
        int high = ascending.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] > level) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
