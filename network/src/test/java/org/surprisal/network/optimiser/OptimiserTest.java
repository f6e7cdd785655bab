package org.surprisal.network.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.network.Parameter;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

class OptimiserTest {
    private static Parameter number(double start) {
        return Parameter.of("w", Tensor.of(new double[]{start}));
    }

    private static Tensor gradient(double value) {
        return Tensor.of(new double[]{value});
    }

    /// Where a parameter is after each of three steps from 0 along the gradient 1.
    private static double[] threeSteps(Optimiser optimiser) {
        Parameter w = number(0);
        double[] positions = new double[3];
        for (int step = 0; step < 3; step++) {
            optimiser.step(List.of(w), List.of(gradient(1)));
            positions[step] = w.value().item();
        }
        return positions;
    }

    @Test
    void constantGradientsGiveTheLectureNotesSequences() {
        // Gradient 1, rate 0.1. Momentum: the steps are 0.1, 0.19, 0.271.
        for (Optimiser momentum : List.of(new Sgd(0.1, 0.9), new HeavyBall(0.1, 0.9))) {
            assertThat(threeSteps(momentum)).containsExactly(new double[]{-0.1, -0.29, -0.561}, Offset.offset(1e-15));
        }
        assertThat(threeSteps(new Sgd(0.1, 0))).containsExactly(new double[]{-0.1, -0.2, -0.3}, Offset.offset(1e-15));
        for (Epsilon epsilon : List.of(Epsilon.insideRoot(1e-8), Epsilon.outsideRoot(1e-8))) {
            // 0.1 (1 + 1/sqrt 2 + 1/sqrt 3), and 0.1 / sqrt of 0.1, 0.19, 0.271 summed
            assertThat(threeSteps(new AdaGrad(0.1, epsilon))).containsExactly(new double[]{-0.1, -0.1707, -0.2284},
                    Offset.offset(5e-5));
            assertThat(threeSteps(new RmsProp(0.1, 0.9, epsilon))).containsExactly(
                    new double[]{-0.3162, -0.5456, -0.7377}, Offset.offset(5e-5));
        }
        assertThat(threeSteps(new Adam(0.1))).containsExactly(new double[]{-0.1, -0.2, -0.3}, Offset.offset(1e-8));
    }

    @Test
    void theStepOfMomentumGrowsToRateOverOneMinusMomentum() {
        HeavyBall ball = new HeavyBall(0.1, 0.9);
        Parameter w = number(0);
        double before = 0;
        for (int n = 1; n <= 300; n++) {
            before = w.value().item();
            ball.step(List.of(w), List.of(gradient(1)));
            double expected = 0.1 * (1 - Math.pow(0.9, n)) / (1 - 0.9);
            assertThat(before - w.value().item()).isCloseTo(expected, Offset.offset(1e-12));
        }
    }

    @Test
    void theTwoConventionsOfMomentumDifferWhereTheRateChanges() {
        Parameter whole = number(0);
        Parameter atOnce = number(0);
        HeavyBall ball = new HeavyBall(0.1, 0.9);
        Sgd sgd = new Sgd(0.1, 0.9);
        for (double rate : new double[]{0.1, 0.01}) {
            ball.step(List.of(whole), List.of(gradient(1)), rate);
            sgd.step(List.of(atOnce), List.of(gradient(1)), rate);
        }
        // 0.1 + (0.9 * 0.1 + 0.01) against 0.1 + 0.01 (0.9 + 1)
        assertThat(whole.value().item()).isCloseTo(-0.2, Offset.offset(1e-15));
        assertThat(atOnce.value().item()).isCloseTo(-0.119, Offset.offset(1e-15));
    }

    @Test
    void nesterovIsTheLookAheadFormSeenFromThePointAhead() {
        DoubleUnaryOperator slope = x -> 3 * x + Math.sin(5 * x);
        double rate = 0.05;
        double momentum = 0.8;
        Parameter w = number(1);
        Nesterov nesterov = new Nesterov(rate, momentum);
        double x = 1;
        double m = 0;
        for (int step = 0; step < 30; step++) {
            nesterov.step(List.of(w), List.of(gradient(slope.applyAsDouble(w.value().item()))));
            m = momentum * m + rate * slope.applyAsDouble(x - momentum * m);
            x -= m;
            assertThat(w.value().item()).isCloseTo(x - momentum * m, Offset.offset(1e-14));
        }
    }

    @Test
    void epsilonInsideTheRootActsOnSmallGradients() {
        Parameter inside = number(0);
        Parameter outside = number(0);
        new AdaGrad(1, Epsilon.insideRoot(1e-8)).step(List.of(inside), List.of(gradient(1e-4)));
        new AdaGrad(1, Epsilon.outsideRoot(1e-8)).step(List.of(outside), List.of(gradient(1e-4)));
        assertThat(inside.value().item()).isCloseTo(-Math.sqrt(0.5), Offset.offset(1e-12));
        assertThat(outside.value().item()).isCloseTo(-1 / 1.0001, Offset.offset(1e-12));
    }

    @Test
    void aRateOfZeroMovesNothing() {
        for (Optimiser optimiser : List.of(new Sgd(0.1, 0.9), new HeavyBall(0.1, 0.9), new Nesterov(0.1, 0.9),
                new AdaGrad(0.1), new RmsProp(0.1), new Adam(0.1), new AdamW(0.1, 0.1))) {
            Parameter w = number(2);
            optimiser.step(List.of(w), List.of(gradient(1)), 0);
            assertThat(w.value().item()).as(optimiser.getClass().getSimpleName()).isEqualTo(2);
        }
    }

    @Test
    void anAdaptiveStepOverZeroGradientsIsZero() {
        for (Optimiser optimiser : List.of(new AdaGrad(0.1), new RmsProp(0.1), new Adam(0.1))) {
            Parameter w = number(2);
            optimiser.step(List.of(w), List.of(gradient(0)));
            assertThat(w.value().item()).isEqualTo(2);
        }
    }

    @Test
    void hyperParametersAreNamed() {
        Map<String, ThrowingCallable> wrong = Map.ofEntries(
                Map.entry("learningRate (=-1.0)", () -> new Sgd(-1, 0)),
                Map.entry("learningRate (=Infinity)", () -> new Adam(Double.POSITIVE_INFINITY)),
                Map.entry("learningRate (=NaN)", () -> new AdaGrad(Double.NaN)),
                Map.entry("learningRate (=0.0)", () -> new AdamW(0, 0.1)),
                Map.entry("momentum (=1.0)", () -> new Sgd(1, 1)),
                Map.entry("momentum (=-0.1)", () -> new HeavyBall(1, -0.1)),
                Map.entry("momentum (=NaN)", () -> new Nesterov(1, Double.NaN)),
                Map.entry("decay (=1.5)", () -> new RmsProp(1, 1.5, Epsilon.insideRoot(1))),
                Map.entry("beta1 (=1.0)", () -> new Adam(1, 1, 0.9, 1)),
                Map.entry("beta2 (=2.0)", () -> new Adam(1, 0.9, 2, 1)),
                Map.entry("epsilon (=0.0)", () -> new Adam(1, 0.9, 0.9, 0)),
                Map.entry("epsilon (=-1.0)", () -> Epsilon.outsideRoot(-1)),
                Map.entry("decay (=-0.5)", () -> new AdamW(1, -0.5)),
                Map.entry("lambda (=-2.0)", () -> new Penalty.L1(-2)),
                Map.entry("lambda (=NaN)", () -> new Penalty.L2(Double.NaN)),
                Map.entry("limit (=0.0)", () -> new GradientClipping.ByNorm(0)),
                Map.entry("limit (=-3.0)", () -> new GradientClipping.ByValue(-3)),
                Map.entry("rate (=NaN)", () -> new Sgd(1, 0).step(List.of(), List.of(), Double.NaN)),
                Map.entry("rate (=-4.0)", () -> new AdamW(1, 0).step(List.of(), List.of(), -4)));
        wrong.forEach((message, call) -> assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    }

    @Test
    void otherParametersThanBeforeAreRefused() {
        Sgd sgd = new Sgd(0.1, 0.9);
        sgd.step(List.of(number(0)), List.of(gradient(1)));
        assertThatThrownBy(() -> sgd.step(List.of(number(0), number(1)), List.of(gradient(1), gradient(1))))
                .hasMessageContaining("moments of 1 parameters").hasMessageContaining("given 2");
        assertThatThrownBy(() -> sgd.step(List.of(number(0)), List.of())).hasMessageContaining("0 gradients for 1");
        assertThatThrownBy(() -> sgd.step(List.of(number(0)), List.of(Tensor.zeros(ElementType.FLOAT64, 3))))
                .hasMessageContaining("(1)").hasMessageContaining("(3)");
    }
}
