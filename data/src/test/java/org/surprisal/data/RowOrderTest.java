package org.surprisal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class RowOrderTest {
    private static final RandomStream STREAM = RandomStream.seeded(5);

    /// 90 samples of class 0, 9 of class 2, one of class 3; none of class 1.
    private static final Dataset UNEVEN = InMemory.classification("uneven", Tensor.zeros(ElementType.FLOAT64, 100, 1),
            Tensor.of(IntStream.range(0, 100).mapToDouble(i -> i < 90 ? 0 : i < 99 ? 2 : 3).toArray()), 4);

    private static int[] counts(int[] rows, int size) {
        return ClassLabels.counts(rows, size);
    }

    /// A count of n draws with probability p has standard deviation √(n p (1 - p)); bounds are five of them.
    @Test
    void weightedDrawsFollowTheWeights() {
        int draws = 100_000;
        int[] counts = counts(RowOrder.weighted(new double[]{0, 1, 0, 3, 0.5, 0}, draws).rows(6, STREAM.child(1)), 6);
        assertThat(counts[0] + counts[2] + counts[5]).as("weights of 0").isZero();
        assertThat((double) counts[1]).isCloseTo(draws / 4.5, within(5 * Math.sqrt(draws * 1 / 4.5 * 3.5 / 4.5)));
        assertThat((double) counts[3]).isCloseTo(draws * 3 / 4.5, within(5 * Math.sqrt(draws * 3 / 4.5 * 1.5 / 4.5)));
        assertThat((double) counts[4]).isCloseTo(draws * 0.5 / 4.5, within(5 * Math.sqrt(draws * 0.5 / 4.5 * 4 / 4.5)));
    }

    @Test
    void balancedDrawsShowEachClassAlike() {
        int draws = 30_000;
        int[] rows = RowOrder.balanced(UNEVEN, draws).rows(100, STREAM.child(2));
        int[] classes = new int[4];
        int[] labels = ClassLabels.of(UNEVEN);
        for (int row : rows) {
            classes[labels[row]]++;
        }
        double sd = Math.sqrt(draws / 3.0 * 2 / 3);
        assertThat(classes[1]).isZero();
        for (int c : new int[]{0, 2, 3}) {
            assertThat((double) classes[c]).isCloseTo(draws / 3.0, within(5 * sd));
        }
        assertThat(IntStream.of(counts(rows, 100)).filter(count -> count == 0).count()).isZero();
    }

    @Test
    void anEpochCanBeHadWithoutThoseBeforeIt() {
        RowOrder order = RowOrder.balanced(UNEVEN, 50);
        RandomStream epochs = RandomStream.seeded(8).child("epochs");
        List<int[]> all = new ArrayList<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            all.add(order.rows(100, epochs.child(epoch)));
        }
        assertThat(order.rows(100, RandomStream.seeded(8).child("epochs").child(3))).isEqualTo(all.get(3))
                .isNotEqualTo(all.get(2));
    }

    @Test
    void batchesFollowTheOrder() {
        Dataset five = InMemory.regression("five", Tensor.of(new double[]{0, 1, 2, 3, 4}, 5, 1),
                Tensor.of(new double[5], 5, 1));
        Batches batches = Batches.of(five, 2, (_, _) -> new int[]{4, 4, 0}, STREAM);
        assertThat(batches.count()).isEqualTo(2);
        assertThat(batches.batch(0).inputs().toDoubles()).containsExactly(4, 4);
        assertThat(batches.batch(1).inputs().toDoubles()).containsExactly(0);
        assertThat(Batches.of(five, 5, RowOrder.IN_ORDER, STREAM).batch(0).inputs().toDoubles())
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(Batches.of(five, 5, RowOrder.SHUFFLED, STREAM.child(7)).batch(0).inputs().toDoubles())
                .as("the order that Batches.shuffled draws")
                .isEqualTo(Batches.shuffled(five, 5, STREAM.child(7)).batch(0).inputs().toDoubles());
        assertThatThrownBy(() -> Batches.of(five, 2, (_, _) -> new int[]{5}, STREAM))
                .isInstanceOf(DataException.class).hasMessageContaining("row 5").hasMessageContaining("has 5");
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> RowOrder.weighted(new double[]{1, -1}, 3)).isInstanceOf(DataException.class)
                .hasMessageContaining("-1.0 of sample 1");
        assertThatThrownBy(() -> RowOrder.weighted(new double[]{1, Double.NaN}, 3)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> RowOrder.weighted(new double[2], 3)).isInstanceOf(DataException.class)
                .hasMessageContaining("sum 0.0");
        assertThatThrownBy(() -> RowOrder.weighted(new double[]{1e308, 1e308}, 3)).isInstanceOf(DataException.class)
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> RowOrder.weighted(new double[]{1}, 0)).isInstanceOf(DataException.class)
                .hasMessageContaining("0 draws");
        assertThatThrownBy(() -> RowOrder.weighted(new double[]{1}, 3).rows(2, STREAM))
                .isInstanceOf(DataException.class).hasMessageContaining("1 weights for 2 samples");
        assertThatThrownBy(() -> RowOrder.balanced(UNEVEN, 3).rows(99, STREAM)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> RowOrder.balanced(UNEVEN.first(0), 3)).isInstanceOf(DataException.class)
                .hasMessageContaining("no samples");
    }
}
