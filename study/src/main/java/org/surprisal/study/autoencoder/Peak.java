package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.information.statistics.PairedDifference;

/// Whether curves by depth rise to a peak between their ends and fall again.
///
/// Each curve's height is read at the layer where the mean of the *other* curves is highest: a maximum that a curve
/// chose for itself would stand above its ends by noise alone. Rise and fall get Student's t intervals over the curves.
/// A single curve has to choose for itself, and has no interval.
///
/// @param tops the layer of each curve's own greatest value, the ends included
/// @param last the number of the last layer
/// @param rise of each curve at the chosen layer, above its first value: mean and interval
/// @param fall of each curve from the chosen layer to its last value: mean and interval
record Peak(List<Integer> tops, int last, PairedDifference rise, PairedDifference fall) {
    Peak {
        tops = List.copyOf(tops);
    }

    /// What the curves do.
    enum Shape {
        /// It rises and falls again.
        PEAK("peak"),
        /// It is highest at the end.
        RISING("no peak: it ends higher"),
        /// No layer between the ends is above the first.
        FALLING("no peak: it falls from layer 0"),
        /// 0 is in the interval of the rise or of the fall.
        OPEN("open");

        private final String label;

        Shape(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /// The peak of some curves; absent below three layers, where there is nothing between the ends.
    ///
    /// @param curves at least one, all of one length
    static Optional<Peak> of(List<double[]> curves) {
        int last = curves.getFirst().length - 1;
        if (last < 2) {
            return Optional.empty();
        }
        int n = curves.size();
        double[] first = new double[n];
        double[] top = new double[n];
        double[] end = new double[n];
        List<Integer> tops = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] own = curves.get(i);
            List<double[]> others = new ArrayList<>(curves);
            if (n > 1) {
                others.remove(i);
            }
            first[i] = own[0];
            top[i] = own[highest(mean(others), 1, last - 1)];
            end[i] = own[last];
            tops.add(highest(own, 0, last));
        }
        return Optional.of(new Peak(tops, last, PairedDifference.of(first, top), PairedDifference.of(end, top)));
    }

    Verdict verdict() {
        return Verdict.above(rise).and(Verdict.above(fall));
    }

    Shape shape() {
        return switch (verdict()) {
            case HELD -> Shape.PEAK;
            case UNDECIDED -> Shape.OPEN;
            case DID_NOT_HOLD -> Verdict.above(rise) == Verdict.DID_NOT_HOLD ? Shape.FALLING : Shape.RISING;
        };
    }

    /// The layers between the ends at which the mean of the curves has a local maximum that stands out: it lies above
    /// the lowest point on its way to something higher, or to the end, on both sides, with the 95 % interval of the
    /// mean difference above 0. The layers are chosen on the same curves, so a small one among many layers may be
    /// chance. None for a single curve.
    static List<Integer> separate(List<double[]> curves) {
        double[] mean = mean(curves);
        return IntStream.range(1, mean.length - 1)
                .filter(m -> mean[m] > mean[m - 1] && mean[m] >= mean[m + 1])
                .filter(m -> standsOut(curves, m, foot(mean, m, -1)) && standsOut(curves, m, foot(mean, m, 1)))
                .boxed().toList();
    }

    private static boolean standsOut(List<double[]> curves, int layer, int foot) {
        return Verdict.above(PairedDifference.of(curves.stream().mapToDouble(curve -> curve[foot]).toArray(),
                curves.stream().mapToDouble(curve -> curve[layer]).toArray())) == Verdict.HELD;
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

    /// The mean curve.
    static double[] mean(List<double[]> curves) {
        return IntStream.range(0, curves.getFirst().length)
                .mapToDouble(m -> curves.stream().mapToDouble(curve -> curve[m]).average().orElseThrow()).toArray();
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
