package org.surprisal.study.autoencoder;

import java.util.List;
import java.util.SequencedMap;
import org.surprisal.study.Metric;
import org.surprisal.tensor.Tensor;

/// What became of one network: everything that is kept of it.
///
/// @param metrics in the order in which they are kept
/// @param arrays  by name of their file
/// @param words   in a few words, for who watches
record Outcome(List<Metric> metrics, SequencedMap<String, SequencedMap<String, Tensor>> arrays, String words) {
    static final String TRAIN_LOSS = "train-loss";
    static final String TEST_LOSS = "test-loss";
    /// 1 for a network whose numbers left the finite ones, at the epochs it had finished.
    static final String DIVERGED = "diverged";

    /// Normalised relative entropies, shape (probed inputs, layers).
    static final String PROFILES = "relative-entropy";
    /// The mean pixel of each probed input: of Ising states the share of up spins.
    static final String PROBED_MEAN = "probed-mean";
    /// Some images, what became of them, and their classes.
    static final String SHOWN_INPUT = "shown-input";
    static final String SHOWN_OUTPUT = "shown-output";
    static final String SHOWN_LABEL = "shown-label";
    /// The classes of all test images.
    static final String LABEL = "label";
    /// Codes of all test images, where they have two numbers.
    static final String CODE = "code";
}
