package org.surprisal.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.kernel.BinaryFunction;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.NarrowLoops;
import org.surprisal.tensor.kernel.Provider;
import org.surprisal.tensor.kernel.Workers;

/// One level of a [NarrowPerceptron], with the numbers of its last pass. All arrays lie unit by unit, as [NarrowLoops]
/// has them.
final class LevelPass {
    /// Multiply-adds below which a share of the work is not worth another thread.
    private static final int ALONE = 1 << 20;

    private final float[] noBias;
    private final NarrowPerceptron.Level level;
    private final NarrowLoops loops;
    private final Kernels<float[]> kernels = Provider.kernels();
    private final float[] strands;
    private final float[] byWeight;
    private final float[] byBias;
    /// What the activation is taken of; after an [ActivationKernel] its derivative.
    private float[] z = {};
    /// The activation's value, where there is an activation.
    private float[] a = {};
    /// The gradient by a, then that by z.
    private float[] d = {};
    /// z as a variable and a as its function, where the activation has no loops of its own.
    private @Nullable Tensor variable;
    private @Nullable Tensor value;

    /// @param strands space for [NarrowLoops#byWeight] and [NarrowLoops#byBias]
    LevelPass(NarrowPerceptron.Level level, NarrowLoops loops, float[] strands) {
        this.level = level;
        this.loops = loops;
        this.strands = strands;
        this.byWeight = new float[level.weight().size()];
        this.byBias = new float[level.units()];
        this.noBias = new float[level.bias().isPresent() ? 0 : level.units()];
    }

    /// The gradients by weight and bias, which each pass writes.
    List<Tensor> gradients() {
        Tensor weight = new Tensor(level.weight().shape(), Storage.of(byWeight), Origin.GRADIENT, null);
        return level.bias().isPresent()
                ? List.of(weight, new Tensor(Shape.of(level.units()), Storage.of(byBias), Origin.GRADIENT, null))
                : List.of(weight);
    }

    /// The numbers of the gradients by weight and bias.
    List<float[]> numbersOfGradients() {
        return level.bias().isPresent() ? List.of(byWeight, byBias) : List.of(byWeight);
    }

    /// Whether the level's inputs lie sample by sample: only those of a first level may be so many.
    boolean isWide() {
        return level.inputs() > NarrowPerceptron.MOST_UNITS;
    }

    float[] outputs() {
        return level.activation().isPresent() ? a : z;
    }

    /// Where the gradient by the outputs goes.
    float[] byOutputs() {
        return d;
    }

    /// @param x the level's inputs
    /// @param first the row of x in which the first sample lies, where the level is wide; else 0
    float[] forward(float[] x, int first, int samples, int stride) {
        int size = level.units() * stride;
        Optional<? extends UnaryOperator<Tensor>> activation = level.activation();
        z = NarrowPerceptron.room(z, size);
        d = NarrowPerceptron.room(d, size);
        a = NarrowPerceptron.room(a, activation.isPresent() ? size : 0);
        float[] bias = level.bias().map(LevelPass::numbers).orElse(noBias);
        if (isWide()) {
            rowOutputs(bias, x, first, samples, stride);
        } else {
            loops.outputs(numbers(level.weight()), bias, level.units(), level.inputs(), x, z, stride);
        }
        if (activation.isPresent()) {
            if (activation.get() instanceof ActivationKernel f) {
                loops.activate(f.value(), z, a, size);
            } else {
                apply(activation.get(), size, stride);
            }
        }
        clear(outputs(), samples, stride);
        return outputs();
    }

    private void apply(UnaryOperator<Tensor> f, int size, int stride) {
        Tensor of = Tensor.adopt(Arrays.copyOf(z, size), Shape.of(level.units(), stride)).tracked();
        Tensor made = f.apply(of);
        System.arraycopy(numbers(made), 0, a, 0, size);
        variable = of;
        value = made;
    }

    /// Takes the gradient by the outputs to that by z, and from there to those by weight and bias.
    ///
    /// @param x the level's inputs
    /// @param first the row of x in which the first sample lies, where the level is wide; else 0
    void backward(float[] x, int first, int samples, int stride) {
        int size = level.units() * stride;
        if (level.activation().isPresent()) {
            if (level.activation().get() instanceof ActivationKernel) {
                // The forward pass has left the derivative.
                kernels.combine(BinaryFunction.MULTIPLY, d, z, d, 0, size);
            } else {
                walkBack(size, stride);
            }
            clear(d, samples, stride);
        }
        if (isWide()) {
            rowByWeight(x, first, samples, stride);
        } else {
            loops.byWeight(level.units(), level.inputs(), d, x, stride, byWeight, strands);
        }
        loops.byBias(level.units(), d, stride, byBias, strands);
    }

    /// Blocks of samples are shared out over the workers.
    private void rowOutputs(float[] bias, float[] x, int row, int samples, int stride) {
        float[] weight = numbers(level.weight());
        int together = level.weight().size() >= ALONE / NarrowLoops.BLOCK
                ? NarrowLoops.BLOCK
                : Math.ceilDiv(ALONE / level.weight().size(), NarrowLoops.BLOCK) * NarrowLoops.BLOCK;
        Workers.run(Math.ceilDiv(samples, together), chunk -> {
            float[] own = new float[NarrowLoops.STRANDS * 8];
            int end = Math.min((chunk + 1) * together, samples);
            for (int first = chunk * together; first < end; first += NarrowLoops.BLOCK) {
                loops.rowOutputs(weight, bias, level.units(), level.inputs(), x, row + first,
                        row + Math.min(first + NarrowLoops.BLOCK, end), z, first, stride, own);
            }
        });
        for (int u = 0; u < level.units(); u++) {
            Arrays.fill(z, u * stride + samples, (u + 1) * stride, 0);
        }
    }

    /// Columns of the weight are shared out over the workers: half of them to each of two, where that is much.
    private void rowByWeight(float[] x, int row, int samples, int stride) {
        boolean shared = (long) samples * level.weight().size() >= 2L * ALONE;
        int columns = shared ? Math.ceilDiv(level.inputs(), 2 * NarrowLoops.BLOCK) * NarrowLoops.BLOCK : level.inputs();
        Workers.run(Math.ceilDiv(level.inputs(), columns), chunk -> loops.rowByWeight(level.units(), level.inputs(), d,
                x, row, samples, chunk * columns, Math.min((chunk + 1) * columns, level.inputs()), stride, byWeight));
    }

    private void walkBack(int size, int stride) {
        Tensor made = value;
        Tensor of = variable;
        if (made == null || of == null) {
            throw new IllegalStateException("the way back comes after a pass");
        }
        Tensor seed = Tensor.adopt(Arrays.copyOf(d, size), Shape.of(level.units(), stride));
        Tensor gradient = Tracking
                .off(() -> Gradients.walk(made, seed, List.of(of), Gradients.Unreached.ZERO)).getFirst();
        System.arraycopy(numbers(gradient), 0, d, 0, size);
    }

    /// The gradient by the level's inputs, after [#backward].
    void byInputs(float[] to, int stride) {
        loops.byInputs(numbers(level.weight()), level.units(), level.inputs(), d, to, stride);
    }

    /// Zeros behind the samples: an activation of no sample may be infinite, and a product of it and 0 no number.
    private void clear(float[] numbers, int samples, int stride) {
        if (samples < stride) {
            for (int u = 0; u < level.units(); u++) {
                Arrays.fill(numbers, u * stride + samples, (u + 1) * stride, 0);
            }
        }
    }

    private static float[] numbers(Tensor tensor) {
        return (float[]) tensor.storage().array();
    }
}
