package org.surprisal.tensor;

import java.util.List;
import org.surprisal.tensor.kernel.Kernels;

/// A cell without gates.
final class ElmanKernel extends CellKernel {
    private final ActivationKernel f;

    ElmanKernel(ActivationKernel f) {
        this.f = f;
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public int parts() {
        return 1;
    }

    @Override
    public List<Tensor> step(Tensor inputs, Tensor ofState, List<Tensor> before) {
        return List.of(f.apply(inputs.plus(ofState)));
    }

    @Override
    <A> CellLoops<A> loops(Storage<A> inputs, Storage<A> bias, int rows, int units, boolean recorded) {
        Storage<A> states = inputs.allocate(rows * units);
        // What the activation's gradient is written with.
        Storage<A> kept = recorded && !f.isByValue() ? inputs.allocate(rows * units) : states;
        return new Loops<>(f, inputs, bias, states, kept, units);
    }

    /// The sums lie where the states are going to be.
    private record Loops<A>(ActivationKernel f, Storage<A> inputs, Storage<A> bias, Storage<A> states, Storage<A> kept,
            int units) implements CellLoops<A> {
        @Override
        public Storage<A> sums() {
            return states;
        }

        @Override
        public void begin(int from, int to) {
            RecurrenceLoops.addBias(inputs, bias, states, from, to, units);
        }

        @Override
        public void open(int from, int to, int before, A space) {
            Kernels<A> kernels = states.kernels();
            A h = states.array();
            if (kept != states) {
                kernels.copy(h, from * units, 1, kept.array(), from * units, 1, (to - from) * units);
            }
            kernels.map(f.value(), h, h, from * units, to * units);
        }

        @Override
        public A space() {
            return states.kernels().allocate(0);
        }

        @Override
        public Back<A> back(Storage<A> gradient) {
            return new Back<>() {
                private final Storage<A> by = gradient.copy();

                @Override
                public Storage<A> byStates() {
                    return by;
                }

                @Override
                public Storage<A> byInputs() {
                    return by;
                }

                @Override
                public Storage<A> bySums() {
                    return by;
                }

                @Override
                public void close(int from, int to, int before) {
                    A d = by.array();
                    by.kernels().combine(f.gradient(), d, kept.array(), d, from * units, to * units);
                }

                @Override
                public void release() {
                }
            };
        }
    }
}
