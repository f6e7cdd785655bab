package org.surprisal.network.layer;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.surprisal.tensor.CellKernel;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// One step of a recurrent network: from the state before and an input to the state after. [Recurrent] runs it along
/// sequences; steps one by one write sequences, letter after letter say:
///
/// ```java
/// RecurrentCell.State state = cell.start(ElementType.FLOAT32, 1);
/// state = cell.step(cell.project(letter), state); // letter: (1, features); state.output(): (1, hidden)
/// ```
public sealed interface RecurrentCell
        permits
        ElmanCell,
        LstmCell,
        GruCell {
    RecurrentWeights weights();

    /// The loops with which one operation computes all steps; empty for an activation that has none.
    Optional<CellKernel> kernel();

    /// The input's share in the gates: (n, features) becomes (n, gates x hidden). It depends on no state, so that one
    /// product can serve all steps.
    default Tensor project(Tensor input) {
        return weights().ofInput(input);
    }

    /// The state that a sequence starts from: zeros.
    default State start(ElementType type, int samples) {
        return State.zeros(1, type, samples, weights().units());
    }

    /// One step of n sequences.
    ///
    /// @param projected the inputs' [#project]ion, shape (n, gates x hidden)
    State step(Tensor projected, State before);

    /// What a cell keeps from step to step, for n sequences.
    ///
    /// @param parts each of shape (n, hidden); the first is the output
    record State(List<Tensor> parts) {
        public State {
            parts = List.copyOf(parts);
        }

        static State of(Tensor... parts) {
            return new State(List.of(parts));
        }

        static State zeros(int parts, ElementType type, int samples, int units) {
            return new State(Collections.nCopies(parts, Tensor.zeros(type, samples, units)));
        }

        /// What the next layer sees, shape (n, hidden).
        public Tensor output() {
            return parts.getFirst();
        }

        /// Number of sequences.
        public int samples() {
            return output().length(0);
        }

        /// The states of the first sequences alone.
        State first(int samples) {
            return samples == samples()
                    ? this
                    : new State(parts.stream().map(part -> part.slice(0, 0, samples)).toList());
        }
    }
}
