package org.surprisal.information.internal;

/// ln of the mean of e^t over numbers t, without overflow: the largest is taken out first.
public final class LogMeanExp {

    private LogMeanExp() {
    }

    /// Returns the logarithm of the mean.
    ///
    /// @param values at least one, finite
    public static double of(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum / values.length);
    }
}
