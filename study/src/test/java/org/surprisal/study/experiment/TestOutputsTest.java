package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.InMemory;
import org.surprisal.network.Network;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.Tensor;

/// What is made of the outputs for test samples, of one output, of two, and of more.
class TestOutputsTest {
    /// The example of scikit-learn's documentation, whose `roc_auc_score` is 0.75 and whose `average_precision_score`
    /// is 0.83.
    private static final double[] SCORES = {0.1, 0.4, 0.35, 0.8};
    private static final int[] CLASSES = {0, 0, 1, 1};

    private static TestOutputs outputs(int columns) {
        double[] two = new double[8];
        for (int i = 0; i < 4; i++) {
            two[2 * i] = 3 - SCORES[i] / 2;
            two[2 * i + 1] = 3 + SCORES[i] / 2;
        }
        return columns == 1
                ? new TestOutputs(Tensor.of(SCORES, 4, 1), CLASSES, 0.375)
                : new TestOutputs(Tensor.of(two, 4, 2), CLASSES, 0);
    }

    private static double measured(String name, TestOutputs outputs) {
        Entry list = Entry.read("my.yaml", "[" + name + "]");
        return TestMeasure.read(list, 2).getFirst().rule().of(outputs).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void curvesRankByTheProbabilityOfTheSecondClass(int columns) {
        TestOutputs outputs = outputs(columns);
        assertThat(measured("roc-auc", outputs)).isCloseTo(0.75, within(1e-15));
        assertThat(measured("average-precision", outputs)).isCloseTo(5.0 / 6, within(1e-15));
        assertThat(measured("equal-error-rate", outputs)).isCloseTo(0.5, within(1e-15));
        SequencedMap<String, Tensor> roc = outputs.rocArrays().orElseThrow();
        assertThat(numbers(roc, "false-positive-rate")).containsExactly(0, 0, 0.5, 0.5, 1);
        assertThat(numbers(roc, "true-positive-rate")).containsExactly(0, 0.5, 0.5, 1, 1);
        SequencedMap<String, Tensor> curve = outputs.precisionRecallArrays().orElseThrow();
        assertThat(numbers(curve, "recall")).containsExactly(0.5, 0.5, 1, 1);
        assertThat(numbers(curve, "precision")).containsExactly(1, 0.5, 2.0 / 3, 0.5);
    }

    private static double[] numbers(Map<String, Tensor> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name)).toDoubles();
    }

    /// Above 0.375 are 0.4, of the first class, and 0.8, of the second.
    @Test
    void thresholdOfOneOutputDecides() {
        TestOutputs outputs = outputs(1);
        assertThat(outputs.confusion().counts()).isDeepEqualTo(new long[][]{{1, 1}, {1, 1}});
        for (String name : List.of("precision", "recall", "f1", "positive-precision", "positive-recall",
                "positive-f1")) {
            assertThat(measured(name, outputs)).as(name).isEqualTo(0.5);
        }
        TestOutputs all = new TestOutputs(Tensor.of(SCORES, 4, 1), CLASSES, 0);
        assertThat(all.confusion().counts()).isDeepEqualTo(new long[][]{{0, 2}, {0, 2}});
        assertThat(measured("positive-recall", all)).isEqualTo(1);
        assertThat(measured("positive-f1", all)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(measured("recall", all)).isEqualTo(0.5);
    }

    @Test
    void networkIsRunOverAllSamples() {
        double[] numbers = new double[1234];
        double[] classes = new double[1234];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i - 1000;
            classes[i] = i >= 900 ? 1 : 0;
        }
        TestOutputs outputs = TestOutputs.of(new Network(Activation.IDENTITY), InMemory.classification("line",
                Tensor.of(numbers, 1234, 1), Tensor.of(classes), 2), 0);
        assertThat(outputs.confusion().counts()).isDeepEqualTo(new long[][]{{900, 0}, {101, 233}});
        assertThat(measured("roc-auc", outputs)).isEqualTo(1);
    }

    @Test
    void curvesOfOneClassOrOfThreeAreEmpty() {
        TestOutputs first = new TestOutputs(Tensor.of(SCORES, 4, 1), new int[4], 0);
        assertThat(first.roc()).isEmpty();
        assertThat(first.precisionRecall()).isEmpty();
        TestOutputs second = new TestOutputs(Tensor.of(SCORES, 4, 1), new int[]{1, 1, 1, 1}, 0);
        assertThat(second.roc()).isEqualTo(Optional.empty());
        assertThat(second.precisionRecall()).isPresent();
        TestOutputs three = new TestOutputs(Tensor.of(new double[]{1, 2, 3, 3, 1, 2}, 2, 3), new int[]{2, 0}, 0);
        assertThat(three.rocArrays()).isEmpty();
        assertThat(three.confusion().accuracy()).isEqualTo(1);
    }

    @Test
    void measureOfTwoClassesIsRefusedForMore() {
        Entry list = Entry.read("my.yaml", "[f1, roc-auc]");
        assertThatThrownBy(() -> TestMeasure.read(list, 3))
                .hasMessage("my.yaml, line 1: [1]: 'roc-auc' is of two classes, and the data have 3");
        Entry other = Entry.read("my.yaml", "[roc-acu]");
        assertThatThrownBy(() -> TestMeasure.read(other, 2))
                .hasMessage("my.yaml, line 1: [0]: there is no metric 'roc-acu'; did you mean 'roc-auc'?");
    }
}
