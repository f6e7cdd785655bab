package org.surprisal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class SplittingTest {
    /// Row i has the input i.
    private static Dataset numbered(int n, int classes, IntUnaryOperator label) {
        return InMemory.classification("numbered",
                Tensor.of(IntStream.range(0, n).asDoubleStream().toArray(), n, 1),
                Tensor.of(IntStream.range(0, n).map(label).asDoubleStream().toArray()), classes);
    }

    private static List<Integer> rows(Dataset part) {
        return Arrays.stream(part.all().inputs().toDoubles()).mapToObj(x -> (int) x).toList();
    }

    private static RandomStream stream() {
        return RandomStream.seeded(3);
    }

    /// Sizes worked out by hand from the rule: round(a n), round((a + b) n) - round(a n), the rest; halves up.
    @ParameterizedTest
    @CsvSource({"100, 0.6, 0.2, 60, 20, 20", "4096, 0.6, 0.2, 2458, 819, 819", "5, 0.5, 0.2, 3, 1, 1",
            "7, 0.5, 0.3, 4, 2, 1", "15, 0.1, 0.2, 2, 3, 10", "10, 0.7, 0.1, 7, 1, 2"})
    void sharesAreRoundedAsDocumented(int n, double train, double validation, int first, int second, int third) {
        Dataset data = numbered(n, 1, _ -> 0);
        Parts parts = Splitting.shuffled(data, stream()).intoShares(train, validation);
        assertThat(parts.train().size()).isEqualTo(first);
        assertThat(parts.validation().size()).isEqualTo(second);
        assertThat(parts.test().size()).isEqualTo(third);
        List<Integer> all = new ArrayList<>(rows(parts.train()));
        all.addAll(rows(parts.validation()));
        all.addAll(rows(parts.test()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, n).boxed().toList());
        Split two = Splitting.shuffled(data, stream()).intoShares(train);
        assertThat(rows(two.train())).isEqualTo(rows(parts.train()));
        assertThat(two.test().size()).isEqualTo(n - first);
    }

    @Test
    void theStreamAloneDecidesAndTheOrderIsShuffled() {
        Dataset data = numbered(100, 2, i -> i % 2);
        assertThat(rows(Splitting.shuffled(data, stream()).intoShares(0.7).train()))
                .isEqualTo(rows(Splitting.shuffled(data, stream()).intoShares(0.7).train())).isNotEqualTo(
                        rows(Splitting.shuffled(data, RandomStream.seeded(4)).intoShares(0.7).train()))
                .isNotEqualTo(IntStream.range(0, 70).boxed().toList());
        List<Integer> stratified = rows(Splitting.stratified(data, stream()).intoShares(0.7).train());
        assertThat(stratified).isNotEqualTo(stratified.stream().sorted().toList());
        assertThat(stratified.stream().limit(35).filter(row -> row % 2 == 0).count())
                .as("classes come mixed").isBetween(5L, 30L);
    }

    /// Rare classes and sizes that divide badly: every class of every part is its share, rounded down or up.
    @ParameterizedTest
    @ValueSource(ints = {37, 100, 101, 997})
    void stratifiedPartsKeepEachClassesShare(int n) {
        Dataset data = numbered(n, 7, i -> i % 100 == 0 ? 6 : (int) Math.sqrt(i % 36));
        int[] all = ClassLabels.counts(data);
        for (int seed = 0; seed < 20; seed++) {
            Parts parts = Splitting.stratified(data, RandomStream.seeded(seed)).intoShares(0.55, 0.3);
            for (Dataset part : List.of(parts.train(), parts.validation(), parts.test())) {
                assertProportional(all, n, part);
            }
            Parts drawn = Splitting.shuffled(data, RandomStream.seeded(seed)).intoShares(0.55, 0.3);
            assertThat(parts.train().size()).isEqualTo(drawn.train().size());
            assertThat(parts.validation().size()).isEqualTo(drawn.validation().size());
        }
        Parts some = Splitting.stratified(data, stream()).intoCounts(11, 9, 8);
        assertThat(List.of(some.train().size(), some.validation().size(), some.test().size()))
                .containsExactly(11, 9, 8);
        assertProportional(all, n, some.train());
        assertProportional(all, n, some.test());
    }

    private static void assertProportional(int[] all, int n, Dataset part) {
        int[] counts = ClassLabels.counts(part);
        for (int c = 0; c < all.length; c++) {
            double exact = (double) all[c] * part.size() / n;
            assertThat(counts[c]).isBetween((int) Math.floor(exact), (int) Math.ceil(exact));
        }
    }

    /// Random tables, zeros among the sums: rounding row by row would miss the columns.
    @Test
    void theTableOfPartsAndClassesHasTheRightSums() {
        RandomStream random = RandomStream.seeded(9);
        for (int trial = 0; trial < 500; trial++) {
            int[] rows = IntStream.range(0, 1 + random.nextInt(6)).map(_ -> random.nextInt(9)).toArray();
            int total = 1 + IntStream.of(rows).sum();
            rows[0]++;
            int[] columns = new int[1 + random.nextInt(5)];
            IntStream.range(0, total).forEach(_ -> columns[random.nextInt(columns.length)]++);
            int[][] table = Apportionment.of(rows, columns);
            for (int r = 0; r < rows.length; r++) {
                assertThat(IntStream.of(table[r]).sum()).isEqualTo(rows[r]);
            }
            for (int c = 0; c < columns.length; c++) {
                int column = c;
                assertThat(Arrays.stream(table).mapToInt(row -> row[column]).sum()).isEqualTo(columns[c]);
                for (int r = 0; r < rows.length; r++) {
                    double exact = (double) rows[r] * columns[c] / total;
                    assertThat((double) table[r][c]).isBetween(Math.floor(exact), Math.ceil(exact));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 5", "11, 5", "14, 5", "7, 7", "100, 3"})
    void foldsHoldEachSampleOnce(int n, int k) {
        Dataset data = numbered(n, 3, i -> i % 3);
        for (boolean stratified : new boolean[]{false, true}) {
            List<Split> folds = (stratified
                    ? Splitting.stratified(data, stream())
                    : Splitting.shuffled(data, stream())).intoFolds(k);
            List<Integer> validated = new ArrayList<>();
            for (int fold = 0; fold < k; fold++) {
                Split split = folds.get(fold);
                assertThat(split.test().size()).isEqualTo(n / k + (fold < n % k ? 1 : 0));
                assertThat(split.train().size() + split.test().size()).isEqualTo(n);
                assertThat(rows(split.train())).doesNotContainAnyElementsOf(rows(split.test())).doesNotHaveDuplicates();
                validated.addAll(rows(split.test()));
                if (stratified) {
                    assertProportional(ClassLabels.counts(data), n, split.test());
                }
            }
            assertThat(validated).hasSize(n).doesNotHaveDuplicates();
        }
    }

    @Test
    void equalClassesTrainAndTheRestIsDrawn() {
        Dataset data = numbered(300, 3, i -> i < 200 ? 0 : i < 270 ? 1 : 2);
        Parts parts = Splitting.stratified(data, stream()).intoCountsWithEqualClasses(20, 50, 100);
        assertThat(ClassLabels.counts(parts.train())).containsExactly(20, 20, 20);
        assertThat(parts.validation().size()).isEqualTo(50);
        assertThat(parts.test().size()).isEqualTo(100);
        List<Integer> all = new ArrayList<>(rows(parts.train()));
        all.addAll(rows(parts.validation()));
        all.addAll(rows(parts.test()));
        assertThat(all).hasSize(210).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Splitting.stratified(data, stream()).intoCountsWithEqualClasses(31, 1, 1))
                .isInstanceOf(DataException.class).hasMessageContaining("31").hasMessageContaining("30 of class 2");
        assertThatThrownBy(() -> Splitting.shuffled(data, stream()).intoCountsWithEqualClasses(1, 1, 1))
                .isInstanceOf(DataException.class).hasMessageContaining("Splitting.stratified");
        assertThatThrownBy(() -> Splitting.stratified(data, stream()).intoCountsWithEqualClasses(20, 200, 41))
                .isInstanceOf(DataException.class).hasMessageContaining("[200, 41]").hasMessageContaining("240");
    }

    @Test
    void partsThatCannotBeAreRefused() {
        Dataset three = numbered(3, 1, _ -> 0);
        Splitting splitting = Splitting.shuffled(three, stream());
        assertThatThrownBy(() -> splitting.intoShares(0.1)).isInstanceOf(DataException.class)
                .hasMessageContaining("[0, 3]");
        assertThatThrownBy(() -> splitting.intoShares(1.0)).isInstanceOf(DataException.class)
                .hasMessageContaining("above 0 and below 1");
        assertThatThrownBy(() -> splitting.intoShares(Double.NaN)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> splitting.intoShares(0.5, 0.5)).isInstanceOf(DataException.class)
                .hasMessageContaining("leave something");
        assertThatThrownBy(() -> splitting.intoCounts(2, 2)).isInstanceOf(DataException.class)
                .hasMessageContaining("[2, 2]").hasMessageContaining("from 3");
        assertThatThrownBy(() -> splitting.intoCounts(Integer.MAX_VALUE, Integer.MAX_VALUE, 3))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> splitting.intoFolds(4)).isInstanceOf(DataException.class)
                .hasMessageContaining("4 folds");
        assertThatThrownBy(() -> splitting.intoFolds(1)).isInstanceOf(DataException.class);
        Dataset values = InMemory.regression("line", Tensor.of(new double[2], 2, 1), Tensor.of(new double[2], 2, 1));
        assertThatThrownBy(() -> Splitting.stratified(values, stream())).isInstanceOf(DataException.class)
                .hasMessageContaining("values to predict");
        assertThatThrownBy(() -> new Parts(three, values, three)).isInstanceOf(DataException.class)
                .hasMessageContaining("validation");
    }

    @Test
    void partsReadOnlyTheirOwnRows() {
        CountingDataset counting = new CountingDataset(numbered(50, 1, _ -> 0));
        Split split = Splitting.shuffled(counting, stream()).intoCounts(30, 20);
        assertThat(counting.asked()).isEmpty();
        double first = split.test().batch(4).inputs().item();
        assertThat(counting.asked()).containsExactly(List.of((int) first));
    }
}
