package org.surprisal.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Native and plain float32 products against the float64 loops, in all four transpositions.
class FloatProductTest {
    @AfterEach
    void allThreads() {
        Workers.setThreads(Runtime.getRuntime().availableProcessors());
    }

    static Stream<Arguments> cases() {
        int[][] shapes = {{1, 1, 1}, {3, 5, 2}, {64, 10, 784}, {128, 200, 100}, {200, 300, 257}, {2, 3, 0}};
        return Stream.of(shapes).flatMap(s -> IntStream.range(0, 8)
                .mapToObj(i -> Arguments.of((i & 1) != 0, (i & 2) != 0, s[0], s[1], s[2], (i & 4) / 4)));
    }

    private static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private static double[] widened(float[] x) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i];
        }
        return out;
    }

    /// All three in one array, where C begins right behind B; what lies around C stays.
    @ParameterizedTest
    @MethodSource("cases")
    void partsOfOneArrayAgreeWithDoubles(boolean transposeA, boolean transposeB, int m, int n, int k, int beta)
            throws Exception {
        int startOfB = 3 + m * k;
        int startOfC = startOfB + k * n;
        float[] start = random(startOfC + m * n + 1, 4);
        double[] c = widened(Arrays.copyOfRange(start, startOfC, startOfC + m * n));
        DoubleKernels.INSTANCE.product(transposeA, transposeB, m, n, k,
                widened(Arrays.copyOfRange(start, 3, startOfB)), widened(Arrays.copyOfRange(start, startOfB, startOfC)),
                beta, c);
        for (FloatProduct product : new FloatProduct[]{OneDnn.load(warning -> {
        }), new PlainFloatProduct()}) {
            float[] all = start.clone();
            product.part(transposeA, transposeB, m, n, k, all, 3, transposeA ? m : k, all, startOfB,
                    transposeB ? k : n, beta, all, startOfC, n);
            for (int i = 0; i < all.length; i++) {
                boolean inC = i >= startOfC && i < startOfC + m * n;
                assertThat(Math.abs(all[i] - (inC ? c[i - startOfC] : start[i])))
                        .as(product.getClass().getSimpleName()).isLessThanOrEqualTo(inC ? 2e-7 * (k + 2) : 0);
            }
            if (k > 0) {
                assertThatThrownBy(() -> product.part(transposeA, transposeB, m, n, k, all, 3, transposeA ? m : k, all,
                        startOfB, transposeB ? k : n, beta, all, startOfC + 2, n))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> product.part(transposeA, transposeB, m, n, k, all, 3, transposeA ? m : k, all,
                        startOfB, transposeB ? k : n, beta, all, startOfC, n - 1))
                        .hasMessage("rows of " + n + " elements begin " + (n - 1) + " apart");
            }
        }
    }

    /// Rows that begin further apart than they are long; what lies between those of C stays.
    @ParameterizedTest
    @MethodSource("cases")
    void partsWithGapsBetweenRowsAgreeWithDoubles(boolean transposeA, boolean transposeB, int m, int n, int k,
            int beta) throws Exception {
        int strideOfA = (transposeA ? m : k) + 3;
        int strideOfB = (transposeB ? k : n) + 1;
        int strideOfC = n + 2;
        float[] a = random((transposeA ? k : m) * strideOfA + 5, 1);
        float[] b = random((transposeB ? n : k) * strideOfB + 4, 2);
        float[] start = random(m * strideOfC + 6, 3);
        double[] c = widened(start);
        // As many roundings as there are terms, each relative to the sum of the terms' sizes.
        double[] bounds = new double[c.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = 6 + i * strideOfC + j;
                c[at] *= beta;
                double size = Math.abs(c[at]);
                for (int l = 0; l < k; l++) {
                    double term = (double) a[5 + (transposeA ? l * strideOfA + i : i * strideOfA + l)]
                            * b[4 + (transposeB ? j * strideOfB + l : l * strideOfB + j)];
                    c[at] += term;
                    size += Math.abs(term);
                }
                bounds[at] = (k + 1) * size;
            }
        }
        double[] doubles = widened(start);
        DoubleKernels.INSTANCE.productPart(transposeA, transposeB, m, n, k, widened(a), 5, strideOfA, widened(b), 4,
                strideOfB, beta, doubles, 6, strideOfC);
        for (int i = 0; i < c.length; i++) {
            assertThat(Math.abs(doubles[i] - c[i])).isLessThanOrEqualTo(0x1p-53 * bounds[i]);
        }
        for (FloatProduct product : new FloatProduct[]{OneDnn.load(warning -> {
        }), new PlainFloatProduct()}) {
            float[] to = start.clone();
            product.part(transposeA, transposeB, m, n, k, a, 5, strideOfA, b, 4, strideOfB, beta, to, 6, strideOfC);
            for (int i = 0; i < to.length; i++) {
                assertThat(Math.abs(to[i] - c[i])).as(product.getClass().getSimpleName())
                        .isLessThanOrEqualTo(0x1p-24 * bounds[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nativeAndPlainAgreeWithDoubles(boolean transposeA, boolean transposeB, int m, int n, int k, int beta)
            throws Exception {
        float[] a = random(m * k, 1);
        float[] b = random(k * n, 2);
        float[] start = random(m * n, 3);
        double[] truth = widened(start);
        DoubleKernels.INSTANCE.product(transposeA, transposeB, m, n, k, widened(a), widened(b), beta, truth);
        for (FloatProduct product : new FloatProduct[]{OneDnn.load(warning -> {
        }), new PlainFloatProduct()}) {
            float[] c = start.clone();
            product.product(transposeA, transposeB, m, n, k, a, b, beta, c);
            for (int i = 0; i < c.length; i++) {
                // k roundings, each up to 6e-8 of a partial sum of size sqrt(j): standard deviation 6e-8 k / sqrt 6
                assertThat(Math.abs(c[i] - truth[i])).as(product.getClass().getSimpleName())
                        .isLessThanOrEqualTo(2e-7 * (k + 2));
            }
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws Exception {
        float[] a = random(300 * 400, 1);
        float[] b = random(400 * 500, 2);
        for (FloatProduct product : new FloatProduct[]{OneDnn.load(warning -> {
        }), new PlainFloatProduct()}) {
            float[] first = null;
            for (int threads : new int[]{1, 2, 3, 7}) {
                Workers.setThreads(threads);
                float[] c = new float[300 * 500];
                product.product(false, true, 300, 500, 400, a, b, 0, c);
                if (first == null) {
                    first = c;
                }
                assertThat(c).isEqualTo(first);
            }
        }
    }

    @Test
    void aFailingChunkIsReportedAndTheWorkersLiveOn() {
        Workers.setThreads(3);
        for (int round = 0; round < 20; round++) {
            try {
                Workers.run(50, chunk -> {
                    if (chunk == 17) {
                        throw new IllegalStateException("chunk 17");
                    }
                });
                assertThat(round).as("no exception").isNegative();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("chunk 17");
            }
        }
        int[] hits = new int[1000];
        Workers.run(1000, chunk -> Workers.run(2, inner -> {
            if (inner == 1) {
                hits[chunk]++;
            }
        }));
        assertThat(hits).containsOnly(1);
    }

    @Test
    void arraysTooShortForTheShapeNeverReachTheNativeCode() throws Exception {
        FloatProduct product = OneDnn.load(warning -> {
        });
        float[] four = new float[4];
        assertThatThrownBy(() -> product.product(false, false, 2, 2, 3, four, four, 0, four))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> product.product(false, false, 3, 2, 1, four, four, 0, four))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
