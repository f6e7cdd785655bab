package org.surprisal.network.layer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.Tensor;

/// The time steps of sequences without their padding, one a row, group of sequences by group: all first steps of a
/// group, then all its second ones, and so on, longer sequences first. So each time step is a block of rows, and the
/// sequences that go on are the first rows of the block before.
final class PackedSequences {
    private final int samples;
    private final int time;
    /// The row of (n x time, features) of each packed row.
    private final int[] rows;
    private final int[][] starts;

    /// @param groups how many there are; the sequences are dealt out to them by length, so that they have about the
    /// same work
    PackedSequences(SequenceLengths lengths, int time, int groups) {
        this.samples = lengths.samples();
        this.time = time;
        int[] longestFirst = IntStream.range(0, samples).boxed()
                .sorted(Comparator.<Integer>comparingInt(lengths::steps).reversed()).mapToInt(i -> i).toArray();
        this.rows = new int[IntStream.range(0, samples).map(lengths::steps).sum()];
        this.starts = new int[groups][];
        int first = 0;
        for (int group = 0; group < groups; group++) {
            int steps = group < samples ? lengths.steps(longestFirst[group]) : 0;
            starts[group] = new int[steps + 1];
            int row = first;
            for (int t = 0; t < steps; t++) {
                for (int k = group; k < samples && lengths.steps(longestFirst[k]) > t; k += groups) {
                    rows[row++] = longestFirst[k] * time + t;
                }
                starts[group][t + 1] = row - first;
            }
            first = row;
        }
    }

    /// Sequences (n, time, features) become (rows, features).
    Tensor pack(Tensor sequences) {
        return sequences.reshape(samples * time, sequences.length(2)).rows(rows);
    }

    /// Where each group's time steps start, counted from the group's first row, and where the last one ends.
    int[][] starts() {
        return starts;
    }

    /// Packed rows (rows, width) become (n, time, width) with zeros for the padding.
    Tensor unpack(Tensor packed) {
        int[] places = new int[samples * time];
        Arrays.fill(places, rows.length);
        for (int row = 0; row < rows.length; row++) {
            places[rows[row]] = row;
        }
        int width = packed.length(1);
        Tensor all = rows.length < places.length
                ? Tensor.concatenate(0, List.of(packed, Tensor.zeros(packed.type(), 1, width)))
                : packed;
        return all.rows(places).reshape(samples, time, width);
    }
}
