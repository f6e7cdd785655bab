package org.surprisal.theory.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointTest {

    private static FixedPoint.Settled settled(ActivationFunction activation, double sigmaW2, double sigmaB2) {
        return (FixedPoint.Settled) new MeanField(activation, sigmaW2, sigmaB2).fixedPoint();
    }

    /// For tanh at σ_b² = 0.05, from a quadrature by others.
    @ParameterizedTest
    @CsvSource({"1.5, 0.4180372, 0.9386363, 1, 15.7910, 1.68283, ORDERED",
            "1.75, 0.5633456, 0.9976564, 1, 426.198, , ORDERED",
            "2.5, 1.0639584, 1.1335157, 0.446804, 11.7956, 1.17987, CHAOTIC"})
    void tanhAtTheThesisSettings(double sigmaW2, double qStar, double chi1, double cStar, double xiC, Double xiQ,
            Phase phase) {
        FixedPoint.Settled fixed = settled(SaturatingActivation.TANH, sigmaW2, 0.05);

        assertThat(fixed.qStar().value()).isCloseTo(qStar, within(1e-7));
        assertThat(fixed.chi1().value()).isCloseTo(chi1, within(1e-7));
        assertThat(fixed.cStar().value()).isCloseTo(cStar, within(1e-6));
        // the table rounds to six figures
        assertThat(fixed.xiC().orElseThrow().value()).isCloseTo(xiC, within(2e-6 * xiC));
        if (xiQ != null) {
            assertThat(fixed.xiQ().orElseThrow().value()).isCloseTo(xiQ, within(5e-6));
        }
        assertThat(fixed.phase()).isEqualTo(phase);
        assertThat(fixed.xiC().orElseThrow().error()).isLessThan(1e-9 * xiC);
    }

    @ParameterizedTest
    @CsvSource({"tanh, 1.2, 0", "tanh, 1.77, 0.05", "tanh, 4, 0.05", "tanh, 20, 1", "tanh, 1e-300, 0.05",
            "tanh, 0.5, 1e-12", "erf, 1.5, 0.1", "erf, 0.3, 2",
            "sigmoid, 1, 0", "sigmoid, 150, 0", "sigmoid, 200, 0.3"})
    void aFixedPointIsFixed(String label, double sigmaW2, double sigmaB2) {
        MeanField theory = new MeanField(ActivationFunction.labelled(label), sigmaW2, sigmaB2);
        FixedPoint.Settled fixed = settled(theory.activation(), sigmaW2, sigmaB2);
        double q = fixed.qStar().value();
        double c = fixed.cStar().value();

        assertThat(theory.variance(q).value()).isCloseTo(q, within(1e-12 * q));
        assertThat(theory.correlation(q, c).value()).isCloseTo(c, within(1e-12));
        assertThat(theory.chi(q).value()).isCloseTo(fixed.chi1().value(), within(1e-12));
        assertThat(c < 1).isEqualTo(fixed.chi1().value() > 1);
        // stable: nearby correlations come closer
        double near = c > 0.5 ? c - 0.01 : c + 0.01;
        assertThat(Math.abs(theory.correlation(q, near).value() - c)).isLessThan(0.01);
    }

    /// q* of erf from its closed form, by bisection here; then C(c) and its slope in closed form too.
    @Test
    void erfInClosedForm() {
        double sigmaW2 = 2;
        double sigmaB2 = 0.05;
        double low = 0;
        double high = 3;
        for (int i = 0; i < 100; i++) {
            double middle = 0.5 * (low + high);
            if (sigmaW2 * ClosedForms.arcsine(middle, middle, 1) + sigmaB2 > middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double q = low;
        double lowC = 0;
        double highC = 0.99;
        for (int i = 0; i < 100; i++) {
            double middle = 0.5 * (lowC + highC);
            if (sigmaW2 * ClosedForms.arcsine(q, q, middle) + sigmaB2 > middle * q) {
                lowC = middle;
            } else {
                highC = middle;
            }
        }
        double argument = 2 * q / (1 + 2 * q);
        double slope = sigmaW2 * 2 / Math.PI * argument / Math.sqrt(1 - argument * argument * lowC * lowC) / q;
        FixedPoint.Settled fixed = settled(SaturatingActivation.ERF, sigmaW2, sigmaB2);

        assertThat(fixed.qStar().value()).isCloseTo(q, within(1e-10));
        assertThat(fixed.chi1().value()).isCloseTo(sigmaW2 * ClosedForms.erfDerivative(q), within(1e-10));
        assertThat(fixed.cStar().value()).isCloseTo(lowC, within(1e-10));
        assertThat(fixed.xiC().orElseThrow().value()).isCloseTo(-1 / Math.log(slope), within(1e-10));
        double variance = sigmaW2 * 2 / Math.PI * 2 / Math.pow(1 + 2 * q, 2) / Math.sqrt(1 - argument * argument);
        assertThat(fixed.xiQ().orElseThrow().value()).isCloseTo(-1 / Math.log(variance), within(1e-10));
    }

    @Test
    void theLinearNetworkInClosedForm() {
        FixedPoint.Settled fixed = settled(PiecewiseLinear.IDENTITY, 0.8, 0.3);

        assertThat(fixed.qStar().value()).isCloseTo(1.5, within(1e-14));
        assertThat(fixed.chi1().value()).isEqualTo(0.8);
        assertThat(fixed.cStar()).isEqualTo(new Estimate(1, 0));
        assertThat(fixed.xiC().orElseThrow().value()).isCloseTo(-1 / Math.log(0.8), within(1e-14));
        assertThat(fixed.xiQ()).isEqualTo(fixed.xiC());
    }

    @Test
    void reluHasAFixedPointBelowTwoOnly() {
        assertThat(settled(PiecewiseLinear.RELU, 1.5, 0.2).qStar().value()).isCloseTo(0.8, within(1e-14));
        assertThat(new MeanField(PiecewiseLinear.RELU, 1.5, 0).fixedPoint())
                .isInstanceOfSatisfying(FixedPoint.Vanishing.class, v -> assertThat(v.chi1()).isEqualTo(0.75));
        assertThat(new MeanField(PiecewiseLinear.RELU, 2, 0).fixedPoint()).isEqualTo(new FixedPoint.Marginal());
        assertThat(new MeanField(PiecewiseLinear.RELU, 2, 0.05).fixedPoint()).isEqualTo(new FixedPoint.Divergent(1));
        assertThat(new MeanField(PiecewiseLinear.RELU, 2.5, 0).fixedPoint())
                .isEqualTo(new FixedPoint.Divergent(1.25));
        assertThat(new MeanField(PiecewiseLinear.RELU, Math.nextDown(2.0), 0).fixedPoint())
                .isInstanceOf(FixedPoint.Vanishing.class);
        assertThat(new MeanField(PiecewiseLinear.RELU, Math.nextUp(2.0), 0).fixedPoint())
                .isInstanceOf(FixedPoint.Divergent.class);
    }

    @Test
    void withoutBiasesAWeakSignalVanishes() {
        FixedPoint.Vanishing vanishing = (FixedPoint.Vanishing) new MeanField(SaturatingActivation.TANH, 0.7, 0)
                .fixedPoint();
        assertThat(vanishing.chi1()).isEqualTo(0.7);
        assertThat(vanishing.xiQ().orElseThrow().value()).isCloseTo(-1 / Math.log(0.7), within(1e-14));

        FixedPoint.Vanishing critical = (FixedPoint.Vanishing) new MeanField(SaturatingActivation.TANH, 1, 0)
                .fixedPoint();
        assertThat(critical.chi1()).isEqualTo(1);
        assertThat(critical.xiQ()).isEmpty();
    }

    /// Just above weights of 1, q* = (σ_w² - 1)/2 + …, from tanh² x = x² - 2x⁴/3 + …; and without biases nothing ever
    /// correlates two inputs of an odd function.
    @Test
    void withoutBiasesChaosForgetsCorrelations() {
        assertThat(settled(SaturatingActivation.TANH, 1 + 1e-5, 0).qStar().value()).isCloseTo(0.5e-5, within(1e-10));
        assertThat(settled(SaturatingActivation.TANH, 1.5, 0).cStar().value()).isCloseTo(0, within(1e-14));
        assertThat(settled(SaturatingActivation.ERF, 3, 0).cStar().value()).isCloseTo(0, within(1e-14));
    }

    /// A gap that is small keeps its digits: 1 - c* is proportional to χ_1 - 1 close to the line.
    @Test
    void nearTheCriticalLine() {
        double critical = 1.7609546;
        FixedPoint.Settled near = settled(SaturatingActivation.TANH, critical + 1e-4, 0.05);
        FixedPoint.Settled further = settled(SaturatingActivation.TANH, critical + 2e-4, 0.05);
        double ratio = (1 - further.cStar().value()) / (1 - near.cStar().value());

        assertThat(ratio).isCloseTo((further.chi1().value() - 1) / (near.chi1().value() - 1), within(1e-3));
        // on either side C' falls short of 1 by as much
        FixedPoint.Settled below = settled(SaturatingActivation.TANH, critical - 1e-4, 0.05);
        assertThat(near.xiC().orElseThrow().value() / below.xiC().orElseThrow().value()).isCloseTo(1, within(1e-2));
    }

    @Test
    void theCriticalLine() {
        CriticalPoint.Transition tanh = (CriticalPoint.Transition) MeanField.critical(SaturatingActivation.TANH, 0.05);
        assertThat(tanh.sigmaW2().value()).isCloseTo(1.7609546, within(5e-8));
        assertThat(tanh.sigmaW2().error()).isLessThan(1e-12);
        assertThat(settled(SaturatingActivation.TANH, tanh.sigmaW2().value(), 0.05).phase()).isEqualTo(Phase.CRITICAL);

        assertThat(MeanField.critical(SaturatingActivation.TANH, 0))
                .isInstanceOfSatisfying(CriticalPoint.Transition.class,
                        t -> assertThat(t.sigmaW2().value()).isEqualTo(1));
        assertThat(MeanField.critical(SaturatingActivation.ERF, 0)).isInstanceOfSatisfying(
                CriticalPoint.Transition.class,
                t -> assertThat(t.sigmaW2().value()).isCloseTo(Math.PI / 4, within(1e-15)));
        assertThat(MeanField.critical(PiecewiseLinear.RELU, 0)).isInstanceOfSatisfying(CriticalPoint.Transition.class,
                t -> assertThat(t.sigmaW2().value()).isEqualTo(2));
        assertThat(MeanField.critical(PiecewiseLinear.RELU, 0.05)).isEqualTo(new CriticalPoint.EdgeOfDivergence(2));
        assertThat(MeanField.critical(PiecewiseLinear.leaky(0.5), 1)).isEqualTo(
                new CriticalPoint.EdgeOfDivergence(1.6));
    }

    /// On the critical line of every saturating function χ_1 is 1, below it less, above it more.
    @ParameterizedTest
    @CsvSource({"tanh, 0.001", "tanh, 0.5", "tanh, 5", "erf, 0.02", "erf, 1", "sigmoid, 0", "sigmoid, 0.05"})
    void chiIsOneOnTheCriticalLine(String label, double sigmaB2) {
        ActivationFunction activation = ActivationFunction.labelled(label);
        double critical = ((CriticalPoint.Transition) MeanField.critical(activation, sigmaB2)).sigmaW2().value();

        FixedPoint.Settled border = settled(activation, critical, sigmaB2);
        assertThat(border.chi1().value()).isCloseTo(1, within(1e-11));
        assertThat(border.cStar().value()).isCloseTo(1, within(1e-11));
        // a length of a billion layers, or none at all
        assertThat(border.xiC().map(Estimate::value).orElse(Double.POSITIVE_INFINITY)).isGreaterThan(1e9);
        assertThat(settled(activation, 0.99 * critical, sigmaB2).phase()).isEqualTo(Phase.ORDERED);
        assertThat(settled(activation, 1.01 * critical, sigmaB2).phase()).isEqualTo(Phase.CHAOTIC);
    }

    /// The erf's line in closed form: σ_w² = π/4 √(1 + 4q), σ_b² = q - σ_w² 2/π arcsin(2q/(1 + 2q)).
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7, 3})
    void theCriticalLineOfErfInClosedForm(double q) {
        double sigmaW2 = Math.PI / 4 * Math.sqrt(1 + 4 * q);
        double sigmaB2 = q - sigmaW2 * ClosedForms.arcsine(q, q, 1);

        assertThat(((CriticalPoint.Transition) MeanField.critical(SaturatingActivation.ERF, sigmaB2)).sigmaW2().value())
                .isCloseTo(sigmaW2, within(1e-10));
    }
}
