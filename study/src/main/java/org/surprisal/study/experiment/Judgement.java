package org.surprisal.study.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.surprisal.data.Batch;
import org.surprisal.data.Dataset;
import org.surprisal.network.Network;
import org.surprisal.network.metric.ConfusionMatrix;
import org.surprisal.network.training.Evaluation;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Trial;
import org.surprisal.tensor.Tensor;

/// How well a trained network does: numbers and arrays of its trial.
final class Judgement {
    static final Quantity VALIDATION_LOSS = Quantity.of("validation-loss", "nat", "validation loss");
    static final Quantity VALIDATION_ACCURACY = Quantity.of("validation-accuracy", "1", "validation accuracy");
    static final Quantity TEST_LOSS = Quantity.of("test-loss", "nat", "test loss");
    static final Quantity TEST_ACCURACY = Quantity.of("test-accuracy", "1", "test accuracy");

    /// The arrays of counts, actual class by given class, and of images.
    static final String CONFUSION = "confusion";
    static final String COUNTS = "counts";
    static final String IMAGES = "images";
    /// The arrays of the two curves of a classifier of two classes.
    static final String ROC = "roc";
    static final String PRECISION_RECALL = "precision-recall";

    /// Images that a report shows beside their reconstructions.
    private static final int SHOWN = 8;

    private Judgement() {
    }

    /// A further number on test samples, under the name that users ask for.
    static Quantity test(String measure) {
        return Quantity.of("test-" + measure, "1", measure);
    }

    /// Judges a network on validation samples, for choices between networks, and on test samples.
    static void of(Trial trial, Experiment experiment, ExperimentData data, Network network,
            List<TestMeasure> measures) {
        data.validation().ifPresent(samples -> {
            Evaluation evaluation = Evaluation.finite(network, experiment.loss(data), samples,
                    "the validation loss after training");
            trial.record(VALIDATION_LOSS.in(experiment.lossUnit()), evaluation.loss());
            evaluation.accuracy().ifPresent(value -> trial.record(VALIDATION_ACCURACY, value));
        });
        data.test().ifPresent(samples -> test(trial, experiment, data, samples, network, measures));
    }

    private static void test(Trial trial, Experiment experiment, ExperimentData data, Dataset test, Network network,
            List<TestMeasure> measures) {
        Evaluation evaluation = Evaluation.finite(network, experiment.loss(data), test, "the test loss after training");
        trial.record(TEST_LOSS.in(experiment.lossUnit()), evaluation.loss());
        if (evaluation.accuracy().isEmpty()) {
            Batch first = test.batch(IntStream.range(0, Math.min(SHOWN, test.size())).toArray());
            keepImages(trial, first, network.evaluate(first.inputs()));
            return;
        }
        trial.record(TEST_ACCURACY, evaluation.accuracy().getAsDouble());
        TestOutputs outputs = TestOutputs.of(network, test, experiment.loss(data).threshold());
        for (TestMeasure measure : measures) {
            measure.rule().of(outputs).ifPresent(number -> trial.record(test(measure.name()), number));
        }
        keepConfusion(trial, outputs.confusion());
        outputs.rocArrays().ifPresent(arrays -> trial.keep(ROC, arrays));
        outputs.precisionRecallArrays().ifPresent(arrays -> trial.keep(PRECISION_RECALL, arrays));
    }

    private static void keepConfusion(Trial trial, ConfusionMatrix confusion) {
        long[][] counts = confusion.counts();
        double[] flat = new double[counts.length * counts.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = counts[i / counts.length][i % counts.length];
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put(COUNTS, Tensor.of(flat, counts.length, counts.length));
        trial.keep(CONFUSION, arrays);
    }

    /// Keeps inputs and outputs where the outputs are as many as the inputs and fill a square: images and what an
    /// autoencoder makes of them.
    private static void keepImages(Trial trial, Batch samples, Tensor outputs) {
        int n = samples.size();
        int features = n == 0 ? 0 : samples.inputs().size() / n;
        int side = (int) Math.round(Math.sqrt(features));
        if (n == 0 || side < 2 || side * side != features || outputs.size() != samples.inputs().size()) {
            return;
        }
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("input", samples.inputs().reshape(n, side, side));
        arrays.put("output", outputs.reshape(n, side, side));
        trial.keep(IMAGES, arrays);
    }
}
