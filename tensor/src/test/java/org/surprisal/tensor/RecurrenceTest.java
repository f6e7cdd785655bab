package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// All steps in one operation against an operation for each step, and against differences.
class RecurrenceTest {
    private static final int UNITS = 3;
    /// A group of three sequences, of 3, 2 and 1 steps, one without sequences, and one of two that have 2 steps.
    private static final Recurrence GROUPS = new Recurrence(new int[]{0, 3, 5, 6}, new int[]{0}, new int[]{0, 2, 4});
    private static final int ROWS = 10;

    private static Tensor random(ElementType type, String label, int... lengths) {
        return RandomStream.seeded(21).child(label).gaussian(type, 0, 1, lengths);
    }

    private static List<Tensor> numbers(ElementType type) {
        return List.of(random(type, "inputs", ROWS, UNITS), random(type, "weight", UNITS, UNITS),
                random(type, "bias", UNITS));
    }

    private static Tensor states(ActivationKernel f, List<Tensor> at) {
        return GROUPS.states(f, at.get(0), at.get(1), at.get(2));
    }

    private static Tensor stepByStep(ActivationKernel f, List<Tensor> at) {
        return GROUPS.stepByStep(f, at.get(0), at.get(1), at.get(2));
    }

    private static Tensor weighed(Tensor states) {
        return states.times(random(states.type(), "upstream", ROWS, UNITS)).sum();
    }

    @Test
    void aStepByHand() {
        // One unit, h' = relu(x + 2 h - 1): a sequence of 3, 0, 1 and one of 1.
        Recurrence recurrence = new Recurrence(new int[]{0, 2, 3, 4});
        Tensor x = Tensor.of(new double[]{3, 1, 0, 1}, 4, 1).tracked();
        Tensor w = Tensor.of(new double[]{2}, 1, 1).tracked();
        Tensor b = Tensor.of(new double[]{-1}).tracked();
        Tensor h = recurrence.states(ActivationKernel.RELU, x, w, b);
        assertThat(h.toDoubles()).containsExactly(2, 0, 3, 6);
        List<Tensor> gradients = Gradients.of(h.sum(), x, w, b);
        // By x of the last step 1, of the one before 1 + 2, of the first 1 + 2 (1 + 2); the other sequence is off.
        assertThat(gradients.get(0).toDoubles()).containsExactly(7, 0, 3, 1);
        assertThat(gradients.get(1).item()).isEqualTo(3 * 2 + 1 * 3);
        assertThat(gradients.get(2).item()).isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource(ActivationKernel.class)
    void agreesWithAnOperationForEachStep(ActivationKernel f) {
        for (ElementType type : ElementType.values()) {
            Offset<Double> near = Offset.offset(type == ElementType.FLOAT64 ? 1e-13 : 1e-5);
            List<Tensor> at = numbers(type).stream().map(Tensor::tracked).toList();
            Tensor states = states(f, at);
            Tensor plain = stepByStep(f, at);
            assertThat(states.toDoubles()).containsExactly(plain.toDoubles(), near);
            List<Tensor> gradients = Gradients.of(weighed(states), at);
            List<Tensor> expected = Gradients.of(weighed(plain), at);
            for (int i = 0; i < at.size(); i++) {
                assertThat(gradients.get(i).toDoubles()).containsExactly(expected.get(i).toDoubles(), near);
                // Alone, without the others' help.
                assertThat(Gradients.of(weighed(states), at.get(i)).getFirst().toDoubles())
                        .isEqualTo(gradients.get(i).toDoubles());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ActivationKernel.class)
    void derivativesAgreeWithDifferences(ActivationKernel f) {
        assertThat(GradientCheck.firstOrder(at -> weighed(states(f, at)), numbers(ElementType.FLOAT64)))
                .isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(at -> weighed(states(f, at).square()), numbers(ElementType.FLOAT64)))
                .isLessThan(1e-7);
    }

    @Test
    void whatTheInputsWereMadeOfMayBeTheWeightItself() {
        List<Tensor> at = numbers(ElementType.FLOAT64);
        List<Tensor> gradients = new ArrayList<>();
        for (boolean fused : new boolean[]{true, false}) {
            Tensor w = at.get(1).tracked();
            List<Tensor> from = List.of(at.get(0).matmul(w), w, at.get(2));
            Tensor first = Gradients.differentiable(weighed(fused
                    ? states(ActivationKernel.TANH, from)
                    : stepByStep(ActivationKernel.TANH, from)), List.of(w)).getFirst();
            gradients.add(first.detached());
            gradients.add(Gradients.of(first.square().sum(), w).getFirst());
        }
        for (int order = 0; order < 2; order++) {
            assertThat(gradients.get(order).toDoubles()).containsExactly(gradients.get(order + 2).toDoubles(),
                    Offset.offset(1e-11));
        }
    }

    /// Wide enough for whole vectors and the rest behind them, long enough that a [Workspace] lends the arrays.
    private static final class Wide {
        private static final int UNITS = 83;
        private static final Recurrence RECURRENCE = new Recurrence(new int[]{0, 60, 100}, new int[]{0, 60, 90, 91},
                new int[]{0, 37, 74});
        private static final List<Tensor> AT = List.of(random(ElementType.FLOAT32, "x", 265, UNITS).tracked(),
                random(ElementType.FLOAT32, "w", UNITS, UNITS).times(0.1).tracked(),
                random(ElementType.FLOAT32, "b", UNITS).tracked());

        static Tensor states(ActivationKernel f, List<Tensor> at) {
            return RECURRENCE.states(f, at.get(0), at.get(1), at.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource(ActivationKernel.class)
    void wideStatesAgreeWithAnOperationForEachStepWhateverTheThreads(ActivationKernel f) {
        Tensor plain = Wide.RECURRENCE.stepByStep(f, Wide.AT.get(0), Wide.AT.get(1), Wide.AT.get(2));
        List<Tensor> expected = Gradients.of(plain.square().sum(), Wide.AT);
        Tensor states = Wide.states(f, Wide.AT);
        assertThat(states.toDoubles()).containsExactly(plain.toDoubles(), Offset.offset(2e-6));
        List<Tensor> gradients = Gradients.of(states.square().sum(), Wide.AT);
        for (int i = 0; i < gradients.size(); i++) {
            double size = expected.get(i).euclideanNorm();
            assertThat(gradients.get(i).minus(expected.get(i)).euclideanNorm()).isLessThan(2e-6 * size);
        }
        int threads = Machine.current().threads();
        try {
            for (int count : new int[]{1, 2, 3, 7}) {
                Machine.setThreads(count);
                Tensor again = Wide.states(f, Wide.AT);
                assertThat(again.toFloats()).isEqualTo(states.toFloats());
                List<Tensor> same = Gradients.of(again.square().sum(), Wide.AT);
                for (int i = 0; i < same.size(); i++) {
                    assertThat(same.get(i).toFloats()).isEqualTo(gradients.get(i).toFloats());
                }
            }
        } finally {
            Machine.setThreads(threads);
        }
    }

    private interface Use {
        Tensor loss(List<Tensor> at);
    }

    /// Inputs with another use than the recurrence, inputs that are constants, the same tensor for both.
    @Test
    void gradientsComeAsTheyAreUsedUpInAWorkspace() {
        List<Use> uses = List.of(at -> Wide.states(ActivationKernel.TANH, at).square().sum(),
                at -> Wide.states(ActivationKernel.TANH, at).plus(at.getFirst()).square().sum(),
                at -> Wide.states(ActivationKernel.RELU,
                        List.of(at.getFirst().detached(), at.get(1), at.get(2))).plus(at.getFirst()).square().sum(),
                at -> new Recurrence(new int[]{0, 40, 80, Wide.UNITS})
                        .states(ActivationKernel.SIGMOID, at.get(1), at.get(1), at.get(2)).square().sum());
        Workspace workspace = new Workspace();
        for (Use use : uses) {
            List<Tensor> expected = Gradients.of(use.loss(Wide.AT), Wide.AT, Gradients.Unreached.ZERO);
            for (int run = 0; run < 3; run++) {
                float[][] got = new float[3][];
                workspace.run(() -> {
                    Tensor loss = use.loss(Wide.AT);
                    Gradients.each(loss, Wide.AT, Gradients.Unreached.ZERO,
                            (i, gradient) -> got[i] = gradient.toFloats());
                    return loss.item();
                });
                for (int i = 0; i < got.length; i++) {
                    assertThat(got[i]).isEqualTo(expected.get(i).toFloats());
                }
            }
        }
    }

    @Test
    void aSeedThatChangesIsReadAgain() {
        List<Tensor> at = numbers(ElementType.FLOAT64);
        Tensor weight = at.get(1).tracked();
        Tensor states = GROUPS.states(ActivationKernel.TANH, at.get(0), weight, at.get(2));
        Tensor seed = random(ElementType.FLOAT64, "upstream", ROWS, UNITS);
        Tensor before = Jacobian.vectorJacobian(states, seed, List.of(weight)).getFirst();
        InPlace.assign(seed, seed.times(2));
        assertThat(Jacobian.vectorJacobian(states, seed, List.of(weight)).getFirst().toDoubles())
                .containsExactly(before.times(2).toDoubles(), Offset.offset(1e-14));
    }

    @Test
    void rowsAreCutIntoBlocks() {
        Tensor rows = Tensor.of(new double[]{1, 2, 3, 4, 5}, 5, 1);
        assertThat(Recurrence.blocks(rows, 0, 2, 2, 3, 5).stream().map(Tensor::toDoubles))
                .containsExactly(new double[]{1, 2}, new double[0], new double[]{3}, new double[]{4, 5});
        assertThat(Recurrence.blocks(rows.slice(0, 0, 0), 0)).isEmpty();
        for (int[] wrong : new int[][]{{}, {0}, {1, 5}, {0, 4}, {0, 6}, {0, 3, 2, 5}}) {
            assertThatThrownBy(() -> Recurrence.blocks(rows, wrong)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(5, 1)").hasMessageContaining(Arrays.toString(wrong));
        }
    }

    @Test
    void withoutASequenceThereIsNoState() {
        Tensor none = Tensor.zeros(ElementType.FLOAT32, 0, UNITS);
        List<Tensor> at = numbers(ElementType.FLOAT32);
        assertThat(new Recurrence(new int[]{0}).states(ActivationKernel.RELU, none, at.get(1), at.get(2)).shape())
                .isEqualTo(none.shape());
        Tensor weight = at.get(1).tracked();
        Tensor states = new Recurrence().states(ActivationKernel.RELU, none, weight, at.get(2));
        assertThat(Gradients.of(states.sum(), weight).getFirst().euclideanNorm()).isZero();
    }

    @Test
    void whatDoesNotFitIsNamed() {
        for (int[] wrong : new int[][]{{}, {1, 2}, {0, 2, 5}, {0, 2, 2}, {0, -1}, {0, 3, 2},
                {0, Integer.MAX_VALUE, Integer.MIN_VALUE}}) {
            assertThatThrownBy(() -> new Recurrence(wrong)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("never more than the step before")
                    .hasMessageContaining(Arrays.toString(wrong));
        }
        List<Tensor> at = numbers(ElementType.FLOAT64);
        assertThatThrownBy(
                () -> GROUPS.states(ActivationKernel.TANH, at.get(0).slice(0, 0, 9), at.get(1), at.get(2)))
                .hasMessage("a recurrence of 10 rows needs shapes (10, units), (units, units) and (units), not (9, 3),"
                        + " (3, 3) and (3)");
        assertThatThrownBy(
                () -> GROUPS.states(ActivationKernel.TANH, at.get(0), at.get(1).slice(0, 0, 2), at.get(2)))
                .hasMessageContaining("not (10, 3), (2, 3) and (3)");
        assertThatThrownBy(() -> GROUPS.states(ActivationKernel.TANH, at.get(0), at.get(1),
                at.get(2).to(ElementType.FLOAT32)))
                .hasMessage("a recurrence needs one element type, not FLOAT64, FLOAT64 and FLOAT32");
    }
}
