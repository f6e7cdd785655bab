package org.surprisal.information.mutual;

/// The exact information of a one-dimensional channel with Gaussian noise and equally likely inputs, by quadrature.
final class GaussianChannel {

    private GaussianChannel() {
    }

    /// I(X;T) = h(T) - ½ ln(2πe v) of T = a random one of `points` plus N(0, v), by the trapezoid rule, which converges
    /// faster than any power for such integrands.
    static double information(double[] points, double variance) {
        double deviation = Math.sqrt(variance);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double point : points) {
            low = Math.min(low, point - 12 * deviation);
            high = Math.max(high, point + 12 * deviation);
        }
        double step = deviation / 20;
        double entropy = 0;
        for (double t = low; t <= high; t += step) {
            double density = 0;
            for (double point : points) {
                density += Math.exp(-(t - point) * (t - point) / (2 * variance))
                        / Math.sqrt(2 * Math.PI * variance) / points.length;
            }
            entropy -= density > 0 ? step * density * Math.log(density) : 0;
        }
        return entropy - 0.5 * Math.log(2 * Math.PI * Math.E * variance);
    }
}
