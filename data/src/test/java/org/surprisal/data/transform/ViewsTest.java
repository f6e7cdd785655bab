package org.surprisal.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.data.CountingDataset;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.Split;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class ViewsTest {
    /// Six samples of two features; classes ant, bee, cat in turn.
    private final CountingDataset six = new CountingDataset(InMemory.classification("six",
            Tensor.of(new double[]{0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51}, 6, 2),
            Tensor.of(new double[]{0, 1, 2, 0, 1, 2}), List.of("ant", "bee", "cat")));

    @Test
    void functionsSeeOnlyTheRowsAsked() {
        Dataset halved = six.map(Shape.of(2), inputs -> inputs.times(0.5));
        assertThat(six.asked()).isEmpty();
        assertThat(halved.batch(5, 1, 5).inputs().toDoubles()).containsExactly(25, 25.5, 5, 5.5, 25, 25.5);
        assertThat(six.asked()).containsExactly(List.of(5, 1, 5));
        assertThat(halved.rows(4, 0).batch(1).inputs().toDoubles()).containsExactly(0, 0.5);
        assertThat(six.asked()).containsExactly(List.of(0));
        assertThat(halved.batch(2).targets().toDoubles()).containsExactly(2);
        assertThat(halved.classNames()).containsExactly("ant", "bee", "cat");
        assertThatThrownBy(() -> halved.batch(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void functionsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> six.map(Shape.of(3), inputs -> inputs).batch(0)).isInstanceOf(DataException.class)
                .hasMessageContaining("(1, 2), not (1, 3)");
        assertThatThrownBy(() -> six.map(Shape.of(2), Tensor::log).batch(0)).isInstanceOf(DataException.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void samplesTakeAnotherShape() {
        Dataset image = six.shaped(1, 2, 1);
        assertThat(image.inputShape()).isEqualTo(Shape.of(1, 2, 1));
        assertThat(image.batch(3, 4).inputs().shape()).isEqualTo(Shape.of(2, 1, 2, 1));
        assertThat(image.batch(3, 4).inputs().toDoubles()).containsExactly(30, 31, 40, 41);
        assertThat(image.batch().inputs().shape()).isEqualTo(Shape.of(0, 1, 2, 1));
        assertThatThrownBy(() -> six.shaped(3)).isInstanceOf(DataException.class).hasMessageContaining("hold 2")
                .hasMessageContaining("3 of shape");
    }

    @Test
    void classesBecomeOneHotAndBack() {
        Dataset oneHot = OneHotTargets.of(six);
        assertThat(oneHot.classes()).isZero();
        assertThat(oneHot.classNames()).isEmpty();
        assertThat(oneHot.batch(2, 0).targets().shape()).isEqualTo(Shape.of(2, 3));
        assertThat(oneHot.batch(2, 0).targets().toDoubles()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(six.asked()).containsExactly(List.of(2, 0), List.of(2, 0));
        Dataset back = OneHotTargets.undone(oneHot, six.classNames());
        assertThat(back.all().targets().toDoubles()).isEqualTo(six.all().targets().toDoubles());
        assertThat(back.classNames()).isEqualTo(six.classNames());
        assertThatThrownBy(() -> OneHotTargets.of(oneHot)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> OneHotTargets.undone(six, List.of("a"))).isInstanceOf(DataException.class);
    }

    @Test
    void rowsThatAreNotOneHotAreNamed() {
        Tensor inputs = Tensor.of(new double[4], 4, 1);
        Dataset values = InMemory.regression("v", inputs, Tensor.of(new double[]{0, 0, 1, 1, 0.5, 0, 0, 1}, 4, 2));
        Dataset back = OneHotTargets.undone(values, List.of("a", "b"));
        assertThat(back.batch(3).targets().item()).isEqualTo(1);
        assertThatThrownBy(() -> back.batch(0)).isInstanceOf(DataException.class).hasMessageContaining("all 0");
        assertThatThrownBy(() -> back.batch(1)).isInstanceOf(DataException.class)
                .hasMessageContaining("1.0 in column 1");
        assertThatThrownBy(() -> back.batch(2)).isInstanceOf(DataException.class)
                .hasMessageContaining("0.5 in column 0");
        assertThatThrownBy(() -> OneHotTargets.undone(values, List.of("a")).batch(0))
                .isInstanceOf(DataException.class).hasMessageContaining("(1, 2)");
    }

    @Test
    void chosenClassesAreNumberedAnew() {
        Dataset two = ClassSelection.of(six, 2, 0);
        assertThat(two.size()).isEqualTo(4);
        assertThat(two.classNames()).containsExactly("cat", "ant");
        assertThat(two.all().targets().toDoubles()).containsExactly(1, 0, 1, 0);
        assertThat(two.all().inputs().toDoubles()).containsExactly(0, 1, 20, 21, 30, 31, 50, 51);
        six.asked();
        assertThat(two.batch(3).targets().item()).isZero();
        assertThat(six.asked()).containsExactly(List.of(5));
        Split split = ClassSelection.of(new Split(six, six.first(2)), 1, 0);
        assertThat(split.test().all().targets().toDoubles()).containsExactly(1, 0);
        for (int[] wrong : new int[][]{{3}, {-1}, {1, 1}, {}}) {
            assertThatThrownBy(() -> ClassSelection.of(six, wrong)).isInstanceOf(DataException.class)
                    .hasMessageContaining("six");
        }
    }

    @Test
    void featuresAreChosen() {
        Dataset second = FeatureSelection.of(six, 1, 1);
        assertThat(second.inputShape()).isEqualTo(Shape.of(2));
        assertThat(second.batch(4, 0).inputs().toDoubles()).containsExactly(41, 41, 1, 1);
        assertThat(six.asked()).containsExactly(List.of(4, 0));
        assertThatThrownBy(() -> FeatureSelection.of(six, 2)).isInstanceOf(DataException.class)
                .hasMessageContaining("0 … 1");
        assertThatThrownBy(() -> FeatureSelection.of(six)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> FeatureSelection.of(six.shaped(2, 1), 0)).isInstanceOf(DataException.class)
                .hasMessageContaining("shaped(2)");
    }

    @Test
    void keptSamplesAreNotReadAgain() {
        Dataset cached = CachedSamples.of(six, 3);
        assertThat(cached.batch(4, 1, 4).inputs().toDoubles()).containsExactly(40, 41, 10, 11, 40, 41);
        assertThat(six.asked()).containsExactly(List.of(4, 1));
        assertThat(cached.batch(1, 0, 5, 4).inputs().toDoubles()).containsExactly(10, 11, 0, 1, 50, 51, 40, 41);
        assertThat(six.asked()).as("1 and 4 are kept").containsExactly(List.of(0, 5));
        assertThat(cached.batch(4, 0, 1).targets().toDoubles()).containsExactly(1, 0, 1);
        assertThat(six.asked()).as("0 took the last place").isEmpty();
        assertThat(cached.batch(5).inputs().toDoubles()).containsExactly(50, 51);
        assertThat(six.asked()).containsExactly(List.of(5));
        assertThatThrownBy(() -> cached.batch(0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> CachedSamples.of(six, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Random batches of a cache of any size against the data set itself.
    @Test
    void aCacheChangesNoNumber() {
        for (ElementType type : ElementType.values()) {
            Dataset data = InMemory.regression("r", RandomStream.seeded(1).gaussian(type, 0, 1, 40, 2, 3),
                    RandomStream.seeded(2).gaussian(type, 0, 1, 40, 2));
            for (int capacity : new int[]{0, 1, 17, 40, 100}) {
                Dataset cached = CachedSamples.of(data, capacity);
                RandomStream random = RandomStream.seeded(capacity);
                for (int trial = 0; trial < 60; trial++) {
                    int[] rows = IntStream.range(0, random.nextInt(12)).map(_ -> random.nextInt(40)).toArray();
                    Batch wanted = data.batch(rows);
                    Batch got = cached.batch(rows);
                    assertThat(got.inputs().shape()).isEqualTo(wanted.inputs().shape());
                    assertThat(got.inputs().type()).isEqualTo(type);
                    assertThat(got.inputs().toDoubles()).isEqualTo(wanted.inputs().toDoubles());
                    assertThat(got.targets().toDoubles()).isEqualTo(wanted.targets().toDoubles());
                }
            }
        }
    }
}
