package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private static final CellKernel TANH = CellKernel.elman(ActivationKernel.TANH);
    private static final CellKernel RELU = CellKernel.elman(ActivationKernel.RELU);

    enum Cell {
        TANH, SIGMOID, RELU, LSTM, GRU;

        private CellKernel kernel() {
            return switch (this) {
                case LSTM -> CellKernel.lstm();
                case GRU -> CellKernel.gru();
                case TANH, SIGMOID, RELU -> CellKernel.elman(ActivationKernel.valueOf(name()));
            };
        }
    }

    private static List<Tensor> numbers(ElementType type) {
        return numbers(type, TANH);
    }

    private static List<Tensor> numbers(ElementType type, CellKernel cell) {
        int width = cell.gates() * UNITS;
        return List.of(random(type, "inputs", ROWS, width), random(type, "weight", width, UNITS),
                random(type, "bias", width));
    }

    private static Tensor states(CellKernel cell, List<Tensor> at) {
        return GROUPS.states(cell, at.get(0), at.get(1), at.get(2));
    }

    private static Tensor stepByStep(CellKernel cell, List<Tensor> at) {
        return GROUPS.stepByStep(cell, at.get(0), at.get(1), at.get(2));
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
        Tensor h = recurrence.states(RELU, x, w, b);
        assertThat(h.toDoubles()).containsExactly(2, 0, 3, 6);
        List<Tensor> gradients = Gradients.of(h.sum(), x, w, b);
        // By x of the last step 1, of the one before 1 + 2, of the first 1 + 2 (1 + 2); the other sequence is off.
        assertThat(gradients.get(0).toDoubles()).containsExactly(7, 0, 3, 1);
        assertThat(gradients.get(1).item()).isEqualTo(3 * 2 + 1 * 3);
        assertThat(gradients.get(2).item()).isEqualTo(11);
    }

    /// One unit and two steps, by the formulas of Hochreiter and Schmidhuber 1997 with a forget gate.
    @Test
    void stepsOfAMemoryByHand() {
        double[] x = {0.5, -0.3, 0.8, 0.1, -1, 0.7, 0.2, 1.5};
        double[] w = {0.4, -0.6, 1.1, 0.3};
        double[] b = {0.1, 0.2, -0.3, 0.4};
        double c = 0;
        double h = 0;
        double[] expected = new double[2];
        for (int t = 0; t < 2; t++) {
            double[] a = new double[4];
            for (int k = 0; k < 4; k++) {
                a[k] = x[4 * t + k] + w[k] * h + b[k];
            }
            c = sigmoid(a[1]) * c + sigmoid(a[0]) * Math.tanh(a[2]);
            h = sigmoid(a[3]) * Math.tanh(c);
            expected[t] = h;
        }
        assertThat(new Recurrence(new int[]{0, 1, 2}).states(CellKernel.lstm(), Tensor.of(x, 2, 4), Tensor.of(w, 4, 1),
                Tensor.of(b)).toDoubles()).containsExactly(expected, Offset.offset(1e-15));
    }

    /// One unit and two steps, by the formulas of Cho et al. 2014 in PyTorch's form.
    @Test
    void stepsOfAGatedUnitByHand() {
        double[] x = {0.5, -0.3, 0.8, -1, 0.7, 0.2};
        double[] w = {0.4, -0.6, 1.1};
        double[] b = {0.1, 0.2, -0.3};
        double h = 0;
        double[] expected = new double[2];
        for (int t = 0; t < 2; t++) {
            double reset = sigmoid(x[3 * t] + w[0] * h + b[0]);
            double update = sigmoid(x[3 * t + 1] + w[1] * h + b[1]);
            double candidate = Math.tanh(x[3 * t + 2] + reset * (w[2] * h + b[2]));
            h = (1 - update) * candidate + update * h;
            expected[t] = h;
        }
        assertThat(new Recurrence(new int[]{0, 1, 2}).states(CellKernel.gru(), Tensor.of(x, 2, 3), Tensor.of(w, 3, 1),
                Tensor.of(b)).toDoubles()).containsExactly(expected, Offset.offset(1e-15));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void agreesWithAnOperationForEachStep(Cell cell) {
        for (ElementType type : ElementType.values()) {
            Offset<Double> near = Offset.offset(type == ElementType.FLOAT64 ? 1e-13 : 1e-5);
            List<Tensor> at = numbers(type, cell.kernel()).stream().map(Tensor::tracked).toList();
            Tensor states = states(cell.kernel(), at);
            Tensor plain = stepByStep(cell.kernel(), at);
            assertThat(states.toDoubles()).containsExactly(plain.toDoubles(), near);
            List<Tensor> untracked = at.stream().map(Tensor::detached).toList();
            assertThat(states(cell.kernel(), untracked).toDoubles()).isEqualTo(states.toDoubles());
            List<Tensor> gradients = Gradients.of(weighed(states), at);
            List<Tensor> expected = Gradients.of(weighed(plain), at);
            for (int i = 0; i < at.size(); i++) {
                assertThat(gradients.get(i).toDoubles()).containsExactly(expected.get(i).toDoubles(), near);
                // Alone, without the others' help, and a second way back from one pass forward.
                assertThat(Gradients.of(weighed(states), at.get(i)).getFirst().toDoubles())
                        .isEqualTo(gradients.get(i).toDoubles());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void derivativesAgreeWithDifferences(Cell cell) {
        List<Tensor> at = numbers(ElementType.FLOAT64, cell.kernel());
        assertThat(GradientCheck.firstOrder(x -> weighed(states(cell.kernel(), x)), at)).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(x -> weighed(states(cell.kernel(), x).square()), at)).isLessThan(1e-7);
    }

    /// Where gates are nearly open or shut their values round to 1, and what is left of the derivatives is small but
    /// known: a float32 gradient has the digits of the float64 one. Not so where a GRU lets nothing through: the
    /// gradient by its update is a difference of states, which are rounded themselves.
    @ParameterizedTest
    @CsvSource({"LSTM, -25", "LSTM, 12", "LSTM, 25", "GRU, 12", "GRU, 25"})
    void gradientsOfSaturatedGatesKeepTheirDigits(Cell cell, double size) {
        int gates = cell.kernel().gates();
        Recurrence two = new Recurrence(new int[]{0, 1, 2});
        List<List<Tensor>> gradients = new ArrayList<>();
        for (ElementType type : List.of(ElementType.FLOAT64, ElementType.FLOAT32)) {
            Tensor x = Tensor.full(type, size, 2, gates).plus(random(type, "x", 2, gates).times(0.1)).tracked();
            Tensor w = Tensor.full(type, 0.1, gates, 1).tracked();
            Tensor states = two.states(cell.kernel(), x, w, Tensor.zeros(type, gates));
            gradients.add(Gradients.of(states.sum(), x, w));
        }
        for (int i = 0; i < 2; i++) {
            double[] exact = gradients.get(0).get(i).toDoubles();
            double[] rounded = gradients.get(1).get(i).toDoubles();
            for (int k = 0; k < exact.length; k++) {
                // Sums near 25 are rounded by 1e-6, which is what e^-25 then is off by, relatively.
                assertThat(rounded[k]).isCloseTo(exact[k], Offset.offset(2e-5 * Math.abs(exact[k]) + 1e-37));
            }
        }
    }

    @Test
    void whatTheInputsWereMadeOfMayBeTheWeightItself() {
        List<Tensor> at = numbers(ElementType.FLOAT64);
        List<Tensor> gradients = new ArrayList<>();
        for (boolean fused : new boolean[]{true, false}) {
            Tensor w = at.get(1).tracked();
            List<Tensor> from = List.of(at.get(0).matmul(w), w, at.get(2));
            Tensor first = Gradients.differentiable(weighed(fused
                    ? states(TANH, from)
                    : stepByStep(TANH, from)), List.of(w)).getFirst();
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

        static List<Tensor> at(CellKernel cell) {
            int width = cell.gates() * UNITS;
            return List.of(random(ElementType.FLOAT32, "x", 265, width).tracked(),
                    random(ElementType.FLOAT32, "w", width, UNITS).times(0.1).tracked(),
                    random(ElementType.FLOAT32, "b", width).tracked());
        }

        static Tensor states(CellKernel cell, List<Tensor> at) {
            return RECURRENCE.states(cell, at.get(0), at.get(1), at.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void wideStatesAgreeWithAnOperationForEachStepWhateverTheThreads(Cell cell) {
        List<Tensor> at = Wide.at(cell.kernel());
        Tensor plain = Wide.RECURRENCE.stepByStep(cell.kernel(), at.get(0), at.get(1), at.get(2));
        List<Tensor> expected = Gradients.of(plain.square().sum(), at);
        Tensor states = Wide.states(cell.kernel(), at);
        assertThat(states.toDoubles()).containsExactly(plain.toDoubles(), Offset.offset(2e-6));
        List<Tensor> gradients = Gradients.of(states.square().sum(), at);
        for (int i = 0; i < gradients.size(); i++) {
            double size = expected.get(i).euclideanNorm();
            assertThat(gradients.get(i).minus(expected.get(i)).euclideanNorm()).isLessThan(2e-6 * size);
        }
        int threads = Machine.current().threads();
        try {
            for (int count : new int[]{1, 2, 3, 7}) {
                Machine.setThreads(count);
                Tensor again = Wide.states(cell.kernel(), at);
                assertThat(again.toFloats()).isEqualTo(states.toFloats());
                List<Tensor> same = Gradients.of(again.square().sum(), at);
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
        CellKernel sigmoid = CellKernel.elman(ActivationKernel.SIGMOID);
        comeAsTheyAreUsedUp(Wide.at(TANH), List.of(at -> Wide.states(TANH, at).square().sum(),
                at -> Wide.states(TANH, at).plus(at.getFirst()).square().sum(),
                at -> Wide.states(RELU, List.of(at.getFirst().detached(), at.get(1), at.get(2))).plus(at.getFirst())
                        .square().sum(),
                at -> new Recurrence(new int[]{0, 40, 80, Wide.UNITS}).states(sigmoid, at.get(1), at.get(1), at.get(2))
                        .square().sum()));
        for (CellKernel cell : List.of(CellKernel.lstm(), CellKernel.gru())) {
            comeAsTheyAreUsedUp(Wide.at(cell), List.of(at -> Wide.states(cell, at).square().sum(),
                    at -> Wide.states(cell, at).square().sum().plus(at.getFirst().sum()),
                    at -> Wide.states(cell, List.of(at.getFirst().detached(), at.get(1), at.get(2))).square().sum()));
        }
    }

    private static void comeAsTheyAreUsedUp(List<Tensor> at, List<Use> uses) {
        Workspace workspace = new Workspace();
        for (Use use : uses) {
            List<Tensor> expected = Gradients.of(use.loss(at), at, Gradients.Unreached.ZERO);
            for (int run = 0; run < 3; run++) {
                float[][] got = new float[3][];
                workspace.run(() -> {
                    Tensor loss = use.loss(at);
                    Gradients.each(loss, at, Gradients.Unreached.ZERO,
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
        Tensor states = GROUPS.states(TANH, at.get(0), weight, at.get(2));
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
        assertThat(new Recurrence(new int[]{0}).states(RELU, none, at.get(1), at.get(2)).shape())
                .isEqualTo(none.shape());
        Tensor weight = at.get(1).tracked();
        Tensor states = new Recurrence().states(RELU, none, weight, at.get(2));
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
                () -> GROUPS.states(TANH, at.get(0).slice(0, 0, 9), at.get(1), at.get(2)))
                .hasMessage("a recurrence of 10 rows needs shapes (10, units), (units, units) and (units), not (9, 3),"
                        + " (3, 3) and (3)");
        assertThatThrownBy(
                () -> GROUPS.states(TANH, at.get(0), at.get(1).slice(0, 0, 2), at.get(2)))
                .hasMessageContaining("not (10, 3), (2, 3) and (3)");
        assertThatThrownBy(() -> GROUPS.states(TANH, at.get(0), at.get(1),
                at.get(2).to(ElementType.FLOAT32)))
                .hasMessage("a recurrence needs one element type, not FLOAT64, FLOAT64 and FLOAT32");
        assertThatThrownBy(() -> GROUPS.states(CellKernel.lstm(), at.get(0), at.get(1), at.get(2)))
                .hasMessage("a recurrence of 10 rows needs shapes (10, 4 x units), (4 x units, units) and (4 x units),"
                        + " not (10, 3), (3, 3) and (3)");
        assertThatThrownBy(() -> GROUPS.states(CellKernel.gru(), random(ElementType.FLOAT64, "x", ROWS, 4),
                random(ElementType.FLOAT64, "w", 4, 1), random(ElementType.FLOAT64, "b", 4)))
                .hasMessageContaining("(3 x units, units)").hasMessageContaining("not (10, 4), (4, 1) and (4)");
    }
}
