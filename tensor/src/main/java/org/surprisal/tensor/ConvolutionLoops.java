package org.surprisal.tensor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Workers;

/// The loops of a convolution and of its two adjoints. What the windows see of one sample is laid side by side,
/// (channels x entries of the window, outputs), which fits the processor's cache, and is one small matrix product then;
/// samples are shared out over the workers in groups that depend on the shapes alone.
final class ConvolutionLoops<A> {
    private static final int MOST_GROUPS = 16;
    /// Numbers of the widest vectors.
    private static final int WHOLE = 16;
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
    private final int[][] runs;
    private final int[][] gaps;
    private final int step;
    /// Space for one unfolded sample for each thread. What lies beyond the border is zero from the start, and stays it.
    private final Queue<A> spaces = new ConcurrentLinkedQueue<>();
    private final A zero;

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
        this.gaps = planes.gaps();
        this.step = planes.window().across().stride();
        this.zero = kernels.allocate(1);
        for (int i = 0; i < Math.min(groups, Workers.threads()); i++) {
            spaces.add(newSpace());
        }
    }

    private A newSpace() {
        int size = Math.multiplyExact(seen, outputs);
        return (planes.isPadded() ? space.allocateZeros(size) : space.allocate(size)).array();
    }

    private interface Sample<A> {
        /// @param unfolded space
        void at(int sample, A unfolded);
    }

    /// Runs `sample` for each sample, those of one group one after the other.
    private void eachSample(Sample<A> sample) {
        Workers.run(groups, group -> {
            A free = spaces.poll();
            A unfolded = free == null ? newSpace() : free;
            int end = Math.min(planes.samples(), (group + 1) * together);
            for (int i = group * together; i < end; i++) {
                sample.at(i, unfolded);
            }
            spaces.add(unfolded);
        });
    }

    /// Rows of what the windows of one sample see: row r is what entry r modulo the window's entries sees in one
    /// channel.
    private void unfold(A images, int sample, A unfolded) {
        for (int row = 0; row < seen; row++) {
            int plane = planes.plane(sample, row / planes.places());
            int to = row * outputs;
            int[] here = runs[row % planes.places()];
            for (int i = 0; i < here.length; i += 3) {
                kernels.copy(images, plane + here[i], step, unfolded, to + here[i + 1], 1, here[i + 2]);
            }
            clearGaps(unfolded, row);
        }
    }

    private void clearGaps(A unfolded, int row) {
        int[] here = gaps[row % planes.places()];
        for (int i = 0; i < here.length; i += 3) {
            kernels.copy(zero, 0, 0, unfolded, row * outputs + here[i], here[i + 1], here[i + 2]);
        }
    }

    private void fold(A images, int sample, A unfolded) {
        kernels.clear(images, sample * image, (sample + 1) * image);
        for (int row = 0; row < seen; row++) {
            clearGaps(unfolded, row);
            int plane = planes.plane(sample, row / planes.places());
            int from = row * outputs;
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
        eachSample((sample, unfolded) -> {
            unfold(x, sample, unfolded);
            kernels.productPart(false, false, out, outputs, seen, w, 0, unfolded, 0, 0,
                    result.array(), sample * out * outputs);
        });
        return result;
    }

    /// Its adjoint by the images: what each output's gradient says of each place that its window saw.
    Storage<A> toImages(Storage<?> gradient, Storage<?> weight) {
        A g = space.arrayOf(gradient);
        A w = space.arrayOf(weight);
        Storage<A> result = space.allocate(planes.size());
        eachSample((sample, unfolded) -> {
            kernels.productPart(true, false, seen, outputs, out, w, 0, g, sample * out * outputs, 0, unfolded,
                    0);
            fold(result.array(), sample, unfolded);
        });
        return result;
    }

    /// Its adjoint by the weight, (out, seen): sums over each group, then over the groups in order. Where whole vectors
    /// of kernels fit, sums are transposed, (seen, out): then the kernels' gradients are the matrix that is packed for
    /// the product rather than the unfolded sample, which has many times the numbers.
    Storage<A> toWeight(Storage<?> images, Storage<?> gradient) {
        A x = space.arrayOf(images);
        A g = space.arrayOf(gradient);
        boolean transposed = out % WHOLE == 0;
        int size = out * seen;
        A sums = space.allocate(groups * size).array();
        eachSample((sample, unfolded) -> {
            unfold(x, sample, unfolded);
            int add = sample % together == 0 ? 0 : 1;
            int group = sample / together * size;
            int from = sample * out * outputs;
            if (transposed) {
                kernels.productPart(false, true, seen, out, outputs, unfolded, 0, g, from, add, sums, group);
            } else {
                kernels.productPart(false, true, out, seen, outputs, g, from, unfolded, 0, add, sums, group);
            }
        });
        for (int group = 1; group < groups; group++) {
            kernels.accumulate(1, sums, group * size, 1, sums, 0, 1, size);
        }
        Storage<A> result = space.allocateZeros(size);
        if (groups == 0) {
            return result;
        }
        for (int kernel = 0; kernel < out; kernel++) {
            kernels.copy(sums, transposed ? kernel : kernel * seen, transposed ? out : 1, result.array(), kernel * seen,
                    1, seen);
        }
        return result;
    }
}
