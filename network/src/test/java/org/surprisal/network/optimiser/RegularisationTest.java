package org.surprisal.network.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Parameter;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

class RegularisationTest {
    private static final double[] WEIGHT = {1, -2, 0, 0.5};
    private static final double[] BIAS = {3, -4};

    private static List<Parameter> parameters() {
        return List.of(Parameter.of("weight", Tensor.of(WEIGHT, 2, 2)), Parameter.of("bias", Tensor.of(BIAS)));
    }

    private static List<Tensor> gradients(double... values) {
        return List.of(Tensor.of(new double[]{values[0], values[1], values[2], values[3]}, 2, 2),
                Tensor.of(new double[]{values[4], values[5]}));
    }

    @Test
    void withoutAGradientL2ShrinksWeightsAndLeavesBiases() {
        List<Parameter> p = parameters();
        new Penalised(new Sgd(0.1, 0), new Penalty.L2(0.5)).step(p, gradients(0, 0, 0, 0, 0, 0));
        // 1 - rate lambda = 0.95
        assertThat(p.get(0).value().toDoubles()).containsExactly(new double[]{0.95, -1.9, 0, 0.475},
                Offset.offset(1e-15));
        assertThat(p.get(1).value().toDoubles()).containsExactly(BIAS);
    }

    @Test
    void withoutAGradientL1MovesWeightsByTheSameAmountAndLeavesZeros() {
        List<Parameter> p = parameters();
        new Penalised(new Sgd(0.1, 0), new Penalty.L1(0.5)).step(p, gradients(0, 0, 0, 0, 0, 0));
        assertThat(p.get(0).value().toDoubles()).containsExactly(new double[]{0.95, -1.95, 0, 0.45},
                Offset.offset(1e-15));
        assertThat(p.get(1).value().toDoubles()).containsExactly(BIAS);
    }

    @Test
    void decoupledDecayShrinksWhateverTheGradient() {
        List<Parameter> decayed = parameters();
        List<Parameter> plain = parameters();
        new AdamW(0.1, 0.5).step(decayed, gradients(1, 2, 3, 4, 5, 6));
        new Adam(0.1).step(plain, gradients(1, 2, 3, 4, 5, 6));
        for (int i = 0; i < 4; i++) {
            assertThat(decayed.get(0).value().at(i / 2, i % 2))
                    .isCloseTo(plain.get(0).value().at(i / 2, i % 2) - 0.05 * WEIGHT[i], Offset.offset(1e-15));
        }
        assertThat(decayed.get(1).value().toDoubles()).containsExactly(plain.get(1).value().toDoubles());
    }

    @Test
    void penaltiesAreTheIntegralsOfTheirGradients() {
        List<Parameter> p = parameters();
        assertThat(new Penalty.L1(0.5).value(p)).isCloseTo(0.5 * 3.5, Offset.offset(1e-15));
        assertThat(new Penalty.L1(0.5, Regularised.ALL).value(p)).isCloseTo(0.5 * 10.5, Offset.offset(1e-15));
        assertThat(new Penalty.L2(0.5).value(p)).isCloseTo(0.25 * 5.25, Offset.offset(1e-15));
        assertThat(new Penalty.L2(0.5, Regularised.ALL).value(p)).isCloseTo(0.25 * 30.25, Offset.offset(1e-15));
        double h = 1e-6;
        for (Penalty penalty : List.of(new Penalty.L1(0.3), new Penalty.L2(0.3))) {
            for (double w : new double[]{-2, -0.1, 0.7}) {
                Tensor gradient = Tensor.zeros(ElementType.FLOAT64, 1, 1);
                penalty.addGradient(gradient, Tensor.of(new double[]{w}, 1, 1));
                double up = penalty.value(Tensor.of(new double[]{w + h}, 1, 1));
                double down = penalty.value(Tensor.of(new double[]{w - h}, 1, 1));
                assertThat(gradient.item()).isCloseTo((up - down) / (2 * h), Offset.offset(1e-9));
            }
        }
    }

    @Test
    void l1OnAParabolaEndsAtTheSoftThreshold() {
        // The minimum of k/2 (x - x0)^2 + lambda |x| is sign(x0) max(|x0| - lambda/k, 0).
        double k = 2;
        double lambda = 0.5;
        for (double x0 : new double[]{1, -0.6, 0.2, -0.1}) {
            Parameter x = Parameter.of("x", Tensor.of(new double[]{x0}, 1, 1));
            Optimiser optimiser = new Penalised(new Sgd(1e-3, 0), new Penalty.L1(lambda));
            for (int step = 0; step < 5000; step++) {
                optimiser.step(List.of(x), List.of(x.value().detached().plus(-x0).times(k)));
            }
            double expected = Math.signum(x0) * Math.max(Math.abs(x0) - lambda / k, 0);
            // Around 0 the sign flips at each step, by at most rate (lambda + k |x0|).
            assertThat(x.value().item()).isCloseTo(expected, Offset.offset(1e-3));
        }
    }

    @Test
    void clippingByValueBoundsEachElement() {
        List<Tensor> given = gradients(3, -0.5, 0, -7, 1, 2);
        GradientClipping.Result clipped = new GradientClipping.ByValue(1).clip(given);
        assertThat(clipped.gradients().get(0).toDoubles()).containsExactly(1, -0.5, 0, -1);
        assertThat(clipped.gradients().get(1).toDoubles()).containsExactly(1, 1);
        assertThat(clipped.norm()).isCloseTo(Math.sqrt(63.25), Offset.offset(1e-14));
        assertThat(given.get(0).toDoubles()).as("the gradients given").containsExactly(3, -0.5, 0, -7);
    }

    @Test
    void clippingByNormKeepsTheDirection() {
        List<Tensor> given = gradients(1, -2, 0, 2, 4, 0);
        GradientClipping.Result clipped = new GradientClipping.ByNorm(2.5).clip(given);
        assertThat(clipped.norm()).isCloseTo(5, Offset.offset(1e-15));
        assertThat(clipped.gradients().get(0).toDoubles()).containsExactly(new double[]{0.5, -1, 0, 1},
                Offset.offset(1e-15));
        assertThat(clipped.gradients().get(1).toDoubles()).containsExactly(new double[]{2, 0}, Offset.offset(1e-15));
        assertThat(new GradientClipping.ByNorm(5).clip(given).gradients()).isSameAs(given);
        List<Tensor> zeros = gradients(0, 0, 0, 0, 0, 0);
        assertThat(new GradientClipping.ByNorm(1).clip(zeros).gradients()).isSameAs(zeros);
    }

    @Test
    void aClippedOptimiserStepsByTheClippedGradientAndTellsTheNormBefore() {
        List<Parameter> p = parameters();
        Clipped clipped = new Clipped(new Sgd(1, 0), new GradientClipping.ByNorm(1));
        assertThat(clipped.norm()).isEmpty();
        assertThat(clipped.learningRate()).isEqualTo(1);
        clipped.step(p, gradients(0, 0, 0, 0, 3, 4));
        assertThat(clipped.norm()).hasValue(5);
        assertThat(p.get(1).value().toDoubles()).containsExactly(new double[]{2.4, -4.8}, Offset.offset(1e-15));
    }

    @Test
    void clippedDescentStaysNearTheCliff() {
        // 50 x^2 left of 0, x right of it. The first plain step, 0.1 * 45, throws x to 4.05, whence it creeps back by
        // 0.1.
        assertThat(descend(new Sgd(0.1, 0))).isCloseTo(4.05 - 19 * 0.1, Offset.offset(1e-12));
        assertThat(Math.abs(descend(new Clipped(new Sgd(0.1, 0), new GradientClipping.ByNorm(1))))).isLessThan(0.1);
    }

    /// Where twenty steps from -0.45 lead.
    private static double descend(Optimiser optimiser) {
        Parameter x = Parameter.of("x", Tensor.of(new double[]{-0.45}));
        for (int step = 0; step < 20; step++) {
            double at = x.value().item();
            optimiser.step(List.of(x), List.of(Tensor.of(new double[]{at < 0 ? 100 * at : 1})));
        }
        return x.value().item();
    }

    @Test
    void gradientsThatAreNotNumbersAreRefused() {
        for (GradientClipping clipping : List.of(new GradientClipping.ByNorm(1), new GradientClipping.ByValue(1))) {
            for (double bad : new double[]{Double.NaN, Double.NEGATIVE_INFINITY}) {
                assertThatThrownBy(() -> clipping.clip(gradients(0, 0, 0, 0, 0, bad)))
                        .isInstanceOf(DivergenceException.class).hasMessageContaining("gradient 1, of shape (2)");
            }
        }
    }

    @Test
    void decoratorsLeaveTheGradientsToThoseWhoListen() {
        List<Tensor> given = gradients(1, 2, 3, 4, 5, 6);
        Optimiser optimiser = new Clipped(new Penalised(new Adam(0.1), new Penalty.L2(1, Regularised.ALL)),
                new GradientClipping.ByNorm(1));
        optimiser.step(parameters(), given);
        assertThat(given.get(0).toDoubles()).containsExactly(1, 2, 3, 4);
        assertThat(given.get(1).toDoubles()).containsExactly(5, 6);
    }
}
