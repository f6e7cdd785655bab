package org.surprisal.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.surprisal.tensor.kernel.NarrowLoops;

/// A perceptron of few units a level whose loss and gradients are computed in one pass:
///
///     z_l = a_(l-1) W_l^T + b_l,    a_l = f_l(z_l),    a_0 the samples,    l = 1 … L
///
/// The arithmetic of such a network takes less time than recording its operations would. Here nothing is recorded:
/// activations lie feature by feature, samples along the vector lanes, in arrays that every step uses again, and the
/// way back is written out. Samples of more than [#MOST_UNITS] features stay as they are: the lanes lie along the
/// features then. Weights are read from their tensors at each pass, so they may be written in between.
///
/// Sums over units are fused multiply-adds from the first unit to the last, sums over samples or over many features go
/// in sixteen strands or blocks of fixed length.
/// A loss that is a mean over samples ([#crossEntropy], [#binaryCrossEntropy]) of many of them goes block by block
/// through a wide first level and all that follows, so that the samples are read from memory once.
/// So the numbers depend neither on the machine nor on threads. The general operations ([Tensor#linear] and so on)
/// give the same ones within float32 rounding.
///
/// One thread at a time: a perceptron owns the arrays of its last pass.
///
/// ```java
/// Tensor weight = stream.child("weight").gaussian(ElementType.FLOAT32, 0, 0.5, 2, 4);
/// Tensor bias = Tensor.zeros(ElementType.FLOAT32, 2);
/// NarrowPerceptron perceptron = new NarrowPerceptron(List.of(
///         new NarrowPerceptron.Level(weight, Optional.of(bias), Optional.of(ActivationKernel.TANH))));
/// Tensor rows = stream.child("rows").gaussian(ElementType.FLOAT32, 0, 1, 3, 4);
/// NarrowPerceptron.Pass pass = perceptron.crossEntropy(rows, 0, 1, 1);
/// ```
public final class NarrowPerceptron {
    /// Most units of a level.
    public static final int MOST_UNITS = NarrowLoops.WIDEST;
    /// Most inputs of the first level.
    public static final int MOST_INPUTS = 1024;

    private final List<Level> levels;
    private final List<LevelPass> passes;
    private final NarrowLoops loops = NarrowLoops.quickest();
    private final float[] strands = new float[NarrowLoops.STRANDS * NarrowLoops.WIDEST];
    private final List<Tensor> gradients;
    private final Optional<BlockedPass> blocked;
    private float[] inputs = {};
    private float[] outputs = {};
    private float[][] space = new float[3][0];
    private int samples;
    private int stride;

    /// A level.
    ///
    /// @param weight W, float32, shape (units, inputs)
    /// @param bias b, float32, shape (units)
    /// @param activation f, element by element; empty for the identity. An [ActivationKernel] is applied in place, of
    /// any other function a record is made and walked back
    public record Level(Tensor weight, Optional<Tensor> bias, Optional<? extends UnaryOperator<Tensor>> activation) {
        /// @throws IllegalArgumentException when one of the two does not fit, or both do not fit together
        public Level {
            if (weight.rank() != 2 || !fits(weight)) {
                throw new IllegalArgumentException("weight " + weight.type() + " " + weight.shape()
                        + " must be FLOAT32 (units, inputs), up to (" + MOST_UNITS + ", " + MOST_INPUTS + ")");
            }
            Shape units = Shape.of(weight.length(0));
            bias.filter(b -> !fits(b) || !b.shape().equals(units)).ifPresent(b -> {
                throw new IllegalArgumentException("bias " + b.type() + " " + b.shape() + " must be FLOAT32 " + units
                        + ", because the weight is " + weight.shape());
            });
        }

        int units() {
            return weight.length(0);
        }

        int inputs() {
            return weight.length(1);
        }
    }

    /// What a pass has computed.
    ///
    /// @param loss of the outputs a_L
    /// @param gradients of the loss by each level's weight and bias, in their order, valid until the next pass
    public record Pass(double loss, List<Tensor> gradients) {}

    /// @param levels one at least
    /// @throws IllegalArgumentException when there is none, or one has other inputs than the one before has units
    public NarrowPerceptron(List<Level> levels) {
        if (levels.isEmpty() || !chain(levels)) {
            throw new IllegalArgumentException("a perceptron's levels, one at least, have as many inputs as the level"
                    + " before has units; not so " + levels.stream().map(level -> level.weight().shape()).toList());
        }
        this.levels = List.copyOf(levels);
        this.passes = levels.stream().map(level -> new LevelPass(level, loops, strands)).toList();
        this.gradients = passes.stream().flatMap(pass -> pass.gradients().stream()).toList();
        this.blocked = BlockedPass.suits(levels)
                ? Optional.of(new BlockedPass(this.levels, loops))
                : Optional.empty();
    }

    /// Whether a weight or bias is narrow: float32, of at most [#MOST_UNITS] units and [#MOST_INPUTS] inputs.
    public static boolean fits(Tensor parameter) {
        return parameter.type() == ElementType.FLOAT32 && parameter.size() > 0 && parameter.length(0) <= MOST_UNITS
                && (parameter.rank() == 1 || (parameter.rank() == 2 && parameter.length(1) <= MOST_INPUTS));
    }

    /// Whether each level but the first has as many inputs as the one before has units.
    public static boolean chain(List<Level> levels) {
        return IntStream.range(1, levels.size())
                .allMatch(l -> levels.get(l).inputs() == levels.get(l - 1).units());
    }

    /// Whether these are samples that a pass takes: dense float32 numbers, shape (n, inputs), n from 1. None are where
    /// [Tracking] is off, because gradients are not to be had there.
    public boolean takes(Tensor samples) {
        return Tracking.isOn() && samples.rank() == 2 && samples.type() == ElementType.FLOAT32 && samples.length(0) > 0
                && samples.length(1) == levels.getFirst().inputs() && samples.nonZeros() == null;
    }

    /// Computes the softmax cross-entropy of the outputs against classes, in nats, averaged over the samples.
    ///
    /// @param classes the class index of each sample
    /// @throws IllegalArgumentException for samples that the perceptron does not take, or classes that are not its
    /// units or not as many as the samples
    public Pass crossEntropy(Tensor samples, int... classes) {
        begin(samples);
        int units = units();
        if (classes.length != this.samples) {
            throw new IllegalArgumentException(classes.length + " classes for " + this.samples + " samples");
        }
        for (int s = 0; s < classes.length; s++) {
            if (classes[s] < 0 || classes[s] >= units) {
                throw new IllegalArgumentException(
                        "class " + classes[s] + " of sample " + s + " is not from 0 to " + (units - 1));
            }
        }
        float share = 1f / classes.length;
        return mean(samples, classes.length, (last, first, count, length, own) -> loops.crossEntropy(last.outputs(),
                units, classes, first, count, share, length, last.byOutputs(), own));
    }

    /// Computes the cross-entropy of the outputs' sigmoids against probabilities, in nats, averaged over samples and
    /// outputs.
    ///
    /// @param probabilities float32, from 0 to 1, shape (n, units)
    /// @throws IllegalArgumentException for samples that the perceptron does not take, or probabilities of another
    /// type or shape
    public Pass binaryCrossEntropy(Tensor samples, Tensor probabilities) {
        begin(samples);
        int units = units();
        if (probabilities.type() != ElementType.FLOAT32
                || !probabilities.shape().equals(Shape.of(this.samples, units))) {
            throw new IllegalArgumentException("probabilities, FLOAT32 (" + this.samples + ", " + units
                    + "), are needed, not " + probabilities.type() + " " + probabilities.shape());
        }
        float[] y = (float[]) probabilities.storage().array();
        float share = 1f / y.length;
        return mean(samples, y.length, (last, first, count, length, own) -> loops.binaryCrossEntropy(last.outputs(),
                units, y, first, count, share, length, last.byOutputs()));
    }

    /// The pass of a loss that is a mean over samples: block by block, where that reads many samples once.
    private Pass mean(Tensor x, int terms, BlockedPass.Objective objective) {
        if (blocked.isEmpty() || samples <= NarrowLoops.BLOCK) {
            forward(x);
            double sum = objective.ofBlock(passes.getLast(), 0, samples, stride, space);
            backward();
            return new Pass(sum / terms, gradients);
        }
        double sum = blocked.get().run((float[]) x.storage().array(), samples, stride,
                passes.stream().flatMap(level -> level.numbersOfGradients().stream()).toList(), objective);
        outputs = blocked.get().outputs();
        return new Pass(sum / terms, gradients);
    }

    /// Returns how many samples of the last pass have their largest output at their class, the first one of equals.
    public int right(int... classes) {
        float[] a = outputs;
        int right = 0;
        for (int s = 0; s < samples; s++) {
            int at = classes[s] * stride + s;
            boolean first = true;
            for (int other = s; other < units() * stride; other += stride) {
                first &= other == at || a[other] < a[at] || (other > at && a[other] == a[at]);
            }
            right += first ? 1 : 0;
        }
        return right;
    }

    /// Number of outputs.
    public int units() {
        return levels.getLast().units();
    }

    /// Computes a loss of any kind; empty where it does not depend on the outputs alone, or not through the record.
    ///
    /// @param loss one number from the outputs, shape (n, units)
    /// @throws IllegalArgumentException for samples that the perceptron does not take, or a loss of several numbers
    public Optional<Pass> loss(Tensor samples, UnaryOperator<Tensor> loss) {
        begin(samples);
        forward(samples);
        Tensor variable = outputs().tracked();
        RecordedResult value = RecordedResult.of(loss.apply(variable));
        if (!value.dependsOnlyOn(variable)) {
            return Optional.empty();
        }
        Tensor gradient = value.gradients(List.of(variable), Gradients.Unreached.REFUSED).getFirst();
        transpose(gradient.storage(), passes.getLast().byOutputs(), units());
        backward();
        return Optional.of(new Pass(value.result().item(), gradients));
    }

    /// Checks the samples and takes their number.
    private void begin(Tensor x) {
        if (!takes(x)) {
            throw new IllegalArgumentException("dense samples, FLOAT32 (n, " + levels.getFirst().inputs()
                    + "), are needed, not " + x.type() + " " + x.shape());
        }
        samples = x.length(0);
        stride = Math.ceilDiv(samples, NarrowLoops.PANEL) * NarrowLoops.PANEL;
    }

    private void forward(Tensor x) {
        space = space[0].length >= stride ? space : new float[space.length][stride];
        int width = levels.getFirst().inputs();
        if (passes.getFirst().isWide()) {
            inputs = (float[]) x.storage().array();
        } else {
            inputs = room(inputs, width * stride);
            transpose(x.storage(), inputs, width);
        }
        float[] a = inputs;
        for (LevelPass level : passes) {
            a = level.forward(a, 0, samples, stride);
        }
        outputs = a;
    }

    private void backward() {
        for (int l = passes.size() - 1; l >= 0; l--) {
            passes.get(l).backward(l == 0 ? inputs : passes.get(l - 1).outputs(), 0, samples, stride);
            if (l > 0) {
                passes.get(l).byInputs(passes.get(l - 1).byOutputs(), stride);
            }
        }
        if (passes.getFirst().isWide()) {
            inputs = new float[0];
        }
    }

    /// Rows of samples become rows of features, with zeros behind them.
    private void transpose(Storage<?> rows, float[] features, int width) {
        float[] x = (float[]) rows.array();
        for (int u = 0; u < width; u++) {
            for (int s = 0; s < samples; s++) {
                features[u * stride + s] = x[s * width + u];
            }
            Arrays.fill(features, u * stride + samples, (u + 1) * stride, 0);
        }
    }

    /// The outputs of the last pass, a_L, shape (n, units).
    public Tensor outputs() {
        int units = units();
        float[] a = outputs;
        float[] rows = new float[samples * units];
        for (int u = 0; u < units; u++) {
            for (int s = 0; s < samples; s++) {
                rows[s * units + u] = a[u * stride + s];
            }
        }
        return Tensor.adopt(rows, Shape.of(samples, units));
    }

    /// An array of so many elements at least: the same one, where it is long enough.
    static float[] room(float[] array, int length) {
        return array.length >= length ? array : new float[length];
    }
}
