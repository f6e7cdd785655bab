package org.surprisal.bench.workload;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.bench.harness.Scene;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Batches of images for both sides: MNIST's first ones where it is at hand, else drawn numbers of its shape.
///
/// @param batches of shape (n, 784) and class indices (n)
/// @param source  in words
record Images(List<Batch> batches, String source) {
    private static final int PIXELS = 784;
    private static final int CLASSES = 10;

    static Images of(Scene scene, int count, int size) {
        try {
            Dataset mnist = Datasets.named("mnist").open(scene.dataFolder(), 1).train();
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int[] rows = new int[size];
                for (int j = 0; j < size; j++) {
                    rows[j] = i * size + j;
                }
                batches.add(mnist.batch(rows));
            }
            return new Images(batches, "MNIST");
        } catch (DataException e) {
            return drawn(scene.stream().child("images"), count, size);
        }
    }

    private static Images drawn(RandomStream stream, int count, int size) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomStream each = stream.child(i);
            float[] pixels = new float[size * PIXELS];
            float[] classes = new float[size];
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = (float) each.nextDouble();
            }
            for (int j = 0; j < size; j++) {
                classes[j] = j % CLASSES;
            }
            batches.add(new Batch(Tensor.of(pixels, size, PIXELS), Tensor.of(classes, size)));
        }
        return new Images(batches, "drawn numbers of MNIST's shape");
    }
}
