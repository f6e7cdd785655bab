package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Sequences of different lengths that a recurrent cell reads step by step, all steps in one operation:
///
///     state_t = cell(x_t, W h_(t-1) + b, state_(t-1)),    state_0 = 0
///
/// x_t is what the input's own weight has made of it, and h the output, the first part of the state. Without gates this
/// is h_t = f(x_t + W h_(t-1) + b) (Elman 1990; Landsverk, Eq 1.9, with ReLU); [CellKernel] lists the cells.
///
/// The steps lie in rows: all first steps, then all second ones, and so on, longer sequences first, so that the
/// sequences that go on are the first of those before. Where there are several groups of sequences, their rows lie one
/// group after the other; groups are computed side by side.
///
/// ```java
/// Recurrence names = new Recurrence(new int[]{0, 3, 6, 7}); // a name of three letters and two of two
/// Tensor letters = stream.child("letters").gaussian(ElementType.FLOAT32, 0, 1, 7, 20);
/// Tensor weight = stream.child("weight").gaussian(ElementType.FLOAT32, 0, 0.2, 20, 20).tracked();
/// Tensor bias = Tensor.zeros(ElementType.FLOAT32, 20).tracked();
/// Tensor states = names.states(CellKernel.elman(ActivationKernel.TANH), letters, weight, bias); // (7, 20)
/// ```
public final class Recurrence {
    private final int[][] starts;
    private final int rows;

    /// @param starts for each group where its steps start, counted from the group's first row, and where the last one
    /// ends: `{0}` for a group without sequences
    /// @throws IllegalArgumentException when a group does not start at 0, a step has no sequence or more than the step
    /// before, or there are more than 2^31 - 1 rows
    public Recurrence(int[]... starts) {
        this.starts = Arrays.stream(starts).map(int[]::clone).toArray(int[][]::new);
        long total = 0;
        for (int[] group : this.starts) {
            boolean fits = group.length > 0 && group[0] == 0;
            for (int t = 1; fits && t < group.length; t++) {
                fits = group[t] > group[t - 1] && (t == 1 || group[t] - group[t - 1] <= group[t - 1] - group[t - 2]);
            }
            if (!fits) {
                throw new IllegalArgumentException("a group's steps start at 0 and have sequences, never more than the"
                        + " step before; not so " + Arrays.toString(group));
            }
            total += group[group.length - 1];
        }
        if (total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a recurrence of " + total + " rows is more than one tensor holds");
        }
        this.rows = (int) total;
    }

    /// The output after every step, shape (rows, units).
    ///
    /// Gradients are one operation, too, and their own gradients go through an operation for each step.
    ///
    /// @param inputs what the inputs add to each step, shape (rows, gates x units)
    /// @param weight of the output before, shape (gates x units, units)
    /// @param bias shape (gates x units)
    /// @throws IllegalArgumentException where shapes or element types do not fit
    public Tensor states(CellKernel cell, Tensor inputs, Tensor weight, Tensor bias) {
        int gates = cell.gates();
        boolean matrices = inputs.rank() == 2 && weight.rank() == 2;
        if (!matrices || inputs.length(0) != rows
                || !weight.shape().equals(Shape.of(inputs.length(1), inputs.length(1) / gates))
                || inputs.length(1) % gates != 0 || !bias.shape().equals(Shape.of(inputs.length(1)))) {
            String width = gates == 1 ? "units" : gates + " x units";
            throw new IllegalArgumentException("a recurrence of " + rows + " rows needs shapes (" + rows + ", " + width
                    + "), (" + width + ", units) and (" + width + "), not " + inputs.shape() + ", " + weight.shape()
                    + " and " + bias.shape());
        }
        if (weight.type() != inputs.type() || bias.type() != inputs.type()) {
            throw new IllegalArgumentException("a recurrence needs one element type, not " + inputs.type() + ", "
                    + weight.type() + " and " + bias.type());
        }
        boolean recorded = Tracking.isOn() && (inputs.isTracked() || weight.isTracked() || bias.isTracked());
        int units = weight.length(1);
        RecurrenceLoops<?> loops = RecurrenceLoops.of(cell, inputs.storage(), weight.storage(), bias.storage(), starts,
                rows, units, recorded);
        return Tensor.result("recurrence", Shape.of(rows, units), loops.states(), List.of(inputs, weight, bias),
                (g, wanted, to) -> {
                    if (Tracking.isOn()) {
                        passRecorded(cell, List.of(inputs, weight, bias), g, wanted, to);
                    } else {
                        pass(loops, inputs.shape(), g, wanted, to);
                    }
                });
    }

    private static Tensor of(Shape shape, Storage<?> numbers) {
        return new Tensor(shape, numbers, Origin.NUMBERS, null);
    }

    /// Weight and bias get theirs from that of the sums, and the inputs' is handed over last: what has been handed over
    /// may be gone.
    private static void pass(RecurrenceLoops<?> loops, Shape inputs, Tensor g, IntPredicate wanted,
            Gradients.Receiver to) {
        CellLoops.Back<?> back = loops.back(g.storage());
        Tensor bySums = of(inputs, back.bySums());
        if (wanted.test(1)) {
            Tensor before = of(g.shape(), loops.before());
            to.accept(1, Products.product(bySums, true, before, false));
            Workspace.release(before);
        }
        if (wanted.test(2)) {
            to.accept(2, bySums.sum(0));
        }
        back.release();
        Tensor byInputs = of(inputs, back.byInputs());
        if (wanted.test(0)) {
            to.accept(0, byInputs);
        } else {
            Workspace.release(byInputs);
        }
    }

    private void passRecorded(CellKernel cell, List<Tensor> inputs, Tensor g, IntPredicate wanted,
            Gradients.Receiver to) {
        // As variables of their own, so that the walk ends with them.
        List<Tensor> own = inputs.stream()
                .map(x -> Tensor.result("recurrence", x.shape(), x.storage(), List.of(x), List.of(h -> h))).toList();
        List<Integer> asked = IntStream.range(0, own.size()).filter(wanted).boxed().toList();
        List<Tensor> gradients = Gradients.walk(stepByStep(cell, own.get(0), own.get(1), own.get(2)), g,
                asked.stream().map(own::get).toList(), Gradients.Unreached.ZERO);
        for (int i = 0; i < asked.size(); i++) {
            to.accept(asked.get(i), gradients.get(i));
        }
    }

    /// The same from an operation for each part of each step of each group: what second derivatives go through.
    Tensor stepByStep(CellKernel cell, Tensor inputs, Tensor weight, Tensor bias) {
        int units = weight.length(1);
        List<Tensor> outputs = new ArrayList<>();
        int first = 0;
        for (int[] group : starts) {
            int end = first + group[group.length - 1];
            List<Tensor> state = List.of();
            for (Tensor step : blocks(inputs.slice(0, first, end), group)) {
                int sequences = step.length(0);
                state = state.isEmpty()
                        ? Collections.nCopies(cell.parts(), Tensor.zeros(inputs.type(), sequences, units))
                        : state.stream().map(part -> part.slice(0, 0, sequences)).toList();
                state = cell.step(step, state.getFirst().linear(weight, bias), state);
                outputs.add(state.getFirst());
            }
            first = end;
        }
        return outputs.isEmpty() ? Tensor.zeros(inputs.type(), 0, units) : Tensor.concatenate(0, outputs);
    }

    /// Rows cut into blocks.
    ///
    /// Halved again and again: the gradient of a slice is as large as what it was cut from, and cutting each of T
    /// blocks from the whole would cost T times the whole, where this costs log T times.
    ///
    /// @param rows shape (n, …)
    /// @param starts where each block starts, 0 first, and where the last one ends, n
    /// @throws IllegalArgumentException when these are not the blocks of n rows
    public static List<Tensor> blocks(Tensor rows, int... starts) {
        boolean fits = rows.rank() > 0 && starts.length > 0 && starts[0] == 0
                && starts[starts.length - 1] == rows.length(0);
        for (int i = 1; fits && i < starts.length; i++) {
            fits = starts[i] >= starts[i - 1];
        }
        if (!fits) {
            throw new IllegalArgumentException("blocks of shape " + rows.shape()
                    + " start at 0, one after the other, and end with its rows; not so " + Arrays.toString(starts));
        }
        List<Tensor> blocks = new ArrayList<>();
        if (starts.length > 1) {
            halve(rows, starts, 0, starts.length - 1, blocks);
        }
        return blocks;
    }

    private static void halve(Tensor part, int[] starts, int from, int to, List<Tensor> blocks) {
        if (to - from == 1) {
            blocks.add(part);
            return;
        }
        int middle = (from + to) >>> 1;
        int cut = starts[middle] - starts[from];
        halve(part.slice(0, 0, cut), starts, from, middle, blocks);
        halve(part.slice(0, cut, part.length(0)), starts, middle, to, blocks);
    }
}
