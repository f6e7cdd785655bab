package org.surprisal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.data.sets.Digits;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class DatasetTest {
    private static final Dataset FIVE = InMemory.classification("five",
            Tensor.of(new float[]{0, 1, 10, 11, 20, 21, 30, 31, 40, 41}, 5, 2), Tensor.of(new float[]{0, 1, 2, 0, 1}),
            3);

    @Test
    void batchesTakeRowsInTheOrderAsked() {
        Batch batch = FIVE.batch(3, 1, 3);
        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.inputs().shape()).isEqualTo(Shape.of(3, 2));
        assertThat(batch.inputs().toFloats()).containsExactly(30, 31, 10, 11, 30, 31);
        assertThat(batch.targets().toFloats()).containsExactly(0, 1, 0);
        assertThat(FIVE.batch().size()).isZero();
        assertThat(FIVE.inputShape()).isEqualTo(Shape.of(2));
        assertThatThrownBy(() -> FIVE.batch(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void viewsOfViewsReachTheRightRows() {
        Dataset view = FIVE.rows(4, 2, 0).rows(2, 0);
        assertThat(view.size()).isEqualTo(2);
        assertThat(view.classes()).isEqualTo(3);
        assertThat(view.name()).isEqualTo("five");
        assertThat(view.all().inputs().toFloats()).containsExactly(0, 1, 40, 41);
        assertThat(FIVE.first(2).all().inputs().toFloats()).containsExactly(0, 1, 10, 11);
        assertThatThrownBy(() -> FIVE.first(6)).isInstanceOf(DataException.class).hasMessageContaining("5 samples");
        assertThatThrownBy(() -> FIVE.rows(0, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void elementTypesAreKept() {
        Dataset doubles = InMemory.regression("line", Tensor.of(new double[]{1, 2, 3}, 3, 1),
                Tensor.of(new double[]{2, 4, 6}, 3, 1));
        assertThat(doubles.batch(2).inputs().type()).isEqualTo(ElementType.FLOAT64);
        assertThat(doubles.batch(2).targets().toDoubles()).containsExactly(6);
        assertThat(doubles.classes()).isZero();
    }

    @Test
    void samplesThatDoNotFitAreRefusedInOneLine() {
        Tensor inputs = Tensor.of(new float[6], 3, 2);
        assertThatThrownBy(() -> new Batch(inputs, Tensor.of(new float[2]))).isInstanceOf(DataException.class)
                .hasMessageContaining("(3, 2)").hasMessageContaining("(2)").hasMessageContaining("3 != 2");
        assertThatThrownBy(() -> InMemory.classification("x", inputs, Tensor.of(new float[]{0, 1, 2}), 2))
                .isInstanceOf(DataException.class).hasMessageContaining("target 2.0 of row 2");
        assertThatThrownBy(() -> InMemory.classification("x", inputs, Tensor.of(new float[]{0, 0.5f, 1}), 2))
                .isInstanceOf(DataException.class).hasMessageContaining("0.5 of row 1");
        assertThatThrownBy(() -> InMemory.classification("x", inputs, Tensor.of(new float[3], 3, 1), 2))
                .isInstanceOf(DataException.class).hasMessageContaining("(3, 1)");
        assertThatThrownBy(() -> InMemory.regression("x", Tensor.of(new float[]{0, 0, 0, Float.NaN}, 2, 2),
                Tensor.of(new float[2], 2, 1))).isInstanceOf(DataException.class).hasMessageContaining("NaN in row 1");
        assertThatThrownBy(() -> InMemory.regression("x", inputs, Tensor.of(new float[3])))
                .isInstanceOf(DataException.class).hasMessageContaining("(3, outputs)");
        assertThatThrownBy(() -> new Split(FIVE, Digits.generate(1, 0, 1).train())).isInstanceOf(DataException.class)
                .hasMessageContaining("784");
    }

    @Test
    void anEpochHoldsEverySampleOnceInAnOrderOfTheStreamAlone() {
        List<Float> first = firstColumn(Batches.shuffled(FIVE, 2, RandomStream.seeded(1)));
        assertThat(first).containsExactlyInAnyOrder(0f, 10f, 20f, 30f, 40f);
        Batches epoch = Batches.shuffled(FIVE, 3, RandomStream.seeded(1));
        assertThat(firstColumn(epoch)).isEqualTo(first);
        assertThat(firstColumn(epoch)).as("walked again").isEqualTo(first);
        assertThat(firstColumn(Batches.inOrder(FIVE, 2))).containsExactly(0f, 10f, 20f, 30f, 40f);
        assertThat(firstColumn(Batches.shuffled(FIVE, 2, RandomStream.seeded(1)).dropLast()))
                .isEqualTo(first.subList(0, 4));
    }

    @Test
    void batchesAreCounted() {
        assertThat(Batches.inOrder(FIVE, 2).count()).isEqualTo(3);
        assertThat(Batches.inOrder(FIVE, 2).dropLast().count()).isEqualTo(2);
        assertThat(Batches.inOrder(FIVE, Integer.MAX_VALUE).count()).isEqualTo(1);
        assertThat(firstColumn(Batches.inOrder(FIVE, Integer.MAX_VALUE))).hasSize(5);
        assertThat(Batches.inOrder(FIVE.first(0), 2)).isEmpty();
        assertThatThrownBy(() -> Batches.inOrder(FIVE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void messagesAreOneLine() {
        assertThat(new DataException("a\nb\r\u2028c").getMessage()).isEqualTo("a?b??c");
    }

    private static List<Float> firstColumn(Iterable<Batch> batches) {
        List<Float> values = new ArrayList<>();
        for (Batch batch : batches) {
            float[] inputs = batch.inputs().toFloats();
            for (int i = 0; i < inputs.length; i += 2) {
                values.add(inputs[i]);
            }
        }
        return values;
    }
}
