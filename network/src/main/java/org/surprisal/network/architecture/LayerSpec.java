package org.surprisal.network.architecture;

import java.util.List;
import java.util.Locale;
import org.surprisal.network.Layer;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.AveragePooling2d;
import org.surprisal.network.layer.BatchNormalisation;
import org.surprisal.network.layer.Border;
import org.surprisal.network.layer.Convolution2d;
import org.surprisal.network.layer.Dropout;
import org.surprisal.network.layer.ElmanCell;
import org.surprisal.network.layer.GaussianNoise;
import org.surprisal.network.layer.GruCell;
import org.surprisal.network.layer.LogSoftmax;
import org.surprisal.network.layer.LstmCell;
import org.surprisal.network.layer.MaxPooling2d;
import org.surprisal.network.layer.Softmax;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Window;

/// One layer of an [Architecture]: what becomes of a sample's shape, how many parameters that takes, and the layer
/// itself. Shapes are those of one sample, without the sample axis.
///
/// A layer of one's own is described by a class that implements this, and by its [LayerKind] for experiments' files.
public interface LayerSpec {
    /// What users call this kind of layer: `convolution`, `relu`.
    String label();

    /// The shape of one sample behind this layer.
    ///
    /// @throws IllegalArgumentException when a sample of this shape cannot go in
    Shape output(Shape input);

    /// Number of trainable numbers for samples of this shape.
    default long parameters(Shape input) {
        return 0;
    }

    /// The shape and the number of parameters in one.
    default Placement on(Shape input) {
        return new Placement(output(input), parameters(input));
    }

    /// Output shape and number of parameters of a layer at one place in a network.
    ///
    /// @param output the shape of one sample behind it
    /// @param parameters number of trainable numbers
    record Placement(Shape output, long parameters) {}

    /// The layer for samples of this shape.
    Layer build(Shape input, Start start);

    /// With what a layer starts.
    ///
    /// @param type of its parameters
    /// @param initialisation of weights and biases
    /// @param stream what it draws from
    record Start(ElementType type, Initialisation initialisation, RandomStream stream) {
        Start child(String label) {
            return new Start(type, initialisation, stream.child(label));
        }
    }

    /// A fully connected layer on the last axis; any axes before it are kept.
    ///
    /// @param outputs number of output features
    /// @param bias whether each output feature has one
    record Linear(int outputs, boolean bias) implements LayerSpec {
        public Linear {
            requirePositive("outputs", outputs);
        }

        /// With bias.
        public Linear(int outputs) {
            this(outputs, true);
        }

        @Override
        public String label() {
            return "linear";
        }

        @Override
        public Shape output(Shape input) {
            requireAxes(this, input, 1);
            int[] lengths = input.lengths();
            lengths[lengths.length - 1] = outputs;
            return Shape.of(lengths);
        }

        @Override
        public long parameters(Shape input) {
            requireAxes(this, input, 1);
            return outputs * (input.length(-1) + (bias ? 1L : 0));
        }

        /// With or without bias, the weight starts from the same numbers.
        @Override
        public Layer build(Shape input, Start start) {
            org.surprisal.network.layer.Linear layer = start.initialisation().linear(start.type(), input.length(-1),
                    outputs, start.stream());
            return bias ? layer : layer.withoutBias();
        }
    }

    /// [Convolution2d].
    ///
    /// @param channels number of output channels
    /// @param window how the kernels move
    /// @param border what they see beyond the edge
    /// @param bias whether each output channel has one
    record Convolution(int channels, Window window, Border border, boolean bias) implements LayerSpec {
        public Convolution {
            requirePositive("channels", channels);
        }

        /// With bias and a border of zeros.
        public Convolution(int channels, Window window) {
            this(channels, window, Border.ZEROS, true);
        }

        @Override
        public String label() {
            return "convolution";
        }

        @Override
        public Shape output(Shape input) {
            return moved(this, window, channels, input);
        }

        @Override
        public long parameters(Shape input) {
            requireImage(this, input);
            return Math.multiplyExact(channels,
                    Math.addExact(Math.multiplyExact((long) input.length(0), window.size()), bias ? 1 : 0));
        }

        @Override
        public Layer build(Shape input, Start start) {
            Convolution2d layer = Convolution2d
                    .start(start.initialisation(), start.type(), input.length(0), channels, window, start.stream())
                    .border(border);
            return bias ? layer : layer.withoutBias();
        }
    }

    /// [MaxPooling2d].
    record MaxPooling(Window window) implements LayerSpec {
        @Override
        public String label() {
            return "max-pooling";
        }

        @Override
        public Shape output(Shape input) {
            requireImage(this, input);
            return moved(this, window, input.length(0), input);
        }

        @Override
        public Layer build(Shape input, Start start) {
            return new MaxPooling2d(window);
        }
    }

    /// [AveragePooling2d].
    record AveragePooling(Window window) implements LayerSpec {
        @Override
        public String label() {
            return "average-pooling";
        }

        @Override
        public Shape output(Shape input) {
            requireImage(this, input);
            return moved(this, window, input.length(0), input);
        }

        @Override
        public Layer build(Shape input, Start start) {
            return new AveragePooling2d(window);
        }
    }

    /// Each sample's numbers in a row.
    record Flatten() implements LayerSpec {
        @Override
        public String label() {
            return "flatten";
        }

        @Override
        public Shape output(Shape input) {
            return Shape.of(input.size());
        }

        @Override
        public Layer build(Shape input, Start start) {
            return new org.surprisal.network.layer.Flatten();
        }
    }

    /// Each sample's numbers in another shape.
    record Reshape(Shape sample) implements LayerSpec {
        @Override
        public String label() {
            return "reshape";
        }

        @Override
        public Shape output(Shape input) {
            if (input.size() != sample.size()) {
                throw new IllegalArgumentException("reshape: a sample of shape " + input + " has " + input.size()
                        + " numbers, and " + sample + " would have " + sample.size());
            }
            return sample;
        }

        @Override
        public Layer build(Shape input, Start start) {
            return new org.surprisal.network.layer.Reshape(sample);
        }
    }

    /// An activation function.
    record Activate(Activation activation) implements LayerSpec {
        @Override
        public String label() {
            return activation.label();
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public Layer build(Shape input, Start start) {
            return activation;
        }
    }

    /// Softmax over a sample's features, or its logarithm.
    record Normalise(boolean logarithm) implements LayerSpec {
        @Override
        public String label() {
            return logarithm ? "log-softmax" : "softmax";
        }

        @Override
        public Shape output(Shape input) {
            if (input.rank() != 1) {
                throw new IllegalArgumentException(label() + " needs samples of shape (features), not " + input);
            }
            return input;
        }

        @Override
        public Layer build(Shape input, Start start) {
            return logarithm ? new LogSoftmax() : new Softmax();
        }
    }

    /// [Dropout].
    record Drop(double probability) implements LayerSpec {
        public Drop {
            new Dropout(probability); // it knows what a probability is
        }

        @Override
        public String label() {
            return "dropout";
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public Layer build(Shape input, Start start) {
            return new Dropout(probability);
        }
    }

    /// [GaussianNoise].
    record Noise(double deviation) implements LayerSpec {
        public Noise {
            new GaussianNoise(deviation); // it knows what a deviation is
        }

        @Override
        public String label() {
            return "gaussian-noise";
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public Layer build(Shape input, Start start) {
            return new GaussianNoise(deviation);
        }
    }

    /// [BatchNormalisation] of features or channels.
    ///
    /// @param momentum the part of the running averages that one batch replaces, above 0 and at most 1
    /// @param epsilon added to variances, positive
    record NormaliseBatch(double momentum, double epsilon) implements LayerSpec {
        public NormaliseBatch {
            // The layer knows what it takes.
            BatchNormalisation.start(ElementType.FLOAT32, 1, momentum, epsilon);
        }

        /// With [BatchNormalisation#MOMENTUM] and [BatchNormalisation#EPSILON].
        public NormaliseBatch() {
            this(BatchNormalisation.MOMENTUM, BatchNormalisation.EPSILON);
        }

        @Override
        public String label() {
            return "batch-normalisation";
        }

        @Override
        public Shape output(Shape input) {
            if (input.rank() != 1 && input.rank() != 3) {
                throw new IllegalArgumentException(label()
                        + " needs samples of shape (features) or (channels, height, width), not " + input);
            }
            return input;
        }

        @Override
        public long parameters(Shape input) {
            return 2L * output(input).length(0);
        }

        @Override
        public Layer build(Shape input, Start start) {
            return BatchNormalisation.start(start.type(), input.length(0), momentum, epsilon);
        }
    }

    /// Vectors for symbols.
    ///
    /// @param symbols number of symbols
    /// @param dimension of their vectors
    record Embedding(int symbols, int dimension) implements LayerSpec {
        public Embedding {
            requirePositive("symbols", symbols);
            requirePositive("dimension", dimension);
        }

        @Override
        public String label() {
            return "embedding";
        }

        @Override
        public Shape output(Shape input) {
            int[] lengths = java.util.Arrays.copyOf(input.lengths(), input.rank() + 1);
            lengths[input.rank()] = dimension;
            return Shape.of(lengths);
        }

        @Override
        public long parameters(Shape input) {
            return (long) symbols * dimension;
        }

        @Override
        public Layer build(Shape input, Start start) {
            return org.surprisal.network.layer.Embedding.start(start.type(), symbols, dimension, start.stream());
        }
    }

    /// A recurrent level: (time, features) becomes (time, hidden).
    ///
    /// @param hidden units of the state
    record Recurrent(Cell cell, int hidden) implements LayerSpec {
        /// What a level's state goes through from step to step.
        public enum Cell {
            /// Elman's, with tanh.
            RNN(1),
            /// Elman's, with ReLU.
            RNN_RELU(1),
            /// Long short-term memory.
            LSTM(4),
            /// Gated recurrent unit.
            GRU(3);

            private final int gates;

            Cell(int gates) {
                this.gates = gates;
            }
        }

        public Recurrent {
            requirePositive("hidden", hidden);
        }

        @Override
        public String label() {
            return cell.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public Shape output(Shape input) {
            requireSequence(this, input);
            return Shape.of(input.length(0), hidden);
        }

        @Override
        public long parameters(Shape input) {
            requireSequence(this, input);
            return Math.multiplyExact((long) cell.gates * hidden, input.length(1) + hidden + 2L);
        }

        @Override
        public Layer build(Shape input, Start start) {
            int features = input.length(1);
            Initialisation first = start.initialisation();
            return new org.surprisal.network.layer.Recurrent(switch (cell) {
                case RNN -> ElmanCell.start(first, start.type(), features, hidden, Activation.TANH, start.stream());
                case RNN_RELU ->
                    ElmanCell.start(first, start.type(), features, hidden, Activation.RELU, start.stream());
                case LSTM -> LstmCell.start(first, start.type(), features, hidden, start.stream());
                case GRU -> GruCell.start(first, start.type(), features, hidden, start.stream());
            });
        }
    }

    /// The last step of each sequence: (time, features) becomes (features).
    record LastStep() implements LayerSpec {
        @Override
        public String label() {
            return "last-step";
        }

        @Override
        public Shape output(Shape input) {
            requireSequence(this, input);
            return Shape.of(input.length(1));
        }

        @Override
        public Layer build(Shape input, Start start) {
            return new org.surprisal.network.layer.LastStep();
        }
    }

    /// [org.surprisal.network.layer.GraphConvolution], the samples being the nodes of a graph.
    ///
    /// @param adjacency of the graph, normalised
    /// @param outputs number of output features
    record GraphConvolution(SparseMatrix adjacency, int outputs) implements LayerSpec {
        public GraphConvolution {
            requirePositive("outputs", outputs);
        }

        @Override
        public String label() {
            return "graph-convolution";
        }

        @Override
        public Shape output(Shape input) {
            if (input.rank() != 1) {
                throw new IllegalArgumentException(label() + " needs nodes of shape (features), not " + input);
            }
            return Shape.of(outputs);
        }

        @Override
        public long parameters(Shape input) {
            return outputs * (input.size() + 1L);
        }

        @Override
        public Layer build(Shape input, Start start) {
            return org.surprisal.network.layer.GraphConvolution.start(start.initialisation(), adjacency, start.type(),
                    input.length(0), outputs, start.stream());
        }
    }

    /// body(x) + x, or body(x) + shortcut(x).
    ///
    /// @param shortcut empty where the input is added as it is
    record Residual(List<LayerSpec> body, List<LayerSpec> shortcut) implements LayerSpec {
        public Residual {
            body = List.copyOf(body);
            shortcut = List.copyOf(shortcut);
        }

        @Override
        public String label() {
            return "residual";
        }

        @Override
        public Shape output(Shape input) {
            return on(input).output();
        }

        @Override
        public long parameters(Shape input) {
            return on(input).parameters();
        }

        /// Both at once: asked one after the other, each level of blocks within blocks would double the work.
        @Override
        public Placement on(Shape input) {
            Architecture through = Architecture.of(input, body);
            Architecture around = Architecture.of(input, shortcut);
            Shape added = through.output();
            Shape kept = around.output();
            if (!added.equals(kept)) {
                throw new IllegalArgumentException("residual: the body makes " + added + " of " + input
                        + ", and " + (shortcut.isEmpty() ? "without a shortcut" : "the shortcut makes " + kept)
                        + ": both must have one shape");
            }
            return new Placement(added, Math.addExact(through.parameterCount(), around.parameterCount()));
        }

        @Override
        public Layer build(Shape input, Start start) {
            Layer through = Architecture.of(input, body).layers(start.child("body"));
            return shortcut.isEmpty()
                    ? new org.surprisal.network.layer.Residual(through)
                    : new org.surprisal.network.layer.Residual(through,
                            Architecture.of(input, shortcut).layers(start.child("shortcut")));
        }
    }

    private static Shape moved(LayerSpec spec, Window window, int channels, Shape input) {
        requireImage(spec, input);
        try {
            return Shape.of(channels, window.down().outputs(input.length(1)),
                    window.across().outputs(input.length(2)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(spec.label() + " " + window + ", samples of shape " + input + ": "
                    + wrong.getMessage(), wrong);
        }
    }

    private static void requireImage(LayerSpec spec, Shape input) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException(
                    spec.label() + " needs samples of shape (channels, height, width), not " + input);
        }
    }

    private static void requireSequence(LayerSpec spec, Shape input) {
        if (input.rank() != 2) {
            throw new IllegalArgumentException(spec.label() + " needs samples of shape (time, features), not " + input);
        }
    }

    private static void requireAxes(LayerSpec spec, Shape input, int axes) {
        if (input.rank() < axes) {
            throw new IllegalArgumentException(
                    spec.label() + " needs samples with " + axes + " axes or more, not shape " + input);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s (=%d) must be positive", name, value));
        }
    }
}
