package org.surprisal.study.autoencoder;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.study.dataset.IsingStates;
import org.surprisal.study.engine.Input;
import org.surprisal.study.images.Images;
import org.surprisal.tensor.Tensor;

/// What is reconstructed: images to train on, and others with their classes, digits or temperatures.
///
/// @param name  one of [#NAMES]
/// @param train images to train on
/// @param test  images to judge and to probe with
/// @param seed  of drawn images; 0 for those that are read from files
record AutoencoderImages(String name, int train, int test, long seed) implements Input<Split> {
    /// The states of the Ising model among the data.
    static final String ISING = "ising";
    static final List<String> NAMES = Stream.concat(Stream.of(ISING), Images.NAMES.stream()).toList();
    static final int PIXELS = IsingStates.SIDE * IsingStates.SIDE;

    AutoencoderImages {
        seed = name.equals(ISING) ? seed : new Images(name, train, seed).seed();
    }

    @Override
    public Split load(Path data) {
        Split whole = name.equals(ISING)
                ? IsingStates.generate(Math.ceilDiv(train, IsingStates.CLASSES),
                        Math.ceilDiv(test, IsingStates.CLASSES), seed)
                : new Images(name, train, seed).load(data);
        return new Split(whole.train().first(train), whole.test().first(test));
    }

    @Override
    public Optional<String> dataset() {
        return name.equals(ISING) ? Optional.empty() : new Images(name, train, seed).dataset();
    }

    /// Rows of images to show or to probe: of Ising states, spread over the temperatures, the coldest first; else the
    /// first ones.
    int[] rows(int count) {
        int temperatures = Math.min(IsingStates.CLASSES, test);
        return IntStream.range(0, count).map(i -> name.equals(ISING) && count <= temperatures
                ? (int) ((i + 0.5) * temperatures / count)
                : i).toArray();
    }

    /// Images, one a row, shape (rows, pixels).
    static Tensor inputs(Dataset images, int... rows) {
        return images.batch(rows).inputs().reshape(rows.length, PIXELS);
    }
}
