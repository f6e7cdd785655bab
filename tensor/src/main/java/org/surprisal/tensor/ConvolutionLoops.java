package org.surprisal.tensor;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Workers;

/// The loops of a convolution and of its two adjoints. What the windows see in some rows of outputs of one sample is
/// laid side by side, (channels x entries of the window, outputs), and is one small matrix product then. There are as
/// many blocks of rows as it takes for what is laid out to fit the processor's cache. A sample with a border is copied
/// into one first. Samples are shared out over the workers in groups. Blocks and groups depend on the shapes alone.
final class ConvolutionLoops<A> {
    private static final int MOST_GROUPS = 16;
    /// Numbers of the widest vectors.
    private static final int WHOLE = 16;
    /// Rows that begin a multiple of so many elements apart share few places of the cache.
    private static final int ALIASED = 128;
    /// Elements that a block has at most, unless it is a single row of outputs: 256 KB, half of a small second-level
    /// cache.
    private static final int BLOCK = 1 << 16;
    /// Elements that the groups' unfolded blocks, and their sums of weight gradients, may have together where there are
    /// more than two groups.
    private static final int MOST_SCRATCH = 1 << 22;

    private final Storage<A> space;
    private final Kernels<A> kernels;
    private final Planes planes;
    private final int out;
    private final int seen;
    private final int outputs;
    private final int across;
    private final int image;
    /// A sample as the windows see it, with its border.
    private final Planes bordered;
    private final int[] offsets;
    /// Rows of outputs in a block.
    private final int rows;
    private final int blocks;
    /// Elements from one row of an unfolded block to the next.
    private final int pitch;
    private final int groups;
    private final int together;
    /// For each thread.
    private final Queue<Scratch<A>> spaces = new ConcurrentLinkedQueue<>();

    /// @param unfolded block
    /// @param bordered sample, whose border is zero from the start; empty where there is none
    private record Scratch<A>(A unfolded, A bordered) {}

    /// @param like of the element type of all arguments to come
    /// @param out number of kernels
    ConvolutionLoops(Storage<A> like, Planes planes, int out) {
        this.space = like;
        this.kernels = like.kernels();
        this.planes = planes;
        this.out = out;
        this.seen = Math.multiplyExact(planes.channels(), planes.places());
        this.outputs = planes.outputs();
        this.across = planes.outputsAcross();
        this.image = planes.channels() * planes.height() * planes.width();
        this.bordered = planes.withBorder();
        this.offsets = bordered.offsets();
        int down = planes.outputsDown();
        this.rows = Math.ceilDiv(down, Math.clamp(Math.ceilDiv((long) seen * outputs, BLOCK), 1, down));
        this.blocks = Math.ceilDiv(down, rows);
        this.pitch = pitch(Math.multiplyExact(rows, across));
        int border = planes.isPadded() ? bordered.size() : 0;
        int scratch = Math.max(Math.max(1, Math.multiplyExact(out, seen)),
                Math.addExact(border, Math.multiplyExact(seen, pitch)));
        int fitting = Math.clamp(MOST_SCRATCH / scratch, 2, MOST_GROUPS);
        this.together = Math.ceilDiv(planes.samples(), fitting);
        this.groups = together == 0 ? 0 : Math.ceilDiv(planes.samples(), together);
        for (int i = 0; i < Math.min(groups, Workers.threads()); i++) {
            spaces.add(new Scratch<>(space.allocate(seen * pitch).array(), space.allocateZeros(border).array()));
        }
    }

    /// Whole vectors, and no multiple at which rows would drive one another out of the cache.
    private static int pitch(int width) {
        int whole = Math.multiplyExact(Math.ceilDiv(width, WHOLE), WHOLE);
        return whole % ALIASED == 0 ? Math.addExact(whole, WHOLE) : whole;
    }

    private interface Block<A> {
        /// @param sample whose number it is
        /// @param first its first output
        /// @param width outputs in it
        void at(int sample, int first, int width, Scratch<A> scratch);
    }

    /// Runs `body` for each block of each sample, those of one group one after the other.
    private void eachBlock(Block<A> body) {
        Workers.run(groups, group -> {
            Scratch<A> free = spaces.poll();
            Scratch<A> scratch = free == null
                    ? new Scratch<>(kernels.allocate(seen * pitch),
                            kernels.allocate(planes.isPadded() ? bordered.size() : 0))
                    : free;
            int end = Math.min(planes.samples(), (group + 1) * together);
            for (int sample = group * together; sample < end; sample++) {
                for (int block = 0; block < blocks; block++) {
                    int first = block * rows * across;
                    body.at(sample, first, Math.min(outputs - first, rows * across), scratch);
                }
            }
            spaces.add(scratch);
        });
    }

    /// Rows of what the windows of one block see: row r is what entry r modulo the window's entries sees in one
    /// channel.
    private void unfold(A images, int sample, int first, int width, Scratch<A> scratch) {
        A from = images;
        int at = sample * image;
        if (planes.isPadded()) {
            from = scratch.bordered();
            at = 0;
            if (first == 0) {
                int inside = inside();
                for (int channel = 0; channel < planes.channels(); channel++) {
                    kernels.copyRows(images, planes.plane(sample, channel), planes.width(), from,
                            bordered.plane(0, channel) + inside, bordered.width(), planes.height(), planes.width());
                }
            }
        }
        int step = planes.window().across().stride();
        int down = planes.window().down().stride() * bordered.width();
        at += first / across * down;
        for (int row = 0; row < seen; row++) {
            kernels.gatherRows(from, at + bordered.plane(0, row / offsets.length) + offsets[row % offsets.length], step,
                    down, scratch.unfolded(), row * pitch, width / across, across);
        }
    }

    /// Where the image begins within its border.
    private int inside() {
        return planes.window().down().before() * bordered.width() + planes.window().across().before();
    }

    /// Adds to an image what its blocks hold for it.
    private void fold(A images, int sample, int first, int width, Scratch<A> scratch) {
        A to = planes.isPadded() ? scratch.bordered() : images;
        int at = planes.isPadded() ? 0 : sample * image;
        if (first == 0) {
            kernels.clear(to, at, at + bordered.size());
        }
        int step = planes.window().across().stride();
        int down = planes.window().down().stride() * bordered.width();
        int block = at + first / across * down;
        for (int row = 0; row < seen; row++) {
            kernels.spreadRows(scratch.unfolded(), row * pitch, to,
                    block + bordered.plane(0, row / offsets.length) + offsets[row % offsets.length], step, down,
                    width / across, across);
        }
        if (planes.isPadded() && first + width == outputs) {
            int inside = inside();
            for (int channel = 0; channel < planes.channels(); channel++) {
                kernels.copyRows(to, bordered.plane(0, channel) + inside, bordered.width(), images,
                        planes.plane(sample, channel), planes.width(), planes.height(), planes.width());
            }
        }
    }

    /// The convolution: images times weight (out, seen), plus a bias (out) if there is one, is (samples, out, outputs).
    Storage<A> convolve(Storage<?> images, Storage<?> weight, @Nullable Storage<?> bias) {
        A x = space.arrayOf(images);
        A w = space.arrayOf(weight);
        A b = bias == null ? null : space.arrayOf(bias);
        Storage<A> result = space.allocate(planes.samples() * out * outputs);
        A y = result.array();
        eachBlock((sample, first, width, scratch) -> {
            unfold(x, sample, first, width, scratch);
            int from = sample * out * outputs + first;
            if (b != null) {
                for (int kernel = 0; kernel < out; kernel++) {
                    int row = from + kernel * outputs;
                    kernels.fill(y, row, row + width, kernels.get(b, kernel));
                }
            }
            kernels.productPart(false, false, out, width, seen, w, 0, seen, scratch.unfolded(), 0, pitch,
                    b == null ? 0 : 1, y,
                    from, outputs);
        });
        return result;
    }

    /// Its adjoint by the images: what each output's gradient says of each place that its window saw.
    Storage<A> toImages(Storage<?> gradient, Storage<?> weight) {
        A g = space.arrayOf(gradient);
        A w = space.arrayOf(weight);
        Storage<A> result = space.allocate(planes.size());
        eachBlock((sample, first, width, scratch) -> {
            kernels.productPart(true, false, seen, width, out, w, 0, seen, g, sample * out * outputs + first,
                    outputs, 0, scratch.unfolded(), 0, pitch);
            fold(result.array(), sample, first, width, scratch);
        });
        return result;
    }

    /// Its adjoint by the weight, (out, seen): sums over each group, then over the groups in order. Where whole vectors
    /// of kernels fit, sums are transposed, (seen, out): then the kernels' gradients are the matrix that is packed for
    /// the product rather than the unfolded block, which has many times the numbers.
    Storage<A> toWeight(Storage<?> images, Storage<?> gradient) {
        A x = space.arrayOf(images);
        A g = space.arrayOf(gradient);
        boolean transposed = out % WHOLE == 0;
        int size = out * seen;
        A sums = space.allocate(groups * size).array();
        eachBlock((sample, first, width, scratch) -> {
            unfold(x, sample, first, width, scratch);
            int add = sample % together == 0 && first == 0 ? 0 : 1;
            int group = sample / together * size;
            int from = sample * out * outputs + first;
            if (transposed) {
                kernels.productPart(false, true, seen, out, width, scratch.unfolded(), 0, pitch, g, from, outputs, add,
                        sums,
                        group, out);
            } else {
                kernels.productPart(false, true, out, seen, width, g, from, outputs, scratch.unfolded(), 0, pitch, add,
                        sums,
                        group, seen);
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
