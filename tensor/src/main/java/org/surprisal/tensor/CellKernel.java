package org.surprisal.tensor;

import java.util.List;

/// A recurrent cell whose step and whose gradient are a loop each, so that a [Recurrence] can compute all steps of all
/// sequences where the numbers lie. [#step] is the same cell from an operation for each part.
public abstract sealed class CellKernel
        permits
        ElmanKernel,
        LstmKernel,
        GruKernel {
    CellKernel() {
    }

    /// A network without gates, h' = f(x + W h + b) (Elman 1990).
    public static CellKernel elman(ActivationKernel f) {
        return new ElmanKernel(f);
    }

    /// Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). With a = x +
    /// W h + b in blocks of the order input, forget, candidate, output, which is PyTorch's i, f, g, o, and s the
    /// sigmoid:
    ///
    ///     c' = s(a_f) c + s(a_i) tanh(a_g),    h' = s(a_o) tanh(c')
    public static CellKernel lstm() {
        return new LstmKernel();
    }

    /// The gated recurrent unit (Cho et al. 2014) in PyTorch's form: blocks of the order reset, update, candidate (r,
    /// z, n), the reset applied to what the state gives, its bias included, rather than to the state. With a = W h + b
    /// and s the sigmoid:
    ///
    ///     n = tanh(x_n + s(x_r + a_r) a_n),    h' = (1 - s(x_z + a_z)) n + s(x_z + a_z) h
    public static CellKernel gru() {
        return new GruKernel();
    }

    /// Blocks of units in what is added up before gates open: 1 without gates.
    public abstract int gates();

    /// How many tensors a state has, the output first.
    public abstract int parts();

    /// One step of n sequences, operation by operation.
    ///
    /// @param inputs what the inputs add, shape (n, gates x units)
    /// @param ofState what weight and bias make of the output before, W h + b, of the same shape
    /// @param before the state before, [#parts] tensors of shape (n, units)
    /// @return the state after
    public abstract List<Tensor> step(Tensor inputs, Tensor ofState, List<Tensor> before);

    /// The loops of one pass forward.
    ///
    /// @param recorded whether there may be a way back
    abstract <A> CellLoops<A> loops(Storage<A> inputs, Storage<A> bias, int rows, int units, boolean recorded);

    /// One gate's block of (n, gates x units).
    final Tensor block(Tensor gates, int index) {
        int units = gates.length(1) / gates();
        return gates.slice(1, index * units, (index + 1) * units);
    }
}
