package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Batches;
import org.surprisal.data.Dataset;
import org.surprisal.network.Network;
import org.surprisal.network.metric.BinaryScores;
import org.surprisal.network.metric.ConfusionMatrix;
import org.surprisal.network.metric.PrecisionRecallCurve;
import org.surprisal.network.metric.RocCurve;
import org.surprisal.tensor.Tensor;

/// What a classifier puts out for test samples, with the classes that they have. The second of two classes is the
/// positive one.
final class TestOutputs {
    private static final int BATCH = 500;

    private final Tensor outputs;
    private final int[] actual;
    private final double threshold;

    /// @param outputs shape (n, classes), or (n, 1) for two classes
    /// @param actual the class of each sample, n
    /// @param threshold above which one output answers with the second class
    TestOutputs(Tensor outputs, int[] actual, double threshold) {
        this.outputs = outputs;
        this.actual = actual.clone();
        this.threshold = threshold;
    }

    /// The outputs of a network for classified samples.
    ///
    /// @param threshold above which one output answers with the second of two classes
    static TestOutputs of(Network network, Dataset test, double threshold) {
        List<Tensor> outputs = new ArrayList<>();
        int[] actual = new int[test.size()];
        int next = 0;
        for (Batch batch : Batches.inOrder(test, BATCH)) {
            outputs.add(network.evaluate(batch.inputs()));
            for (double target : batch.targets().toDoubles()) {
                actual[next++] = (int) target;
            }
        }
        return new TestOutputs(Tensor.concatenate(0, outputs), actual, threshold);
    }

    /// The outputs, shape (n, classes), or (n, 1) for two classes.
    Tensor outputs() {
        return outputs;
    }

    /// The class of each sample.
    int[] actual() {
        return actual.clone();
    }

    private boolean isSingle() {
        return outputs.length(1) == 1;
    }

    /// How many samples of each class were given each class.
    ConfusionMatrix confusion() {
        if (!isSingle()) {
            return ConfusionMatrix.of(outputs, actual);
        }
        double[] values = outputs.toDoubles();
        return ConfusionMatrix.of(actual, IntStream.range(0, values.length).map(i -> values[i] > threshold ? 1 : 0)
                .toArray(), 2);
    }

    /// Scores that rank the samples as the probability of the second class does: the one output, or the difference of
    /// two, which does not round to 1 as the probability does. Empty where there are more classes than two.
    private Optional<BinaryScores> scores() {
        if (outputs.length(1) > 2) {
            return Optional.empty();
        }
        double[] values = outputs.toDoubles();
        double[] scores = new double[actual.length];
        boolean[] positive = new boolean[actual.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = isSingle() ? values[i] : values[2 * i + 1] - values[2 * i];
            positive[i] = actual[i] == 1;
        }
        return Optional.of(BinaryScores.of(scores, positive));
    }

    /// The receiver operating characteristic; empty where there are more classes than two, or the test samples are all
    /// of one.
    Optional<RocCurve> roc() {
        return scores().filter(scores -> scores.positives() > 0 && scores.negatives() > 0).map(RocCurve::new);
    }

    /// Precision over recall; empty where there are more classes than two, or no test sample is of the second.
    Optional<PrecisionRecallCurve> precisionRecall() {
        return scores().filter(scores -> scores.positives() > 0).map(PrecisionRecallCurve::new);
    }

    /// The corners of [#roc] as arrays: `false-positive-rate` and `true-positive-rate`, each rising from 0 to 1.
    Optional<SequencedMap<String, Tensor>> rocArrays() {
        return roc().map(RocCurve::points).map(points -> {
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            arrays.put("false-positive-rate", numbers(points, RocCurve.Point::falsePositiveRate));
            arrays.put("true-positive-rate", numbers(points, RocCurve.Point::truePositiveRate));
            return arrays;
        });
    }

    /// The points of [#precisionRecall] as arrays: `recall`, which rises to 1, and `precision`.
    Optional<SequencedMap<String, Tensor>> precisionRecallArrays() {
        return precisionRecall().map(PrecisionRecallCurve::points).map(points -> {
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            arrays.put("recall", numbers(points, PrecisionRecallCurve.Point::recall));
            arrays.put("precision", numbers(points, PrecisionRecallCurve.Point::precision));
            return arrays;
        });
    }

    private static <P> Tensor numbers(List<P> points, ToDoubleFunction<P> coordinate) {
        return Tensor.of(points.stream().mapToDouble(coordinate).toArray());
    }
}
