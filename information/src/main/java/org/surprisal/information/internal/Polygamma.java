package org.surprisal.information.internal;

/// The digamma function ψ and its derivative for arguments above 0, to a few units in the last place: recurrence up to
/// arguments of 15, then the asymptotic series (Abramowitz & Stegun 6.3.18 and 6.4.12). (Hipparchus's are right to
/// 1e-9 only.)
public final class Polygamma {

    private static final double LARGE = 15;

    private Polygamma() {
    }

    /// ψ(x) for x > 0.
    public static double digamma(double x) {
        double sum = 0;
        double large = x;
        for (; large < LARGE; large++) {
            sum -= 1 / large;
        }
        double r = 1 / (large * large);
        double series = r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132
                - r * (691.0 / 32_760 - r / 12))))));
        return sum + Math.log(large) - 0.5 / large - series;
    }

    /// ψ'(x) for x > 0.
    public static double trigamma(double x) {
        double sum = 0;
        double large = x;
        for (; large < LARGE; large++) {
            sum += 1 / (large * large);
        }
        double r = 1 / (large * large);
        double series = 1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66
                - r * (691.0 / 2730 - r * 7.0 / 6)))));
        return sum + (1 + 0.5 / large + r * series) / large;
    }
}
