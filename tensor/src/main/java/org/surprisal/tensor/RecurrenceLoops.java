package org.surprisal.tensor;

import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.kernel.BinaryFunction;
import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.UnaryFunction;
import org.surprisal.tensor.kernel.Workers;

/// The loops of a [Recurrence] and of its adjoint. A step's rows are written where they lie: its product adds to what
/// the input gave, and on the way back to what the step's own output was asked. Groups of sequences are shared out over
/// the workers.
final class RecurrenceLoops<A> {
    private final Storage<A> space;
    private final Kernels<A> kernels;
    private final A weight;
    private final int[][] starts;
    private final int[] firsts;
    private final int rows;
    private final int units;

    private RecurrenceLoops(Storage<A> like, Storage<?> weight, int[][] starts, int units) {
        this.space = like;
        this.kernels = like.kernels();
        this.weight = like.arrayOf(weight);
        this.starts = starts;
        this.firsts = new int[starts.length];
        int row = 0;
        for (int group = 0; group < starts.length; group++) {
            firsts[group] = row;
            row += starts[group][starts[group].length - 1];
        }
        this.rows = row;
        this.units = units;
    }

    /// @param like of the element type of all arguments to come
    static <A> RecurrenceLoops<A> of(Storage<A> like, Storage<?> weight, int[][] starts, int units) {
        return new RecurrenceLoops<>(like, weight, starts, units);
    }

    private interface Step {
        /// @param from the first row of the step
        /// @param to behind its last
        /// @param before the first row of the step before; -1 where there is none
        void at(int from, int to, int before);
    }

    private void forth(int group, Step step) {
        for (int t = 0; t + 1 < starts[group].length; t++) {
            at(group, t, step);
        }
    }

    private void back(int group, Step step) {
        for (int t = starts[group].length - 2; t >= 0; t--) {
            at(group, t, step);
        }
    }

    private void at(int group, int t, Step step) {
        int[] here = starts[group];
        int first = firsts[group];
        step.at(first + here[t], first + here[t + 1], t == 0 ? -1 : first + here[t - 1]);
    }

    /// The states after every step.
    ///
    /// @param sums takes what f is taken of, if anybody needs it
    Storage<A> states(Storage<?> inputs, Storage<?> bias, UnaryFunction f, @Nullable Storage<?> sums) {
        A z = sums == null ? null : space.arrayOf(sums);
        A x = space.arrayOf(inputs);
        A b = space.arrayOf(bias);
        Storage<A> states = space.allocate(rows * units);
        A h = states.array();
        Workers.run(starts.length, group -> forth(group, (from, to, before) -> {
            kernels.copy(x, from * units, 1, h, from * units, 1, (to - from) * units);
            for (int row = from; row < to; row++) {
                kernels.accumulate(1, b, 0, 1, h, row * units, 1, units);
            }
            if (before >= 0) {
                kernels.productPart(false, true, to - from, units, units, h, before * units, weight, 0, 1, h,
                        from * units);
            }
            if (z != null) {
                kernels.copy(h, from * units, 1, z, from * units, 1, (to - from) * units);
            }
            kernels.map(f, h, h, from * units, to * units);
        }));
        return states;
    }

    /// The gradient by the inputs, from that by the states.
    ///
    /// @param of what f is written with
    Storage<A> toInputs(Storage<?> of, Storage<?> gradient, BinaryFunction f) {
        A h = space.arrayOf(of);
        A g = space.arrayOf(gradient);
        Storage<A> result = space.allocate(rows * units);
        A d = result.array();
        Workers.run(starts.length, group -> {
            forth(group, (from, to, before) -> kernels.copy(g, from * units, 1, d, from * units, 1,
                    (to - from) * units));
            back(group, (from, to, before) -> {
                kernels.combine(f, d, h, d, from * units, to * units);
                if (before >= 0) {
                    kernels.productPart(false, false, to - from, units, units, d, from * units, weight, 0, 1, d,
                            before * units);
                }
            });
        });
        return result;
    }

    /// In each row the state before that step: zeros in the rows of first steps.
    Storage<A> before(Storage<?> states) {
        A h = space.arrayOf(states);
        Storage<A> result = space.allocate(rows * units);
        Workers.run(starts.length, group -> forth(group, (from, to, before) -> {
            if (before >= 0) {
                kernels.copy(h, before * units, 1, result.array(), from * units, 1, (to - from) * units);
            } else {
                kernels.clear(result.array(), from * units, to * units);
            }
        }));
        return result;
    }
}
