package org.surprisal.tensor.kernel;

/// The loops of recurrent cells with gates, over the rows of one time step: each row is the step of one sequence.
///
/// A step is linear in what comes back, so the way forward leaves the coefficients, products of the gates' values and
/// derivatives, where the gates' sums were; the way back only multiplies. Derivatives keep their relative precision
/// where a gate is nearly 0 or 1.
///
/// Arrays have `units` numbers a row, those with blocks of gates as many for each gate, and one block lies behind the
/// other. `before` is the row of the first sequence's step before; -1 where sequences start, from zeros.
///
/// @param <A> array of the element type
public interface GateLoops<A> {
    /// Rows of `units` numbers that a step needs as space.
    int SPACE = 8;

    /// A step of long short-term memory, with sums a in blocks i, f, g, o:
    ///
    ///     c' = s(a_f) c + s(a_i) tanh(a_g),    h' = s(a_o) tanh(c'),    s the sigmoid
    ///
    /// @param sums four blocks a row; takes dc'/da_i, dc'/da_f, dc'/da_g and dh'/da_o
    /// @param memory c, and c' at the rows of this step
    /// @param opened takes dh'/dc'
    /// @param forget takes s(a_f), which is dc'/dc
    /// @param states takes h'
    /// @param space [#SPACE] times `units` numbers
    void lstm(int units, int from, int to, int before, A sums, A memory, A opened, A forget, A states, A space);

    /// The way back through [#lstm].
    ///
    /// @param sums what the way forward left there, as in `opened` and `forget`
    /// @param byState the gradient by h'
    /// @param byMemory that by c' except for its part through h'; takes that by c at the rows before
    /// @param bySums takes the gradient by the sums
    void lstmBack(int units, int from, int to, int before, A sums, A opened, A forget, A byState, A byMemory,
            A bySums);

    /// A step of gated recurrent units, with blocks r, z, n; for r and z the sums a are whole, for n what the inputs
    /// add, x, lies apart from what the state adds, a:
    ///
    ///     n = tanh(x_n + s(a_r) a_n),    h' = (1 - s(a_z)) n + s(a_z) h,    s the sigmoid
    ///
    /// @param inputs three blocks a row, of which the last is x_n
    /// @param sums three blocks a row; takes dh'/da_r, dh'/da_z and dh'/dx_n
    /// @param recurrent takes dh'/da_n
    /// @param kept takes s(a_z), which is dh'/dh except for the part through the sums
    /// @param states h, and h' at the rows of this step
    /// @param space [#SPACE] times `units` numbers
    void gru(int units, int from, int to, int before, A inputs, A sums, A recurrent, A kept, A states, A space);

    /// The way back through [#gru].
    ///
    /// @param sums what the way forward left there, as in `recurrent` and `kept`
    /// @param byState the gradient by h'; that by h, except for the part through the sums, is added at the rows before
    /// @param byInputs takes the gradient by what the inputs add to the gates
    /// @param bySums takes the gradient by what the state adds to them
    void gruBack(int units, int from, int to, int before, A sums, A recurrent, A kept, A byState, A byInputs,
            A bySums);
}
