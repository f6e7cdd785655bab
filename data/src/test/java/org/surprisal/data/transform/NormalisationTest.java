package org.surprisal.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.data.CountingDataset;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.InMemory;
import org.surprisal.data.Parts;
import org.surprisal.data.transform.Normalisation.Scope;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class NormalisationTest {
    /// Three features of very different size, the last the same everywhere.
    private static Dataset train(ElementType type) {
        int n = 3000;
        RandomStream random = RandomStream.seeded(1);
        double[] values = new double[3 * n];
        for (int i = 0; i < n; i++) {
            values[3 * i] = 1e6 + 300 * random.nextGaussian();
            values[3 * i + 1] = 0.001 * random.nextDouble();
            values[3 * i + 2] = 0.1;
        }
        return data(Tensor.of(values, n, 3).to(type));
    }

    private static Dataset data(Tensor inputs) {
        return InMemory.regression("made", inputs, Tensor.zeros(inputs.type(), inputs.length(0), 1));
    }

    private static double[] column(Dataset data, int column) {
        double[] all = data.all().inputs().toDoubles();
        int width = data.inputShape().size();
        double[] values = new double[data.size()];
        Arrays.setAll(values, i -> all[i * width + column]);
        return values;
    }

    @Test
    void trainingRangesAreExact() {
        for (ElementType type : ElementType.values()) {
            Dataset train = train(type);
            Dataset unit = Normalisation.toUnitInterval(train, Scope.EACH_FEATURE).of(train);
            Dataset symmetric = Normalisation.toSymmetricInterval(train, Scope.EACH_FEATURE).of(train);
            assertThat(unit.batch(0).inputs().type()).isEqualTo(type);
            for (int f = 0; f < 2; f++) {
                assertThat(Arrays.stream(column(unit, f)).min().orElseThrow()).isEqualTo(0);
                assertThat(Arrays.stream(column(unit, f)).max().orElseThrow()).isEqualTo(1);
                assertThat(Arrays.stream(column(symmetric, f)).min().orElseThrow()).isEqualTo(-1);
                assertThat(Arrays.stream(column(symmetric, f)).max().orElseThrow()).isEqualTo(1);
            }
            assertThat(column(unit, 2)).containsOnly(0);
            assertThat(column(symmetric, 2)).containsOnly(-1);
        }
    }

    @Test
    void standardTrainingFeaturesHaveMeanZeroAndVarianceOne() {
        Dataset train = train(ElementType.FLOAT64);
        Dataset standard = Normalisation.standard(train, Scope.EACH_FEATURE).of(train);
        for (int f = 0; f < 2; f++) {
            double[] values = column(standard, f);
            assertThat(mean(values)).isCloseTo(0, within(1e-12));
            assertThat(mean(squares(values))).isCloseTo(1, within(1e-12));
        }
        assertThat(column(standard, 2)).as("a constant feature").containsOnly(0);
    }

    @Test
    void allFeaturesCanShareOneScale() {
        Dataset train = data(RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 5, 2, 400, 4, 5));
        double[] standard = Normalisation.standard(train, Scope.ALL_FEATURES).of(train).all().inputs().toDoubles();
        assertThat(mean(standard)).isCloseTo(0, within(1e-12));
        assertThat(mean(squares(standard))).isCloseTo(1, within(1e-12));
        Normalisation unit = Normalisation.toUnitInterval(train, Scope.ALL_FEATURES);
        assertThat(unit.shift().shape()).isEqualTo(Shape.of());
        double[] values = unit.of(train).all().inputs().toDoubles();
        assertThat(Arrays.stream(values).min().orElseThrow()).isZero();
        assertThat(Arrays.stream(values).max().orElseThrow()).isEqualTo(1);
    }

    /// The lecture notes' 8x8 digit of 16 grey levels, over the largest: 5 is 0.3125, 13 is 0.8125 and so on.
    @Test
    void greyLevelsOfThePrintedDigit() {
        Dataset image = data(Tensor.of(new double[]{0, 5, 13, 9, 1, 15, 10, 3, 2, 11, 8, 4, 12, 14, 6, 7, 16}, 1, 17));
        assertThat(Normalisation.toUnitInterval(image, Scope.ALL_FEATURES).of(image).all().inputs().toDoubles())
                .containsExactly(0, 0.3125, 0.8125, 0.5625, 0.0625, 0.9375, 0.625, 0.1875, 0.125, 0.6875, 0.5, 0.25,
                        0.75, 0.875, 0.375, 0.4375, 1);
    }

    /// The notes' (x - 128) / 128 of bytes ends at 0.9921875.
    @Test
    void aNormalisationCanBeGiven() {
        Tensor bytes = Tensor.of(new float[]{0, 128, 255}, 3, 1);
        assertThat(Normalisation.fixed(128, 128).of(bytes).toFloats()).containsExactly(-1, 0, 0.9921875f);
    }

    /// Worked by hand: mean (1 + 2 + 6) / 3 = 3, population variance (4 + 1 + 9) / 3 = 14/3, not 14/2.
    @Test
    void otherPartsAreNormalisedByTheTrainingPartAlone() {
        Dataset train = data(Tensor.of(new double[]{1, 2, 6}, 3, 1));
        CountingDataset test = new CountingDataset(data(Tensor.of(new double[]{11, 3}, 2, 1)));
        Parts parts = new Parts(train, train.first(1), test);
        Normalisation standard = Normalisation.standard(parts.train(), Scope.EACH_FEATURE);
        Parts normalised = standard.of(parts);
        assertThat(test.asked()).as("rows of the test part that were read").isEmpty();
        assertThat(normalised.test().batch(0).inputs().item()).isEqualTo((11 - 3.0) / Math.sqrt(14 / 3.0));
        assertThat(test.asked()).containsExactly(List.of(0));
        assertThat(standard.of(Tensor.of(new double[]{3}, 1, 1)).item()).isZero();
        assertThat(Normalisation.toUnitInterval(train, Scope.EACH_FEATURE).of(test).all().inputs().toDoubles())
                .as("new data may leave the range").containsExactly(2, 0.4);
    }

    @Test
    void whatCannotBeNormalisedIsRefused() {
        Dataset train = data(Tensor.of(new double[]{1, 2, 6, 7}, 2, 2));
        Normalisation unit = Normalisation.toUnitInterval(train, Scope.EACH_FEATURE);
        assertThatThrownBy(() -> unit.of(data(Tensor.of(new double[3], 1, 3)))).isInstanceOf(DataException.class)
                .hasMessageContaining("(2)").hasMessageContaining("(3)");
        assertThatThrownBy(() -> unit.of(Tensor.of(new double[2]))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Normalisation.standard(train.first(0), Scope.EACH_FEATURE))
                .isInstanceOf(DataException.class).hasMessageContaining("no training samples");
        Dataset wide = data(Tensor.of(new double[]{-1.7e308, 1.7e308}, 2, 1));
        assertThatThrownBy(() -> Normalisation.toUnitInterval(wide, Scope.EACH_FEATURE))
                .isInstanceOf(DataException.class).hasMessageContaining("feature 0").hasMessageContaining("too wide");
        assertThatThrownBy(() -> Normalisation.standard(wide, Scope.ALL_FEATURES)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Normalisation.fixed(0, 0)).isInstanceOf(DataException.class)
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> Normalisation.fixed(0, 1e-30).of(Tensor.of(new float[]{1e30f}, 1, 1)))
                .isInstanceOf(DataException.class).hasMessageContaining("not finite");
        assertThatThrownBy(() -> new Normalisation(Tensor.of(new double[2]), Tensor.full(ElementType.FLOAT64, 1, 3), 0))
                .isInstanceOf(DataException.class).hasMessageContaining("alike");
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double[] squares(double[] values) {
        return Arrays.stream(values).map(v -> v * v).toArray();
    }
}
