package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The answers of [PairwiseDistance] over a range of noise variances, from one walk over the pairs of samples, and the
/// range over which they hardly depend on the noise.
///
/// @param points at least one, by rising variance
public record NoiseSweep(List<Point> points) {

    /// Below this share of its ceiling an answer says that there is nothing but noise.
    private static final double DROWNED = 0.01;
    /// A bracket wider than this share of its ceiling says little.
    private static final double WIDEST = 0.5;
    /// Variances of a sweep at most.
    private static final int MOST_POINTS = 1000;

    /// The answers at one variance.
    ///
    /// @param variance of the noise
    /// @param input I(X;T) with its bracket
    /// @param output I(T;Y) with its bracket, where there are labels
    public record Point(double variance, MutualInformation input, Optional<MutualInformation> output) {}

    /// A range of noise variances over which an answer is stable.
    ///
    /// @param lowest variance
    /// @param highest variance
    /// @param least the lowest lower bound within the range, in nats
    /// @param most the highest upper bound within the range, in nats
    public record StableRange(double lowest, double highest, double least, double most) {

        /// ln(highest / lowest).
        public double eFolds() {
            return Math.log(highest / lowest);
        }
    }

    /// A sweep.
    public NoiseSweep {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a noise sweep of no variances, at least one needed");
        }
    }

    /// I(X;T) at `lowest` 2^(k / perOctave), k = 0, 1, …, as far as `highest`.
    ///
    /// @param lowest variance, from 1e-300
    /// @param highest variance, not below `lowest`, to 1e300
    /// @param perOctave variances between one and its double, at least 1
    /// @throws IllegalArgumentException if the range is none, has more than 1000 variances, or there is one sample only
    public static NoiseSweep ofInput(Continuous samples, double lowest, double highest, int perOctave) {
        return sweep(samples, null, lowest, highest, perOctave);
    }

    /// I(X;T) and I(T;Y) at the variances of [#ofInput].
    ///
    /// @throws IllegalArgumentException as [#ofInput], and if the numbers of samples and labels differ
    public static NoiseSweep ofLabels(Continuous samples, Discrete labels, double lowest, double highest,
            int perOctave) {
        return sweep(samples, labels, lowest, highest, perOctave);
    }

    private static NoiseSweep sweep(Continuous samples, @Nullable Discrete labels, double lowest, double highest,
            int perOctave) {
        Variable.requirePairs(samples, labels == null ? samples : labels, 2);
        if (!(1e-300 <= lowest && lowest <= highest && highest <= 1e300) || perOctave < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "noise variances from %s to %s, %d an octave: 1e-300 <= lowest <= highest <= 1e300 and"
                                    + " at least 1 an",
                            lowest, highest, perOctave) + " octave needed");
        }
        // A highest variance that is a step but for rounding counts.
        double steps = Math.floor(Math.log(highest / lowest) / Math.log(2) * perOctave + 1e-9);
        if (steps >= MOST_POINTS) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "noise variances from %s to %s, %d an octave: more than %d",
                            lowest, highest, perOctave, MOST_POINTS));
        }
        int count = (int) steps + 1;
        Widths widths = new Widths(count, perOctave, lowest);
        GaussianOverlaps overlaps = GaussianOverlaps.of(samples, widths.values, labels);
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double variance = widths.variance(k);
            Map<String, Object> settings = Map.of("noiseVariance", variance);
            // The narrow width of a variance is the wide one of a quarter of it.
            int wide = widths.place(k + 2 * perOctave);
            int narrow = widths.place(k);
            points.add(new Point(variance,
                    PairwiseDistance.ofInput(samples, overlaps, wide, narrow, settings),
                    Optional.ofNullable(labels).map(
                            y -> PairwiseDistance.ofLabels(y, overlaps, wide, narrow, settings))));
        }
        return new NoiseSweep(points);
    }

    /// The widths 2 v of all variances and of those two octaves above the last, in chains from wide to narrow in which
    /// each is half the one before.
    private static final class Widths {
        private final double lowest;
        private final int perOctave;
        private final double[] values;
        private final int[] places;

        Widths(int count, int perOctave, double lowest) {
            this.lowest = lowest;
            this.perOctave = perOctave;
            int total = count + 2 * perOctave;
            values = new double[total];
            places = new int[total];
            int place = 0;
            for (int offset = 0; offset < perOctave; offset++) {
                for (int k = offset + (total - 1 - offset) / perOctave * perOctave; k >= offset; k -= perOctave) {
                    values[place] = 2 * variance(k);
                    places[k] = place++;
                }
            }
        }

        /// Doubled exactly from octave to octave.
        double variance(int k) {
            return Math.scalb(lowest * Math.pow(2, (double) (k % perOctave) / perOctave), k / perOctave);
        }

        int place(int k) {
            return places[k];
        }
    }

    /// The longest range over which I(X;T) is stable; see [#stableOutput(double)].
    ///
    /// @param slope nats per e-fold of the variance, above 0
    /// @throws IllegalArgumentException if `slope` is not above 0
    public Optional<StableRange> stableInput(double slope) {
        return stable(Point::input, slope);
    }

    /// The longest range, at least one e-fold of the variance, over which I(T;Y) is stable: between neighbouring
    /// variances both ends of its bracket change by less than `slope` nats per e-fold. Variances at which stability
    /// says nothing are not in it: those that tell nearly every sample apart (the lower bound of I(X;T) is 99 % of ln n
    /// or more), those at which the noise drowns the answer (its upper bound is below 1 % of its ceiling), and those at
    /// which the bracket is wider than half its ceiling, which rests at 0 and at the ceiling for no merit of its own.
    /// Nothing if there is no such range: then a value is one of the noise that was chosen, and to be quoted with it.
    ///
    /// @param slope nats per e-fold of the variance, above 0
    /// @throws IllegalArgumentException if `slope` is not above 0, or the sweep has no labels
    public Optional<StableRange> stableOutput(double slope) {
        return stable(point -> point.output().orElseThrow(
                () -> new IllegalArgumentException("a sweep without labels has no I(T;Y): labels needed")), slope);
    }

    private Optional<StableRange> stable(Function<Point, MutualInformation> answer, double slope) {
        if (!(slope > 0)) {
            throw new IllegalArgumentException("slope = %s nat per e-fold, a value > 0 needed".formatted(slope));
        }
        List<StableRange> ranges = new ArrayList<>();
        int first = 0;
        for (int k = 0; k < points.size(); k++) {
            if (!tells(points.get(k), answer)) {
                first = k + 1;
            } else if (k > first && !calm(points.get(k - 1), points.get(k), answer, slope)) {
                first = k;
            }
            if (first < k) {
                ranges.add(range(points.subList(first, k + 1), answer));
            }
        }
        return ranges.stream().filter(range -> range.eFolds() >= 1)
                .max(Comparator.comparingDouble(StableRange::eFolds));
    }

    private static boolean tells(Point point, Function<Point, MutualInformation> answer) {
        MutualInformation input = point.input();
        MutualInformation told = answer.apply(point);
        double ceiling = told.ceiling().orElseThrow();
        double upper = told.upper().orElseThrow();
        return input.lower().orElseThrow() < PairwiseDistance.TOLD_APART * input.ceiling().orElseThrow()
                && upper >= DROWNED * ceiling && upper - told.lower().orElseThrow() <= WIDEST * ceiling;
    }

    private static boolean calm(Point a, Point b, Function<Point, MutualInformation> answer, double slope) {
        double allowed = slope * Math.log(b.variance() / a.variance());
        MutualInformation before = answer.apply(a);
        MutualInformation after = answer.apply(b);
        return Math.abs(after.lower().orElseThrow() - before.lower().orElseThrow()) < allowed
                && Math.abs(after.upper().orElseThrow() - before.upper().orElseThrow()) < allowed;
    }

    private static StableRange range(List<Point> points, Function<Point, MutualInformation> answer) {
        double[] lower = points.stream().mapToDouble(p -> answer.apply(p).lower().orElseThrow()).toArray();
        double[] upper = points.stream().mapToDouble(p -> answer.apply(p).upper().orElseThrow()).toArray();
        return new StableRange(points.getFirst().variance(), points.getLast().variance(),
                Arrays.stream(lower).min().orElseThrow(), Arrays.stream(upper).max().orElseThrow());
    }
}
