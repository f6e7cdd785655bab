package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Operations that move numbers, and sparse products.
class MovementTest {
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void permutedAxesAreReadByPermutedIndices(ElementType type) {
        Tensor x = RandomStream.seeded(3).gaussian(type, 0, 1, 2, 3, 4, 5);
        int[][] orders = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 0, 2, 3}, {0, 2, 3, 1}, {2, 3, 0, 1}};
        for (int[] order : orders) {
            Tensor y = x.permute(order);
            int[] at = new int[4];
            for (at[0] = 0; at[0] < 2; at[0]++) {
                for (at[1] = 0; at[1] < 3; at[1]++) {
                    for (at[2] = 0; at[2] < 4; at[2]++) {
                        for (at[3] = 0; at[3] < 5; at[3]++) {
                            assertThat(y.at(at[order[0]], at[order[1]], at[order[2]], at[order[3]]))
                                    .isEqualTo(x.at(at));
                        }
                    }
                }
            }
        }
        assertThat(x.permute(-1, 0, 1, 2).shape()).isEqualTo(Shape.of(5, 2, 3, 4));
        assertThatThrownBy(() -> x.permute(0, 1, 1, 2))
                .hasMessage("permute: [0, 1, 1, 2] must name each axis of shape (2, 3, 4, 5) once");
        assertThatThrownBy(() -> x.permute(0, 1, 2, 3, 0)).hasMessageContaining("once");
    }

    @Test
    void partsAreTakenAndPutTogether() {
        Tensor x = Tensor.of(new float[]{1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(x.take(1, 2, 0).toDoubles()).containsExactly(3, 1, 6, 4);
        assertThat(x.take(0, 1, 1).toDoubles()).containsExactly(4, 5, 6, 4, 5, 6);
        assertThat(x.slice(1, 1, 3).toDoubles()).containsExactly(2, 3, 5, 6);
        assertThat(x.slice(0, 1, 1).shape()).isEqualTo(Shape.of(0, 3));
        assertThat(Tensor.concatenate(1, List.of(x.slice(1, 2, 3), x)).toDoubles())
                .containsExactly(3, 1, 2, 3, 6, 4, 5, 6);
        assertThat(Tensor.concatenate(0, List.of(x, x.rows(0))).shape()).isEqualTo(Shape.of(3, 3));
        assertThatThrownBy(() -> x.take(1, 3)).hasMessage("index 3 on axis 1 of shape (2, 3)");
        assertThatThrownBy(() -> x.slice(1, 2, 4)).hasMessage("slice from 2 to before 4 on axis 1 of shape (2, 3)");
        assertThatThrownBy(() -> Tensor.concatenate(0, List.of(x, x.transpose())))
                .hasMessage("concatenate: FLOAT32 (3, 2) does not fit FLOAT32 (2, 3) along axis 0");
        assertThatThrownBy(() -> Tensor.concatenate(0, List.of(x, x.to(ElementType.FLOAT64))))
                .hasMessageContaining("FLOAT64 (2, 3)");
    }

    /// Single numbers, narrow rows, rows of thousands; few and many.
    @ParameterizedTest
    @CsvSource({"3, 0, 2", "3, 5, 1", "1, 100000, 1", "2, 7, 3", "2, 30000, 3", "1, 30000, 3", "3, 2, 4095",
            "2, 3, 4096", "2, 3, 40000", "2, 5, 0"})
    void repeatedElementsAreCopies(int outer, int times, int inner) {
        for (ElementType type : ElementType.values()) {
            Tensor x = RandomStream.seeded(5).gaussian(type, 0, 1, outer, 1, inner);
            double[] y = x.broadcastTo(Shape.of(outer, times, inner)).toDoubles();
            assertThat(y).hasSize(outer * times * inner);
            for (int i = 0; i < y.length; i++) {
                assertThat(y[i]).isEqualTo(x.at(i / inner / times, 0, i % inner));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 3", "5, 1", "5000, 3", "7, 5000"})
    void everyRowOfALinearMapHasTheBias(int rows, int units) {
        for (ElementType type : ElementType.values()) {
            Tensor bias = RandomStream.seeded(6).gaussian(type, 0, 1, units);
            Tensor y = Tensor.zeros(type, rows, 2).linear(Tensor.zeros(type, units, 2), bias);
            assertThat(y.toDoubles()).isEqualTo(bias.broadcastTo(Shape.of(rows, units)).toDoubles());
        }
    }

    /// Entries of one axis between others, rows and single numbers.
    @ParameterizedTest
    @CsvSource({"1, 4, 3", "3, 4, 1", "3, 4, 5", "2, 4, 20000", "0, 4, 2", "2, 4, 0"})
    void entriesOfAnAxisAreTaken(int outer, int length, int inner) {
        int[] indices = {3, 0, 3, 1, 2};
        for (ElementType type : ElementType.values()) {
            Tensor x = RandomStream.seeded(7).gaussian(type, 0, 1, outer, length, inner);
            double[] y = x.take(1, indices).toDoubles();
            assertThat(y).hasSize(outer * indices.length * inner);
            for (int i = 0; i < y.length; i++) {
                assertThat(y[i]).isEqualTo(x.at(i / inner / indices.length, indices[i / inner % indices.length],
                        i % inner));
            }
        }
    }

    /// What is taken twice gets both gradients: the adjoint of a copy is a sum.
    @Test
    void theGradientOfARepeatedRowIsTheSum() {
        Tensor x = Tensor.of(new double[]{1, 2, 3, 4}, 2, 2).tracked();
        Tensor weights = Tensor.of(new double[]{1, 10, 100, 1000, 7, 8}, 3, 2);
        assertThat(Gradients.of(x.rows(1, 1, 0).times(weights).sum(), x).getFirst().toDoubles())
                .containsExactly(7, 8, 101, 1010);
    }

    @Test
    void aSparseProductIsTheDenseOne() {
        SparseMatrix sparse = SparseMatrix.of(3, 4, new int[]{2, 0, 2, 0}, new int[]{3, 1, 0, 0},
                new double[]{5, -1, 2, 0.5});
        Tensor dense = RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 4, 3);
        assertThat(sparse.toDense().toDoubles()).containsExactly(0.5, -1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 5);
        assertThat(sparse.times(dense).toDoubles()).containsExactly(sparse.toDense().matmul(dense).toDoubles());
        assertThat(sparse.transpose().toDense().toDoubles())
                .containsExactly(sparse.toDense().transpose().toDoubles());
        assertThat(sparse.times(dense.to(ElementType.FLOAT32)).type()).isEqualTo(ElementType.FLOAT32);
        assertThat(sparse.entries()).isEqualTo(4);
        assertThat(SparseMatrix.of(2, 2, new int[0], new int[0], new double[0]).times(dense.rows(0, 1)).toDoubles())
                .containsOnly(0);
    }

    @Test
    void wrongEntriesAreNamed() {
        double[] two = {1, 2};
        assertThatThrownBy(() -> SparseMatrix.of(2, 2, new int[]{0, 2}, new int[]{0, 0}, two))
                .hasMessage("entry 1 at (2, 0) is outside a matrix of 2 x 2");
        assertThatThrownBy(() -> SparseMatrix.of(2, 2, new int[]{1, 1}, new int[]{0, 0}, two))
                .hasMessage("entries 0 and 1 are both at (1, 0)");
        assertThatThrownBy(
                () -> SparseMatrix.of(2, 2, new int[]{1, 1}, new int[]{0, 1}, new double[]{1, Double.NaN}))
                .hasMessage("entry 1 at (1, 1) is NaN, not a finite number");
        assertThatThrownBy(() -> SparseMatrix.of(2, 2, new int[]{1}, new int[]{0, 1}, two))
                .hasMessage("1 row indices, 2 column indices and 2 values differ in number");
        assertThatThrownBy(() -> SparseMatrix.of(2, 3, new int[0], new int[0], new double[0])
                .times(Tensor.zeros(ElementType.FLOAT32, 2, 2)))
                .hasMessage("a sparse matrix of 2 x 3 cannot multiply shape (2, 2): (3, n) would do");
    }

    @Test
    void productsThatSkipZerosAreTheDenseOnesAndTheirGradientsToo() {
        // Negative zero is a zero, too.
        Tensor dense = Tensor.of(new double[]{0, -1, 0, 0, -0.0, 2, 0, 0, 0, 0, 0, 0}, 3, 4);
        Tensor skipping = dense.skippingZeros();
        Tensor right = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0, 1, 4, 2).tracked();
        Tensor weight = RandomStream.seeded(5).gaussian(ElementType.FLOAT64, 0, 1, 2, 4).tracked();
        Tensor bias = RandomStream.seeded(6).gaussian(ElementType.FLOAT64, 0, 1, 2).tracked();
        assertThat(skipping.toDoubles()).isEqualTo(dense.toDoubles());
        assertSame(dense.matmul(right), skipping.matmul(right), right);
        assertSame(dense.matmulTransposed(weight), skipping.matmulTransposed(weight), weight);
        assertSame(dense.linear(weight, bias), skipping.linear(weight, bias), weight, bias);
        Tensor three = RandomStream.seeded(7).gaussian(ElementType.FLOAT64, 0, 1, 3, 2).tracked();
        assertSame(dense.transpose().matmul(three), dense.transpose().skippingZeros().matmul(three), three);
    }

    private static void assertSame(Tensor dense, Tensor skipping, Tensor... variables) {
        assertThat(skipping.toDoubles()).containsExactly(dense.toDoubles(), within(1e-15));
        for (int i = 0; i < variables.length; i++) {
            assertThat(Gradients.of(skipping.square().sum(), variables).get(i).toDoubles())
                    .containsExactly(Gradients.of(dense.square().sum(), variables).get(i).toDoubles(), within(1e-14));
        }
    }

    @Test
    void whatCannotSkipItsZerosSaysWhy() {
        assertThatThrownBy(() -> Tensor.of(new double[]{1, 2}, 1, 2).tracked().skippingZeros())
                .hasMessage("skippingZeros needs a constant, and (1, 2) is tracked");
        assertThatThrownBy(() -> Tensor.of(new double[]{1, 2}).skippingZeros())
                .hasMessage("skippingZeros needs shape (rows, columns), not (2)");
        assertThatThrownBy(() -> Tensor.of(new double[]{1, Double.NaN}, 1, 2).skippingZeros())
                .hasMessage("entry 1 at (0, 1) is NaN, not a finite number");
        assertThatThrownBy(() -> Tensor.of(new double[]{1, 0}, 1, 2).skippingZeros()
                .matmul(Tensor.of(new double[]{1, 2}, 1, 2)))
                .hasMessage("matmul: shapes (1, 2) and (1, 2) do not chain: 2 != 1");
        Tensor skipping = Tensor.of(new double[]{1, 0}, 1, 2).skippingZeros();
        assertThatThrownBy(() -> InPlace.assign(skipping, Tensor.of(new double[]{1, 2}, 1, 2)))
                .hasMessageContaining("a tensor that skips its zeros, shape (1, 2), cannot be written in place");
    }
}
