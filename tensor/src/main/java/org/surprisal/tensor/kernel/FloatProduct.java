package org.surprisal.tensor.kernel;

/// A float32 matrix product, as [Kernels#product] describes it.
@FunctionalInterface
public interface FloatProduct {
    void product(boolean transposeA, boolean transposeB, int m, int n, int k, float[] a, float[] b, int beta,
            float[] c);
}
