package org.surprisal.network.layer;

import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// How many time steps each sequence of a batch has, of those that its tensor (n, time, features) has room for. What
/// comes behind is padding.
public final class SequenceLengths {
    private final int[] lengths;

    private SequenceLengths(int[] lengths) {
        this.lengths = lengths;
    }

    /// These lengths, one a sample.
    ///
    /// @throws IllegalArgumentException for a sequence without a step; the message names the sample
    public static SequenceLengths of(int... lengths) {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1) {
                throw new IllegalArgumentException(
                        "sample " + i + " has " + lengths[i] + " time steps; a sequence needs 1 at least");
            }
        }
        return new SequenceLengths(lengths.clone());
    }

    /// Every sequence fills its tensor (n, time, …).
    ///
    /// @throws IllegalArgumentException when there is no time step
    public static SequenceLengths full(Tensor sequences) {
        requireSequences(sequences);
        return of(IntStream.generate(() -> sequences.length(1)).limit(sequences.length(0)).toArray());
    }

    /// Each sequence ends with its last step that is not zero in all features.
    ///
    /// @throws IllegalArgumentException for a sequence that has none; the message names the sample
    public static SequenceLengths beforeTrailingZeros(Tensor sequences) {
        requireSequences(sequences);
        int features = sequences.length(2);
        int perSample = sequences.length(1) * features;
        int[] zeros = sequences.reshape(sequences.length(0), perSample).trailingZeros();
        int[] lengths = new int[zeros.length];
        for (int i = 0; i < lengths.length; i++) {
            int last = perSample - 1 - zeros[i];
            if (last < 0) {
                throw new IllegalArgumentException("sample " + i + " of " + sequences.shape()
                        + " has no time step: all of its numbers are zero, which is padding");
            }
            lengths[i] = last / features + 1;
        }
        return new SequenceLengths(lengths);
    }

    /// Number of sequences.
    public int samples() {
        return lengths.length;
    }

    /// The number of time steps of one sequence.
    public int steps(int sample) {
        return lengths[sample];
    }

    private static void requireSequences(Tensor sequences) {
        if (sequences.rank() != 3) {
            throw new IllegalArgumentException(
                    "sequences have shape (n, time, features), not " + sequences.shape());
        }
    }

    /// @throws IllegalArgumentException when these are not the lengths of such sequences
    void requireFit(Tensor sequences) {
        requireSequences(sequences);
        if (sequences.length(0) != lengths.length) {
            throw new IllegalArgumentException(
                    lengths.length + " lengths for the " + sequences.length(0) + " samples of " + sequences.shape());
        }
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] > sequences.length(1)) {
                throw new IllegalArgumentException("sample " + i + " is said to have " + lengths[i]
                        + " time steps, and " + sequences.shape() + " has " + sequences.length(1));
            }
        }
    }
}
