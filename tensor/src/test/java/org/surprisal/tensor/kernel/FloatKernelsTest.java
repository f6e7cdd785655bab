package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The float32 kernels: SIMD against plain to the bit, cold against warm, and plain against the float64 definition.
class FloatKernelsTest {
    private static final PlainFloatKernels PLAIN = new PlainFloatKernels(new PlainFloatProduct());
    private static final PlainFloatKernels SIMD = new VectorFloatKernels(new PlainFloatProduct());

    /// Every 4,099th bit pattern: all exponents, both signs, subnormals, infinities, NaN; and a dense range around
    /// zero.
    private static float[] numbers() {
        int patterns = (int) ((1L << 32) / 4099);
        float[] x = new float[patterns + 40_003];
        for (int i = 0; i < patterns; i++) {
            x[i] = Float.intBitsToFloat((int) (i * 4099L));
        }
        for (int i = 0; i < 40_003; i++) {
            x[patterns + i] = (i - 20_001) * 1e-3f;
        }
        return x;
    }

    private static int differentBits(float[] a, float[] b) {
        int different = 0;
        for (int i = 0; i < a.length; i++) {
            if (Float.floatToIntBits(a[i]) != Float.floatToIntBits(b[i])) {
                different++;
            }
        }
        return different;
    }

    @ParameterizedTest
    @EnumSource
    void simdEqualsPlainColdAndWarm(UnaryFunction f) {
        float[] x = numbers();
        float[] cold = new float[x.length];
        // Element by element at first: no loop has been compiled yet.
        for (int i = 0; i < 1000; i++) {
            SIMD.map(f, x, cold, i, i + 1);
        }
        SIMD.map(f, x, cold, 1000, x.length);
        float[] warm = new float[x.length];
        for (int i = 0; i < 5; i++) {
            SIMD.map(f, x, warm, 0, x.length);
        }
        float[] plain = new float[x.length];
        PLAIN.map(f, x, plain, 0, x.length);
        assertThat(differentBits(cold, warm)).isZero();
        assertThat(differentBits(plain, warm)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void plainIsWithinTwoAndAHalfUnitsInTheLastPlace(UnaryFunction f) {
        float[] x = numbers();
        float[] y = new float[x.length];
        PLAIN.map(f, x, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double truth = f.apply(x[i]);
            float nearest = (float) truth;
            boolean finite = !Float.isNaN(nearest) && !Float.isInfinite(nearest);
            boolean right = finite
                    ? Math.abs(y[i] - truth) <= 2.5 * Math.ulp(nearest)
                    : Float.compare(y[i], nearest) == 0;
            // A million assertions a function, each with its message, would take longer than the kernels.
            if (!right) {
                fail(f + " " + x[i] + " is " + truth + ", not " + y[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void binaryFunctionsEqualTheirDefinition(BinaryFunction f) {
        Random random = new Random(3);
        float[] x = new float[1003];
        float[] y = new float[1003];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) random.nextGaussian();
        }
        y[5] = 0;
        float[] simd = new float[x.length];
        float[] plain = new float[x.length];
        SIMD.combine(f, x, y, simd, 0, x.length);
        PLAIN.combine(f, x, y, plain, 0, x.length);
        assertThat(differentBits(simd, plain)).isZero();
        for (int i = 0; i < x.length; i++) {
            double truth = f.apply(x[i], y[i]);
            // three roundings at most, of terms no larger than |x| (1 + y^2)
            double scale = Math.max(Math.abs(truth), Math.abs(x[i]) * (1 + y[i] * y[i]));
            if (Double.isInfinite(truth)) {
                assertThat(plain[i]).isEqualTo((float) truth);
            } else {
                assertThat(Math.abs(plain[i] - truth)).isLessThanOrEqualTo(2e-7 * scale);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void simdCombinesAsPlain(BinaryFunction f) {
        float[] x = numbers();
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[(int) (i * 7919L % x.length)];
        }
        float[] simd = new float[x.length];
        float[] plain = new float[x.length];
        SIMD.combine(f, x, y, simd, 3, x.length - 2);
        PLAIN.combine(f, x, y, plain, 3, x.length - 2);
        assertThat(differentBits(plain, simd)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 6, 7, 8, 9, 12, 14, 15, 16, 17, 24, 28, 31, 33, 63, 64, 65, 100})
    void simdMovesAsPlain(int length) {
        float[] x = Arrays.copyOfRange(numbers(), 900_000, 900_300);
        for (int step : new int[]{1, 2}) {
            float[] simd = Arrays.copyOfRange(numbers(), 910_000, 910_300);
            float[] plain = simd.clone();
            SIMD.copy(x, 5, step, simd, 7, 1, length);
            PLAIN.copy(x, 5, step, plain, 7, 1, length);
            SIMD.accumulate(0.3, x, 11, 1, simd, 2, step, length);
            PLAIN.accumulate(0.3, x, 11, 1, plain, 2, step, length);
            assertThat(simd).isEqualTo(plain);
        }
    }

    @Test
    void simdFindsTheLargestAsPlain() {
        Random random = new Random(2);
        float[] x = new float[1000];
        for (int i = 0; i < x.length; i++) {
            int kind = random.nextInt(20);
            // Many equals, some that are no numbers.
            x[i] = kind == 0 ? Float.NaN : kind == 1 ? Float.NEGATIVE_INFINITY : random.nextInt(4) - 2;
        }
        // Row by row: whole vectors, what is left of them, rows shorter than one; 3 x 3 windows as well as 2 x 2.
        for (int length : new int[]{1, 3, 4, 7, 8, 12, 14, 16, 33}) {
            for (int rows : new int[]{1, 2, 5}) {
                for (int[] offsets : new int[][]{{0, 1, 70, 71}, {0, 1, 2, 70, 71, 72, 140, 141, 142}, {0}}) {
                    int last = (rows - 1) * 140 + (length - 1) * 2 + offsets[offsets.length - 1];
                    for (int from : new int[]{5, x.length - 1 - last}) {
                        int[] simd = new int[rows * length + 20];
                        int[] plain = new int[rows * length + 20];
                        SIMD.largest(x, from, 2, 140, rows, length, offsets, simd, 9);
                        PLAIN.largest(x, from, 2, 140, rows, length, offsets, plain, 9);
                        assertThat(simd).isEqualTo(plain);
                    }
                }
            }
        }
    }

    /// Rows of one element to several vectors, at the very end of both arrays too.
    @Test
    void simdCopiesAndAddsRowsAsPlain() {
        Random random = new Random(3);
        float[] x = new float[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat();
        }
        for (int length : new int[]{1, 2, 3, 4, 5, 7, 8, 9, 14, 15, 16, 17, 28, 31, 32, 33, 50, 64, 65, 80}) {
            for (int rows : new int[]{1, 2, 3, 9}) {
                for (int step : new int[]{1, 2}) {
                    int row = length * step + 1;
                    int reach = (rows - 1) * row + (length - 1) * step + 1;
                    if (reach > x.length) {
                        continue;
                    }
                    for (int from : new int[]{0, x.length - reach}) {
                        float[] simd = new float[7 + rows * length];
                        float[] plain = simd.clone();
                        SIMD.gatherRows(x, from, step, row, simd, 7, rows, length);
                        PLAIN.gatherRows(x, from, step, row, plain, 7, rows, length);
                        assertThat(simd).isEqualTo(plain);
                        assertThat(plain[7 + rows * length - 1]).isEqualTo(x[from + reach - 1]);
                        float[] bySimd = x.clone();
                        float[] byPlain = x.clone();
                        SIMD.spreadRows(simd, 7, bySimd, from, step, row, rows, length);
                        PLAIN.spreadRows(plain, 7, byPlain, from, step, row, rows, length);
                        assertThat(bySimd).isEqualTo(byPlain);
                        assertThat(byPlain[from + reach - 1]).isEqualTo(2 * x[from + reach - 1]);
                    }
                }
            }
        }
    }

    @Test
    void rangesTouchNothingElse() {
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        float[] out = new float[12];
        SIMD.map(UnaryFunction.TANH, x, out, 1, 11);
        assertThat(out[0]).isZero();
        assertThat(out[11]).isZero();
        assertThat(out[10]).isEqualTo(1);
    }

    @Test
    void sumsKeepTheirPrecision() {
        float[] x = new float[1_000_001];
        double truth = 0;
        Random random = new Random(4);
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat();
            truth += x[i];
        }
        assertThat(PLAIN.sum(x, 0, x.length)).isCloseTo(truth, org.assertj.core.data.Percentage.withPercentage(1e-10));
    }

    /// Narrow rows and wide ones, numbers that are not finite, no row at all; nothing beside the sums is touched.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 14, 15, 16, 17})
    void sumsOfColumnsAreThoseOfOneAfterTheOther(int columns) {
        Random random = new Random(columns);
        for (int rows : new int[]{0, 1, 2, 50}) {
            float[] x = new float[2 + rows * columns];
            for (int i = 0; i < x.length; i++) {
                x[i] = i % 40 == 17 ? Float.POSITIVE_INFINITY : i % 90 == 5 ? -0f : random.nextFloat() - 0.5f;
            }
            x[x.length - 1] = Float.NaN;
            float[] out = new float[columns + 2];
            Arrays.fill(out, 7);
            PLAIN.sumRows(x, 2, rows, columns, out, 1);
            float[] expected = new float[columns + 2];
            expected[0] = 7;
            expected[columns + 1] = 7;
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += x[2 + i * columns + j];
                }
                expected[1 + j] = (float) sum;
            }
            assertThat(out).isEqualTo(expected);
        }
    }

    /// Widths with and without whole strips of vectors, rows with and without terms; what stood in `out` is gone.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 31, 32, 33, 100, 200})
    void weighedRowsEqualThePlainOnesAndTheirDefinition(int width) {
        Random random = new Random(width);
        double[] values = random.doubles(9, -1, 1).toArray();
        int[] rows = random.ints(9, 0, 5).toArray();
        float[] x = new float[5 * width];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        for (int from = 0; from <= 9; from += 3) {
            float[] simd = new float[width + 2];
            Arrays.fill(simd, 7);
            float[] plain = simd.clone();
            SIMD.weighRows(values, rows, from, 9, x, width, simd, 1);
            PLAIN.weighRows(values, rows, from, 9, x, width, plain, 1);
            assertThat(differentBits(simd, plain)).isZero();
            assertThat(plain[0]).isEqualTo(7);
            assertThat(plain[width + 1]).isEqualTo(7);
            for (int j = 0; j < width; j++) {
                double sum = 0;
                for (int e = from; e < 9; e++) {
                    sum += values[e] * x[rows[e] * width + j];
                }
                assertThat((double) plain[1 + j]).isCloseTo(sum, within(1e-6));
            }
        }
    }
}
