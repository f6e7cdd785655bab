package org.surprisal.network.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Recurrence;
import org.surprisal.tensor.Tensor;

/// A cell run along sequences: (n, time, features) becomes (n, time, hidden), the output of every step. Many-to-many networks take
/// it whole, many-to-one networks put [LastStep] behind; deeper ones are levels in a [org.surprisal.network.Sequential]:
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
/// A sequence that ends before its tensor does is run to its end and no further: what lies behind changes nothing, costs nothing, and
/// comes out as zeros, so that the next level finds the same end. A sequence without any step is refused.
///
/// The inputs of all steps go through one product, then each step needs one with the weight of the state. For an [ElmanCell] with tanh,
/// ReLU or the sigmoid all steps are one operation ([Recurrence]), in which many sequences are dealt out to groups that run side by side:
/// how many groups there are depends on the number of sequences alone.
///
/// @param cell starts from zeros in each sequence
/// @param padding how the layer knows where sequences end
public record Recurrent(RecurrentCell cell, Padding padding) implements Layer {
    /// With fewer, the small products cost more than other cores save.
    private static final int SAMPLES_OF_A_GROUP = 32;
    private static final int MOST_GROUPS = 16;

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
        Optional<Recurrence.Function> fused = cell instanceof ElmanCell elman ? elman.fused() : Optional.empty();
        int groups = fused.isPresent() ? Math.clamp(lengths.samples() / SAMPLES_OF_A_GROUP, 1, MOST_GROUPS) : 1;
        PackedSequences packed = new PackedSequences(lengths, input.length(1), groups);
        Tensor projected = cell.project(packed.pack(input));
        return packed.unpack(fused.isPresent()
                ? cell.weights().states(fused.get(), projected, packed.starts())
                : stepByStep(projected, packed));
    }

    private Tensor stepByStep(Tensor projected, PackedSequences packed) {
        List<Tensor> steps = packed.steps(projected);
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
