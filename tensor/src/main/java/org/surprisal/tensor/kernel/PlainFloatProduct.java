package org.surprisal.tensor.kernel;

import java.util.Arrays;

/// A plain float32 product: the reference of the native one, and the fall-back without it. Rows of C are shared out
/// over the workers; each is a sum of scaled rows of B, a loop the compiler vectorises.
public final class PlainFloatProduct implements FloatProduct {
    private static final int ROWS = 16;

    @Override
    public void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c) {
        float[] rowsOfB = transposeB ? transpose(b, 0, n, k) : b;
        Workers.run((m + ROWS - 1) / ROWS,
                chunk -> rows(chunk * ROWS, Math.min(m, (chunk + 1) * ROWS), transposeA, m, n,
                        k, a, 0, rowsOfB, 0, beta, c, 0));
    }

    @Override
    public void part(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aFrom, float[] b,
            int bFrom, int beta, float[] c, int cFrom) {
        rows(0, m, transposeA, m, n, k, a, aFrom, transposeB ? transpose(b, bFrom, n, k) : b, transposeB ? 0 : bFrom,
                beta, c, cFrom);
    }

    private static void rows(int first, int end, boolean transposeA, int m, int n, int k, float[] a, int aFrom,
            float[] b, int bFrom, int beta, float[] c, int cFrom) {
        for (int i = first; i < end; i++) {
            if (beta == 0) {
                Arrays.fill(c, cFrom + i * n, cFrom + (i + 1) * n, 0);
            }
            for (int l = 0; l < k; l++) {
                addScaled(a[aFrom + (transposeA ? l * m + i : i * k + l)], b, bFrom + l * n, c, cFrom + i * n, n);
            }
        }
    }

    private static void addScaled(float factor, float[] x, int from, float[] y, int to, int length) {
        for (int j = 0; j < length; j++) {
            y[to + j] = Math.fma(factor, x[from + j], y[to + j]);
        }
    }

    private static float[] transpose(float[] x, int from, int rows, int columns) {
        float[] out = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = x[from + i * columns + j];
            }
        }
        return out;
    }
}
