package org.surprisal.study.autoencoder;

import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.data.Dataset;
import org.surprisal.study.engine.Quantity;

/// A picture without shapes, given as the answer to every test image: what a network has to beat before its
/// reconstructions are worth looking at.
enum Baseline {
    /// The mean of the training images, the same answer to every test image.
    MEAN_IMAGE("mean training image", "error-of-mean-image"),
    /// The test image's own mean pixel, everywhere.
    MEAN_GREY("each image's mean grey", "error-of-mean-grey");

    /// Training images that are read at a time.
    private static final int BLOCK = 1000;

    private final String label;
    private final String column;

    Baseline(String label, String column) {
        this.label = label;
        this.column = column;
    }

    /// What reports call it.
    String label() {
        return label;
    }

    /// Its mean squared error of a pixel of the test images.
    Quantity error() {
        return Quantity.of(column, "1", "mean squared error of the " + label.replace("each image's ", ""));
    }

    /// The error, worked out.
    ///
    /// @param train images, at least one
    /// @param test  images of as many pixels, at least one
    double error(Dataset train, Dataset test) {
        int pixels = AutoencoderImages.PIXELS;
        double[] constant = this == MEAN_IMAGE ? meanImage(train) : new double[pixels];
        double sum = 0;
        for (int[] rows : blocks(test.size())) {
            double[] values = AutoencoderImages.inputs(test, rows).toDoubles();
            for (int i = 0; i < rows.length; i++) {
                double grey = this == MEAN_GREY ? mean(values, i * pixels, pixels) : 0;
                for (int j = 0; j < pixels; j++) {
                    double off = values[i * pixels + j] - constant[j] - grey;
                    sum += off * off;
                }
            }
        }
        return sum / ((double) test.size() * pixels);
    }

    private static double[] meanImage(Dataset images) {
        int pixels = AutoencoderImages.PIXELS;
        double[] mean = new double[pixels];
        for (int[] rows : blocks(images.size())) {
            double[] values = AutoencoderImages.inputs(images, rows).toDoubles();
            for (int i = 0; i < values.length; i++) {
                mean[i % pixels] += values[i] / images.size();
            }
        }
        return mean;
    }

    private static double mean(double[] values, int from, int count) {
        return IntStream.range(from, from + count).mapToDouble(i -> values[i]).sum() / count;
    }

    private static List<int[]> blocks(int count) {
        return IntStream.range(0, Math.ceilDiv(count, BLOCK))
                .mapToObj(block -> IntStream.range(block * BLOCK, Math.min(count, (block + 1) * BLOCK)).toArray())
                .toList();
    }
}
