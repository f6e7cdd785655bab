package org.surprisal.study.controls;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.surprisal.data.Dataset;
import org.surprisal.information.Moments;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The inputs of one seed, of every kind; input i of a kind goes with image i.
///
/// @param inputs by kind, float32, shape (n, pixels) each
record Stimuli(Map<Stimulus, Tensor> inputs) {

    /// Draws images without replacement, and makes the other kinds of them.
    ///
    /// @param count n of each kind; twice as many images are drawn, the second half for the other noise
    static Stimuli of(Dataset images, int count, RandomStream stream) {
        int[] order = stream.child("images").permutation(images.size());
        Tensor shown = flat(images, Arrays.copyOf(order, count));
        Tensor others = flat(images, Arrays.copyOfRange(order, count, 2 * count));
        int pixels = shown.length(1);
        Map<Stimulus, Tensor> inputs = new EnumMap<>(Stimulus.class);
        inputs.put(Stimulus.IMAGES, shown);
        inputs.put(Stimulus.PERMUTED, shown.take(1, stream.child("permutation").permutation(pixels)));
        inputs.put(Stimulus.SHUFFLED, shuffled(shown, stream.child("shuffles")));
        inputs.put(Stimulus.NOISE, noise(shown, stream.child("noise")));
        inputs.put(Stimulus.OTHER_NOISE, noise(others, stream.child("other-noise")));
        return new Stimuli(inputs);
    }

    private static Tensor flat(Dataset images, int[] rows) {
        Tensor batch = images.batch(rows).inputs().to(ElementType.FLOAT32);
        return batch.reshape(rows.length, images.inputShape().size());
    }

    Tensor of(Stimulus kind) {
        Tensor found = inputs.get(kind);
        if (found == null) {
            throw new IllegalArgumentException("no inputs of the kind " + kind + "; there are " + inputs.keySet());
        }
        return found;
    }

    private static Tensor shuffled(Tensor images, RandomStream stream) {
        int pixels = images.length(1);
        float[] from = images.toFloats();
        float[] to = new float[from.length];
        for (int i = 0; i < images.length(0); i++) {
            int[] places = stream.child(i).permutation(pixels);
            for (int j = 0; j < pixels; j++) {
                to[i * pixels + j] = from[i * pixels + places[j]];
            }
        }
        return Tensor.of(to, images.length(0), pixels);
    }

    /// Scaled exactly, so that image and noise give the first layer of a random network the same variance.
    private static Tensor noise(Tensor images, RandomStream stream) {
        int pixels = images.length(1);
        double[] from = images.toDoubles();
        float[] to = new float[from.length];
        for (int i = 0; i < images.length(0); i++) {
            Moments image = Moments.of(Arrays.copyOfRange(from, i * pixels, (i + 1) * pixels));
            double[] drawn = stream.child(i).gaussian(ElementType.FLOAT64, 0, 1, pixels).toDoubles();
            Moments normal = Moments.of(drawn);
            double scale = image.standardDeviation() / normal.standardDeviation();
            for (int j = 0; j < pixels; j++) {
                to[i * pixels + j] = (float) (image.mean() + scale * (drawn[j] - normal.mean()));
            }
        }
        return Tensor.of(to, images.length(0), pixels);
    }

    /// The mean squares of the first inputs' pixels, one an input; the same for every kind but for rounding.
    double[] meanSquares(int count) {
        Tensor images = of(Stimulus.IMAGES);
        return IntStream.range(0, count).mapToDouble(i -> images.rows(i).square().mean().item()).toArray();
    }
}
