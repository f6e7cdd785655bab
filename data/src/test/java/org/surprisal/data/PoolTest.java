package org.surprisal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.Tensor;

/// Parts of a data set put together again.
class PoolTest {
    private static Dataset part(float... numbers) {
        float[] classes = new float[numbers.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = numbers[i] % 2;
        }
        return InMemory.classification("numbers", Tensor.of(numbers, numbers.length, 1), Tensor.of(classes),
                List.of("even", "odd"));
    }

    @Test
    void poolHoldsTheSamplesOfAllPartsInTheirOrder() {
        Dataset pool = new Parts(part(1, 2, 3), part(4), part(5, 6)).pooled();
        assertThat(pool.size()).isEqualTo(6);
        assertThat(pool.name()).isEqualTo("numbers");
        assertThat(pool.classNames()).containsExactly("even", "odd");
        assertThat(pool.all().inputs().toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(pool.all().targets().toFloats()).containsExactly(1, 0, 1, 0, 1, 0);
        assertThat(new Split(part(1, 2), part(3)).pooled().all().inputs().toFloats()).containsExactly(1, 2, 3);
    }

    @Test
    void batchesTakeRowsOfAnyPartInTheOrderAsked() {
        Dataset pool = new Parts(part(1, 2, 3), part(4), part(5, 6)).pooled();
        Batch batch = pool.batch(5, 0, 3, 0, 2);
        assertThat(batch.inputs().toFloats()).containsExactly(6, 1, 4, 1, 3);
        assertThat(batch.targets().toFloats()).containsExactly(0, 1, 0, 1, 1);
        assertThat(pool.batch(4, 5).inputs().toFloats()).containsExactly(5, 6);
        assertThat(pool.batch().size()).isZero();
        assertThat(pool.rows(3, 1).rows(1).all().inputs().toFloats()).containsExactly(2);
        assertThatThrownBy(() -> pool.batch(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
