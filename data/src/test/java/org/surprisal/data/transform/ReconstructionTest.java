package org.surprisal.data.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class ReconstructionTest {
    @Test
    void targetsAreTheInputsInARow() {
        Dataset data = InMemory.classification("two", Tensor.of(new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 2, 1, 2, 2),
                Tensor.of(new float[]{0, 1}), 2);
        Dataset own = Reconstruction.of(data);
        Batch batch = own.batch(1);
        assertThat(batch.inputs().shape()).isEqualTo(Shape.of(1, 1, 2, 2));
        assertThat(batch.targets().shape()).isEqualTo(Shape.of(1, 4));
        assertThat(batch.targets().toDoubles()).containsExactly(5, 6, 7, 8);
        assertThat(own.classes()).isZero();
        assertThat(own.classNames()).isEmpty();
    }
}
