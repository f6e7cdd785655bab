package org.surprisal.tensor.kernel;

/// The error function and the normal distribution function in float64, within 1e-15 of their value (relative), far
/// tails included; StrictMath has neither.
///
/// erf near 0 is its Maclaurin series; elsewhere both stand on erfcx(z) = e^(z^2) erfc z, which is smooth on z >= 0 and
/// falls like 1/z. (1 + 2z) erfcx(z) is a Chebyshev series in t = (z - 3.5) / (z + 3.5), the form of Shepherd and
/// Laframboise, 'Chebyshev approximation of (1 + 2x) exp(x^2) erfc x in 0 <= x < infinity', Mathematics of Computation
/// 36 (1981) 249. The coefficients here were computed for this map of the axis, with 40 digits, from 80 Chebyshev
/// nodes.
final class ErrorFunction {
    private static final double CENTRE = 3.5;
    private static final double[] SERIES = {1.177632731636124, -0.001630177283414629, -0.08733682573463146,
            0.05800974837029327, -0.024340115396182225, 0.007529483715635749, -0.0017438817577112521,
            0.00028269829816555584, -2.31849116112635e-05, -2.111766698133041e-06, 8.765760156892822e-07,
            -6.105702635086118e-08, -1.7116664716341917e-08, 3.391360268611259e-09, 2.54661619366046e-10,
            -1.2482784079516295e-10, -2.2122757753433792e-12, 4.4272603638230294e-12, -3.367266128031013e-14,
            -1.6519256000923578e-13, 1.9024103044538835e-15, 6.601187937172832e-15, 2.880282449409004e-17,
            -2.7791709635743296e-16, -1.0764465740332641e-17, 1.1885144203998814e-17};
    /// Below this the Maclaurin series loses no digits to cancellation; above, 1 - erfc loses none.
    private static final double SMALL = 1;
    /// 1 - erf is below half a unit in the last place of 1 from here on.
    private static final double ERF_HIGH = 6;
    /// The normal distribution function underflows to 0 below minus this.
    private static final double NORMAL_HIGH = 39;

    /// e^(-x^2) underflows to 0 from here on.
    private static final double GAUSSIAN_HIGH = 28;

    private ErrorFunction() {
    }

    /// 2 / sqrt(pi) times the integral of e^(-u^2) from 0 to x.
    static double erf(double x) {
        double z = Math.abs(x);
        if (z < SMALL) {
            return maclaurin(x);
        }
        double bounded = Math.min(z, ERF_HIGH);
        return Math.copySign(1 - expOfMinusSquare(bounded, 1) * erfcx(bounded), x);
    }

    /// The probability that a standard normal variable is below x: (1 + erf(x / sqrt 2)) / 2 without its cancellation.
    static double normalCdf(double x) {
        double a = Math.min(Math.abs(x), NORMAL_HIGH);
        double tail = 0.5 * expOfMinusSquare(a, 0.5) * erfcx(a * Math.sqrt(0.5));
        return x < 0 ? tail : 1 - tail;
    }

    /// e^(-x^2).
    static double gaussian(double x) {
        return expOfMinusSquare(Math.min(Math.abs(x), GAUSSIAN_HIGH), 1);
    }

    /// e^(-x^2 / 2).
    static double halfGaussian(double x) {
        return expOfMinusSquare(Math.min(Math.abs(x), NORMAL_HIGH), 0.5);
    }

    private static double maclaurin(double x) {
        double square = x * x;
        double power = x;
        double sum = x;
        for (int n = 1; Math.abs(power) > 1e-18 * Math.abs(x); n++) {
            power *= -square / n;
            sum += power / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    /// e^(-scale x^2). The rounding error of x^2, harmful in an exponent of hundreds, is taken along.
    private static double expOfMinusSquare(double x, double scale) {
        double square = x * x;
        double error = Math.fma(x, x, -square);
        return StrictMath.exp(-scale * square) * (1 - scale * error);
    }

    /// e^(z^2) erfc z for z >= 0, by Clenshaw's recurrence.
    private static double erfcx(double z) {
        double t = (z - CENTRE) / (z + CENTRE);
        double next = 0;
        double afterNext = 0;
        for (int n = SERIES.length - 1; n > 0; n--) {
            double current = 2 * t * next - afterNext + SERIES[n];
            afterNext = next;
            next = current;
        }
        return (t * next - afterNext + SERIES[0]) / (1 + 2 * z);
    }
}
