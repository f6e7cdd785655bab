package org.surprisal.tensor;

import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.Workers;

/// The loops over the steps of a [Recurrence], forward and back. A step's rows are written where they lie: its product
/// adds to the sums that its cell began, and on the way back to what the step's own output was asked. Groups of
/// sequences are shared out over the workers.
final class RecurrenceLoops<A> {
    private final CellLoops<A> cell;
    private final Storage<A> weight;
    private final int[][] starts;
    private final int[] firsts;
    private final int rows;
    private final int units;
    private final int width;

    private RecurrenceLoops(CellLoops<A> cell, Storage<A> weight, int[][] starts, int units, int width) {
        this.cell = cell;
        this.weight = weight;
        this.starts = starts;
        this.firsts = new int[starts.length];
        int row = 0;
        for (int group = 0; group < starts.length; group++) {
            firsts[group] = row;
            row += starts[group][starts[group].length - 1];
        }
        this.rows = row;
        this.units = units;
        this.width = width;
    }

    /// The loops of one pass forward and of the ways back from it. The storages are of one element type.
    ///
    /// @param units of the states
    /// @param recorded whether there may be a way back
    static <A> RecurrenceLoops<A> of(CellKernel cell, Storage<A> inputs, Storage<?> weight, Storage<?> bias,
            int[][] starts, int rows, int units, boolean recorded) {
        return new RecurrenceLoops<>(cell.loops(inputs, inputs.like(bias), rows, units, recorded),
                inputs.like(weight), starts, units, cell.gates() * units);
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
    Storage<A> states() {
        Kernels<A> kernels = weight.kernels();
        A w = weight.array();
        A h = cell.states().array();
        A sums = cell.sums().array();
        Workers.run(starts.length, group -> {
            A space = cell.space();
            forth(group, (from, to, before) -> {
                cell.begin(from, to);
                if (before >= 0) {
                    kernels.productPart(false, true, to - from, width, units, h, before * units, units, w, 0, units, 1,
                            sums, from * width, width);
                }
                cell.open(from, to, before, space);
            });
        });
        return cell.states();
    }

    /// out = inputs + bias, in these rows.
    static <A> void addBias(Storage<A> inputs, Storage<A> bias, Storage<A> out, int from, int to, int width) {
        Kernels<A> kernels = inputs.kernels();
        A b = bias.array();
        A sums = out.array();
        kernels.copy(inputs.array(), from * width, 1, sums, from * width, 1, (to - from) * width);
        for (int row = from; row < to; row++) {
            kernels.accumulate(1, b, 0, 1, sums, row * width, 1, width);
        }
    }

    /// The gradients by what inputs and states add, from that by the states.
    CellLoops.Back<A> back(Storage<?> gradient) {
        CellLoops.Back<A> way = cell.back(weight.like(gradient));
        Kernels<A> kernels = weight.kernels();
        A w = weight.array();
        A byStates = way.byStates().array();
        A bySums = way.bySums().array();
        Workers.run(starts.length, group -> back(group, (from, to, before) -> {
            way.close(from, to, before);
            if (before >= 0) {
                kernels.productPart(false, false, to - from, units, width, bySums, from * width, width, w, 0, units, 1,
                        byStates, before * units, units);
            }
        }));
        return way;
    }

    /// In each row the state before that step: zeros in the rows of first steps.
    Storage<A> before() {
        Kernels<A> kernels = weight.kernels();
        A h = cell.states().array();
        Storage<A> result = weight.allocate(rows * units);
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
