package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class MultivariateGaussianTest {

    private static final MultivariateGaussian P = new MultivariateGaussian(new double[]{0.5, -1, 2},
            new double[][]{{2, 0.5, 0.25}, {0.5, 1.5, -0.25}, {0.25, -0.25, 1}});
    private static final MultivariateGaussian Q = new MultivariateGaussian(new double[]{0, 0.25, 1.5},
            new double[][]{{1, 0.125, 0}, {0.125, 2, 0.5}, {0, 0.5, 3}});

    /// Recorded from SciPy 1.17 (stats.multivariate_normal) and, for the two divergences, from NumPy's inverse and
    /// determinant put into the closed forms.
    @Test
    void agreesWithSciPy() {
        assertThat(P.entropy()).isCloseTo(4.708671574447666, within(1e-13));
        assertThat(P.logDensity(0.1, 0.2, 0.3)).isCloseTo(-4.885127270650196, within(1e-13));
        assertThat(P.relativeEntropyTo(Q)).isCloseTo(1.16625390000379, within(1e-13));
        assertThat(P.bhattacharyyaDistance(Q)).isCloseTo(0.32000985188758085, within(1e-13));
        assertThat(P.crossEntropy(Q)).isCloseTo(4.708671574447666 + 1.16625390000379, within(1e-13));
    }

    /// Recorded from NumPy 1.24: solve and slogdet put into the closed form of Gil, Alajaji and Linder; Jeffreys as the
    /// sum of two relative entropies from the same.
    @ParameterizedTest
    @CsvSource({"0.3, 0.41423594735729247, 1e-13", "0.5, 0.6400197037751615, 1e-13",
            "0.999, 1.1651690582212701, 1e-11", "1.4, 1.6685300957048148, 1e-13"})
    void renyiAgreesWithNumPy(double order, double recorded, double tolerance) {
        assertThat(P.renyiDivergenceTo(Q, order)).isCloseTo(recorded, within(tolerance));
        assertThat(P.jeffreysDivergence(Q)).isCloseTo(2.8512419802323556, within(1e-13));
    }

    @Test
    void renyiAtItsLimits() {
        assertThat(P.renyiDivergenceTo(Q, 0)).isZero();
        assertThat(P.renyiDivergenceTo(Q, 0.5)).isCloseTo(2 * P.bhattacharyyaDistance(Q), within(1e-13));
        assertThat(P.renyiDivergenceTo(Q, 1)).isCloseTo(P.relativeEntropyTo(Q), within(1e-13));
        assertThat(P.renyiDivergenceTo(Q, 3)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(P.renyiDivergenceTo(Q, Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(isotropic(4, 1, 0.5).renyiDivergenceTo(isotropic(4, 0, 2), Double.POSITIVE_INFINITY))
                .isCloseTo(4 * new Gaussian(1, 0.5).renyiDivergenceTo(new Gaussian(0, 2), Double.POSITIVE_INFINITY),
                        within(1e-13));
        assertThatIllegalArgumentException().isThrownBy(() -> P.renyiDivergenceTo(isotropic(2, 0, 1), 2))
                .withMessage("dimensions differ: 3 != 2");
        assertThatIllegalArgumentException().isThrownBy(() -> P.renyiDivergenceTo(Q, Double.NaN))
                .withMessage("order = NaN, a value >= 0 needed");
    }

    /// Σ_p = diag(1e-20, 1) against [[1, ½], [½, 1]]: the ratios are 4/3, the trace of Σ_q⁻¹Σ_p, and what the
    /// determinant 1e-20/0.75 leaves for the other, whose digits no eigenvalue problem finds.
    @Test
    void renyiKeepsVariancesFarApart() {
        var flat = new MultivariateGaussian(new double[2], new double[][]{{1e-20, 0}, {0, 1}});
        var round = new MultivariateGaussian(new double[2], new double[][]{{1, 0.5}, {0.5, 1}});
        double logRatios = Math.log(1e-20 / 0.75);

        assertThat(flat.renyiDivergenceTo(round, 2))
                .isCloseTo(-0.5 * (Math.log(2 - 4.0 / 3) + Math.log(2) + logRatios), within(1e-12));
        assertThat(flat.renyiDivergenceTo(round, 0.5)).isCloseTo(2 * flat.bhattacharyyaDistance(round), within(1e-12));
    }

    /// By hand: means 2 and 1; deviations -1, 0, 1 and 1, -2, 1.
    @Test
    void fitsByMoments() {
        MultivariateGaussian fit = MultivariateGaussian.fit(Tensor.of(new double[]{1, 2, 2, -1, 3, 2}, 3, 2));

        assertThat(fit.mean()).containsExactly(2, 1);
        assertThat(fit.covariance()).isDeepEqualTo(new double[][]{{2.0 / 3, 0}, {0, 2}});
        assertThatIllegalArgumentException().isThrownBy(() -> MultivariateGaussian.fit(Tensor.of(new double[]{1, 2})))
                .withMessageContaining("(count, n) needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MultivariateGaussian.fit(Tensor.of(new double[]{1, 2, 3, 4}, 2, 2)))
                .withMessageContaining("not positive definite");
    }

    @Test
    void oneDimensionIsTheScalarForm() {
        var p = new Gaussian(1.2, 2.5);
        var q = new Gaussian(-0.4, 0.7);
        var p1 = new MultivariateGaussian(new double[]{1.2}, new double[][]{{2.5}});
        var q1 = new MultivariateGaussian(new double[]{-0.4}, new double[][]{{0.7}});

        assertThat(p1.entropy()).isCloseTo(p.entropy(), within(1e-14));
        assertThat(p1.relativeEntropyTo(q1)).isCloseTo(p.relativeEntropyTo(q), within(1e-14));
        assertThat(p1.logDensity(0.3)).isCloseTo(p.logDensity(0.3), within(1e-14));
    }

    @Test
    void isotropicCovarianceIsTheScalarFormTimesTheDimension() {
        int n = 7;
        assertThat(isotropic(n, 0.5, 2).entropy()).isCloseTo(new Gaussian(0.5, 2).entropy(n), within(1e-13));
        assertThat(isotropic(n, 0.5, 2).relativeEntropyTo(isotropic(n, -1, 3)))
                .isCloseTo(new Gaussian(0.5, 2).relativeEntropyTo(new Gaussian(-1, 3), n), within(1e-13));
    }

    /// -ln ∫ √(p q) by the trapezoid rule, which converges faster than any power for such integrands.
    @Test
    void bhattacharyyaDistanceIsTheIntegralOfItsDefinition() {
        var p = new Gaussian(1.2, 2.5);
        var q = new Gaussian(-0.4, 0.7);
        double overlap = 0;
        for (double x = -25; x < 27; x += 0.01) {
            overlap += Math.sqrt(p.density(x) * q.density(x)) * 0.01;
        }

        double distance = new MultivariateGaussian(new double[]{1.2}, new double[][]{{2.5}})
                .bhattacharyyaDistance(new MultivariateGaussian(new double[]{-0.4}, new double[][]{{0.7}}));

        assertThat(distance).isCloseTo(-Math.log(overlap), within(1e-12));
    }

    @Test
    void distancesVanishOnlyBetweenEquals() {
        assertThat(P.relativeEntropyTo(P)).isCloseTo(0, within(1e-14));
        assertThat(P.bhattacharyyaDistance(P)).isCloseTo(0, within(1e-14));
        assertThat(P.bhattacharyyaDistance(Q)).isEqualTo(Q.bhattacharyyaDistance(P));
    }

    /// Components in units that differ by 1e24 are no reason to call a covariance singular.
    @Test
    void scaleDoesNotDecideWhatIsPositiveDefinite() {
        var scaled = new MultivariateGaussian(new double[2], new double[][]{{1e-24, 5e-13}, {5e-13, 1}});

        assertThat(scaled.logDeterminant()).isCloseTo(Math.log(0.75e-24), within(1e-12));
    }

    @Test
    void copiesWhatItIsGivenAndGives() {
        double[] mean = {1, 2};
        double[][] covariance = {{1, 0}, {0, 1}};
        var gaussian = new MultivariateGaussian(mean, covariance);
        mean[0] = 9;
        covariance[0][0] = 9;
        gaussian.mean()[1] = 9;
        gaussian.covariance()[1][1] = 9;

        assertThat(gaussian.dimension()).isEqualTo(2);
        assertThat(gaussian.mean()).containsExactly(1, 2);
        assertThat(gaussian.covariance()).isDeepEqualTo(new double[][]{{1, 0}, {0, 1}});
    }

    @Test
    void refusesWhatIsNoCovariance() {
        refused(new double[][]{{1, 0.5}, {0.4, 1}}, "covariance is not symmetric: [1][0] = 0.4 but [0][1] = 0.5");
        refused(new double[][]{{1, 2}, {2, 1}}, "covariance of shape (2, 2) is not positive definite: some combination"
                + " of the components has no variance");
        refused(new double[][]{{1, 1}, {1, 1}}, "covariance of shape (2, 2) is not positive definite: some combination"
                + " of the components has no variance");
        refused(new double[][]{{1, 0}, {0, -1}},
                "covariance is not positive definite: covariance[1][1] = -1.0, a variance > 0 needed");
        refused(new double[][]{{1, 0}}, "covariance has 1 row(s), the mean 2 component(s)");
        refused(new double[][]{{1, 0}, {0, 1, 2}}, "covariance[1] has 3 values, a square matrix of 2 needed");
        refused(new double[][]{{1, Double.NaN}, {0, 1}}, "covariance[0][1] = NaN, a finite value needed");
        assertThatIllegalArgumentException().isThrownBy(() -> P.relativeEntropyTo(isotropic(2, 0, 1)))
                .withMessage("dimensions differ: 3 != 2");
        assertThatIllegalArgumentException().isThrownBy(() -> P.logDensity(1, 2))
                .withMessage("x has 2 component(s), the distribution 3");
    }

    private static void refused(double[][] covariance, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MultivariateGaussian(new double[2], covariance))
                .withMessage(message);
    }

    private static MultivariateGaussian isotropic(int n, double mean, double variance) {
        double[] means = new double[n];
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            means[i] = mean;
            covariance[i][i] = variance;
        }
        return new MultivariateGaussian(means, covariance);
    }

    /// The fit of 40,000 draws: standard errors of a mean are √(Σ_ii/n), of a covariance √((Σ_ii Σ_jj + Σ_ij²)/n); four
    /// are allowed.
    @Test
    void drawsHaveItsMomentsAndAreRepeatable() {
        double[][] covariance = {{4, -1.2, 0.3}, {-1.2, 1, 0.2}, {0.3, 0.2, 0.25}};
        double[] mean = {1, -2, 0.5};
        var distribution = new MultivariateGaussian(mean, covariance);
        int n = 40_000;
        var drawn = distribution.sample(n, RandomStream.seeded(8));
        MultivariateGaussian fit = MultivariateGaussian.fit(drawn);
        for (int i = 0; i < 3; i++) {
            assertThat(fit.mean()[i]).isCloseTo(mean[i], within(4 * Math.sqrt(covariance[i][i] / n)));
            for (int j = 0; j < 3; j++) {
                double error = Math.sqrt(
                        (covariance[i][i] * covariance[j][j] + covariance[i][j] * covariance[i][j]) / n);
                assertThat(fit.covariance()[i][j]).isCloseTo(covariance[i][j], within(4 * error));
            }
        }
        assertThat(distribution.sample(5, RandomStream.seeded(8)).toDoubles())
                .isEqualTo(distribution.sample(5, RandomStream.seeded(8)).toDoubles());
    }
}
