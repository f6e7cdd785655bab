package org.surprisal.study.controls;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a network is shown. Each kind keeps less of the images than the one before; all keep, image by image, the mean
/// and the variance of the pixels.
enum Stimulus {
    /// Test images.
    IMAGES,
    /// The images with one and the same permutation of the pixels: what no network without a sense of place can tell
    /// from images, until it has learnt.
    PERMUTED,
    /// The images with a permutation each: no relation of one pixel to another is left.
    SHUFFLED,
    /// Independent normal pixels, scaled to the mean and variance of the image.
    NOISE,
    /// Noise to other images: the same distribution again, against which any divergence is one of samples.
    OTHER_NOISE;

    /// The words of all kinds.
    static List<String> labels() {
        return Arrays.stream(values()).map(Stimulus::label).toList();
    }

    /// What figures and tables call the kind.
    String title() {
        return label().replace('-', ' ');
    }

    /// The word in settings and metrics.csv.
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
