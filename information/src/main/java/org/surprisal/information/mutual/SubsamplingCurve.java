package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.surprisal.information.Moments;
import org.surprisal.tensor.RandomStream;

/// How an estimate changes with the number of samples, from the samples there are: they are divided at random into m
/// disjoint parts, m = 1 … M, and each part is estimated by itself (Holmes & Nemenman 2019). A curve that still rises
/// or falls at the full number says that the estimate is biased there.
///
/// @param points one for each m, the full set of samples first
public record SubsamplingCurve(List<Point> points) {

    /// The estimates of the parts of one division.
    ///
    /// @param parts m
    /// @param n samples of a part, ⌊N/m⌋
    /// @param mean mean of the estimates, in nats
    /// @param variance unbiased variance of the estimates; 0 for one part
    public record Point(int parts, int n, double mean, double variance) {}

    /// @throws IllegalArgumentException if all points have one number of samples, or none is of more than one part
    public SubsamplingCurve {
        points = List.copyOf(points);
        if (points.stream().mapToInt(Point::n).distinct().count() < 2
                || points.stream().noneMatch(point -> point.parts() > 1)) {
            throw new IllegalArgumentException(
                    "a curve needs points of different numbers of samples, one of 2 parts at least: %s"
                            .formatted(points));
        }
    }

    /// Estimates 1 + 2 + … + M times.
    ///
    /// @param mostParts M, at least 2
    /// @param stream division m is drawn from its child m
    /// @throws IllegalArgumentException if `mostParts` is below 2, the numbers of samples differ, or the estimator
    /// refuses a part (as too small, say)
    public static SubsamplingCurve of(MutualInformationEstimator estimator, Variable x, Variable y, int mostParts,
            RandomStream stream) {
        int n = Variable.requirePairs(x, y, 2);
        if (mostParts < 2 || mostParts > n / 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "parts = %d, from 2 to %d of %d samples needed", mostParts,
                            n / 2, n));
        }
        List<Point> points = new ArrayList<>();
        for (int m = 1; m <= mostParts; m++) {
            int[] order = stream.child(m).permutation(n);
            int size = n / m;
            double[] values = new double[m];
            for (int part = 0; part < m; part++) {
                int[] samples = Arrays.copyOfRange(order, part * size, (part + 1) * size);
                Arrays.sort(samples);
                values[part] = estimator.estimate(x.take(samples), y.take(samples)).value();
            }
            Moments moments = Moments.of(values);
            points.add(new Point(m, size, moments.mean(), m == 1 ? 0 : moments.sampleVariance()));
        }
        return new SubsamplingCurve(points);
    }

    /// The value for infinitely many samples if the bias is proportional to 1/n: the intercept of a straight line
    /// through the means against 1/n, all weighed alike (the variance of a part grows as m, that of the mean of m parts
    /// does not). Plug-in estimates of well-sampled tables have such a bias; where it is of another form the number is
    /// no more than a hint.
    public double extrapolated() {
        double meanX = points.stream().mapToDouble(p -> 1.0 / p.n()).average().orElseThrow();
        double meanY = points.stream().mapToDouble(Point::mean).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (Point point : points) {
            double dx = 1.0 / point.n() - meanX;
            covariance += dx * (point.mean() - meanY);
            variance += dx * dx;
        }
        return meanY - covariance / variance * meanX;
    }

    /// Standard error of the estimate from all samples: the variance of a part of n/m samples is taken as m times that
    /// of the whole, and the divisions are pooled by their degrees of freedom (Holmes & Nemenman 2019).
    public double standardError() {
        double sum = 0;
        int degrees = 0;
        for (Point point : points) {
            sum += (point.parts() - 1) * point.variance() / point.parts();
            degrees += point.parts() - 1;
        }
        return Math.sqrt(sum / degrees);
    }
}
