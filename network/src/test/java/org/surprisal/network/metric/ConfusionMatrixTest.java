package org.surprisal.network.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.tensor.Tensor;

class ConfusionMatrixTest {
    private static final Offset<Double> ROUNDING = within(1e-15);

    private static double[] eachDigit(Function<BinaryCounts, OptionalDouble> measure) {
        double[] values = new double[10];
        for (int k = 0; k < 10; k++) {
            values[k] = measure.apply(MnistDigits.matrix().oneVersusRest(k)).orElseThrow();
        }
        return values;
    }

    @Test
    void fourClassesWithMargins() {
        // Zahn, Fig 61.
        ConfusionMatrix matrix = ConfusionMatrix
                .ofCounts(new long[][]{{120, 21, 7, 8}, {8, 131, 63, 19}, {12, 30, 80, 11}, {1, 11, 8, 40}});
        assertThat(new long[]{matrix.actualTotal(0), matrix.actualTotal(1), matrix.actualTotal(2),
                matrix.actualTotal(3)}).containsExactly(156, 221, 133, 60);
        assertThat(new long[]{matrix.predictedTotal(0), matrix.predictedTotal(1), matrix.predictedTotal(2),
                matrix.predictedTotal(3)}).containsExactly(141, 193, 158, 78);
        assertThat(matrix.total()).isEqualTo(570);
        assertThat(matrix.count(1, 2)).isEqualTo(63);
        assertThat(matrix.accuracy()).isEqualTo(371.0 / 570);
        assertThat(matrix.errorRate()).isEqualTo(199.0 / 570);
        assertThat(matrix.majorityShare()).isEqualTo(221.0 / 570);
        assertThat(matrix.toString().lines()).containsExactly(" actual      0      1      2      3    sum",
                "      0    120     21      7      8    156",
                "      1      8    131     63     19    221",
                "      2     12     30     80     11    133",
                "      3      1     11      8     40     60",
                "    sum    141    193    158     78    570");
    }

    @Test
    void theDigitsOfMnist() {
        // Zahn, Fig 62 and the accuracy below it: 91.8 %.
        ConfusionMatrix matrix = MnistDigits.matrix();
        assertThat(matrix.total()).isEqualTo(14_000);
        assertThat(matrix.correct()).isEqualTo(12_855);
        assertThat(matrix.accuracy()).isEqualTo(12_855.0 / 14_000);
        assertThat(matrix.errorRate()).isEqualTo(1_145.0 / 14_000);
        assertThat(matrix.count(9, 4)).isEqualTo(60);
        assertThat(matrix.count(5, 8)).isEqualTo(65);
    }

    @Test
    void digitFiveAgainstTheRest() {
        // Zahn, Fig 64 and the percentages of section 3.5.2.
        BinaryCounts five = MnistDigits.matrix().oneVersusRest(5);
        assertThat(five).isEqualTo(new BinaryCounts(1091, 206, 105, 12_598));
        assertThat(five.actualPositives()).isEqualTo(1297);
        assertThat(five.actualNegatives()).isEqualTo(12_703);
        assertThat(five.predictedPositives()).isEqualTo(1196);
        assertThat(five.predictedNegatives()).isEqualTo(12_804);
        assertThat(five.total()).isEqualTo(14_000);
        assertThat(five.accuracy()).isEqualTo(13_689.0 / 14_000).isEqualTo(0.978, within(5e-4));
        assertThat(five.recall().orElseThrow()).isEqualTo(1091.0 / 1297).isEqualTo(0.841, within(5e-4));
        assertThat(five.precision().orElseThrow()).isEqualTo(1091.0 / 1196).isEqualTo(0.912, within(5e-4));
        assertThat(five.f1().orElseThrow()).isEqualTo(2182.0 / 2493).isEqualTo(0.875, within(5e-4));
        assertThat(five.trueNegativeRate().orElseThrow()).isEqualTo(12_598.0 / 12_703);
        assertThat(five.falsePositiveRate().orElseThrow()).isEqualTo(105.0 / 12_703);
        assertThat(five.falseNegativeRate().orElseThrow()).isEqualTo(206.0 / 1297);
    }

    @Test
    void everyDigit() {
        // The table of class measures derived from Fig 62, rounded to four digits.
        Offset<Double> half = within(5e-5);
        assertThat(eachDigit(BinaryCounts::precision)).containsExactly(
                new double[]{.9570, .9610, .9368, .9116, .8924, .9122, .9361, .9167, .8353, .9199}, half);
        assertThat(eachDigit(BinaryCounts::recall)).containsExactly(
                new double[]{.9681, .9651, .9002, .8791, .9367, .8412, .9579, .9453, .9082, .8696}, half);
        assertThat(eachDigit(BinaryCounts::f1)).containsExactly(
                new double[]{.9625, .9630, .9181, .8951, .9140, .8753, .9469, .9308, .8702, .8940}, half);
    }

    @Test
    void theSystemF1IsNotTheMeanOfTheF1s() {
        // Derived from Fig 62, six digits. Each wrong sample is wrong for two of the ten classes.
        SystemMeasures system = MnistDigits.matrix().system();
        assertThat(system.precision().orElseThrow()).isEqualTo(.917897, within(5e-7));
        assertThat(system.recall().orElseThrow()).isEqualTo(.917149, within(5e-7));
        assertThat(system.f1().orElseThrow()).isEqualTo(.917523, within(5e-7));
        assertThat(system.macroF1().orElseThrow()).isEqualTo(.916998, within(5e-7));
        assertThat(system.classAccuracy()).isEqualTo(1 - 2 * 1145.0 / 140_000, within(1e-14));
    }

    @Test
    void rates() {
        BinaryCounts counts = new BinaryCounts(7, 3, 2, 18);
        double precision = counts.precision().orElseThrow();
        double recall = counts.recall().orElseThrow();
        assertThat(counts.truePositiveRate()).isEqualTo(counts.recall());
        assertThat(recall + counts.falseNegativeRate().orElseThrow()).isEqualTo(1, ROUNDING);
        assertThat(counts.trueNegativeRate().orElseThrow() + counts.falsePositiveRate().orElseThrow()).isEqualTo(1,
                ROUNDING);
        assertThat(counts.f1().orElseThrow()).isEqualTo(2 / (1 / precision + 1 / recall), ROUNDING);
    }

    @Test
    void ratiosWithoutDenominatorAreEmpty() {
        BinaryCounts noPositives = new BinaryCounts(0, 0, 0, 5);
        assertThat(noPositives.recall()).isEmpty();
        assertThat(noPositives.falseNegativeRate()).isEmpty();
        assertThat(noPositives.precision()).isEmpty();
        assertThat(noPositives.f1()).isEmpty();
        assertThat(noPositives.trueNegativeRate()).hasValue(1);
        assertThat(noPositives.accuracy()).isEqualTo(1);
        BinaryCounts neverPredicted = new BinaryCounts(0, 4, 0, 0);
        assertThat(neverPredicted.precision()).isEmpty();
        assertThat(neverPredicted.falsePositiveRate()).isEmpty();
        assertThat(neverPredicted.f1()).hasValue(0);
    }

    @Test
    void aClassThatIsNeverPredicted() {
        // scikit-learn 1.2.1 on the same 60 samples: confusion_matrix; precision_score, recall_score and f1_score with
        // average='macro', zero_division=0; the mean of the four precisions that exist. Samples: class floor(5 u1); its
        // prediction the class where u2 < 0.6 and the class is not 4, else floor(4 u3).
        SeededNumbers numbers = new SeededNumbers();
        int[] actual = new int[60];
        int[] predicted = new int[60];
        for (int i = 0; i < 60; i++) {
            actual[i] = (int) (numbers.next() * 5);
            double keep = numbers.next();
            int other = (int) (numbers.next() * 4);
            predicted[i] = keep < 0.6 && actual[i] < 4 ? actual[i] : other;
        }
        ConfusionMatrix matrix = ConfusionMatrix.of(actual, predicted, 5);
        assertThat(matrix.counts()).isDeepEqualTo(
                new long[][]{{5, 1, 1, 1, 0}, {3, 11, 4, 1, 0}, {0, 2, 8, 0, 0}, {1, 1, 0, 11, 0}, {3, 1, 4, 2, 0}});
        SystemMeasures zero = matrix.system(UndefinedRatio.COUNTS_AS_ZERO);
        assertThat(zero.precision().orElseThrow()).isEqualTo(0.4616176470588235, ROUNDING);
        assertThat(zero.recall().orElseThrow()).isEqualTo(0.5700202429149799, ROUNDING);
        assertThat(zero.macroF1().orElseThrow()).isEqualTo(0.5013756613756614, ROUNDING);
        SystemMeasures others = matrix.system(UndefinedRatio.IS_LEFT_OUT);
        assertThat(others.precision().orElseThrow()).isEqualTo(0.5770220588235294, ROUNDING);
        assertThat(others.recall()).isEqualTo(zero.recall());
        SystemMeasures strict = matrix.system();
        assertThat(strict.precision()).isEmpty();
        assertThat(strict.f1()).isEmpty();
        assertThat(strict.recall()).isEqualTo(zero.recall());
        assertThat(strict.macroF1()).isEqualTo(zero.macroF1());
    }

    @Test
    void allWrongHasTheSystemF1Zero() {
        SystemMeasures system = ConfusionMatrix.ofCounts(new long[][]{{0, 3}, {2, 0}}).system();
        assertThat(system.f1()).hasValue(0);
        assertThat(system.classAccuracy()).isZero();
    }

    @Test
    void accuracyFlattersWhereOneClassIsFrequent() {
        // Zahn, section 3.5.1: with 95 % of the samples in one class, an accuracy of 95.5 % is poor.
        ConfusionMatrix matrix = ConfusionMatrix.ofCounts(new long[][]{{950, 0}, {45, 5}});
        assertThat(matrix.accuracy()).isEqualTo(0.955);
        assertThat(matrix.majorityShare()).isEqualTo(0.95);
        assertThat(matrix.system().recall().orElseThrow()).isEqualTo(0.55, ROUNDING);
    }

    @Test
    void batchesAddUp() {
        ConfusionMatrix all = ConfusionMatrix.of(new int[]{0, 1, 2, 1, 0}, new int[]{0, 2, 2, 1, 1}, 3);
        ConfusionMatrix sum = ConfusionMatrix.of(new int[]{0, 1}, new int[]{0, 2}, 3)
                .plus(ConfusionMatrix.of(new int[]{2, 1, 0}, new int[]{2, 1, 1}, 3));
        assertThat(sum).isEqualTo(all).hasSameHashCodeAs(all);
        assertThatIllegalArgumentException().isThrownBy(() -> all.plus(MnistDigits.matrix()))
                .withMessage("other has 10 classes, this matrix 3: they must be as many");
    }

    @Test
    void outputsPredictTheirLargest() {
        Tensor outputs = Tensor.of(new float[]{1, 3, 2, 5, 5, 0, -3, -2, -1}, 3, 3);
        assertThat(ConfusionMatrix.of(outputs, new int[]{1, 1, 2}).counts())
                .isDeepEqualTo(new long[][]{{0, 0, 0}, {1, 1, 0}, {0, 0, 1}});
    }

    @Test
    void countsAreCopied() {
        long[][] counts = {{1, 2}, {3, 4}};
        ConfusionMatrix matrix = ConfusionMatrix.ofCounts(counts);
        counts[0][0] = 9;
        matrix.counts()[0][0] = 9;
        assertThat(matrix.count(0, 0)).isEqualTo(1);
    }

    @Test
    void badArguments() {
        refused("actual has 2 samples and predicted 1: they must be as many",
                () -> ConfusionMatrix.of(new int[]{0, 1}, new int[]{0}, 2));
        refused("actual[1] (=2) must be a class from 0 to 1",
                () -> ConfusionMatrix.of(new int[]{0, 2}, new int[]{0, 1}, 2));
        refused("predicted[0] (=-1) must be a class from 0 to 1",
                () -> ConfusionMatrix.of(new int[]{0, 1}, new int[]{-1, 1}, 2));
        refused("classes (=1) must be at least 2", () -> ConfusionMatrix.of(new int[]{0}, new int[]{0}, 1));
        refused("a confusion matrix needs at least one sample, not 0",
                () -> ConfusionMatrix.of(new int[0], new int[0], 2));
        refused("counts sum to 9.223372036854776E18; they must not exceed 2^52",
                () -> ConfusionMatrix.ofCounts(new long[][]{{Long.MAX_VALUE, 0}, {0, 0}}));
        refused("counts have 1 rows; there must be 2 or more", () -> ConfusionMatrix.ofCounts(new long[][]{{1}}));
        refused("counts[1] has 1 columns; a square matrix of 2 rows has 2",
                () -> ConfusionMatrix.ofCounts(new long[][]{{1, 2}, {3}}));
        refused("counts[0][1] (=-2) must not be negative",
                () -> ConfusionMatrix.ofCounts(new long[][]{{1, -2}, {3, 4}}));
        refused("label (=10) must be a class from 0 to 9", () -> MnistDigits.matrix().oneVersusRest(10));
        refused("truePositives (=0), falseNegatives (=-1), falsePositives (=0) and "
                + "trueNegatives (=2) must not be negative and must sum to 1 … 2^52",
                () -> new BinaryCounts(0, -1, 0, 2));
        refused("outputs[1][0] is NaN; it must be a number",
                () -> ConfusionMatrix.of(Tensor.of(new double[]{1, 2, Double.NaN, 3}, 2, 2), new int[]{0, 1}));
        refused("outputs (2, 2) and the classes of 3 samples do not fit: outputs have shape (n, classes), n at least 1",
                () -> ConfusionMatrix.of(Tensor.of(new double[]{1, 2, 3, 4}, 2, 2), new int[]{0, 1, 0}));
    }

    private static void refused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
