package org.surprisal.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// float32 in SIMD lanes of the machine's preferred width: the same steps as [PlainGateLoops], hence the same bits.
/// Units that fill no whole vector are left to it.
final class VectorGateLoops extends PlainGateLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = SPECIES.length();

    @Override
    void activate(UnaryFunction f, float[] z, int from, float[] a, int aFrom, int length) {
        VectorNarrowLoops.simd(f, z, from, a, aFrom, length);
    }

    @Override
    void remember(int first, int units, float[] space, float[] old, int oldAt, float[] memory, int at) {
        int end = whole(first, units);
        for (int j = first; j < end; j += WIDTH) {
            FloatVector c = load(space, units + j).mul(load(old, oldAt + j))
                    .add(load(space, j).mul(load(space, 2 * units + j)));
            c.intoArray(memory, at + j);
            c.intoArray(space, 5 * units + j);
        }
        super.remember(end, units, space, old, oldAt, memory, at);
    }

    @Override
    void openLstm(int first, int units, float[] space, float[] old, int oldAt, float[] sums, int gates, float[] opened,
            float[] forget, float[] states, int at) {
        int end = whole(first, units);
        for (int j = first; j < end; j += WIDTH) {
            FloatVector output = load(space, 3 * units + j);
            FloatVector tanh = load(space, 4 * units + j);
            output.mul(tanh).intoArray(states, at + j);
            output.mul(load(space, 5 * units + j)).intoArray(opened, at + j);
            load(space, units + j).intoArray(forget, at + j);
            int g = gates + j;
            load(sums, g).mul(load(space, 2 * units + j)).intoArray(sums, g);
            load(sums, g + units).mul(load(old, oldAt + j)).intoArray(sums, g + units);
            load(sums, g + 2 * units).mul(load(space, j)).intoArray(sums, g + 2 * units);
            load(sums, g + 3 * units).mul(tanh).intoArray(sums, g + 3 * units);
        }
        super.openLstm(end, units, space, old, oldAt, sums, gates, opened, forget, states, at);
    }

    @Override
    void closeLstm(int first, int units, int row, int old, float[] sums, float[] opened, float[] forget,
            float[] byState, float[] byMemory, float[] bySums) {
        int end = whole(first, units);
        for (int j = first; j < end; j += WIDTH) {
            int at = row * units + j;
            int g = 4 * row * units + j;
            FloatVector d = load(byState, at);
            FloatVector m = load(byMemory, at).add(d.mul(load(opened, at)));
            m.mul(load(sums, g)).intoArray(bySums, g);
            m.mul(load(sums, g + units)).intoArray(bySums, g + units);
            m.mul(load(sums, g + 2 * units)).intoArray(bySums, g + 2 * units);
            d.mul(load(sums, g + 3 * units)).intoArray(bySums, g + 3 * units);
            m.mul(load(forget, at)).intoArray(byMemory, old * units + j);
        }
        super.closeLstm(end, units, row, old, sums, opened, forget, byState, byMemory, bySums);
    }

    @Override
    void propose(int first, int units, float[] space, float[] inputs, float[] sums, int candidate) {
        int end = whole(first, units);
        for (int j = first; j < end; j += WIDTH) {
            load(inputs, candidate + j).add(load(space, j).mul(load(sums, candidate + j)))
                    .intoArray(space, 3 * units + j);
        }
        super.propose(end, units, space, inputs, sums, candidate);
    }

    @Override
    void openGru(int first, int units, float[] space, float[] old, int oldAt, float[] sums, int gates,
            float[] recurrent, float[] kept, float[] states, int at) {
        int end = whole(first, units);
        for (int j = first; j < end; j += WIDTH) {
            int g = gates + j;
            FloatVector update = load(space, units + j);
            FloatVector slope = load(sums, g + units);
            FloatVector candidate = load(space, 2 * units + j);
            FloatVector difference = load(old, oldAt + j).sub(candidate);
            FloatVector others = broadcast(1).sub(update).blend(slope.div(update),
                    update.compare(VectorOperators.GT, 0.5f));
            FloatVector byCandidate = others.mul(load(space, 3 * units + j));
            others.mul(candidate).add(update.mul(load(old, oldAt + j))).intoArray(states, at + j);
            update.intoArray(kept, at + j);
            byCandidate.mul(load(space, j)).intoArray(recurrent, at + j);
            load(sums, g).mul(byCandidate.mul(load(sums, g + 2 * units))).intoArray(sums, g);
            slope.mul(difference).intoArray(sums, g + units);
            byCandidate.intoArray(sums, g + 2 * units);
        }
        super.openGru(end, units, space, old, oldAt, sums, gates, recurrent, kept, states, at);
    }

    @Override
    void closeGru(int first, int units, int row, float[] sums, float[] recurrent, float[] byState, float[] byInputs,
            float[] bySums) {
        int end = whole(first, units);
        for (int j = first; j < end; j += WIDTH) {
            int at = row * units + j;
            int g = 3 * row * units + j;
            FloatVector d = load(byState, at);
            FloatVector byReset = d.mul(load(sums, g));
            FloatVector byUpdate = d.mul(load(sums, g + units));
            byReset.intoArray(byInputs, g);
            byUpdate.intoArray(byInputs, g + units);
            d.mul(load(sums, g + 2 * units)).intoArray(byInputs, g + 2 * units);
            byReset.intoArray(bySums, g);
            byUpdate.intoArray(bySums, g + units);
            d.mul(load(recurrent, at)).intoArray(bySums, g + 2 * units);
        }
        super.closeGru(end, units, row, sums, recurrent, byState, byInputs, bySums);
    }

    @Override
    void keep(int first, int units, float[] kept, int at, float[] byState, int old) {
        int end = whole(first, units);
        for (int j = first; j < end; j += WIDTH) {
            load(byState, old + j).add(load(byState, at + j).mul(load(kept, at + j))).intoArray(byState, old + j);
        }
        super.keep(end, units, kept, at, byState, old);
    }

    private static int whole(int first, int units) {
        return first + (units - first) / WIDTH * WIDTH;
    }

    private static FloatVector load(float[] x, int i) {
        return FloatVector.fromArray(SPECIES, x, i);
    }

    private static FloatVector broadcast(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
