package org.surprisal.tensor.kernel;

import java.util.Objects;

/// A float32 matrix product, as [Kernels#product] describes it.
public interface FloatProduct {
    void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c);

    /// The same of parts of arrays, on the calling thread alone, as [Kernels#productPart] describes it.
    void part(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aFrom, int aStride, float[] b,
            int bFrom, int bStride, int beta, float[] c, int cFrom, int cStride);

    /// Says in words if a part does not lie within its array, or its rows overlap.
    ///
    /// @param rows as they are stored
    static void check(int rows, int columns, int from, int stride, int length) {
        if (stride < columns) {
            throw new IllegalArgumentException("rows of " + columns + " elements begin " + stride + " apart");
        }
        if (rows > 0 && columns > 0) {
            long size = (long) (rows - 1) * stride + columns;
            Objects.checkFromIndexSize(from, size, length);
        }
    }
}
