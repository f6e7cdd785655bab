package org.surprisal.network.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class CurvesTest {

    /// roc_auc_score, average_precision_score and auc(recall, precision) of scikit-learn 1.2.1; the equal error rate
    /// from its roc_curve (all points kept): SciPy's brentq on 1 - x - interp1d(fpr, tpr)(x).
    @ParameterizedTest
    @CsvSource({"12, 4, 4, 4, 0.71875, 0.4722222222222222, 0.6111111111111112, 0.3571428571428572",
            "37, 4, 15, 4, 0.8363636363636364, 0.6757575757575758, 0.7378787878787878, 0.2441860465116279",
            "200, 20, 60, 20, 0.7713095238095238, 0.5204484608161513, 0.5330559422283057, 0.31000000000000005",
            "1000, 50, 289, 50, 0.726378364699069, 0.4833421334746609, 0.4943612827821781, 0.33512020792722547",
            "500, 0, 142, 500, 0.7441380124321348, 0.5029982389941333, 0.4998632358261642, 0.3212290502793225",
            "5000, 1000, 1485, 986, 0.7315599810336653, 0.5174432376514361, 0.5172732011609315, 0.3255959849435383"})
    void agreesWithScikitLearn(int n, int grid, int positives, int points, double area, double averagePrecision,
            double trapezoidArea, double equalErrorRate) {
        BinaryScores scores = SeededNumbers.scores(n, grid);
        RocCurve roc = new RocCurve(scores);
        PrecisionRecallCurve precisionRecall = new PrecisionRecallCurve(scores);
        assertThat(scores.positives()).isEqualTo(positives);
        assertThat(scores.negatives()).isEqualTo(n - positives);
        assertThat(roc.points()).hasSize(points + 1);
        assertThat(precisionRecall.points()).hasSize(points);
        assertThat(roc.area()).isEqualTo(area, within(1e-12));
        assertThat(roc.equalErrorRate()).isEqualTo(equalErrorRate, within(1e-12));
        assertThat(precisionRecall.averagePrecision()).isEqualTo(averagePrecision, within(1e-12));
        assertThat(precisionRecall.trapezoidArea()).isEqualTo(trapezoidArea, within(1e-12));
    }

    @Test
    void thePointsOfTwelveScores() {
        // At 0.75, 0.5, 0.25 and 0 lie 2, 3, 2 and 1 of the eight negatives, 2, 2, 0 and 0 of the four positives.
        BinaryScores scores = SeededNumbers.scores(12, 4);
        assertThat(new RocCurve(scores).points()).containsExactly(
                new RocCurve.Point(Double.POSITIVE_INFINITY, 0, 0), new RocCurve.Point(0.75, 0.25, 0.5),
                new RocCurve.Point(0.5, 0.625, 1), new RocCurve.Point(0.25, 0.875, 1), new RocCurve.Point(0, 1, 1));
    }

    @Test
    void perfectScores() {
        BinaryScores scores = BinaryScores.of(new double[]{0.9, 0.8, 0.2, 0.1},
                new boolean[]{true, true, false, false});
        assertThat(new RocCurve(scores).area()).isEqualTo(1);
        assertThat(new RocCurve(scores).equalErrorRate()).isZero();
        assertThat(new PrecisionRecallCurve(scores).averagePrecision()).isEqualTo(1);
        assertThat(new PrecisionRecallCurve(scores).trapezoidArea()).isEqualTo(1);
    }

    @Test
    void invertedAndConstantScores() {
        RocCurve inverted = new RocCurve(
                BinaryScores.of(new double[]{0.1, 0.2, 0.8, 0.9}, new boolean[]{true, true, false, false}));
        assertThat(inverted.area()).isZero();
        assertThat(inverted.equalErrorRate()).isEqualTo(1);
        BinaryScores constant = BinaryScores.of(new double[]{0.0, -0.0, 0, 0},
                new boolean[]{true, false, false, false});
        assertThat(new RocCurve(constant).points()).hasSize(2);
        assertThat(new RocCurve(constant).area()).isEqualTo(0.5);
        assertThat(new RocCurve(constant).equalErrorRate()).isEqualTo(0.5);
        assertThat(new PrecisionRecallCurve(constant).averagePrecision()).isEqualTo(0.25);
        assertThat(constant.prevalence()).isEqualTo(0.25);
    }

    /// Labels by a fair coin. Mann and Whitney's U / (P N) has variance (P + N + 1) / (12 P N); a share of m coins has
    /// standard deviation 1 / (2 sqrt m); the bounds are four of them.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomScoresKnowNothing(long seed) {
        int n = 10_000;
        RandomStream random = RandomStream.seeded(seed);
        double[] values = new double[n];
        boolean[] positive = new boolean[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextDouble();
            positive[i] = random.nextInt(2) == 1;
        }
        BinaryScores scores = BinaryScores.of(values, positive);
        RocCurve roc = new RocCurve(scores);
        double pairs = (double) scores.positives() * scores.negatives();
        assertThat(roc.area()).isEqualTo(0.5, within(4 * Math.sqrt((n + 1) / (12 * pairs))));
        assertThat(roc.equalErrorRate()).isEqualTo(0.5,
                within(4 * 0.5 / Math.sqrt((double) Math.min(scores.positives(), scores.negatives()))));
        for (int tenth = 1; tenth <= 9; tenth++) {
            BinaryCounts counts = scores.at(tenth / 10.0);
            assertThat(counts.precision().orElseThrow()).isEqualTo(0.5,
                    within(4 * 0.5 / Math.sqrt((double) counts.predictedPositives())));
        }
    }

    /// Small random sets of either many ties or none, compared with counting every pair and every threshold.
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void anyScores(long seed) {
        RandomStream random = RandomStream.seeded(seed);
        for (int set = 0; set < 20; set++) {
            int n = 2 + random.nextInt(60);
            int levels = 1 + random.nextInt(2 * n);
            double[] values = new double[n];
            boolean[] positive = new boolean[n];
            for (int i = 0; i < n; i++) {
                values[i] = random.nextInt(levels) - levels / 2.0;
                positive[i] = i == 0 || (i > 1 && random.nextInt(3) == 0);
            }
            BinaryScores scores = BinaryScores.of(values, positive);
            assertThat(new RocCurve(scores).area()).isEqualTo(mannWhitney(values, positive), within(1e-14));
            List<RocCurve.Point> roc = new RocCurve(scores).points();
            List<PrecisionRecallCurve.Point> precisionRecall = new PrecisionRecallCurve(scores).points();
            for (int i = 1; i < roc.size(); i++) {
                RocCurve.Point point = roc.get(i);
                BinaryCounts counts = byRule(values, positive, point.threshold());
                assertThat(scores.at(point.threshold())).isEqualTo(counts);
                assertThat(point.falsePositiveRate()).isEqualTo(counts.falsePositiveRate().orElseThrow())
                        .isGreaterThanOrEqualTo(roc.get(i - 1).falsePositiveRate());
                assertThat(point.truePositiveRate()).isEqualTo(counts.recall().orElseThrow())
                        .isGreaterThanOrEqualTo(roc.get(i - 1).truePositiveRate());
                assertThat(precisionRecall.get(i - 1)).isEqualTo(new PrecisionRecallCurve.Point(point.threshold(),
                        counts.recall().orElseThrow(), counts.precision().orElseThrow()));
            }
            assertThat(scores.thresholds()).hasSize(precisionRecall.size());
            assertOnCurve(roc, new RocCurve(scores).equalErrorRate());
        }
    }

    private static double mannWhitney(double[] values, boolean[] positive) {
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                if (positive[i] && !positive[j]) {
                    won += values[i] > values[j] ? 1 : values[i] == values[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return won / pairs;
    }

    private static BinaryCounts byRule(double[] values, boolean[] positive, double threshold) {
        long[] counts = new long[4];
        for (int i = 0; i < values.length; i++) {
            boolean yes = values[i] >= threshold;
            counts[positive[i] ? (yes ? 0 : 1) : (yes ? 2 : 3)]++;
        }
        return new BinaryCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    /// Some segment of the curve has the point (e, 1 - e): its ends lie on both sides of the falling diagonal, and the
    /// triangle that the point makes with them has no area.
    private static void assertOnCurve(List<RocCurve.Point> roc, double e) {
        boolean found = false;
        for (int i = 1; i < roc.size(); i++) {
            RocCurve.Point a = roc.get(i - 1);
            RocCurve.Point b = roc.get(i);
            double cross = (b.falsePositiveRate() - a.falsePositiveRate()) * (1 - e - a.truePositiveRate())
                    - (b.truePositiveRate() - a.truePositiveRate()) * (e - a.falsePositiveRate());
            found |= Math.abs(cross) < 1e-14 && a.falsePositiveRate() + a.truePositiveRate() <= 1
                    && b.falsePositiveRate() + b.truePositiveRate() >= 1;
        }
        assertThat(found).as("equal error rate %s lies on %s", e, roc).isTrue();
    }

    @Test
    void precisionMayFallAndRise() {
        // Zahn, Fig 66. Falling scores + - - + +: precision 1, 1/2, 1/3, 2/4, 3/5.
        BinaryScores scores = BinaryScores.of(new double[]{5, 4, 3, 2, 1},
                new boolean[]{true, false, false, true, true});
        assertThat(new PrecisionRecallCurve(scores).points()).extracting(PrecisionRecallCurve.Point::precision)
                .containsExactly(1.0, 1 / 2.0, 1 / 3.0, 2 / 4.0, 3 / 5.0);
        assertThat(new PrecisionRecallCurve(scores).averagePrecision()).isEqualTo((1 + 0.5 + 0.6) / 3, within(1e-15));
    }

    @Test
    void theThresholdItselfIsPositive() {
        BinaryScores scores = BinaryScores.of(new double[]{0.2, 0.5, 0.5, 0.7},
                new boolean[]{false, true, false, true});
        assertThat(scores.at(0.5)).isEqualTo(new BinaryCounts(2, 0, 1, 1));
        assertThat(scores.at(Math.nextUp(0.5))).isEqualTo(new BinaryCounts(1, 1, 0, 2));
        assertThat(scores.at(Double.POSITIVE_INFINITY)).isEqualTo(new BinaryCounts(0, 2, 0, 2));
        assertThat(scores.at(Double.NEGATIVE_INFINITY)).isEqualTo(new BinaryCounts(2, 0, 2, 0));
        assertThat(scores.thresholds()).containsExactly(0.7, 0.5, 0.2);
    }

    @Test
    void oneClassOfManyAgainstTheRest() {
        Tensor outputs = Tensor.of(new float[]{0.5f, 0.25f, 0.25f, 0.125f, 0.75f, 0.125f, 0.25f, 0.25f, 0.5f}, 3, 3);
        BinaryScores scores = BinaryScores.oneVersusRest(outputs, new int[]{0, 1, 1}, 1);
        assertThat(scores.thresholds()).containsExactly(0.75, 0.25);
        assertThat(new RocCurve(scores).area()).isEqualTo(0.75);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinaryScores.oneVersusRest(outputs, new int[]{0, 1, 1}, 3))
                .withMessage("label (=3) must be a class from 0 to 2");
    }

    @Test
    void badArguments() {
        boolean[] both = {true, false};
        assertThatIllegalArgumentException().isThrownBy(() -> BinaryScores.of(new double[]{1}, both))
                .withMessage("scores has 1 samples and positive 2: they must be as many, at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> BinaryScores.of(new double[0], new boolean[0]))
                .withMessage("scores has 0 samples and positive 0: they must be as many, at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> BinaryScores.of(new double[]{1, Double.NaN}, both))
                .withMessage("scores[1] (=NaN) must be finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinaryScores.of(new double[]{1, 2}, both).at(Double.NaN))
                .withMessage("threshold is NaN; it must be a number");
        BinaryScores positives = BinaryScores.of(new double[]{1, 2}, new boolean[]{true, true});
        BinaryScores negatives = BinaryScores.of(new double[]{1, 2}, new boolean[]{false, false});
        assertThatIllegalArgumentException().isThrownBy(() -> new RocCurve(positives)).withMessage(
                "scores have 2 positive and 0 negative samples; a ROC curve needs at least one of each");
        assertThatIllegalArgumentException().isThrownBy(() -> new RocCurve(negatives)).withMessage(
                "scores have 0 positive and 2 negative samples; a ROC curve needs at least one of each");
        assertThatIllegalArgumentException().isThrownBy(() -> new PrecisionRecallCurve(negatives)).withMessage(
                "scores have 0 positive and 2 negative samples; a precision-recall curve needs a positive one");
        assertThat(new PrecisionRecallCurve(positives).averagePrecision()).isEqualTo(1);
    }
}
