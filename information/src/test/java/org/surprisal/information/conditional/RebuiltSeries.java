package org.surprisal.information.conditional;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Samples that any language rebuilds bit for bit, of which JIDT's answers were recorded, and drawn time series.
final class RebuiltSeries {

    /// The fraction of 1000 √(i + 2.7), i = 0 … 299.
    static final double[] X = fractions(2.7);
    static final double[] NOISE = fractions(500.7);
    static final double[] OTHER = fractions(900.3);
    /// x² + 0.3 noise + 0.5 other.
    static final double[] Y = IntStream.range(0, 300)
            .mapToDouble(i -> X[i] * X[i] + 0.3 * NOISE[i] + 0.5 * OTHER[i]).toArray();
    /// y_i = 0.5 y_(i-1) + x_(i-1) x_(i-2) + 0.2 noise_i, with 0 for x before the first, from y_0 = noise_0 on.
    static final double[] DRIVEN = driven();

    private RebuiltSeries() {
    }

    private static double[] fractions(double offset) {
        return IntStream.range(0, 300).mapToDouble(i -> 1000 * Math.sqrt(i + offset)).map(v -> v - Math.floor(v))
                .toArray();
    }

    private static double[] driven() {
        double[] y = new double[300];
        y[0] = NOISE[0];
        for (int i = 1; i < 300; i++) {
            y[i] = 0.5 * y[i - 1] + X[i - 1] * (i > 1 ? X[i - 2] : 0) + 0.2 * NOISE[i];
        }
        return y;
    }

    /// A variable of these coordinates.
    static Continuous variable(String name, double[]... columns) {
        double[] rows = IntStream.range(0, columns[0].length).boxed()
                .flatMapToDouble(i -> Arrays.stream(columns).mapToDouble(column -> column[i])).toArray();
        return Continuous.of(name, Tensor.of(rows, columns[0].length, columns.length));
    }

    /// x_t = a x_(t-1) + e_t and y_t = b y_(t-1) + c x_(t-1) + f_t with normal e and f of variance 1, after 200 steps
    /// that are left out.
    static double[][] coupled(double a, double b, double c, int n, RandomStream stream) {
        double[] x = new double[n];
        double[] y = new double[n];
        double lastX = 0;
        double lastY = 0;
        for (int t = -200; t < n; t++) {
            double nextX = a * lastX + stream.nextGaussian();
            lastY = b * lastY + c * lastX + stream.nextGaussian();
            lastX = nextX;
            if (t >= 0) {
                x[t] = lastX;
                y[t] = lastY;
            }
        }
        return new double[][]{x, y};
    }

    /// The transfer entropy of the coupled series with one value of each past: ½ ln of the variance of y_t given
    /// y_(t-1), for that given both pasts is 1. With v the variances and g the covariance of the stationary series,
    /// v_x = 1/(1 - a²), g = a c v_x/(1 - a b), v_y = (c² v_x + 2 b c g + 1)/(1 - b²), and y_t, y_(t-1) have the
    /// covariance b v_y + c g.
    static double transfer(double a, double b, double c) {
        double vx = 1 / (1 - a * a);
        double g = a * c * vx / (1 - a * b);
        double vy = (c * c * vx + 2 * b * c * g + 1) / (1 - b * b);
        double lagged = b * vy + c * g;
        return 0.5 * Math.log(vy - lagged * lagged / vy);
    }
}
