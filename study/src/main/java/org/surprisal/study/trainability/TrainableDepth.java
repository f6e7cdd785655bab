package org.surprisal.study.trainability;

import java.util.List;

/// The depth at which the accuracy of networks of one weight variance falls below a threshold.
sealed interface TrainableDepth {

    /// Between two depths of the grid.
    ///
    /// @param last  the last depth before the fall
    /// @param first the first depth below the threshold
    /// @param depth in between, where a straight line between the two accuracies has the threshold
    record Within(int last, int first, double depth) implements TrainableDepth {}

    /// Not down to the deepest networks.
    ///
    /// @param deepest the depth of these
    record Beyond(int deepest) implements TrainableDepth {}

    /// Already the shallowest networks are below the threshold.
    ///
    /// @param shallowest the depth of these
    record Before(int shallowest) implements TrainableDepth {}

    /// The depth of the first fall.
    ///
    /// @param depths     ascending, at least one
    /// @param accuracies as many; 0 for an untrainable network
    static TrainableDepth of(List<Integer> depths, double[] accuracies, double threshold) {
        for (int d = 0; d < accuracies.length; d++) {
            if (accuracies[d] < threshold) {
                if (d == 0) {
                    return new Before(depths.getFirst());
                }
                double share = (accuracies[d - 1] - threshold) / (accuracies[d - 1] - accuracies[d]);
                int last = depths.get(d - 1);
                int first = depths.get(d);
                return new Within(last, first, last + share * (first - last));
            }
        }
        return new Beyond(depths.getLast());
    }

    /// `32 (30 to 40)`, `> 60`, `< 5`.
    default String text() {
        return switch (this) {
            case Within(int last, int first, double depth) -> Math.round(depth) + " (" + last + " to " + first + ")";
            case Beyond(int deepest) -> "> " + deepest;
            case Before(int shallowest) -> "< " + shallowest;
        };
    }
}
