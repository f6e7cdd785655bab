package org.surprisal.study.relativeentropy;

import java.nio.file.Path;
import java.util.List;
import org.surprisal.data.Split;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.sets.Mnist;

/// Labelled 28x28 images in ten classes, by name, for the studies that train on images.
public final class ImageSource {
    private static final int DIGITS_TEST = 2_000;

    private ImageSource() {
    }

    /// The names.
    public static List<String> names() {
        return List.of("digits", "mnist");
    }

    /// The data set: its first `trainSamples` training images and all test images.
    ///
    /// @param seed of the drawn digits
    public static Split load(String name, int trainSamples, Path dataFolder, long seed) {
        Split whole = name.equals("mnist")
                ? Mnist.load(dataFolder)
                : Digits.generate(trainSamples, DIGITS_TEST, seed);
        return new Split(whole.train().first(trainSamples), whole.test());
    }
}
