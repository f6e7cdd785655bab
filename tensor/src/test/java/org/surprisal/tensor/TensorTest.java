package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TensorTest {
    private static final Tensor A = Tensor.of(new double[]{1, 2, 3, 4, 5, 6}, 2, 3);

    @Test
    void numbersAreCopiedInAndOut() {
        float[] values = {1, 2};
        Tensor tensor = Tensor.of(values);
        values[0] = 9;
        tensor.toFloats()[1] = 9;
        assertThat(tensor.toFloats()).containsExactly(1, 2);
        assertThat(tensor.tracked().toFloats()).containsExactly(1, 2);
    }

    @Test
    void wrongShapesAreNamedBothOfThem() {
        assertThatThrownBy(() -> A.plus(Tensor.zeros(ElementType.FLOAT64, 2, 4))).hasMessageContaining("(2, 3)")
                .hasMessageContaining("(2, 4)");
        assertThatThrownBy(() -> A.matmul(A)).hasMessageContaining("(2, 3)").hasMessageContaining("3 != 2");
        assertThatThrownBy(() -> A.reshape(4, 2)).hasMessageContaining("(2, 3)").hasMessageContaining("(4, 2)");
        assertThatThrownBy(
                () -> A.linear(Tensor.zeros(ElementType.FLOAT64, 5, 4), Tensor.zeros(ElementType.FLOAT64, 5)))
                .hasMessageContaining("(2, 3)").hasMessageContaining("(5, 4)");
        assertThatThrownBy(
                () -> A.linear(Tensor.zeros(ElementType.FLOAT64, 5, 3), Tensor.zeros(ElementType.FLOAT64, 4)))
                .hasMessageContaining("(4)").hasMessageContaining("(5, 3)");
        assertThatThrownBy(() -> A.pick(0, 3)).hasMessageContaining("column 3 of row 1");
        assertThatThrownBy(() -> Tensor.of(new double[]{1}, 2)).hasMessageContaining("(2)");
        assertThatThrownBy(() -> A.sum().transpose()).hasMessageContaining("()");
        assertThatThrownBy(() -> A.broadcastTo(Shape.of(3))).hasMessageContaining("(3)");
        assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16)).hasMessageContaining("65536");
        assertThatThrownBy(() -> Shape.of(-1)).hasMessageContaining("-1");
    }

    @Test
    void elementTypesDoNotMix() {
        assertThatThrownBy(() -> A.plus(A.to(ElementType.FLOAT32))).hasMessageContaining("FLOAT64")
                .hasMessageContaining("FLOAT32");
    }

    @Test
    void sumsAndBroadcasts() {
        assertThat(A.sum().item()).isEqualTo(21);
        assertThat(A.sum(0).toDoubles()).containsExactly(5, 7, 9);
        assertThat(A.sum(-1).toDoubles()).containsExactly(6, 15);
        assertThat(A.plus(Tensor.of(new double[]{10, 20, 30})).toDoubles()).containsExactly(11, 22, 33, 14, 25, 36);
        assertThat(A.times(Tensor.of(new double[]{1, -1}, 2, 1)).toDoubles()).containsExactly(1, 2, 3, -4, -5, -6);
        assertThat(A.transpose().toDoubles()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(A.at(1, 2)).isEqualTo(6);
        assertThat(A.argmaxRows()).containsExactly(2, 2);
    }

    @Test
    void logSoftmaxStaysFiniteWhereExponentialsOverflow() {
        Tensor logits = Tensor.of(new double[]{1000, 0, -1000}, 1, 3);
        assertThat(logits.logSoftmax().toDoubles()).containsExactly(0, -1000, -2000);
        assertThat(Tensor.of(new float[]{1, 2, 3}, 1, 3).softmax().sum().item()).isCloseTo(1, Offset.offset(1e-6));
    }

    @Test
    void finiteOrNot() {
        assertThat(A.isFinite()).isTrue();
        assertThat(A.over(Tensor.zeros(ElementType.FLOAT64, 2, 3)).isFinite()).isFalse();
        // The sum overflows, the elements do not.
        assertThat(Tensor.of(new double[]{1e308, 1e308}).isFinite()).isTrue();
    }

    @Test
    void childrenOfAStreamDependOnSeedAndLabelOnly() {
        RandomStream used = RandomStream.seeded(7);
        used.nextGaussian();
        assertThat(used.child("w").child(3).nextLong())
                .isEqualTo(RandomStream.seeded(7).child("w").child(3).nextLong());
        assertThat(RandomStream.seeded(7).child("w").nextLong())
                .isNotEqualTo(RandomStream.seeded(7).child("v").nextLong());
        assertThat(RandomStream.seeded(7).child(1).nextLong()).isNotEqualTo(RandomStream.seeded(8).child(1).nextLong());
        assertThat(RandomStream.seeded(7).permutation(50)).containsOnlyOnce(0, 49).hasSize(50);
    }

    @Test
    void gaussianNumbersHaveTheMomentsAskedFor() {
        double[] x = RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 2, 3, 200_000).toDoubles();
        double mean = java.util.Arrays.stream(x).average().orElseThrow();
        double variance = java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        // four standard errors: 3/sqrt(n) and 9 sqrt(2/n)
        assertThat(mean).isCloseTo(2, Offset.offset(4 * 3 / Math.sqrt(200_000)));
        assertThat(variance).isCloseTo(9, Offset.offset(4 * 9 * Math.sqrt(2.0 / 200_000)));
    }

    @Test
    void assigningReplacesNumbersThatAreNotFinite() {
        Tensor target = Tensor.of(new float[]{Float.NaN, Float.POSITIVE_INFINITY, 1});
        InPlace.assign(target, Tensor.of(new float[]{1, 2, -0f}));
        assertThat(target.toFloats()).containsExactly(1, 2, -0f);
    }

    @Test
    void aSumOverTheLeadingAxisKeepsItsPrecision() {
        // 0.1f added up a million times in float32 gives 100958.34.
        Tensor ones = Tensor.full(ElementType.FLOAT32, 0.1, 1_000_000, 2);
        assertThat(ones.sum(0).at(1)).isCloseTo(1e6 * 0.1f, org.assertj.core.data.Percentage.withPercentage(1e-5));
    }

    @Test
    void aRowWithoutColumnsHasNoLargestElement() {
        assertThatThrownBy(() -> Tensor.zeros(ElementType.FLOAT32, 2, 0).argmaxRows()).hasMessageContaining("(2, 0)");
    }

    @Test
    void trailingZerosOfRows() {
        Tensor rows = Tensor.of(new float[]{1, 0, 2, 0, 0, 0, 0, -0f, 3, Float.NaN, 0, 0}, 4, 3);
        assertThat(rows.trailingZeros()).containsExactly(0, 3, 0, 2);
        assertThat(Tensor.zeros(ElementType.FLOAT64, 2, 0).trailingZeros()).containsExactly(0, 0);
        assertThatThrownBy(() -> Tensor.of(new float[]{1}).trailingZeros())
                .hasMessage("trailingZeros needs shape (rows, columns), not (1)");
    }
}
