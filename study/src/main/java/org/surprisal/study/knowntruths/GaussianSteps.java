package org.surprisal.study.knowntruths;

/// A uniform choice among equally spaced levels, sent through Gaussian noise of variance 1.
final class GaussianSteps {
    /// Half the width of the integral, in standard deviations: what lies outside is below 1e-18.
    private static final double REACH = 9;
    /// The trapezoidal rule's error for such integrands falls exponentially; here it is below 1e-13.
    private static final double STEP = 1.0 / 32;

    private GaussianSteps() {
    }

    /// I(level; level + noise) in nats, from 0 to ln of the number of levels:
    ///
    ///     I = -1/C Σ_c ∫ φ(z) ln (1/C Σ_j exp((z² - (z + (c - j) s)²) / 2)) dz
    ///
    /// by quadrature over z.
    ///
    /// @param levels C, at least 1
    /// @param spacing s of neighbouring levels, in standard deviations of the noise
    static double information(int levels, double spacing) {
        double sum = 0;
        int steps = (int) Math.round(REACH / STEP);
        for (int step = -steps; step <= steps; step++) {
            double z = step * STEP;
            double weight = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * STEP;
            for (int c = 0; c < levels; c++) {
                double shares = 0;
                for (int j = 0; j < levels; j++) {
                    double shift = (c - j) * spacing;
                    shares += Math.exp(-shift * (z + shift / 2));
                }
                sum -= weight * Math.log(shares / levels);
            }
        }
        return sum / levels;
    }
}
