package org.surprisal.study.controls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.information.statistics.PairedDifference;

/// A number by depth: its mean over networks of several seeds, with 95 % intervals.
///
/// @param firstLayer number of the layer that it begins with
/// @param layers     one a layer; absent where a network has no number
record DepthCurve(int firstLayer, List<Optional<PairedDifference>> layers) {

    /// @param curves one a network, at least one, of one length; NaN where there is no number
    static DepthCurve over(int firstLayer, List<double[]> curves) {
        List<Optional<PairedDifference>> layers = new ArrayList<>();
        for (int k = 0; k < curves.getFirst().length; k++) {
            int index = k;
            layers.add(mean(curves.stream().mapToDouble(curve -> curve[index]).toArray()));
        }
        return new DepthCurve(firstLayer, List.copyOf(layers));
    }

    /// The mean of one number a network; absent if there is none, or not of all.
    static Optional<PairedDifference> mean(double[] values) {
        return values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)
                ? Optional.empty()
                : Optional.of(PairedDifference.of(new double[values.length], values));
    }

    double[] positions() {
        return IntStream.range(0, layers.size()).mapToDouble(k -> firstLayer + k).toArray();
    }

    double[] means() {
        return layers.stream().mapToDouble(layer -> layer.map(PairedDifference::mean).orElse(Double.NaN)).toArray();
    }

    double[] lower() {
        return ends(true);
    }

    double[] upper() {
        return ends(false);
    }

    /// Ends of the intervals; a single network has none and gives its value.
    private double[] ends(boolean low) {
        return layers.stream().mapToDouble(layer -> layer
                .map(found -> found.interval95().map(interval -> low ? interval.low() : interval.high())
                        .orElse(found.mean()))
                .orElse(Double.NaN)).toArray();
    }
}
