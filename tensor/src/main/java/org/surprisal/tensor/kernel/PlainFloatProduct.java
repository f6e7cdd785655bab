package org.surprisal.tensor.kernel;

import java.util.Arrays;

/// A plain float32 product: the reference of the native one, and the fall-back without it. Rows of C are shared out
/// over the workers; each is a sum of scaled rows of B, a loop the compiler vectorises.
public final class PlainFloatProduct implements FloatProduct {
    private static final int ROWS = 16;

    @Override
    public void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c) {
        float[] rowsOfB = transposeB ? transpose(b, 0, k, n, k) : b;
        Workers.run((m + ROWS - 1) / ROWS,
                chunk -> rows(chunk * ROWS, Math.min(m, (chunk + 1) * ROWS), transposeA, n, k, a, 0,
                        transposeA ? m : k, rowsOfB, 0, n, beta, c, 0, n));
    }

    @Override
    public void part(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aFrom, int aStride,
            float[] b, int bFrom, int bStride, int beta, float[] c, int cFrom, int cStride) {
        FloatProduct.check(transposeA ? k : m, transposeA ? m : k, aFrom, aStride, a.length);
        FloatProduct.check(transposeB ? n : k, transposeB ? k : n, bFrom, bStride, b.length);
        FloatProduct.check(m, n, cFrom, cStride, c.length);
        rows(0, m, transposeA, n, k, a, aFrom, aStride, transposeB ? transpose(b, bFrom, bStride, n, k) : b,
                transposeB ? 0 : bFrom, transposeB ? n : bStride, beta, c, cFrom, cStride);
    }

    private static void rows(int first, int end, boolean transposeA, int n, int k, float[] a, int aFrom, int aStride,
            float[] b, int bFrom, int bStride, int beta, float[] c, int cFrom, int cStride) {
        for (int i = first; i < end; i++) {
            if (beta == 0) {
                Arrays.fill(c, cFrom + i * cStride, cFrom + i * cStride + n, 0);
            }
            for (int l = 0; l < k; l++) {
                addScaled(a[aFrom + (transposeA ? l * aStride + i : i * aStride + l)], b, bFrom + l * bStride, c,
                        cFrom + i * cStride, n);
            }
        }
    }

    private static void addScaled(float factor, float[] x, int from, float[] y, int to, int length) {
        for (int j = 0; j < length; j++) {
            y[to + j] = Math.fma(factor, x[from + j], y[to + j]);
        }
    }

    private static float[] transpose(float[] x, int from, int stride, int rows, int columns) {
        float[] out = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = x[from + i * stride + j];
            }
        }
        return out;
    }
}
