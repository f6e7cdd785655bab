package org.surprisal.tensor.kernel;

/// A float32 matrix product, as [Kernels#product] describes it.
public interface FloatProduct {
    void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c);

    /// The same of matrices that begin at these elements of their arrays, on the calling thread alone.
    void part(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, int aFrom, float[] b, int bFrom,
            int beta, float[] c, int cFrom);
}
