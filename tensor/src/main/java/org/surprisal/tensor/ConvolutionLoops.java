package org.surprisal.tensor;

import java.util.function.IntConsumer;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Workers;

/// The loops of a convolution and of its two adjoints. What the windows see of one sample is laid side by side,
/// (channels x entries of the window, outputs), which fits the processor's cache, and is one small matrix product then;
/// samples are shared out over the workers in groups that depend on the shapes alone.
final class ConvolutionLoops<A> {
    private static final int MOST_GROUPS = 16;
    /// Elements that the groups' unfolded samples, and their sums of weight gradients, may have together where there
    /// are more than two groups.
    private static final int MOST_SCRATCH = 1 << 22;

    private final Storage<A> space;
    private final Kernels<A> kernels;
    private final Planes planes;
    private final int out;
    private final int seen;
    private final int outputs;
    private final int image;
    private final int groups;
    private final int together;
    private final A unfolded;
    private final int[][] runs;
    private final int step;

    /// @param like of the element type of all arguments to come
    /// @param out number of kernels
    ConvolutionLoops(Storage<A> like, Planes planes, int out) {
        this.space = like;
        this.kernels = like.kernels();
        this.planes = planes;
        this.out = out;
        this.seen = Math.multiplyExact(planes.channels(), planes.places());
        this.outputs = planes.outputs();
        this.image = planes.channels() * planes.height() * planes.width();
        int scratch = Math.max(1, Math.max(Math.multiplyExact(out, seen), Math.multiplyExact(seen, outputs)));
        int fitting = Math.clamp(MOST_SCRATCH / scratch, 2, MOST_GROUPS);
        this.together = Math.ceilDiv(planes.samples(), fitting);
        this.groups = together == 0 ? 0 : Math.ceilDiv(planes.samples(), together);
        this.runs = planes.runs();
        this.step = planes.window().across().stride();
        this.unfolded = like.allocate(Math.multiplyExact(groups, Math.multiplyExact(seen, outputs))).array();
    }

    /// Runs `sample` for each sample, those of one group one after the other.
    private void eachSample(IntConsumer sample) {
        Workers.run(groups, group -> {
            int end = Math.min(planes.samples(), (group + 1) * together);
            for (int i = group * together; i < end; i++) {
                sample.accept(i);
            }
        });
    }

    private int unfoldedOf(int sample) {
        return sample / together * seen * outputs;
    }

    /// Rows of what the windows of one sample see: row r is what entry r modulo the window's entries sees in one
    /// channel.
    private void unfold(A images, int sample) {
        int start = unfoldedOf(sample);
        if (planes.isPadded()) {
            kernels.clear(unfolded, start, start + seen * outputs);
        }
        for (int row = 0; row < seen; row++) {
            int plane = planes.plane(sample, row / planes.places());
            int to = start + row * outputs;
            int[] here = runs[row % planes.places()];
            for (int i = 0; i < here.length; i += 3) {
                kernels.copy(images, plane + here[i], step, unfolded, to + here[i + 1], 1, here[i + 2]);
            }
        }
    }

    private void fold(A images, int sample) {
        int start = unfoldedOf(sample);
        kernels.clear(images, sample * image, (sample + 1) * image);
        for (int row = 0; row < seen; row++) {
            int plane = planes.plane(sample, row / planes.places());
            int from = start + row * outputs;
            int[] here = runs[row % planes.places()];
            for (int i = 0; i < here.length; i += 3) {
                kernels.accumulate(1, unfolded, from + here[i + 1], 1, images, plane + here[i], step, here[i + 2]);
            }
        }
    }

    /// The convolution: images times weight (out, seen) is (samples, out, outputs).
    Storage<A> convolve(Storage<?> images, Storage<?> weight) {
        A x = space.arrayOf(images);
        A w = space.arrayOf(weight);
        Storage<A> result = space.allocate(planes.samples() * out * outputs);
        eachSample(sample -> {
            unfold(x, sample);
            kernels.productPart(false, false, out, outputs, seen, w, 0, unfolded, unfoldedOf(sample), 0,
                    result.array(), sample * out * outputs);
        });
        return result;
    }

    /// Its adjoint by the images: what each output's gradient says of each place that its window saw.
    Storage<A> toImages(Storage<?> gradient, Storage<?> weight) {
        A g = space.arrayOf(gradient);
        A w = space.arrayOf(weight);
        Storage<A> result = space.allocate(planes.size());
        eachSample(sample -> {
            kernels.productPart(true, false, seen, outputs, out, w, 0, g, sample * out * outputs, 0, unfolded,
                    unfoldedOf(sample));
            fold(result.array(), sample);
        });
        return result;
    }

    /// Its adjoint by the weight, (out, seen): sums over each group, then over the groups in order.
    Storage<A> toWeight(Storage<?> images, Storage<?> gradient) {
        A x = space.arrayOf(images);
        A g = space.arrayOf(gradient);
        int size = out * seen;
        Storage<A> result = space.allocateZeros(size);
        A sums = space.allocate(groups * size).array();
        eachSample(sample -> {
            unfold(x, sample);
            kernels.productPart(false, true, out, seen, outputs, g, sample * out * outputs, unfolded,
                    unfoldedOf(sample), sample % together == 0 ? 0 : 1, sums, sample / together * size);
        });
        for (int group = 0; group < groups; group++) {
            kernels.accumulate(1, sums, group * size, 1, result.array(), 0, 1, size);
        }
        return result;
    }
}
