package org.surprisal.network.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// The time steps of sequences without their padding, one a row: all first steps, then all second ones, and so on, longer sequences
/// first. So each time step is a block of rows, and the sequences that go on are the first rows of the block before.
final class PackedSequences {
    private final int samples;
    private final int time;
    /// The row of (n x time, features) of each packed row.
    private final int[] rows;
    /// Where each time step's block starts, and where the last one ends.
    private final int[] starts;

    PackedSequences(SequenceLengths lengths, int time) {
        this.samples = lengths.samples();
        this.time = time;
        int[] longestFirst = IntStream.range(0, samples).boxed()
                .sorted(Comparator.<Integer>comparingInt(lengths::steps).reversed()).mapToInt(i -> i).toArray();
        int steps = samples == 0 ? 0 : lengths.steps(longestFirst[0]);
        this.rows = new int[IntStream.range(0, samples).map(lengths::steps).sum()];
        this.starts = new int[steps + 1];
        int row = 0;
        for (int t = 0; t < steps; t++) {
            for (int k = 0; k < samples && lengths.steps(longestFirst[k]) > t; k++) {
                rows[row++] = longestFirst[k] * time + t;
            }
            starts[t + 1] = row;
        }
    }

    /// Sequences (n, time, features) become (rows, features).
    Tensor pack(Tensor sequences) {
        return sequences.reshape(samples * time, sequences.length(2)).rows(rows);
    }

    /// The blocks of the time steps, in order, of a packed tensor.
    ///
    /// Halved again and again: the gradient of a slice is as large as what it was cut from, and cutting each of T blocks from the whole
    /// would cost T times the whole, where this costs log T times.
    List<Tensor> steps(Tensor packed) {
        List<Tensor> blocks = new ArrayList<>();
        if (starts.length > 1) {
            halve(packed, 0, starts.length - 1, blocks);
        }
        return blocks;
    }

    private void halve(Tensor part, int from, int to, List<Tensor> blocks) {
        if (to - from == 1) {
            blocks.add(part);
            return;
        }
        int middle = (from + to) >>> 1;
        int cut = starts[middle] - starts[from];
        halve(part.slice(0, 0, cut), from, middle, blocks);
        halve(part.slice(0, cut, part.length(0)), middle, to, blocks);
    }

    /// Blocks of `width` columns, one a time step, become (n, time, width) with zeros for the padding.
    Tensor unpack(List<Tensor> blocks, ElementType type, int width) {
        List<Tensor> parts = new ArrayList<>(blocks);
        int[] places = new int[samples * time];
        Arrays.fill(places, rows.length);
        for (int row = 0; row < rows.length; row++) {
            places[rows[row]] = row;
        }
        if (rows.length < places.length || parts.isEmpty()) {
            parts.add(Tensor.zeros(type, 1, width));
        }
        return Tensor.concatenate(0, parts).rows(places).reshape(samples, time, width);
    }
}
