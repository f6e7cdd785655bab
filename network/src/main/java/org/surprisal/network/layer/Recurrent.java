package org.surprisal.network.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.CellKernel;
import org.surprisal.tensor.Recurrence;
import org.surprisal.tensor.Tensor;

/// A cell run along sequences: (n, time, features) becomes (n, time, hidden), the output of every step. Many-to-many
/// networks take it whole, many-to-one networks put [LastStep] behind; deeper ones are levels in a
/// [org.surprisal.network.layer.Sequential]:
///
/// ```java
/// Map<String, Layer> parts = new LinkedHashMap<>();
/// parts.put("letters", Embedding.start(FLOAT32, 57, 16, stream.child("letters")));
/// parts.put("level0", new Recurrent(LstmCell.start(xavier, FLOAT32, 16, 64, stream.child("level0"))));
/// parts.put("dropout", new Dropout(0.2));
/// parts.put("level1", new Recurrent(LstmCell.start(xavier, FLOAT32, 64, 64, stream.child("level1"))));
/// parts.put("last", new LastStep());
/// parts.put("language", xavier.linear(FLOAT32, 64, 18, stream.child("language")));
/// ```
///
/// A sequence that ends before its tensor does is run to its end and no further: what lies behind changes nothing,
/// costs nothing, and comes out as zeros, so that the next level finds the same end. A sequence without any step is
/// refused.
///
/// The inputs of all steps go through one product, then each step needs one with the weight of the state. For cells of
/// up to 512 units that have a [CellKernel] (LSTM, GRU, and [ElmanCell] with tanh, ReLU or the sigmoid) all steps are
/// one operation ([Recurrence]), in which many sequences are dealt out to groups that run side by side: how many groups
/// there are depends on the numbers of sequences and units alone.
///
/// @param cell starts from zeros in each sequence
/// @param padding how the layer knows where sequences end
public record Recurrent(RecurrentCell cell, Padding padding) implements Layer {
    /// The products of wider states are worth being shared out one by one.
    private static final int MOST_UNITS = 512;

    /// Numbers in a group's states, about: with fewer sequences the small products cost more than other cores save.
    private static final int NUMBERS_OF_A_GROUP = 1 << 13;

    /// Sequences end before their [Padding#TRAILING_ZEROS].
    public Recurrent(RecurrentCell cell) {
        this(cell, Padding.TRAILING_ZEROS);
    }

    /// @throws IllegalArgumentException for another shape, or a sequence without a step; the message names the sample
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        requireFeatures(input);
        return forward(input, padding.lengths(input));
    }

    /// The same with lengths that are known, whatever the numbers are.
    public Tensor forward(Tensor input, SequenceLengths lengths) {
        requireFeatures(input);
        lengths.requireFit(input);
        int units = cell.weights().units();
        Optional<CellKernel> kernel = units <= MOST_UNITS ? cell.kernel() : Optional.empty();
        int groups = kernel.isPresent() ? groups(lengths.samples(), units) : 1;
        PackedSequences packed = new PackedSequences(lengths, input.length(1), groups);
        Tensor projected = cell.project(packed.pack(input));
        return packed.unpack(kernel.isPresent()
                ? cell.weights().states(kernel.get(), projected, packed.starts())
                : stepByStep(projected, packed.starts()[0]));
    }

    private static int groups(int samples, int units) {
        return Math.max(1, samples / Math.clamp(NUMBERS_OF_A_GROUP / units, 16, 32));
    }

    private Tensor stepByStep(Tensor projected, int[] starts) {
        List<Tensor> steps = Recurrence.blocks(projected, starts);
        RecurrentCell.State state = cell.start(projected.type(), steps.isEmpty() ? 0 : steps.getFirst().length(0));
        List<Tensor> outputs = new ArrayList<>();
        for (Tensor step : steps) {
            state = cell.step(step, state.first(step.length(0)));
            outputs.add(state.output());
        }
        return outputs.isEmpty() ? state.output() : Tensor.concatenate(0, outputs);
    }

    private void requireFeatures(Tensor input) {
        int features = cell.weights().features();
        if (input.rank() != 3 || input.length(2) != features) {
            throw new IllegalArgumentException("a recurrent layer of " + features
                    + " features needs shape (n, time, " + features + "), not " + input.shape());
        }
    }

    @Override
    public List<Parameter> parameters() {
        return cell.weights().parameters();
    }
}
