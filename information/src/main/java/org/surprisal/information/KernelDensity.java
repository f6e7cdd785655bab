package org.surprisal.information;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.information.internal.Samples;

/// Density estimated from samples by a Gaussian kernel: (1/(n h √(2π))) Σ exp(-(x - x_i)²/(2h²)).
///
/// Immutable: the samples are copied. Each value costs one pass over the samples.
public final class KernelDensity {

    /// Beyond this many bandwidths from the outermost sample the density has less than 1e-15 of its mass.
    private static final double REACH = 8;

    private final double[] samples;
    private final double bandwidth;

    /// A density with a bandwidth of the caller's choice.
    ///
    /// @param samples at least one finite value
    /// @param bandwidth standard deviation h of the kernel, finite and above 0, in units of the samples
    /// @throws IllegalArgumentException if there are no samples, one is not finite, or the bandwidth is not above 0
    public KernelDensity(double[] samples, double bandwidth) {
        Samples.requireFinite("samples", samples, 1);
        this.samples = samples.clone();
        this.bandwidth = Samples.requirePositive("bandwidth", bandwidth);
    }

    /// A density whose bandwidth a rule chooses.
    ///
    /// @param samples at least two finite values, not all equal
    /// @param rule what chooses the bandwidth
    /// @throws IllegalArgumentException if there are fewer, one is not finite, or all are equal
    public static KernelDensity of(double[] samples, BandwidthRule rule) {
        return new KernelDensity(samples, rule.bandwidth(samples));
    }

    /// Standard deviation h of the kernel.
    public double bandwidth() {
        return bandwidth;
    }

    /// Density at `x`.
    public double density(double x) {
        Samples.requireFinite("x", x);
        double sum = 0;
        for (double sample : samples) {
            double d = (x - sample) / bandwidth;
            sum += Math.exp(-0.5 * d * d);
        }
        return sum / (samples.length * bandwidth * Math.sqrt(2 * Math.PI));
    }

    /// ln of the density at `x`, finite however far `x` lies from the samples unless the squared distance in bandwidths
    /// itself overflows: then negative infinity.
    public double logDensity(double x) {
        Samples.requireFinite("x", x);
        return logKernelSum(x, -1) - Math.log(samples.length * bandwidth * Math.sqrt(2 * Math.PI));
    }

    /// At each sample ln of the density of all others, (1/((n-1) h √(2π))) Σ_{j≠i} exp(-(x_i - x_j)²/(2h²)), shape (n).
    ///
    /// @throws IllegalStateException if there is one sample only
    public double[] leaveOneOutLogDensities() {
        int others = samples.length - 1;
        if (others == 0) {
            throw new IllegalStateException("one sample has no others: at least 2 needed");
        }
        double[] logs = new double[samples.length];
        Arrays.setAll(logs, i -> logKernelSum(samples[i], i)
                - Math.log(others * bandwidth * Math.sqrt(2 * Math.PI)));
        return logs;
    }

    /// ln Σ exp(-(x - x_i)²/(2h²)) over the samples but `except`, the nearest one's term taken out of the sum so that
    /// it does not underflow.
    private double logKernelSum(double x, int except) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < samples.length; i++) {
            if (i != except) {
                nearest = Math.min(nearest, Math.abs(x - samples[i]) / bandwidth);
            }
        }
        double smallest = 0.5 * nearest * nearest;
        if (smallest == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double sum = 0;
        for (int i = 0; i < samples.length; i++) {
            if (i != except) {
                double d = (x - samples[i]) / bandwidth;
                sum += Math.exp(smallest - 0.5 * d * d);
            }
        }
        return Math.log(sum) - smallest;
    }

    /// Densities at each of `points`, shape as given.
    public double[] density(double[] points) {
        return Arrays.stream(points).map(this::density).toArray();
    }

    /// Equally spaced points that hold the whole density: from 8 bandwidths below the smallest sample to 8 above the
    /// largest. The trapezoid rule over them integrates the density to 1 if they lie closer than about one bandwidth.
    ///
    /// @param count number of points, at least 2
    public double[] grid(int count) {
        if (count < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "count = %d, a grid needs at least 2 points", count));
        }
        double low = Arrays.stream(samples).min().orElseThrow() - REACH * bandwidth;
        double high = Arrays.stream(samples).max().orElseThrow() + REACH * bandwidth;
        double[] points = new double[count];
        for (int i = 0; i < count; i++) {
            points[i] = low + (high - low) * i / (count - 1);
        }
        return points;
    }
}
