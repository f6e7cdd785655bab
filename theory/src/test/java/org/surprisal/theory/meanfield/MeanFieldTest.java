package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeanFieldTest {

    private static final double SIGMA_W2 = 1.3;
    private static final double SIGMA_B2 = 0.07;

    private static MeanField theory(ActivationFunction activation) {
        return new MeanField(activation, SIGMA_W2, SIGMA_B2);
    }

    static List<ActivationFunction> all() {
        return ActivationFunction.all();
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.01, 0.5", "1, 1, 0.9", "0.3, 2.4, -0.7", "5, 0.2, 0", "2, 2, 1", "2, 3, -1", "40, 40, 0.999"})
    void erfIsTheArcsineKernel(double q1, double q2, double c) {
        MeanField theory = theory(SaturatingActivation.ERF);
        Estimate covariance = theory.covariance(q1, q2, c);
        double expected = SIGMA_W2 * ClosedForms.arcsine(q1, q2, c) + SIGMA_B2;

        assertThat(covariance.value()).isCloseTo(expected, within(1e-10));
        assertThat(covariance.error()).isLessThan(1e-10);
        assertThat(theory.variance(q1).value())
                .isCloseTo(SIGMA_W2 * ClosedForms.arcsine(q1, q1, 1) + SIGMA_B2, within(1e-10));
        assertThat(theory.chi(q1).value()).isCloseTo(SIGMA_W2 * ClosedForms.erfDerivative(q1), within(1e-10));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.01, 0.5", "1, 1, 0.9", "0.3, 2.4, -0.7", "5, 0.2, 0", "2, 2, 1", "2, 3, -1",
            "40, 40, 0.999999"})
    void piecewiseLinearFunctionsAreTheArcCosineKernel(double q1, double q2, double c) {
        for (PiecewiseLinear activation : List.of(PiecewiseLinear.RELU, PiecewiseLinear.leaky(0.3),
                PiecewiseLinear.IDENTITY, PiecewiseLinear.leaky(-1))) {
            double expected = SIGMA_W2 * ClosedForms.leaky(activation.negativeSlope(), q1, q2, c) + SIGMA_B2;
            assertThat(theory(activation).covariance(q1, q2, c).value()).as("%s", activation)
                    .isCloseTo(expected, within(1e-11));
        }
    }

    @Test
    void theIdentityIsLinear() {
        MeanField theory = theory(PiecewiseLinear.IDENTITY);

        assertThat(theory.variance(0.8).value()).isCloseTo(SIGMA_W2 * 0.8 + SIGMA_B2, within(1e-10));
        assertThat(theory.chi(0.8).value()).isCloseTo(SIGMA_W2, within(1e-10));
        assertThat(theory.varianceSlope(0.8).value()).isCloseTo(SIGMA_W2, within(1e-10));
        assertThat(theory.covariance(0.8, 0.2, 0.25).value()).isCloseTo(SIGMA_W2 * 0.1 + SIGMA_B2, within(1e-10));
        assertThat(theory.correlation(0.8, 0.25).value())
                .isCloseTo((SIGMA_W2 * 0.2 + SIGMA_B2) / (SIGMA_W2 * 0.8 + SIGMA_B2), within(1e-10));
    }

    /// Against the same integrals by the trapezoid rule, which on the whole line converges faster than any power for
    /// functions analytic around it.
    @ParameterizedTest
    @ValueSource(strings = {"tanh", "sigmoid", "erf"})
    void smoothFunctionsAgreeWithTheTrapezoidRule(String label) {
        ActivationFunction activation = ActivationFunction.labelled(label);
        double q = 0.9;
        double c = 0.35;
        double step = 0.02;
        double square = 0;
        double slope = 0;
        double product = 0;
        for (double a = -9; a <= 9; a += step) {
            double weight = step * Math.exp(-0.5 * a * a) / Math.sqrt(2 * Math.PI);
            double u = Math.sqrt(q) * a;
            square += weight * activation.value(u) * activation.value(u);
            slope += weight * activation.derivative(u) * activation.derivative(u);
            double inner = 0;
            for (double b = -9; b <= 9; b += step) {
                double v = Math.sqrt(q) * (c * a + Math.sqrt(1 - c * c) * b);
                inner += step * Math.exp(-0.5 * b * b) / Math.sqrt(2 * Math.PI) * activation.value(v);
            }
            product += weight * activation.value(u) * inner;
        }

        assertThat(theory(activation).variance(q).value()).isCloseTo(SIGMA_W2 * square + SIGMA_B2, within(1e-12));
        assertThat(theory(activation).chi(q).value()).isCloseTo(SIGMA_W2 * slope, within(1e-12));
        assertThat(theory(activation).covariance(q, q, c).value()).isCloseTo(SIGMA_W2 * product + SIGMA_B2,
                within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSlopeOfTheVarianceMapIsItsFiniteDifference(ActivationFunction activation) {
        MeanField theory = theory(activation);
        double h = 1e-4;
        double difference = (theory.variance(0.7 + h).value() - theory.variance(0.7 - h).value()) / (2 * h);

        assertThat(theory.varianceSlope(0.7).value()).isCloseTo(difference, within(1e-7));
    }

    /// The slope of the correlation map at c = 1 is χ, and elsewhere its finite difference.
    @ParameterizedTest
    @MethodSource("all")
    void theSlopeOfTheCorrelationMap(ActivationFunction activation) {
        MeanField theory = theory(activation);
        GaussianQuadrature quadrature = GaussianQuadrature.ofOrder(64);
        double q = 0.7;
        double h = 1e-4;
        double difference = (theory.covariance(q, q, 0.3 + h).value() - theory.covariance(q, q, 0.3 - h).value())
                / (2 * h * q);

        assertThat(theory.correlationSlope(quadrature, q, 0.7)).isCloseTo(difference, within(1e-7));
        assertThat(theory.correlationSlope(quadrature, q, 0)).isCloseTo(theory.chi(q).value(), within(1e-13));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theErrorSaysHowFarOffANumberIs(ActivationFunction activation) {
        double exact = theory(activation).covariance(GaussianQuadrature.ofOrder(200), 30, 20, 0.05);
        Estimate estimate = theory(activation).covariance(30, 20, 0.95);

        assertThat(Math.abs(estimate.value() - exact)).isLessThan(10 * estimate.error());
        assertThat(estimate.error()).isLessThan(1e-10);
    }

    /// What makes the fixed point of a saturating function the only one: V(q)/q falls.
    @ParameterizedTest
    @ValueSource(strings = {"tanh", "sigmoid", "erf"})
    void theVarianceMapOfASaturatingFunctionIsConcave(String label) {
        MeanField theory = new MeanField(ActivationFunction.labelled(label), 1, 0);
        double before = Double.POSITIVE_INFINITY;
        for (double q = 0; q < 200; q = 1.1 * q + 0.01) {
            double slope = theory.varianceSlope(q).value();
            assertThat(slope).as("V'(%s)", q).isPositive().isLessThan(before);
            before = slope;
        }
    }

    @Test
    void theDepthProfileIsTheMapsAppliedAgainAndAgain() {
        MeanField theory = theory(SaturatingActivation.TANH);
        DepthProfile profile = theory.depthProfile(0.2, 3);
        double q = 0.2;
        double product = 1;
        for (int l = 0; l <= 3; l++) {
            assertThat(profile.variances().get(l).value()).isCloseTo(q, within(1e-13));
            assertThat(profile.chis().get(l).value()).isCloseTo(theory.chi(q).value(), within(1e-13));
            assertThat(profile.meanSquareSingularValue(0, l)).isCloseTo(product, within(1e-13));
            product *= theory.chi(q).value();
            q = theory.variance(q).value();
        }
        assertThat(profile.meanSquareSingularValue(2, 2)).isEqualTo(1);
        assertThat(theory.depthProfile(0.2, 0).variances()).hasSize(1);
    }

    /// The ReLU's correlations by the arc-cosine kernel, at critical weights where variances stay.
    @Test
    void theCorrelationProfileOfReluIsTheIteratedKernel() {
        List<Estimate> profile = new MeanField(PiecewiseLinear.RELU, 2, 0).correlationProfile(0.5, 3, -0.4, 10);
        double c = -0.4;
        for (Estimate estimate : profile) {
            assertThat(estimate.value()).isCloseTo(c, within(1e-12));
            c = 2 * ClosedForms.arcCosine(1, 1, c);
        }
        assertThat(profile).hasSize(11);
    }

    @Test
    void aCorrelationNeedsVariances() {
        MeanField silent = new MeanField(SaturatingActivation.TANH, 0.5, 0);

        assertThatThrownBy(() -> silent.correlationProfile(0, 1, 0.5, 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer 0: variances 0.0 and 1.0, positive finite ones needed for a correlation");
        assertThatThrownBy(() -> silent.correlation(0, 0.5)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the next layer's variance is 0");
    }

    @Test
    void whatOverflowsIsSaid() {
        MeanField diverging = new MeanField(PiecewiseLinear.RELU, 8, 0);

        assertThatThrownBy(() -> diverging.depthProfile(1, 600)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("layer 51\\d: the variance overflows, it grows without end");
        assertThatThrownBy(() -> diverging.correlationProfile(1, 1, 0.5, 600))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Infinity");
    }

    /// At the largest variance the slope of erf is a spike of width 1/100 of the normal density's, known in closed
    /// form; beyond, a rule that misses it is not asked.
    @Test
    void variancesThatTheQuadratureDoesNotResolveAreRefused() {
        MeanField theory = theory(SaturatingActivation.ERF);
        assertThat(theory.chi(10_000).value()).isCloseTo(SIGMA_W2 * ClosedForms.erfDerivative(10_000), within(1e-12));

        assertThatThrownBy(() -> theory.chi(10_001)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("q = 10001.0, at most 10000.0 needed for the quadrature to resolve erf");
        assertThatThrownBy(() -> new MeanField(SaturatingActivation.TANH, 1e5, 0))
                .hasMessageContaining("at most 10000.0");
        assertThatThrownBy(() -> MeanField.critical(SaturatingActivation.TANH, 1e5))
                .hasMessageStartingWith("sigma_b2 = 100000.0, a smaller one needed");
        assertThat(new MeanField(PiecewiseLinear.RELU, 1e5, 0).variance(1e6).value()).isCloseTo(5e10, within(1e-3));
    }

    @Test
    void badInputIsOneLine() {
        SaturatingActivation tanh = SaturatingActivation.TANH;
        assertThatThrownBy(() -> new MeanField(tanh, 0, 0.05)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sigma_w2 = 0.0, a positive number needed");
        assertThatThrownBy(() -> new MeanField(tanh, -1, 0.05)).hasMessage("sigma_w2 = -1.0, a positive number needed");
        assertThatThrownBy(() -> new MeanField(tanh, Double.NaN, 0)).hasMessageContaining("sigma_w2 = NaN");
        assertThatThrownBy(() -> new MeanField(tanh, Double.POSITIVE_INFINITY, 0)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> new MeanField(tanh, 1, -0.1))
                .hasMessage("sigma_b2 = -0.1, a number of at least 0 needed");
        assertThatThrownBy(() -> MeanField.critical(tanh, -0.1))
                .hasMessage("sigma_b2 = -0.1, a number of at least 0 needed");
        MeanField theory = theory(tanh);
        assertThatThrownBy(() -> theory.variance(-1)).hasMessage("q = -1.0, a variance of at least 0 needed");
        assertThatThrownBy(() -> theory.covariance(1, 1, 1.1)).hasMessage("correlation = 1.1, -1 to 1 needed");
        assertThatThrownBy(() -> theory.depthProfile(1, -1)).hasMessage("layers = -1, at least 0 needed");
        assertThatThrownBy(() -> theory.depthProfile(1, 4).meanSquareSingularValue(3, 5))
                .hasMessage("from layer 3 to layer 5, 0 <= from <= to <= 4 needed");
        assertThatThrownBy(() -> theory.firstVariance(-0.5))
                .hasMessage("mean square of the input = -0.5, a variance of at least 0 needed");
    }
}
