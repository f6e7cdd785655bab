package org.surprisal.tensor;

import java.util.List;
import org.surprisal.tensor.kernel.GateLoops;

/// A cell with a memory.
final class LstmKernel extends CellKernel {
    private static final int GATES = 4;

    @Override
    public int gates() {
        return GATES;
    }

    @Override
    public int parts() {
        return 2;
    }

    @Override
    public List<Tensor> step(Tensor inputs, Tensor ofState, List<Tensor> before) {
        Tensor sums = inputs.plus(ofState);
        Tensor input = block(sums, 0).sigmoid();
        Tensor forget = block(sums, 1).sigmoid();
        Tensor candidate = block(sums, 2).tanh();
        Tensor output = block(sums, 3).sigmoid();
        Tensor memory = forget.times(before.get(1)).plus(input.times(candidate));
        return List.of(output.times(memory.tanh()), memory);
    }

    @Override
    <A> CellLoops<A> loops(Storage<A> inputs, Storage<A> bias, int rows, int units, boolean recorded) {
        int size = rows * units;
        return new Loops<>(inputs, bias, inputs.allocate(rows * GATES * units), inputs.allocate(size),
                inputs.allocate(size), inputs.allocate(size), inputs.allocate(size), units);
    }

    /// Arrays as [GateLoops#lstm] has them.
    private record Loops<A>(Storage<A> inputs, Storage<A> bias, Storage<A> sums, Storage<A> memory, Storage<A> opened,
            Storage<A> forget, Storage<A> states, int units) implements CellLoops<A> {
        @Override
        public void begin(int from, int to) {
            RecurrenceLoops.addBias(inputs, bias, sums, from, to, GATES * units);
        }

        @Override
        public void open(int from, int to, int before, A space) {
            gates().lstm(units, from, to, before, sums.array(), memory.array(), opened.array(), forget.array(),
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
                private final Storage<A> byMemory = gradient.allocateZeros(gradient.size());
                private final Storage<A> bySums = gradient.allocate(sums.size());

                @Override
                public Storage<A> byStates() {
                    return byStates;
                }

                @Override
                public Storage<A> byInputs() {
                    return bySums;
                }

                @Override
                public Storage<A> bySums() {
                    return bySums;
                }

                @Override
                public void close(int from, int to, int before) {
                    gates().lstmBack(units, from, to, before, sums.array(), opened.array(), forget.array(),
                            byStates.array(), byMemory.array(), bySums.array());
                }

                @Override
                public void release() {
                    Workspace.release(byStates);
                    Workspace.release(byMemory);
                }
            };
        }
    }
}
