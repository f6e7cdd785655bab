package org.surprisal.network.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.surprisal.tensor.Tensor;

class TopKTest {

    @Test
    void sharesOfRandomOutputs() {
        // top_k_accuracy_score of scikit-learn 1.2.1 on the same 100 x 6 outputs, drawn row by row, then 100 classes.
        SeededNumbers numbers = new SeededNumbers();
        double[] values = new double[600];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.next();
        }
        int[] actual = new int[100];
        for (int i = 0; i < actual.length; i++) {
            actual[i] = (int) (numbers.next() * 6);
        }
        Tensor outputs = Tensor.of(values, 100, 6);
        double[] recorded = {0.19, 0.34, 0.51, 0.64, 0.83, 1};
        for (int k = 1; k <= 6; k++) {
            assertThat(new TopK(k).accuracy(outputs, actual)).isEqualTo(recorded[k - 1]);
        }
        assertThat(new TopK(1).accuracy(outputs, actual)).isEqualTo(ConfusionMatrix.of(outputs, actual).accuracy());
    }

    @Test
    void equalOutputsRankByClass() {
        Tensor outputs = Tensor.of(new float[]{2, 2, 2, 5, 2, 2, 2, 5}, 2, 4);
        assertThat(new TopK(1).correct(outputs, new int[]{3, 0})).isEqualTo(1);
        assertThat(new TopK(2).correct(outputs, new int[]{0, 1})).isEqualTo(1);
        assertThat(new TopK(3).correct(outputs, new int[]{1, 2})).isEqualTo(1);
        Tensor constant = Tensor.of(new float[]{1, 1, 1}, 1, 3);
        assertThat(new TopK(1).correct(constant, new int[]{0})).isEqualTo(constant.argmaxRows()[0] == 0 ? 1 : 0);
        assertThat(new TopK(1).correct(constant, new int[]{1})).isZero();
    }

    @Test
    void badArguments() {
        Tensor outputs = Tensor.of(new float[]{1, 2, 3, 4}, 2, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> new TopK(0)).withMessage("k (=0) must be at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new TopK(3).correct(outputs, new int[]{0, 1}))
                .withMessage("k (=3) must be at most the number of classes (=2)");
        assertThatIllegalArgumentException().isThrownBy(() -> new TopK(1).correct(outputs, new int[]{0, 2}))
                .withMessage("actual[1] (=2) must be a class from 0 to 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new TopK(1).correct(outputs, new int[]{0})).withMessage(
                "outputs (2, 2) and the classes of 1 samples do not fit: outputs have shape (n, classes), n at least"
                        + " 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopK(1).correct(Tensor.of(new float[]{Float.NaN, 2}, 1, 2), new int[]{0}))
                .withMessage("outputs[0][0] is NaN; it must be a number");
    }
}
