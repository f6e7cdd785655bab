package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.surprisal.study.engine.Estimate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Sample;

/// Whether curves by depth, one a seed, rise to a peak between their ends and fall again.
///
/// Each curve's height is read at the layer where the mean of the *other* curves is highest: a maximum that a curve
/// chose for itself would stand above its ends by noise alone. A single curve has to choose for itself.
///
/// @param tops the layer of each curve's own greatest value, the ends included
/// @param rise of each curve at the chosen layer, above its first value
/// @param fall of each curve from the chosen layer to its last value
record Peak(List<Integer> tops, Sample rise, Sample fall) {
    Peak {
        tops = List.copyOf(tops);
    }

    /// The peak of some curves; absent below three layers, where there is nothing between the ends.
    ///
    /// @param curves numbers by seed and layer, and no other coordinate of which there are several values
    static Optional<Peak> of(Sample curves) {
        int last = curves.isEmpty() ? 0 : curves.values(Index.LAYER).size() - 1;
        if (last < 2) {
            return Optional.empty();
        }
        List<Object> seeds = curves.values(Index.SEED);
        List<Integer> tops = new ArrayList<>();
        List<Sample> read = new ArrayList<>();
        for (Object seed : seeds) {
            Sample own = curves.where(Index.SEED, each -> each == (long) seed);
            Sample others = seeds.size() == 1 ? own : curves.where(Index.SEED, each -> each != (long) seed);
            tops.add(highest(mean(own), 0, last));
            read.add(own.at(Index.LAYER, highest(mean(others), 1, last - 1)));
        }
        Sample top = read.stream().reduce(Sample::and).orElseThrow();
        return Optional
                .of(new Peak(tops, top.minus(curves.at(Index.LAYER, 0)), top.minus(curves.at(Index.LAYER, last))));
    }

    /// How far the chosen layer lies above both ends.
    Sample height() {
        return rise.combine(fall, Math::min);
    }

    /// The layers between the ends at which the mean of the curves has a local maximum that stands out: it lies above
    /// the lowest point on its way to something higher, or to the end, on both sides, with the 95 % interval of the
    /// mean difference above 0. The layers are chosen on the same curves, so a small one among many layers may be
    /// chance. None for a single curve.
    static List<Integer> separate(Sample curves) {
        double[] mean = mean(curves);
        return IntStream.range(1, mean.length - 1)
                .filter(m -> mean[m] > mean[m - 1] && mean[m] >= mean[m + 1])
                .filter(m -> standsOut(curves, m, foot(mean, m, -1)) && standsOut(curves, m, foot(mean, m, 1)))
                .boxed().toList();
    }

    private static boolean standsOut(Sample curves, int layer, int foot) {
        return curves.at(Index.LAYER, layer).minus(curves.at(Index.LAYER, foot)).mean().interval(0.95)
                .filter(interval -> interval.low() > 0).isPresent();
    }

    private static int foot(double[] mean, int from, int direction) {
        int lowest = from;
        for (int m = from + direction; m >= 0 && m < mean.length && mean[m] <= mean[from]; m += direction) {
            if (mean[m] < mean[lowest]) {
                lowest = m;
            }
        }
        return lowest;
    }

    private static double[] mean(Sample curves) {
        SequencedMap<Double, Estimate> curve = curves.curve(Index.LAYER);
        return curve.values().stream().mapToDouble(Estimate::mean).toArray();
    }

    private static int highest(double[] curve, int from, int to) {
        int highest = from;
        for (int m = from + 1; m <= to; m++) {
            if (curve[m] > curve[highest]) {
                highest = m;
            }
        }
        return highest;
    }
}
