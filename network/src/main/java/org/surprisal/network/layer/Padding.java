package org.surprisal.network.layer;

import org.surprisal.tensor.Tensor;

/// How a layer that sees sequences (n, time, features), and nothing else, knows where each ends.
///
/// Zeros mark the end because they travel with the numbers through any network, and because they are what is there
/// anyway: [Embedding] makes them of symbol -1, one-hot coding of no letter, and [Recurrent] puts them behind the end
/// of a sequence. What stands between two levels must keep them: activations with f(0) = 0 and [Dropout] do, a linear
/// layer with a bias does not.
///
/// A last step whose features happen to be zero is taken for padding, too. Data: the dark bottom rows of an image that
/// is read row by row. States: those of an [ElmanCell] with ReLU, whose units may all be silent, or [Dropout] that
/// drops every one of few units; the states of tanh, LSTM and GRU vanish in all units only if the weights do. Where
/// this may happen use [#NONE], or give [SequenceLengths].
public enum Padding {
    /// There is none: every sequence fills its tensor.
    NONE {
        @Override
        public SequenceLengths lengths(Tensor sequences) {
            return SequenceLengths.full(sequences);
        }
    },
    /// The time steps at the end whose features are all exactly zero. Steps of zeros before one that is not belong to
    /// the sequence.
    TRAILING_ZEROS {
        @Override
        public SequenceLengths lengths(Tensor sequences) {
            return SequenceLengths.beforeTrailingZeros(sequences);
        }
    };

    /// The lengths of these sequences, shape (n, time, features).
    ///
    /// @throws IllegalArgumentException for a sequence without a step; the message names the sample
    public abstract SequenceLengths lengths(Tensor sequences);
}
