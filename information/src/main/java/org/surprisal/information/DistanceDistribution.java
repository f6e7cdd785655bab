package org.surprisal.information;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.information.internal.Samples;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The Euclidean distances between the rows of a matrix, the activations of a layer say (Landsverk's Figs 5.9, 5.11,
/// 5.12).
///
/// All n (n-1)/2 pairs, or, where these are more than a limit, so many pairs drawn independently and uniformly (with
/// replacement) by a seeded stream: then mean and quantiles are estimates, and the largest distance is that of the
/// pairs that were drawn. Distances are sums of squared differences in double precision, of differences divided by the
/// largest where their squares would leave its range; 8 bytes are held for each. O(pairs d).
public final class DistanceDistribution {

    /// The limit where the caller names none, 2^23: 64 MiB, all pairs of up to 4,096 rows.
    public static final int DEFAULT_PAIRS = 1 << 23;

    /// Beyond these, squares of distances are not looked at unscaled.
    private static final double SMALL = 1e-140;
    private static final double LARGE = 1e140;

    private final int rows;
    private final boolean exact;
    private final double[] sorted;
    /// Of the distances times 2^-exponent.
    private final Moments scaled;
    private final int exponent;

    private DistanceDistribution(int rows, boolean exact, double[] distances) {
        this.rows = rows;
        this.exact = exact;
        Arrays.sort(distances);
        this.sorted = distances;
        double largest = distances[distances.length - 1];
        exponent = largest > 0 && (largest < SMALL || largest > LARGE) ? Math.getExponent(largest) : 0;
        scaled = Moments.of(
                exponent == 0 ? distances : Arrays.stream(distances).map(x -> Math.scalb(x, -exponent)).toArray());
    }

    /// The distances of a matrix's rows, of all pairs up to [#DEFAULT_PAIRS].
    ///
    /// @param values shape (n, d) or (n, …), flattened to (n, d); n at least 2
    /// @param stream seed of the pairs, where not all are taken
    /// @throws IllegalArgumentException if there are fewer rows, a value is not finite, or a distance overflows
    public static DistanceDistribution of(Tensor values, RandomStream stream) {
        return of(values, DEFAULT_PAIRS, stream);
    }

    /// The distances of a matrix's rows.
    ///
    /// @param values shape (n, d) or (n, …), flattened to (n, d); n at least 2
    /// @param maximumPairs the most pairs that are looked at, at least 1
    /// @param stream seed of the pairs, where not all are taken
    /// @throws IllegalArgumentException if there are fewer rows, a value is not finite, a distance overflows, or
    /// `maximumPairs` is below 1
    public static DistanceDistribution of(Tensor values, int maximumPairs, RandomStream stream) {
        if (values.rank() == 0 || values.size() == 0 || values.length(0) < 2) {
            throw new IllegalArgumentException(
                    "values have the shape %s, at least 2 rows needed for a distance".formatted(values.shape()));
        }
        if (maximumPairs < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "maximumPairs = %d, at least 1 needed", maximumPairs));
        }
        int n = values.length(0);
        double[] rows = values.toDoubles();
        Samples.requireFinite("values", rows, 1);
        int d = rows.length / n;
        long pairs = (long) n * (n - 1) / 2;
        boolean exact = pairs <= maximumPairs;
        return new DistanceDistribution(n, exact,
                exact ? all(rows, n, d, (int) pairs) : drawn(rows, n, d, maximumPairs, stream));
    }

    private static double[] all(double[] rows, int n, int d, int pairs) {
        double[] distances = new double[pairs];
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                distances[pair++] = distance(rows, i, j, d);
            }
        }
        return distances;
    }

    private static double[] drawn(double[] rows, int n, int d, int pairs, RandomStream stream) {
        double[] distances = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            int i = stream.nextInt(n);
            int other = stream.nextInt(n - 1);
            distances[pair] = distance(rows, i, other < i ? other : other + 1, d);
        }
        return distances;
    }

    private static double distance(double[] rows, int i, int j, int d) {
        double sum = 0;
        for (int l = 0; l < d; l++) {
            double difference = rows[i * d + l] - rows[j * d + l];
            sum += difference * difference;
        }
        return sum >= SMALL * SMALL && sum <= LARGE * LARGE ? Math.sqrt(sum) : extremeDistance(rows, i, j, d);
    }

    private static double extremeDistance(double[] rows, int i, int j, int d) {
        double largest = 0;
        for (int l = 0; l < d; l++) {
            largest = Math.max(largest, Math.abs(rows[i * d + l] - rows[j * d + l]));
        }
        double sum = 0;
        for (int l = 0; l < d && largest > 0; l++) {
            double ratio = (rows[i * d + l] - rows[j * d + l]) / largest;
            sum += ratio * ratio;
        }
        double distance = largest * Math.sqrt(sum);
        if (!(distance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "the distance of rows %d and %d overflows a double", i, j));
        }
        return distance;
    }

    /// Number of rows n.
    public int rows() {
        return rows;
    }

    /// Number of pairs that were looked at.
    public int pairs() {
        return sorted.length;
    }

    /// Whether these are all pairs.
    public boolean exact() {
        return exact;
    }

    /// Mean and standard deviation of the distances, and the shape of their distribution. Of drawn pairs the mean has
    /// the standard error √(variance / pairs) as an estimate of that of all pairs. A variance outside the range of a
    /// double comes out as 0 or infinite; [#standardDeviation] does not.
    public Moments moments() {
        return exponent == 0
                ? scaled
                : new Moments(scaled.count(), mean(), Math.scalb(scaled.variance(), 2 * exponent), scaled.skewness(),
                        scaled.excessKurtosis());
    }

    /// The mean distance.
    public double mean() {
        return Math.scalb(scaled.mean(), exponent);
    }

    /// The standard deviation of the distances, divided by their number.
    public double standardDeviation() {
        return Math.scalb(scaled.standardDeviation(), exponent);
    }

    /// The smallest distance.
    public double smallest() {
        return sorted[0];
    }

    /// The largest distance; of drawn pairs a lower bound of that of all.
    public double largest() {
        return sorted[sorted.length - 1];
    }

    /// The q-quantile, interpolated linearly between order statistics (type 7 of Hyndman & Fan 1996, NumPy's
    /// `percentile`). Of drawn pairs it lies, with a standard error of √(q (1-q) / pairs) in q, at that quantile of all
    /// pairs.
    ///
    /// @param q from 0 to 1
    /// @throws IllegalArgumentException if `q` is outside
    public double quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q = %s, a value from 0 to 1 needed".formatted(q));
        }
        return Quartiles.quantile(sorted, q);
    }

    /// Counts in equal bins from 0 to the largest distance.
    ///
    /// @param bins at least 1
    /// @throws IllegalArgumentException if `bins` is below 1
    /// @throws IllegalStateException if all distances are 0
    public Histogram histogram(int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "bins = %d, at least 1 needed", bins));
        }
        if (largest() == 0) {
            throw new IllegalStateException("all distances are 0, a histogram needs a range");
        }
        double[] edges = new double[bins + 1];
        for (int i = 0; i < bins; i++) {
            edges[i] = largest() * i / bins;
        }
        edges[bins] = largest();
        return Histogram.withEdges(sorted, edges);
    }
}
