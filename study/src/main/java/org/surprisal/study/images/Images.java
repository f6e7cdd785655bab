package org.surprisal.study.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.sets.Mnist;
import org.surprisal.study.engine.Input;

/// Labelled 28x28 images in ten classes: the first training images of a data set, and all its test images.
///
/// @param name         one of [#NAMES]
/// @param trainSamples training images
/// @param seed         of drawn images; 0 for those that are read from files
public record Images(String name, int trainSamples, long seed) implements Input<Split> {
    /// The data sets.
    public static final List<String> NAMES = List.of("digits", "mnist");

    /// Pixels of an image.
    public static final int PIXELS = 28 * 28;

    private static final String MNIST = "mnist";
    private static final int DIGITS_TEST = 2_000;

    public Images {
        seed = name.equals(MNIST) ? 0 : seed;
    }

    @Override
    public Split load(Path data) {
        Split whole = name.equals(MNIST) ? Mnist.load(data) : Digits.generate(trainSamples, DIGITS_TEST, seed);
        return new Split(whole.train().first(trainSamples), whole.test());
    }

    @Override
    public Optional<String> dataset() {
        return Optional.of(name);
    }
}
