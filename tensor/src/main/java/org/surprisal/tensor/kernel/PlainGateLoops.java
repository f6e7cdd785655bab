package org.surprisal.tensor.kernel;

import java.util.Arrays;

/// float32 in plain loops: the reference of [VectorGateLoops], to the bit, and the fall-back where there is no Vector
/// API.
class PlainGateLoops implements GateLoops<float[]> {
    @Override
    public void lstm(int units, int from, int to, int before, float[] sums, float[] memory, float[] opened,
            float[] forget,
            float[] states, float[] space) {
        Arrays.fill(space, 6 * units, 7 * units, 0);
        for (int row = from; row < to; row++) {
            int gates = row * 4 * units;
            activate(UnaryFunction.SIGMOID, sums, gates, space, 0, 2 * units);
            activate(UnaryFunction.TANH, sums, gates + 2 * units, space, 2 * units, units);
            activate(UnaryFunction.SIGMOID, sums, gates + 3 * units, space, 3 * units, units);
            float[] old = before < 0 ? space : memory;
            int oldAt = before < 0 ? 6 * units : (before + row - from) * units;
            remember(0, units, space, old, oldAt, memory, row * units);
            activate(UnaryFunction.TANH, space, 5 * units, space, 4 * units, units);
            openLstm(0, units, space, old, oldAt, sums, gates, opened, forget, states, row * units);
        }
    }

    /// c' from the gates' values in `space`, whose row 5 takes it too.
    ///
    /// @param first the first unit, here and below
    void remember(int first, int units, float[] space, float[] old, int oldAt, float[] memory, int at) {
        for (int j = first; j < units; j++) {
            float c = space[units + j] * old[oldAt + j] + space[j] * space[2 * units + j];
            memory[at + j] = c;
            space[5 * units + j] = c;
        }
    }

    /// h' and the coefficients of the way back, from the gates' values in rows 0 to 3 of `space`, their derivatives in
    /// `sums`, and tanh c' and its derivative in rows 4 and 5 of `space`.
    void openLstm(int first, int units, float[] space, float[] old, int oldAt, float[] sums, int gates, float[] opened,
            float[] forget,
            float[] states, int at) {
        for (int j = first; j < units; j++) {
            float output = space[3 * units + j];
            float tanh = space[4 * units + j];
            states[at + j] = output * tanh;
            opened[at + j] = output * space[5 * units + j];
            forget[at + j] = space[units + j];
            sums[gates + j] *= space[2 * units + j];
            sums[gates + units + j] *= old[oldAt + j];
            sums[gates + 2 * units + j] *= space[j];
            sums[gates + 3 * units + j] *= tanh;
        }
    }

    @Override
    public void lstmBack(int units, int from, int to, int before, float[] sums, float[] opened, float[] forget,
            float[] byState, float[] byMemory, float[] bySums) {
        for (int row = from; row < to; row++) {
            closeLstm(0, units, row, before < 0 ? row : before + row - from, sums, opened, forget, byState, byMemory,
                    bySums);
        }
    }

    /// @param old the row of the step before; where there is none this one, whose memory nobody asks for any more
    void closeLstm(int first, int units, int row, int old, float[] sums, float[] opened, float[] forget,
            float[] byState, float[] byMemory,
            float[] bySums) {
        int at = row * units;
        int gates = 4 * at;
        for (int j = first; j < units; j++) {
            float d = byState[at + j];
            float m = byMemory[at + j] + d * opened[at + j];
            bySums[gates + j] = m * sums[gates + j];
            bySums[gates + units + j] = m * sums[gates + units + j];
            bySums[gates + 2 * units + j] = m * sums[gates + 2 * units + j];
            bySums[gates + 3 * units + j] = d * sums[gates + 3 * units + j];
            byMemory[old * units + j] = m * forget[at + j];
        }
    }

    @Override
    public void gru(int units, int from, int to, int before, float[] inputs, float[] sums, float[] recurrent,
            float[] kept,
            float[] states, float[] space) {
        Arrays.fill(space, 6 * units, 7 * units, 0);
        for (int row = from; row < to; row++) {
            int gates = row * 3 * units;
            activate(UnaryFunction.SIGMOID, sums, gates, space, 0, 2 * units);
            propose(0, units, space, inputs, sums, gates + 2 * units);
            activate(UnaryFunction.TANH, space, 3 * units, space, 2 * units, units);
            float[] old = before < 0 ? space : states;
            int oldAt = before < 0 ? 6 * units : (before + row - from) * units;
            openGru(0, units, space, old, oldAt, sums, gates, recurrent, kept, states, row * units);
        }
    }

    /// What n is the tanh of, into row 3 of `space`, from the gates' values in its first rows.
    void propose(int first, int units, float[] space, float[] inputs, float[] sums, int candidate) {
        for (int j = first; j < units; j++) {
            space[3 * units + j] = inputs[candidate + j] + space[j] * sums[candidate + j];
        }
    }

    /// h' and the coefficients of the way back, from the values of r, z and n in rows 0 to 2 of `space`, the
    /// derivatives of r and z in `sums`, and that of n in row 3 of `space`.
    void openGru(int first, int units, float[] space, float[] old, int oldAt, float[] sums, int gates,
            float[] recurrent, float[] kept,
            float[] states, int at) {
        for (int j = first; j < units; j++) {
            float update = space[units + j];
            float slope = sums[gates + units + j];
            float candidate = space[2 * units + j];
            float difference = old[oldAt + j] - candidate;
            // The derivative is z (1 - z): divided by z it has the digits that 1 - z loses where z is nearly 1.
            float others = update > 0.5f ? slope / update : 1 - update;
            float byCandidate = others * space[3 * units + j];
            states[at + j] = others * candidate + update * old[oldAt + j];
            kept[at + j] = update;
            recurrent[at + j] = byCandidate * space[j];
            sums[gates + j] *= byCandidate * sums[gates + 2 * units + j];
            sums[gates + units + j] = slope * difference;
            sums[gates + 2 * units + j] = byCandidate;
        }
    }

    @Override
    public void gruBack(int units, int from, int to, int before, float[] sums, float[] recurrent, float[] kept,
            float[] byState, float[] byInputs, float[] bySums) {
        for (int row = from; row < to; row++) {
            closeGru(0, units, row, sums, recurrent, byState, byInputs, bySums);
            if (before >= 0) {
                keep(0, units, kept, row * units, byState, (before + row - from) * units);
            }
        }
    }

    void closeGru(int first, int units, int row, float[] sums, float[] recurrent, float[] byState, float[] byInputs,
            float[] bySums) {
        int at = row * units;
        int gates = 3 * at;
        for (int j = first; j < units; j++) {
            float d = byState[at + j];
            float byReset = d * sums[gates + j];
            float byUpdate = d * sums[gates + units + j];
            byInputs[gates + j] = byReset;
            byInputs[gates + units + j] = byUpdate;
            byInputs[gates + 2 * units + j] = d * sums[gates + 2 * units + j];
            bySums[gates + j] = byReset;
            bySums[gates + units + j] = byUpdate;
            bySums[gates + 2 * units + j] = d * recurrent[at + j];
        }
    }

    /// Adds to the gradient by the state before what comes through the part that is kept.
    void keep(int first, int units, float[] kept, int at, float[] byState, int old) {
        for (int j = first; j < units; j++) {
            byState[old + j] += byState[at + j] * kept[at + j];
        }
    }

    /// a = f(z) and then z = f'(z), for so many elements from these on.
    void activate(UnaryFunction f, float[] z, int from, float[] a, int aFrom, int length) {
        PlainNarrowLoops.activate(f, z, from, a, aFrom, length);
    }
}
