package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The loops of a narrow perceptron's step: SIMD against plain to the bit, and plain against float64.
class NarrowLoopsTest {
    private static final Kernels<float[]> KERNELS = new PlainFloatKernels(new PlainFloatProduct());
    private static final PlainNarrowLoops PLAIN = new PlainNarrowLoops(KERNELS);
    private static final NarrowLoops SIMD = new VectorNarrowLoops(KERNELS);
    /// The relative error of a float32 number that was rounded once.
    private static final double ROUNDING = 0x1p-24;

    private static float[] random(int seed, int length) {
        Random random = new Random(seed);
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static int[] bits(float[] numbers) {
        return IntStream.range(0, numbers.length).map(i -> Float.floatToIntBits(numbers[i])).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 32", "2, 3, 32", "3, 2, 64", "4, 5, 96", "5, 4, 32", "6, 7, 256", "7, 10, 64", "10, 12, 256",
            "64, 64, 32", "63, 61, 64", "1, 64, 32", "64, 1, 128"})
    void sumsAreSimdsToTheBitAndWithinRounding(int outputs, int inputs, int stride) {
        float[] weight = random(1, outputs * inputs);
        float[] bias = random(2, outputs);
        float[] x = random(3, inputs * stride);
        float[] dy = random(4, outputs * stride);
        float[] space = new float[NarrowLoops.STRANDS * NarrowLoops.WIDEST];
        float[][] plain = {new float[outputs * stride], new float[inputs * stride], new float[outputs * inputs],
                new float[outputs]};
        float[][] simd = Arrays.stream(plain).map(float[]::clone).toArray(float[][]::new);
        PLAIN.outputs(weight, bias, outputs, inputs, x, plain[0], stride);
        SIMD.outputs(weight, bias, outputs, inputs, x, simd[0], stride);
        PLAIN.byInputs(weight, outputs, inputs, dy, plain[1], stride);
        SIMD.byInputs(weight, outputs, inputs, dy, simd[1], stride);
        PLAIN.byWeight(outputs, inputs, dy, x, stride, plain[2], space);
        SIMD.byWeight(outputs, inputs, dy, x, stride, simd[2], space);
        PLAIN.byBias(outputs, dy, stride, plain[3], space);
        SIMD.byBias(outputs, dy, stride, simd[3], space);
        for (int i = 0; i < plain.length; i++) {
            assertThat(bits(simd[i])).isEqualTo(bits(plain[i]));
        }
        for (int o = 0; o < outputs; o++) {
            for (int s = 0; s < stride; s++) {
                Sum sum = new Sum().add(bias[o]);
                for (int i = 0; i < inputs; i++) {
                    sum.add((double) weight[o * inputs + i] * x[i * stride + s]);
                }
                sum.check(plain[0][o * stride + s], inputs + 1);
            }
        }
        for (int i = 0; i < inputs; i++) {
            for (int s = 0; s < stride; s++) {
                Sum sum = new Sum();
                for (int o = 0; o < outputs; o++) {
                    sum.add((double) weight[o * inputs + i] * dy[o * stride + s]);
                }
                sum.check(plain[1][i * stride + s], outputs);
            }
        }
        // A strand's terms, and the four additions of the strands.
        int roundings = stride / NarrowLoops.STRANDS + 4;
        for (int o = 0; o < outputs; o++) {
            Sum ofBias = new Sum();
            for (int s = 0; s < stride; s++) {
                ofBias.add(dy[o * stride + s]);
            }
            ofBias.check(plain[3][o], roundings);
            for (int i = 0; i < inputs; i++) {
                Sum sum = new Sum();
                for (int s = 0; s < stride; s++) {
                    sum.add((double) dy[o * stride + s] * x[i * stride + s]);
                }
                sum.check(plain[2][o * inputs + i], roundings);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 65, 1", "1, 784, 130", "3, 100, 9", "4, 784, 10", "5, 131, 64", "30, 784, 10", "64, 1024, 3"})
    void sumsOfRowsAreSimdsToTheBitAndWithinRounding(int outputs, int inputs, int samples) {
        int stride = Math.ceilDiv(samples, NarrowLoops.PANEL) * NarrowLoops.PANEL;
        float[] weight = random(1, outputs * inputs);
        float[] bias = random(2, outputs);
        float[] x = random(3, inputs * samples);
        float[] dy = random(4, outputs * stride);
        float[] space = new float[NarrowLoops.STRANDS * 8];
        float[] plain = new float[outputs * stride];
        float[] simd = new float[outputs * stride];
        PLAIN.rowOutputs(weight, bias, outputs, inputs, x, 0, samples, plain, 0, stride, space);
        SIMD.rowOutputs(weight, bias, outputs, inputs, x, 0, samples / 2, simd, 0, stride, space);
        SIMD.rowOutputs(weight, bias, outputs, inputs, x, samples / 2, samples, simd, samples / 2, stride, space);
        assertThat(bits(simd)).isEqualTo(bits(plain));
        for (int o = 0; o < outputs; o++) {
            for (int s = 0; s < samples; s++) {
                Sum sum = new Sum().add(bias[o]);
                for (int i = 0; i < inputs; i++) {
                    sum.add((double) weight[o * inputs + i] * x[s * inputs + i]);
                }
                sum.check(plain[o * stride + s], Math.ceilDiv(inputs, NarrowLoops.STRANDS) + 5);
            }
        }
        float[] byWeight = new float[outputs * inputs];
        float[] simdByWeight = random(5, outputs * inputs);
        PLAIN.rowByWeight(outputs, inputs, dy, x, 0, samples, 0, inputs, stride, byWeight);
        SIMD.rowByWeight(outputs, inputs, dy, x, 0, samples, 0, 40, stride, simdByWeight);
        SIMD.rowByWeight(outputs, inputs, dy, x, 0, samples, 40, inputs, stride, simdByWeight);
        assertThat(bits(simdByWeight)).isEqualTo(bits(byWeight));
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                Sum sum = new Sum();
                for (int s = 0; s < samples; s++) {
                    sum.add((double) dy[o * stride + s] * x[s * inputs + i]);
                }
                sum.check(byWeight[o * inputs + i], NarrowLoops.BLOCK + samples / NarrowLoops.BLOCK + 1);
            }
        }
    }

    /// A block in the middle of the rows gives what it gives alone.
    @Test
    void rowsOfABlockAreFoundWhereTheyLie() {
        float[] weight = random(1, 3 * 70);
        float[] bias = random(2, 3);
        float[] x = random(3, 70 * 50);
        float[] alone = Arrays.copyOfRange(x, 70 * 20, 70 * 33);
        float[] dy = random(4, 3 * 32);
        for (NarrowLoops loops : new NarrowLoops[]{PLAIN, SIMD}) {
            float[] space = new float[NarrowLoops.STRANDS * 8];
            float[] expected = new float[3 * 32];
            float[] found = new float[3 * 32];
            loops.rowOutputs(weight, bias, 3, 70, alone, 0, 13, expected, 0, 32, space);
            loops.rowOutputs(weight, bias, 3, 70, x, 20, 33, found, 0, 32, space);
            assertThat(bits(found)).isEqualTo(bits(expected));
            float[] byWeight = new float[3 * 70];
            float[] foundByWeight = new float[3 * 70];
            loops.rowByWeight(3, 70, dy, alone, 0, 13, 0, 70, 32, byWeight);
            loops.rowByWeight(3, 70, dy, x, 20, 13, 0, 70, 32, foundByWeight);
            assertThat(bits(foundByWeight)).isEqualTo(bits(byWeight));
        }
    }

    /// A sum in float64 and the sum of its terms' sizes, to which each rounding of a float32 sum is small.
    private static final class Sum {
        private double sum;
        private double size;

        Sum add(double term) {
            sum += term;
            size += Math.abs(term);
            return this;
        }

        void check(float found, int roundings) {
            assertThat((double) found).isCloseTo(sum, within(roundings * ROUNDING * size));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "SIGMOID", "RELU"})
    void activationsAreSimdsToTheBit(UnaryFunction f) {
        // Every 40,009th bit pattern, and numbers around 0; the ends fill no vector.
        int patterns = (int) ((1L << 32) / 40_009);
        float[] x = new float[patterns + 2003];
        for (int i = 0; i < patterns; i++) {
            x[i] = Float.intBitsToFloat((int) (i * 40_009L));
        }
        for (int i = 0; i < 2003; i++) {
            x[patterns + i] = (i - 1001) * 0.05f;
        }
        float[] plain = x.clone();
        float[] plainValue = new float[x.length];
        PLAIN.activate(f, plain, plainValue, x.length);
        float[] simd = x.clone();
        float[] simdValue = new float[x.length];
        SIMD.activate(f, simd, simdValue, x.length);
        assertThat(bits(simdValue)).isEqualTo(bits(plainValue));
        assertThat(bits(simd)).isEqualTo(bits(plain));
    }

    @Test
    void valuesAndDerivativesKeepTheirRelativePrecision() {
        for (int i = -4000; i <= 4000; i++) {
            float x = i * 0.011f;
            float[] z = {x};
            float[] a = {0};
            PLAIN.activate(UnaryFunction.TANH, z, a, 1);
            double cosh = StrictMath.cosh(x);
            assertThat((double) a[0]).isCloseTo(StrictMath.tanh(x), relative(StrictMath.tanh(x)));
            assertThat((double) z[0]).isCloseTo(1 / (cosh * cosh), relative(1 / (cosh * cosh)));
            z[0] = x;
            PLAIN.activate(UnaryFunction.SIGMOID, z, a, 1);
            double e = StrictMath.exp(-Math.abs((double) x));
            double sigmoid = (x < 0 ? e : 1) / (1 + e);
            assertThat((double) a[0]).isCloseTo(sigmoid, relative(sigmoid));
            assertThat((double) z[0]).isCloseTo(e / ((1 + e) * (1 + e)), relative(e / ((1 + e) * (1 + e))));
            z[0] = x;
            PLAIN.activate(UnaryFunction.RELU, z, a, 1);
            assertThat(a[0]).isEqualTo(Math.max(x, 0));
            assertThat(z[0]).isEqualTo(x > 0 ? 1f : 0f);
        }
    }

    /// Ten roundings: those of e^x are five at most (FloatKernelsTest), and each formula adds up to five.
    private static Offset<Double> relative(double truth) {
        return within(10 * ROUNDING * Math.abs(truth));
    }

    @Test
    void otherActivationsAreRefused() {
        assertThatThrownBy(() -> PLAIN.activate(UnaryFunction.ERF, new float[1], new float[1], 1))
                .hasMessage("ERF is none of tanh, sigmoid and ReLU");
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 32", "2, 32, 32", "2, 200, 224", "3, 17, 32", "10, 256, 256", "64, 500, 512"})
    void crossEntropyIsSimdsToTheBitAndWithinRounding(int units, int samples, int stride) {
        float[] z = random(units, units * stride);
        for (int i = 0; i < z.length; i++) {
            z[i] *= i % 7 == 0 ? 10 : 1;
        }
        int[] classes = new Random(5).ints(samples, 0, units).toArray();
        float[] dz = new float[units * stride];
        float[] simd = new float[units * stride];
        double loss = PLAIN.crossEntropy(z, units, classes, 0, samples, 1f / samples, stride, dz,
                new float[3][stride]);
        assertThat(SIMD.crossEntropy(z, units, classes, 0, samples, 1f / samples, stride, simd,
                new float[3][stride])).isEqualTo(loss);
        assertThat(bits(simd)).isEqualTo(bits(dz));
        double expected = 0;
        for (int s = 0; s < stride; s++) {
            double sum = 0;
            for (int u = 0; u < units; u++) {
                sum += StrictMath.exp(z[u * stride + s]);
            }
            for (int u = 0; u < units; u++) {
                double p = StrictMath.exp(z[u * stride + s]) / sum;
                double gradient = s >= samples ? 0 : (p - (classes[s] == u ? 1 : 0)) / samples;
                assertThat((double) dz[u * stride + s]).isCloseTo(gradient, within(20 * ROUNDING / samples));
            }
            expected += s >= samples ? 0 : StrictMath.log(sum) - z[classes[s] * stride + s];
        }
        assertThat(loss).isCloseTo(expected, within(10 * ROUNDING * samples));
    }

    /// Samples 3 and on of the probabilities, in two units.
    @Test
    void binaryCrossEntropyAndItsGradientKeepTheirPrecision() {
        int samples = 300;
        int stride = 320;
        float[] z = random(6, 2 * stride);
        float[] y = new float[2 * (samples + 3)];
        Random random = new Random(7);
        for (int i = 0; i < y.length; i++) {
            y[i] = i % 3 == 0 ? random.nextFloat() : i % 2;
        }
        for (int i = 0; i < z.length; i++) {
            z[i] *= i % 5 == 0 ? 10 : 1;
        }
        float[] dz = random(8, 2 * stride);
        float[] simd = random(9, 2 * stride);
        double loss = PLAIN.binaryCrossEntropy(z, 2, y, 3, samples, 0.25f, stride, dz);
        assertThat(SIMD.binaryCrossEntropy(z, 2, y, 3, samples, 0.25f, stride, simd)).isEqualTo(loss);
        assertThat(bits(simd)).isEqualTo(bits(dz));
        double expected = 0;
        for (int u = 0; u < 2; u++) {
            for (int s = 0; s < stride; s++) {
                float found = dz[u * stride + s];
                if (s >= samples) {
                    assertThat(found).isZero();
                    continue;
                }
                double p = y[(3 + s) * 2 + u];
                double at = z[u * stride + s];
                double yes = 1 / (1 + StrictMath.exp(-at));
                double no = 1 / (1 + StrictMath.exp(at));
                expected += p * StrictMath.log1p(StrictMath.exp(-at)) + (1 - p) * StrictMath.log1p(StrictMath.exp(at));
                double gradient = 0.25 * ((1 - p) * yes - p * no);
                // Of a probability between 0 and 1 the two terms may cancel.
                double size = 0.25 * ((1 - p) * yes + p * no);
                assertThat((double) found).isCloseTo(gradient, within(10 * ROUNDING * size));
            }
        }
        assertThat(loss).isCloseTo(expected, within(10 * ROUNDING * expected));
    }

    @Test
    void binaryCrossEntropyOfNumbersThatAreNotFiniteIsNotFinite() {
        for (float bad : new float[]{Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] z = new float[32];
            z[1] = bad;
            assertThat(PLAIN.binaryCrossEntropy(z, 1, new float[]{0, 0}, 0, 2, 0.5f, 32, new float[32])).isNotFinite();
        }
    }

    @Test
    void tinyLossesAndTheirGradientsKeepTheirRelativePrecision() {
        float[] z = new float[64];
        z[0] = 20;
        z[33] = 30;
        float[] dz = new float[64];
        double loss = PLAIN.crossEntropy(z, 2, new int[]{0, 1}, 0, 2, 0.5f, 32, dz, new float[3][32]);
        double first = StrictMath.exp(-20);
        double second = StrictMath.exp(-30);
        assertThat(loss).isCloseTo(StrictMath.log1p(first) + StrictMath.log1p(second), withinPercentage(1e-4));
        assertThat((double) dz[0]).isCloseTo(-first / 2, withinPercentage(1e-4));
        assertThat((double) dz[32]).isCloseTo(first / 2, withinPercentage(1e-4));
        assertThat((double) dz[33]).isCloseTo(-second / 2, withinPercentage(1e-4));
    }

    @Test
    void equalLargestOutputsShareTheirProbability() {
        float[] z = new float[96];
        z[0] = 3;
        z[32] = 3;
        z[64] = -80;
        float[] dz = new float[96];
        double loss = PLAIN.crossEntropy(z, 3, new int[]{1}, 0, 1, 1, 32, dz, new float[3][32]);
        assertThat(loss).isCloseTo(StrictMath.log(2), within(1e-7));
        assertThat(dz[0]).isEqualTo(0.5f);
        assertThat(dz[32]).isEqualTo(-0.5f);
        assertThat(dz[64]).isBetween(0f, 1e-35f);
    }

    @Test
    void crossEntropyOfNumbersThatAreNotFiniteIsNotFinite() {
        for (float bad : new float[]{Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] z = new float[64];
            z[1] = bad;
            assertThat(PLAIN.crossEntropy(z, 2, new int[]{0, 1}, 0, 2, 0.5f, 32, new float[64], new float[3][32]))
                    .isNaN();
        }
        float[] z = new float[64];
        z[0] = Float.NEGATIVE_INFINITY;
        assertThat(PLAIN.crossEntropy(z, 2, new int[]{0}, 0, 1, 1, 32, new float[64], new float[3][32]))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }
}
