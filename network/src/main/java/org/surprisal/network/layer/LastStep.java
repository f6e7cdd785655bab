package org.surprisal.network.layer;

import java.util.stream.IntStream;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// The last time step of each sequence: (n, time, hidden) becomes (n, hidden). Behind [Recurrent] it is what the
/// network knows when it has seen all.
///
/// @param padding how the layer knows where sequences end
public record LastStep(Padding padding) implements Layer {
    /// Sequences end before their [Padding#TRAILING_ZEROS].
    public LastStep() {
        this(Padding.TRAILING_ZEROS);
    }

    /// @throws IllegalArgumentException for another shape, or a sequence without a step; the message names the sample
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return of(input, padding.lengths(input));
    }

    /// The same with lengths that are known, whatever the numbers are.
    public static Tensor of(Tensor input, SequenceLengths lengths) {
        lengths.requireFit(input);
        int time = input.length(1);
        int[] rows = IntStream.range(0, lengths.samples()).map(i -> i * time + lengths.steps(i) - 1).toArray();
        return input.reshape(input.length(0) * time, input.length(2)).rows(rows);
    }
}
