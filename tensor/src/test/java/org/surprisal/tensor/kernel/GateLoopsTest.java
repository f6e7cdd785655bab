package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The loops of cells with gates: SIMD against plain to the bit, and plain against float64, which RecurrenceTest holds
/// against differences.
class GateLoopsTest {
    private static final int ROWS = 5;

    /// Sums from tiny ones to such as shut a gate.
    private static float[] random(int seed, int length) {
        Random random = new Random(seed);
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (random.nextGaussian() * Math.exp(3 * random.nextGaussian()));
        }
        return numbers;
    }

    private static double[] doubles(float[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
    }

    private static int[] bits(float[] numbers) {
        return IntStream.range(0, numbers.length).map(i -> Float.floatToIntBits(numbers[i])).toArray();
    }

    /// Two rows of a first step and two of the second, forward and back; the fifth row stays as it is.
    private static <A> void run(GateLoops<A> loops, boolean memory, int units, A[] x) {
        if (memory) {
            loops.lstm(units, 0, 2, -1, x[0], x[1], x[2], x[3], x[4], x[5]);
            loops.lstm(units, 2, 4, 0, x[0], x[1], x[2], x[3], x[4], x[5]);
            loops.lstmBack(units, 2, 4, 0, x[0], x[2], x[3], x[6], x[7], x[8]);
            loops.lstmBack(units, 0, 2, -1, x[0], x[2], x[3], x[6], x[7], x[8]);
        } else {
            loops.gru(units, 0, 2, -1, x[1], x[0], x[2], x[3], x[4], x[5]);
            loops.gru(units, 2, 4, 0, x[1], x[0], x[2], x[3], x[4], x[5]);
            loops.gruBack(units, 2, 4, 0, x[0], x[2], x[3], x[6], x[7], x[8]);
            loops.gruBack(units, 0, 2, -1, x[0], x[2], x[3], x[6], x[7], x[8]);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 16", "true, 37", "true, 128", "false, 1", "false, 16", "false, 37", "false, 128"})
    void simdHasThePlainLoopsBitsAndTheirNumbersAreTrue(boolean memory, int units) {
        int gates = memory ? 4 : 3;
        int narrow = ROWS * units;
        int wide = gates * narrow;
        int[] lengths = {wide, memory ? narrow : wide, narrow, narrow, narrow, GateLoops.SPACE * units, narrow,
                memory ? narrow : wide, wide};
        float[][] plain = new float[lengths.length][];
        float[][] simd = new float[lengths.length][];
        double[][] exact = new double[lengths.length][];
        for (int i = 0; i < lengths.length; i++) {
            plain[i] = random(i, lengths[i]);
            simd[i] = plain[i].clone();
            exact[i] = doubles(plain[i]);
        }
        run(new PlainGateLoops(), memory, units, plain);
        run(new VectorGateLoops(), memory, units, simd);
        run(new DoubleGateLoops(), memory, units, exact);
        for (int i = 0; i < lengths.length; i++) {
            assertThat(bits(simd[i])).isEqualTo(bits(plain[i]));
            if (i == 5) {
                continue;
            }
            for (int k = 0; k < lengths[i]; k++) {
                // Differences of states lose up to the states' own rounding; sums beyond 80 have lost every digit.
                double size = Math.max(1, Math.abs(exact[i][k]));
                assertThat((double) plain[i][k]).isCloseTo(exact[i][k], Offset.offset(1e-5 * size));
            }
        }
    }
}
