package org.surprisal.tensor.kernel;

import java.util.Arrays;

/// A plain float32 product: the reference of the native one, and the fall-back without it. Rows of C are shared out over the
/// workers; each is a sum of scaled rows of B, a loop the compiler vectorises.
public final class PlainFloatProduct implements FloatProduct {
    private static final int ROWS = 16;

    @Override
    public void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c) {
        float[] rowsOfB = transposeB ? transpose(b, n, k) : b;
        if (beta == 0) {
            Arrays.fill(c, 0);
        }
        Workers.run((m + ROWS - 1) / ROWS, chunk -> {
            for (int i = chunk * ROWS; i < Math.min(m, (chunk + 1) * ROWS); i++) {
                for (int l = 0; l < k; l++) {
                    addScaled(transposeA ? a[l * m + i] : a[i * k + l], rowsOfB, l * n, c, i * n, n);
                }
            }
        });
    }

    private static void addScaled(float factor, float[] x, int from, float[] y, int to, int length) {
        for (int j = 0; j < length; j++) {
            y[to + j] = Math.fma(factor, x[from + j], y[to + j]);
        }
    }

    private static float[] transpose(float[] x, int rows, int columns) {
        float[] out = new float[x.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = x[i * columns + j];
            }
        }
        return out;
    }
}
