package org.surprisal.study.autoencoder;

import java.util.stream.IntStream;
import org.surprisal.data.Dataset;
import org.surprisal.data.Split;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Run;
import org.surprisal.study.dataset.IsingStates;
import org.surprisal.study.relativeentropy.ImageSource;
import org.surprisal.tensor.Tensor;

/// What is reconstructed: images to train on, and others with their classes, digits or temperatures.
///
/// @param train to train on
/// @param test  to judge and to probe with
/// @param spins whether they are states of the Ising model
record AutoencoderData(Dataset train, Dataset test, boolean spins) {

    /// The data of a run; drawn data of its seed.
    ///
    /// @throws SettingException if more inputs are to be probed than there are
    static AutoencoderData load(Run run) {
        int trained = run.get(AutoencoderSettings.TRAIN_SAMPLES);
        int judged = run.get(AutoencoderSettings.TEST_SAMPLES);
        int probed = run.get(AutoencoderSettings.PROBED_INPUTS);
        if (probed > judged) {
            throw SettingException.badValue(AutoencoderSettings.PROBED_INPUTS.key(), Integer.toString(probed),
                    "at most " + judged + ", the " + AutoencoderSettings.TEST_SAMPLES.key());
        }
        String name = run.get(AutoencoderSettings.DATA);
        boolean spins = name.equals(AutoencoderSettings.ISING);
        Split whole = spins
                ? IsingStates.generate(Math.ceilDiv(trained, IsingStates.CLASSES),
                        Math.ceilDiv(judged, IsingStates.CLASSES), run.seed())
                : ImageSource.load(name, trained, run.data(name), run.seed());
        return new AutoencoderData(whole.train().first(trained), whole.test().first(judged), spins);
    }

    /// Number of pixels of an image.
    int pixels() {
        return train.inputShape().size();
    }

    /// Rows of test images to show or to probe: of Ising states, spread over the temperatures, the coldest first; else
    /// the first ones.
    int[] rows(int count) {
        int temperatures = Math.min(IsingStates.CLASSES, test.size());
        return IntStream.range(0, count)
                .map(i -> spins && count <= temperatures ? (int) ((i + 0.5) * temperatures / count) : i).toArray();
    }

    /// Test images, one a row, shape (rows, pixels).
    Tensor inputs(int... rows) {
        return test.batch(rows).inputs().reshape(rows.length, pixels());
    }
}
