package org.surprisal.bench.growth;

/// y = factor x^exponent, by least squares of ln y on ln x.
///
/// @param factor   at x = 1
/// @param exponent of x
/// @param error    standard error of the exponent, from the scatter about the line, n - 2 degrees of freedom
public record PowerLaw(double factor, double exponent, double error) {
    /// The fewest points that say anything of their scatter about a line.
    private static final int FEWEST = 3;

    /// The fit to at least three points of positive numbers with more than one x.
    ///
    /// @throws IllegalArgumentException if they are not
    public static PowerLaw through(double[] x, double[] y) {
        int n = x.length;
        if (n < FEWEST || y.length != n) {
            throw new IllegalArgumentException(
                    n + " x and " + y.length + " y, as many of both and at least " + FEWEST + " needed");
        }
        double[] u = logarithms("x", x);
        double[] v = logarithms("y", y);
        double meanU = mean(u);
        double meanV = mean(v);
        double uu = 0;
        double uv = 0;
        for (int i = 0; i < n; i++) {
            uu += (u[i] - meanU) * (u[i] - meanU);
            uv += (u[i] - meanU) * (v[i] - meanV);
        }
        if (!(uu > 0)) {
            throw new IllegalArgumentException("all points have one x: growth needs two");
        }
        double exponent = uv / uu;
        double intercept = meanV - exponent * meanU;
        double unexplained = 0;
        for (int i = 0; i < n; i++) {
            double residual = v[i] - intercept - exponent * u[i];
            unexplained += residual * residual;
        }
        return new PowerLaw(Math.exp(intercept), exponent, Math.sqrt(unexplained / (n - 2) / uu));
    }

    private static double[] logarithms(String name, double[] numbers) {
        double[] logarithms = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            if (!(numbers[i] > 0 && Double.isFinite(numbers[i]))) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] = " + numbers[i] + " must be positive and finite");
            }
            logarithms[i] = Math.log(numbers[i]);
        }
        return logarithms;
    }

    private static double mean(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }

    /// The curve at x.
    public double at(double x) {
        return factor * Math.pow(x, exponent);
    }
}
