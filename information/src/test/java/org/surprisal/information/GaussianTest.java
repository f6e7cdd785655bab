package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianTest {

    private static final Gaussian P = new Gaussian(1.2, 2.5);
    private static final Gaussian Q = new Gaussian(-0.4, 0.7);

    /// Recorded from SciPy 1.17, stats.norm.
    @Test
    void densityAndEntropyAgreeWithSciPy() {
        assertThat(P.density(0.3)).isCloseTo(0.2145775861241461, within(1e-15));
        assertThat(P.logDensity(0.3)).isCloseTo(-1.5390838991417501, within(1e-14));
        assertThat(P.entropy()).isCloseTo(1.8770838991417502, within(1e-14));
        assertThat(P.entropy(784)).isCloseTo(784 * 1.8770838991417502, within(1e-11));
    }

    /// Recorded from SciPy 1.17, stats.norm.logcdf; both sides of the switch at -20 are among the points.
    @ParameterizedTest
    @CsvSource({"-100, -5005.524208694205", "-40, -804.6084420137539", "-30, -454.32124395634327",
            "-20.5, -214.06672896326387", "-20.000001, -203.91717542085087", "-19.999999, -203.9171353213447",
            "-19.5, -194.01696577749752", "-10, -53.23128515051248", "-5, -15.064998393988727",
            "-1, -1.8410216450092634", "0, -0.6931471805599453", "1, -0.1727537790234499", "5, -2.8665161296376294e-7",
            "8.5, -9.47953482220325e-18"})
    void logCumulativeKeepsRelativeAccuracyInBothTails(double z, double expected) {
        assertThat(new Gaussian(0, 1).logCumulative(z)).isCloseTo(expected, within(2e-14 * Math.abs(expected)));
        assertThat(P.logCumulative(1.2 + z * Math.sqrt(2.5))).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }

    /// Recorded from SciPy 1.17, stats.norm.cdf.
    @ParameterizedTest
    @CsvSource({"-37, 5.7255712225239266e-300", "-8, 6.22096057427174e-16", "0, 0.5", "2, 0.9772498680518208"})
    void cumulativeAgreesWithSciPy(double z, double expected) {
        assertThat(new Gaussian(0, 1).cumulative(z)).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void relativeEntropyIsTheIntegralOfItsDefinition() {
        double entropy = 0;
        double cross = 0;
        double divergence = 0;
        double step = 0.01;
        for (double x = -25; x < 27; x += step) {
            entropy -= P.density(x) * P.logDensity(x) * step;
            cross -= P.density(x) * Q.logDensity(x) * step;
            divergence += P.density(x) * (P.logDensity(x) - Q.logDensity(x)) * step;
        }

        assertThat(P.entropy()).isCloseTo(entropy, within(1e-12));
        assertThat(P.crossEntropy(Q)).isCloseTo(cross, within(1e-12));
        assertThat(P.relativeEntropyTo(Q)).isCloseTo(divergence, within(1e-12));
    }

    @Test
    void relativeEntropyIsCrossEntropyMinusEntropy() {
        assertThat(P.relativeEntropyTo(Q)).isCloseTo(P.crossEntropy(Q) - P.entropy(), within(1e-14));
        assertThat(P.relativeEntropyTo(Q, 784)).isCloseTo(P.crossEntropy(Q, 784) - P.entropy(784), within(1e-11));
        assertThat(P.relativeEntropyTo(P)).isZero();
        assertThat(Q.relativeEntropyTo(P)).isPositive().isNotCloseTo(P.relativeEntropyTo(Q), within(0.1));
    }

    /// For a variance ratio 1 + x the divergence is x²/4 - x³/6 + …: nothing of it may be lost to cancellation.
    @Test
    void nearlyEqualVariancesKeepADivergenceAboveZero() {
        double x = 1e-5;
        assertThat(new Gaussian(0, 1 + x).relativeEntropyTo(new Gaussian(0, 1))).isCloseTo(x * x / 4 - x * x * x / 6,
                within(1e-16));
    }

    @Test
    void farApartVariancesStayFinite() {
        assertThat(new Gaussian(0, 1e-300).relativeEntropyTo(new Gaussian(0, 1e10)))
                .isCloseTo(0.5 * (310 * Math.log(10) - 1), within(1e-12));
    }

    /// The ratio of the variances overflows: what is infinite is said so, and nothing is NaN.
    @Test
    void overflowIsInfinity() {
        var wide = new Gaussian(1e200, 1e300);
        var narrow = new Gaussian(0, 1e-300);

        assertThat(new Gaussian(0, 1e300).relativeEntropyTo(narrow)).isEqualTo(Double.POSITIVE_INFINITY);
        for (double order : new double[]{0, 0.5, 0.999, 1, 2, Double.POSITIVE_INFINITY}) {
            assertThat(wide.renyiDivergenceTo(narrow, order)).isNotNaN();
            assertThat(narrow.renyiDivergenceTo(wide, order)).isNotNaN();
        }
        assertThat(new Gaussian(0, 1e300).bhattacharyyaDistance(narrow))
                .isCloseTo(0.5 * (150 * Math.log(10) * 2 - Math.log(2)), within(1e-9));
    }

    /// ln ∫ p^α q^(1-α) / (α - 1) by the trapezoid rule.
    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "0.9", "1.1", "1.3"})
    void renyiDivergenceIsTheIntegralOfItsDefinition(double order) {
        double integral = 0;
        double back = 0;
        double step = 0.01;
        for (double x = -60; x < 60; x += step) {
            integral += Math.exp(order * P.logDensity(x) + (1 - order) * Q.logDensity(x)) * step;
            back += Math.exp(order * Q.logDensity(x) + (1 - order) * P.logDensity(x)) * step;
        }
        assertThat(P.renyiDivergenceTo(Q, order)).isCloseTo(Math.log(integral) / (order - 1), within(1e-11));
        assertThat(Q.renyiDivergenceTo(P, order)).isCloseTo(Math.log(back) / (order - 1), within(1e-11));
    }

    /// α σ_q² + (1-α) σ_p² = 0 at α = 2.5/1.8: from there on the integral diverges.
    @Test
    void renyiDivergenceAtItsLimits() {
        double edge = 2.5 / 1.8;
        assertThat(P.renyiDivergenceTo(Q, edge - 1e-6)).isFinite().isGreaterThan(100);
        assertThat(P.renyiDivergenceTo(Q, edge + 1e-6)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(P.renyiDivergenceTo(Q, Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(P.renyiDivergenceTo(Q, 0)).isZero();
        assertThat(P.renyiDivergenceTo(Q, 1)).isEqualTo(P.relativeEntropyTo(Q));
        for (double step : new double[]{1e-13, -1e-13, 1e-9, -1e-9}) {
            assertThat(P.renyiDivergenceTo(Q, 1 + step)).isCloseTo(P.relativeEntropyTo(Q),
                    within(1e-13 + 100 * Math.abs(step)));
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double x = -10; x < 10; x += 0.001) {
            largest = Math.max(largest, Q.logDensity(x) - P.logDensity(x));
        }
        assertThat(Q.renyiDivergenceTo(P, Double.POSITIVE_INFINITY)).isCloseTo(largest, within(1e-6));
        assertThat(Q.renyiDivergenceTo(P, Double.MAX_VALUE)).isCloseTo(largest, within(1e-6));
        assertThat(P.renyiDivergenceTo(P, Double.POSITIVE_INFINITY)).isZero();
        assertThat(P.renyiDivergenceTo(new Gaussian(0, 2.5), Double.POSITIVE_INFINITY))
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThatIllegalArgumentException().isThrownBy(() -> P.renyiDivergenceTo(Q, -0.5))
                .withMessage("order = -0.5, a value >= 0 needed");
    }

    @Test
    void symmetricDivergences() {
        assertThat(P.jeffreysDivergence(Q)).isEqualTo(Q.jeffreysDivergence(P))
                .isCloseTo(P.crossEntropy(Q) + Q.crossEntropy(P) - P.entropy() - Q.entropy(), within(1e-13));
        assertThat(P.bhattacharyyaDistance(Q)).isCloseTo(Q.bhattacharyyaDistance(P), within(1e-15))
                .isCloseTo(new MultivariateGaussian(new double[]{1.2}, new double[][]{{2.5}}).bhattacharyyaDistance(
                        new MultivariateGaussian(new double[]{-0.4}, new double[][]{{0.7}})), within(1e-14));
    }

    @Test
    void fitsByMoments() {
        Gaussian fit = Gaussian.fit(1, 2, 3, 6);

        assertThat(fit).isEqualTo(new Gaussian(3, 3.5));
    }

    @Test
    void refusesWhatIsNoDistribution() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Gaussian(0, -1))
                .withMessage("variance = -1.0, a finite value > 0 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new Gaussian(0, 0)).withMessageContaining("variance");
        assertThatIllegalArgumentException().isThrownBy(() -> new Gaussian(0, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Gaussian(Double.NaN, 1))
                .withMessage("mean = NaN, a finite value needed");
        assertThatIllegalArgumentException().isThrownBy(() -> P.entropy(0)).withMessageContaining("dimension = 0");
        assertThatIllegalArgumentException().isThrownBy(() -> P.density(Double.NaN)).withMessageContaining("x = NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> Gaussian.fit(2, 2))
                .withMessage("samples are constant (2.0), a normal fit needs a spread");
        assertThatIllegalArgumentException().isThrownBy(() -> Gaussian.fit(1e-200, 2e-200))
                .withMessage("samples spread so little around 1.0E-200 that their variance underflows to 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Gaussian.fit(2)).withMessageContaining("at least 2");
    }
}
