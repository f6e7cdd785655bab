package org.surprisal.tensor;

import java.util.List;
import org.surprisal.tensor.kernel.GateLoops;
import org.surprisal.tensor.kernel.Kernels;

/// A gated recurrent unit.
final class GruKernel extends CellKernel {
    private static final int GATES = 3;

    @Override
    public int gates() {
        return GATES;
    }

    @Override
    public int parts() {
        return 1;
    }

    @Override
    public List<Tensor> step(Tensor inputs, Tensor ofState, List<Tensor> before) {
        Tensor state = before.getFirst();
        Tensor reset = block(inputs, 0).plus(block(ofState, 0)).sigmoid();
        Tensor update = block(inputs, 1).plus(block(ofState, 1)).sigmoid();
        Tensor candidate = block(inputs, 2).plus(reset.times(block(ofState, 2))).tanh();
        return List.of(candidate.plus(update.times(state.minus(candidate))));
    }

    @Override
    <A> CellLoops<A> loops(Storage<A> inputs, Storage<A> bias, int rows, int units, boolean recorded) {
        int size = rows * units;
        return new Loops<>(inputs, bias, inputs.allocate(rows * GATES * units), inputs.allocate(size),
                inputs.allocate(size), inputs.allocate(size), units);
    }

    /// Arrays as [GateLoops#gru] has them.
    private record Loops<A>(Storage<A> inputs, Storage<A> bias, Storage<A> sums, Storage<A> recurrent, Storage<A> kept,
            Storage<A> states, int units) implements CellLoops<A> {
        /// Reset and update begin with what the inputs add; the candidate's reset does not apply to that.
        @Override
        public void begin(int from, int to) {
            RecurrenceLoops.addBias(inputs, bias, sums, from, to, GATES * units);
            Kernels<A> kernels = sums.kernels();
            for (int row = from; row < to; row++) {
                kernels.copy(bias.array(), 2 * units, 1, sums.array(), (row * GATES + 2) * units, 1, units);
            }
        }

        @Override
        public void open(int from, int to, int before, A space) {
            gates().gru(units, from, to, before, inputs.array(), sums.array(), recurrent.array(), kept.array(),
                    states.array(), space);
        }

        @Override
        public A space() {
            return states.kernels().allocate(GateLoops.SPACE * units);
        }

        private GateLoops<A> gates() {
            return states.kernels().gates();
        }

        @Override
        public Back<A> back(Storage<A> gradient) {
            return new Back<>() {
                private final Storage<A> byStates = gradient.copy();
                private final Storage<A> byInputs = gradient.allocate(sums.size());
                private final Storage<A> bySums = gradient.allocate(sums.size());

                @Override
                public Storage<A> byStates() {
                    return byStates;
                }

                @Override
                public Storage<A> byInputs() {
                    return byInputs;
                }

                @Override
                public Storage<A> bySums() {
                    return bySums;
                }

                @Override
                public void close(int from, int to, int before) {
                    gates().gruBack(units, from, to, before, sums.array(), recurrent.array(), kept.array(),
                            byStates.array(), byInputs.array(), bySums.array());
                }

                @Override
                public void release() {
                    Workspace.release(byStates);
                    Workspace.release(bySums);
                }
            };
        }
    }
}
