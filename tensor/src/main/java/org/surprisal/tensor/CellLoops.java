package org.surprisal.tensor;

/// What a cell does at the rows of a step in a pass of a [Recurrence]: first its sums get what they have without the
/// state before, then the recurrence adds the product of that state and the weight, then the cell opens its gates.
interface CellLoops<A> {
    /// Where the product is added, shape (rows, gates x units).
    Storage<A> sums();

    /// The states after each step, shape (rows, units).
    Storage<A> states();

    /// Fills the sums of these rows with what they have without the state before.
    void begin(int from, int to);

    /// Makes states of sums.
    ///
    /// @param from the first row of the step
    /// @param to behind its last
    /// @param before the first row of the step before; -1 where there is none
    /// @param space of a group of sequences, as [#space] makes it
    void open(int from, int to, int before, A space);

    /// Numbers that only the steps of one group use.
    A space();

    /// The way back, which may be asked for any number of times.
    ///
    /// @param gradient by the states, shape (rows, units)
    Back<A> back(Storage<A> gradient);

    /// The way back of a cell. At each step, last steps first, the cell turns the gradient by its states into that by
    /// its sums, and the recurrence adds the product of that and the weight to the gradient by the states before.
    interface Back<A> {
        /// The gradient by the states, which later steps have been added to.
        Storage<A> byStates();

        /// The gradient by what the inputs add.
        Storage<A> byInputs();

        /// The gradient by what weight and bias make of the states before.
        Storage<A> bySums();

        /// Fills the gradients of these rows, and adds to `byStates` at the rows before what does not go through the
        /// sums.
        void close(int from, int to, int before);

        /// Gives the memory back that is of no use outside.
        void release();
    }
}
