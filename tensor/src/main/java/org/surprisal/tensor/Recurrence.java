package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.kernel.BinaryFunction;
import org.surprisal.tensor.kernel.UnaryFunction;

/// Sequences of different lengths that a network without gates reads step by step, all steps in one operation:
///
///     h_t = f(x_t + W h_(t-1) + b),    h_0 = 0
///
/// The steps lie in rows: all first steps, then all second ones, and so on, longer sequences first, so that the sequences that go on are
/// the first of those before. Where there are several groups of sequences, their rows lie one group after the other; groups are
/// computed side by side.
///
/// ```java
/// Recurrence names = new Recurrence(new int[]{0, 3, 6, 7}); // a name of three letters and two of two
/// Tensor states = names.states(Recurrence.Function.TANH, letters, weight, bias); // (7, units) from (7, units)
/// ```
public final class Recurrence {
    private final int[][] starts;
    private final int rows;

    /// The activation.
    public enum Function {
        TANH(UnaryFunction.TANH, BinaryFunction.TANH_GRADIENT) {
            @Override
            Tensor of(Tensor x) {
                return x.tanh();
            }
        },
        SIGMOID(UnaryFunction.SIGMOID, BinaryFunction.SIGMOID_GRADIENT) {
            @Override
            Tensor of(Tensor x) {
                return x.sigmoid();
            }
        },
        RELU(UnaryFunction.RELU, BinaryFunction.RELU_GRADIENT) {
            @Override
            Tensor of(Tensor x) {
                return x.relu();
            }
        };

        private final UnaryFunction value;
        private final BinaryFunction gradient;

        Function(UnaryFunction value, BinaryFunction gradient) {
            this.value = value;
            this.gradient = gradient;
        }

        abstract Tensor of(Tensor x);
    }

    /// @param starts for each group where its steps start, counted from the group's first row, and where the last one ends
    /// @throws IllegalArgumentException when a group does not start at 0, or a step has more sequences than the one before
    public Recurrence(int[]... starts) {
        this.starts = Arrays.stream(starts).map(int[]::clone).toArray(int[][]::new);
        int total = 0;
        for (int[] group : this.starts) {
            boolean fits = group.length > 0 && group[0] == 0;
            for (int t = 1; fits && t < group.length; t++) {
                int size = group[t] - group[t - 1];
                fits = size > 0 && (t == 1 || size <= group[t - 1] - group[t - 2]);
            }
            if (!fits) {
                throw new IllegalArgumentException("a group's steps start at 0 and have sequences, never more than the"
                        + " step before; not so " + Arrays.toString(group));
            }
            total = Math.addExact(total, group[group.length - 1]);
        }
        this.rows = total;
    }

    /// The state after every step, shape (rows, units).
    ///
    /// @param inputs what the inputs add to each step, shape (rows, units)
    /// @param weight of the state before, shape (units, units)
    /// @param bias shape (units)
    /// @throws IllegalArgumentException where shapes or element types do not fit
    public Tensor states(Function f, Tensor inputs, Tensor weight, Tensor bias) {
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
        Storage<?> states = RecurrenceLoops.of(inputs.storage(), weight.storage(), starts, inputs.length(1))
                .states(inputs.storage(), bias.storage(), f.value);
        List<Tensor> variables = List.of(inputs, weight, bias);
        Backward backward = new Backward(f, variables, states);
        return Tensor.result("recurrence", inputs.shape(), states, variables,
                IntStream.range(0, variables.size()).<UnaryOperator<Tensor>>mapToObj(i -> g -> backward.to(i, g))
                        .toList());
    }

    /// The same from an operation for each step of each group: what second derivatives go through.
    Tensor stepByStep(Function f, Tensor inputs, Tensor weight, Tensor bias) {
        List<Tensor> states = new ArrayList<>();
        int first = 0;
        for (int[] group : starts) {
            for (int t = 0; t + 1 < group.length; t++) {
                Tensor input = inputs.slice(0, first + group[t], first + group[t + 1]).plus(bias);
                states.add(f.of(t == 0
                        ? input
                        : states.getLast().slice(0, 0, input.length(0)).matmulTransposed(weight).plus(input)));
            }
            first += group[group.length - 1];
        }
        return states.isEmpty() ? inputs : Tensor.concatenate(0, states);
    }

    /// The backward pass: two products and a sum of the gradient by the inputs.
    private final class Backward {
        private final Function f;
        private final List<Tensor> variables;
        private final Tensor states;
        private @Nullable Tensor last;
        private @Nullable Tensor byInputs;

        Backward(Function f, List<Tensor> variables, Storage<?> states) {
            this.f = f;
            this.variables = variables;
            this.states = new Tensor(variables.getFirst().shape(), states, false, null);
        }

        /// The gradient by variable i.
        ///
        /// @param g that by the states
        Tensor to(int i, Tensor g) {
            if (Tracking.isOn()) {
                // As variables of their own, so that the walk ends with them.
                List<Tensor> own = variables.stream().map(x -> Tensor.result("as it was", x.shape(), x.storage(),
                        List.of(x), List.of(h -> h))).toList();
                return Gradients.walk(stepByStep(f, own.get(0), own.get(1), own.get(2)), g, List.of(own.get(i)))
                        .getFirst();
            }
            Tensor d = byInputs;
            if (d == null || g != last || i == 0) {
                d = like(states, loops().toInputs(states.storage(), g.storage(), f.gradient));
                byInputs = d;
                last = g;
            }
            return switch (i) {
                case 0 -> d;
                case 1 -> Products.product(d, true, like(states, loops().before(states.storage())), false);
                default -> d.sum(0);
            };
        }

        private RecurrenceLoops<?> loops() {
            return RecurrenceLoops.of(states.storage(), variables.get(1).storage(), starts, states.length(1));
        }

        private static Tensor like(Tensor x, Storage<?> numbers) {
            return new Tensor(x.shape(), numbers, false, null);
        }
    }
}
