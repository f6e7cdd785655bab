package org.surprisal.bench.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.surprisal.bench.growth.Series;
import org.surprisal.bench.harness.Side;
import org.surprisal.data.Batch;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What is measured in several sizes: training of tanh networks by depth, width and batch, and pairwise bounds by
/// samples.
public final class GrowthSeries {
    private static final int CLASSES = 10;
    private static final int WIDTH = 256;
    private static final int DEPTH = 10;
    private static final int BATCH = 128;
    private static final int DIMENSION = 20;

    private GrowthSeries() {
    }

    /// All of them.
    public static List<Series> all(RandomStream stream) {
        return List.of(
                new Series("depth", "training step, layers of 256, batch 128", 1, List.of(5, 10, 20, 40, 80),
                        depth -> training(stream, depth, WIDTH, BATCH)),
                new Series("width", "training step, 10 layers, batch 128", 2, List.of(128, 256, 512, 1024),
                        width -> training(stream, DEPTH, width, BATCH)),
                new Series("batch", "training step, 10 layers of 256", 1, List.of(32, 64, 128, 256, 512, 1024),
                        batch -> training(stream, DEPTH, WIDTH, batch)),
                new Series("N", "pairwise bounds of N samples of 20 coordinates", 2,
                        List.of(2000, 4000, 8000, 16_000, 32_000), samples -> bounds(stream, samples)));
    }

    private static Side training(RandomStream stream, int depth, int width, int batch) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(depth, width));
        widths.add(CLASSES);
        float[] classes = new float[batch];
        for (int i = 0; i < batch; i++) {
            classes[i] = i % CLASSES;
        }
        Batch data = new Batch(stream.child("inputs").gaussian(ElementType.FLOAT32, 0, 1, batch, width),
                Tensor.of(classes, batch));
        return new Training(MultilayerPerceptron.of(Start.tanh(width, widths, stream.child("layers")), Activation.TANH,
                Activation.IDENTITY), new CrossEntropy(), new Sgd(1e-3, 0.8), List.of(data));
    }

    private static Side bounds(RandomStream stream, int samples) {
        Continuous variable = Continuous.of("x",
                stream.child("points").gaussian(ElementType.FLOAT64, 0, 1, samples, DIMENSION));
        PairwiseDistance bounds = PairwiseDistance.withNoise(DIMENSION / 4.0);
        return () -> bounds.ofInput(variable).value();
    }
}
