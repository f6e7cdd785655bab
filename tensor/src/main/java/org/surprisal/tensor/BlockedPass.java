package org.surprisal.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.surprisal.tensor.kernel.NarrowLoops;
import org.surprisal.tensor.kernel.Workers;

/// The pass of a [NarrowPerceptron] with a wide first level over more than one block of samples, for a loss that is a
/// mean over samples. Each [NarrowLoops#BLOCK] goes forward, to its share of the loss and back while its rows are in
/// the second-level cache, so the samples come from memory once; a pass level by level reads them twice, and that is
/// what a first level of few units waits for.
///
/// Groups of blocks are shared out over the workers. The gradients of a group are summed block by block, and those of
/// the groups in their order. How many blocks make a group follows from the size of the first level alone, so no number
/// depends on threads. Every other pass begins with the last group: that one may still be in the third-level cache.
final class BlockedPass {
    /// Multiply-adds of the first level, on the way forward, that are worth another thread.
    private static final int GROUP = 1 << 19;

    private final List<NarrowPerceptron.Level> levels;
    private final NarrowLoops loops;
    private final int blocks;
    private final Queue<Block> idle = new ConcurrentLinkedQueue<>();
    private float[][] sums = {};
    private float[] outputs = {};
    private boolean turned;

    /// Computes the loss of a block from the outputs of its last level and writes the gradient by them.
    interface Objective {
        /// Computes both for one block.
        ///
        /// @param first the place of the block's first sample among all samples
        /// @param space as [NarrowLoops#crossEntropy] needs it
        /// @return the sum over the block's samples
        double ofBlock(LevelPass last, int first, int samples, int stride, float[][] space);
    }

    /// The levels with arrays for the samples of a block: what one thread works with.
    private static final class Block {
        final List<LevelPass> passes;
        final float[][] space = new float[3][NarrowLoops.BLOCK];

        Block(List<NarrowPerceptron.Level> levels, NarrowLoops loops) {
            float[] strands = new float[NarrowLoops.STRANDS * NarrowLoops.WIDEST];
            this.passes = levels.stream().map(level -> new LevelPass(level, loops, strands)).toList();
        }
    }

    BlockedPass(List<NarrowPerceptron.Level> levels, NarrowLoops loops) {
        this.levels = levels;
        this.loops = loops;
        this.blocks = Math.max(1, Math.ceilDiv(GROUP, levels.getFirst().weight().size() * NarrowLoops.BLOCK));
    }

    /// Whether such a pass does what a pass level by level does: the first level is wide, and no activation is
    /// recorded.
    static boolean suits(List<NarrowPerceptron.Level> levels) {
        return levels.getFirst().inputs() > NarrowPerceptron.MOST_UNITS
                && levels.stream().allMatch(
                        level -> level.activation().isEmpty() || level.activation().get() instanceof ActivationKernel);
    }

    /// Runs over all samples.
    ///
    /// @param x rows of samples
    /// @param stride of [#outputs]
    /// @param to the levels' gradients, which are written
    /// @return the sum of the loss over all samples
    double run(float[] x, int samples, int stride, List<float[]> to, Objective objective) {
        int together = blocks * NarrowLoops.BLOCK;
        int groups = Math.ceilDiv(samples, together);
        int length = to.stream().mapToInt(each -> each.length).sum();
        if (sums.length < groups) {
            sums = new float[groups][length];
        }
        outputs = NarrowPerceptron.room(outputs, levels.getLast().units() * stride);
        double[] losses = new double[groups];
        boolean backwards = turned;
        turned = !turned;
        Workers.run(groups, chunk -> {
            int group = backwards ? groups - 1 - chunk : chunk;
            Block block = idle.poll();
            Block own = block == null ? new Block(levels, loops) : block;
            int end = Math.min((group + 1) * together, samples);
            Arrays.fill(sums[group], 0);
            for (int first = group * together; first < end; first += NarrowLoops.BLOCK) {
                losses[group] += pass(own, x, first, Math.min(NarrowLoops.BLOCK, end - first), stride, objective);
                add(own, sums[group]);
            }
            idle.add(own);
        });
        double loss = 0;
        for (double each : losses) {
            loss += each;
        }
        total(groups, to);
        return loss;
    }

    /// The outputs of all samples, a_L, unit by unit.
    float[] outputs() {
        return outputs;
    }

    private double pass(Block block, float[] x, int first, int samples, int stride, Objective objective) {
        int own = Math.ceilDiv(samples, NarrowLoops.PANEL) * NarrowLoops.PANEL;
        float[] a = x;
        for (LevelPass level : block.passes) {
            a = level.forward(a, first, samples, own);
        }
        for (int u = 0; u < levels.getLast().units(); u++) {
            System.arraycopy(a, u * own, outputs, u * stride + first, samples);
        }
        double loss = objective.ofBlock(block.passes.getLast(), first, samples, own, block.space);
        for (int l = block.passes.size() - 1; l >= 0; l--) {
            LevelPass level = block.passes.get(l);
            level.backward(l == 0 ? x : block.passes.get(l - 1).outputs(), first, samples, own);
            if (l > 0) {
                level.byInputs(block.passes.get(l - 1).byOutputs(), own);
            }
        }
        return loss;
    }

    private static void add(Block block, float[] sum) {
        int at = 0;
        for (LevelPass level : block.passes) {
            for (float[] gradient : level.numbersOfGradients()) {
                for (int i = 0; i < gradient.length; i++) {
                    sum[at + i] += gradient[i];
                }
                at += gradient.length;
            }
        }
    }

    private void total(int groups, List<float[]> to) {
        int at = 0;
        for (float[] gradient : to) {
            Arrays.fill(gradient, 0);
            for (int group = 0; group < groups; group++) {
                float[] sum = sums[group];
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += sum[at + i];
                }
            }
            at += gradient.length;
        }
    }
}
