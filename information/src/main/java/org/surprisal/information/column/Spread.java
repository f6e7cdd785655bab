package org.surprisal.information.column;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.surprisal.information.Moments;

/// Centre and spread of one coordinate, from the values that lie near the others.
///
/// A single value of 1e6 among a thousand of order 1 makes their standard deviation 3e4, and a coordinate divided by
/// that is squeezed into a point. Such values are recognised as follows. The trimmed deviation is the standard
/// deviation without the 1 % smallest and the 1 % largest values (at least one of each); where more than half of the
/// values are equal, as zeros behind a ReLU are, it is the root mean square of the other values' distances from that
/// value, trimmed alike. A value is far if it lies more than 10 trimmed deviations from the centre, and far values
/// count as such only if the standard deviation of all values is more than 5 times that of the near ones. Tails of the
/// log-normal, Student's t with 2 degrees of freedom or the cube of a normal number are rarely so heavy; at a ratio of
/// 5 nearest neighbours lose 2 % of an information of 2.3 nat.
///
/// @param centre the mean of the near values
/// @param deviation the population standard deviation of the near values, above 0
/// @param far number of far values; 0 where centre and deviation are those of all values
/// @param farthest the far value that lies farthest from the centre; the centre if there is none
public record Spread(double centre, double deviation, int far, double farthest) {

    private static final int TRIMMED = 100;
    private static final double FENCE = 10;
    private static final double RATIO = 5;
    /// Fewer values do not say which of them are usual.
    private static final int FEWEST = 10;

    /// The spread of values that are not all equal.
    ///
    /// @throws IllegalArgumentException if the mean or the variance overflows and a few far values are not the reason
    public static Spread of(double[] column) {
        return ofNear(column).orElseGet(() -> {
            Moments moments = Moments.of(column);
            return new Spread(moments.mean(), moments.standardDeviation(), 0, moments.mean());
        });
    }

    /// The spread without far values; empty if there are none.
    public static Optional<Spread> ofNear(double[] column) {
        double[] sorted = column.clone();
        Arrays.sort(sorted);
        double[] near = near(sorted);
        if (near.length == sorted.length || near[0] == near[near.length - 1]) {
            return Optional.empty();
        }
        Moments moments = Moments.of(near);
        if (deviation(sorted) <= RATIO * moments.standardDeviation()) {
            return Optional.empty();
        }
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        return Optional.of(new Spread(moments.mean(), moments.standardDeviation(), sorted.length - near.length,
                high - moments.mean() > moments.mean() - low ? high : low));
    }

    /// Says which values are far, without a full stop.
    ///
    /// @param n number of values of a coordinate
    /// @param far the spreads of coordinates with far values by number of the coordinate, at least one
    public static String sentence(String name, int n, SortedMap<Integer, Spread> far) {
        Spread first = far.values().iterator().next();
        String values = String.format(Locale.ROOT,
                "%d of %d values of coordinate %d of %s %s far from the others (up to %.4g; standard deviation of"
                        + " the others %.4g)",
                first.far, n, far.firstKey(), name, first.far == 1 ? "lies" : "lie", first.farthest, first.deviation);
        return far.size() == 1
                ? values
                : values + String.format(Locale.ROOT, ", and there are such values in %d more coordinates",
                        far.size() - 1);
    }

    /// Infinite where it overflows.
    private static double deviation(double[] values) {
        double largest = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        double mean = Arrays.stream(values).map(x -> x / largest).average().orElseThrow();
        double squares = Arrays.stream(values).map(x -> x / largest - mean).map(d -> d * d).sum();
        return largest * Math.sqrt(squares / values.length);
    }

    private static double[] near(double[] sorted) {
        double median = sorted[sorted.length / 2];
        int equal = (int) Arrays.stream(sorted).filter(x -> x == median).count();
        boolean atom = 2 * equal > sorted.length;
        double[] others = atom ? Arrays.stream(sorted).filter(x -> x != median).toArray() : sorted;
        if (others.length < FEWEST) {
            return sorted;
        }
        int cut = Math.max(1, others.length / TRIMMED);
        double[] middle = Arrays.copyOfRange(others, cut, others.length - cut);
        // Differences from a value among them overflow only where the middle itself does.
        double origin = atom ? median : middle[middle.length / 2];
        double centre = atom ? median : origin + Arrays.stream(middle).map(x -> x - origin).average().orElseThrow();
        double deviation = Math
                .sqrt(Arrays.stream(middle).map(x -> x - centre).map(d -> d * d).average().orElseThrow());
        if (!(deviation > 0 && Double.isFinite(deviation))) {
            return sorted;
        }
        return Arrays.stream(sorted).filter(x -> Math.abs(x - centre) <= FENCE * deviation).toArray();
    }
}
