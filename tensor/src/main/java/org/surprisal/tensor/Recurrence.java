package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Sequences of different lengths that a network without gates reads step by step, all steps in one operation:
///
///     h_t = f(x_t + W h_(t-1) + b),    h_0 = 0
///
/// (Elman 1990; Landsverk, Eq 1.9, with ReLU; x_t is what the input's own weight has made of it.)
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
/// Tensor states = names.states(ActivationKernel.TANH, letters, weight, bias); // (7, 20)
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

    /// The state after every step, shape (rows, units).
    ///
    /// @param inputs what the inputs add to each step, shape (rows, units)
    /// @param weight of the state before, shape (units, units)
    /// @param bias shape (units)
    /// @throws IllegalArgumentException where shapes or element types do not fit
    public Tensor states(ActivationKernel f, Tensor inputs, Tensor weight, Tensor bias) {
        boolean matrices = inputs.rank() == 2 && weight.rank() == 2;
        if (!matrices || inputs.length(0) != rows
                || !weight.shape().equals(Shape.of(inputs.length(1), inputs.length(1)))
                || !bias.shape().equals(Shape.of(inputs.length(1)))) {
            throw new IllegalArgumentException("a recurrence of " + rows + " rows needs shapes (" + rows
                    + ", units), (units, units) and (units), not " + inputs.shape() + ", " + weight.shape() + " and "
                    + bias.shape());
        }
        if (weight.type() != inputs.type() || bias.type() != inputs.type()) {
            throw new IllegalArgumentException("a recurrence needs one element type, not " + inputs.type() + ", "
                    + weight.type() + " and " + bias.type());
        }
        RecurrenceLoops<?> loops = RecurrenceLoops.of(inputs.storage(), weight.storage(), starts, inputs.length(1));
        boolean recorded = Tracking.isOn() && (inputs.isTracked() || weight.isTracked() || bias.isTracked());
        Storage<?> sums = recorded && !f.isByValue() ? inputs.storage().allocate(inputs.size()) : null;
        Tensor states = of(inputs.shape(), loops.states(inputs.storage(), bias.storage(), f.value(), sums));
        return Tensor.result("recurrence", inputs.shape(), states.storage(), List.of(inputs, weight, bias),
                (g, wanted, to) -> {
                    if (Tracking.isOn()) {
                        passRecorded(f, List.of(inputs, weight, bias), g, wanted, to);
                    } else {
                        pass(f, states, sums == null ? states.storage() : sums, weight, g, wanted, to);
                    }
                });
    }

    private static Tensor of(Shape shape, Storage<?> numbers) {
        return new Tensor(shape, numbers, Origin.NUMBERS, null);
    }

    /// Weight and bias get theirs from that of the inputs, which is handed over last.
    ///
    /// @param of what the activation's gradient is written with
    private void pass(ActivationKernel f, Tensor states, Storage<?> of, Tensor weight, Tensor g, IntPredicate wanted,
            Gradients.Receiver to) {
        RecurrenceLoops<?> loops = RecurrenceLoops.of(states.storage(), weight.storage(), starts, states.length(1));
        Tensor byInputs = of(states.shape(), loops.toInputs(of, g.storage(), f.gradient()));
        if (wanted.test(1)) {
            Tensor before = of(states.shape(), loops.before(states.storage()));
            to.accept(1, Products.product(byInputs, true, before, false));
            Workspace.release(before);
        }
        if (wanted.test(2)) {
            to.accept(2, byInputs.sum(0));
        }
        if (wanted.test(0)) {
            to.accept(0, byInputs);
        } else {
            Workspace.release(byInputs);
        }
    }

    private void passRecorded(ActivationKernel f, List<Tensor> inputs, Tensor g, IntPredicate wanted,
            Gradients.Receiver to) {
        // As variables of their own, so that the walk ends with them.
        List<Tensor> own = inputs.stream()
                .map(x -> Tensor.result("recurrence", x.shape(), x.storage(), List.of(x), List.of(h -> h))).toList();
        List<Integer> asked = IntStream.range(0, own.size()).filter(wanted).boxed().toList();
        List<Tensor> gradients = Gradients.walk(stepByStep(f, own.get(0), own.get(1), own.get(2)), g,
                asked.stream().map(own::get).toList(), Gradients.Unreached.ZERO);
        for (int i = 0; i < asked.size(); i++) {
            to.accept(asked.get(i), gradients.get(i));
        }
    }

    /// The same from an operation for each step of each group: what second derivatives go through.
    Tensor stepByStep(ActivationKernel f, Tensor inputs, Tensor weight, Tensor bias) {
        List<Tensor> states = new ArrayList<>();
        int first = 0;
        for (int[] group : starts) {
            int end = first + group[group.length - 1];
            List<Tensor> steps = blocks(inputs.slice(0, first, end).plus(bias), group);
            for (int t = 0; t < steps.size(); t++) {
                Tensor step = steps.get(t);
                states.add(f.apply(t == 0
                        ? step
                        : states.getLast().slice(0, 0, step.length(0)).matmulTransposed(weight).plus(step)));
            }
            first = end;
        }
        return states.isEmpty() ? inputs : Tensor.concatenate(0, states);
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
