package org.surprisal.bench.kernel;

import org.surprisal.tensor.kernel.Kernels;
import org.surprisal.tensor.kernel.PlainFloatKernels;
import org.surprisal.tensor.kernel.PlainFloatProduct;
import org.surprisal.tensor.kernel.Provider;

/// Which loops run.
public enum Loops {
    /// Those that are written to be read.
    PLAIN,
    /// Those of the product.
    FAST;

    Kernels<float[]> kernels() {
        return switch (this) {
            case PLAIN -> new PlainFloatKernels(new PlainFloatProduct());
            case FAST -> Provider.kernels();
        };
    }

    /// Numbers between -3 and 3 that are not in order.
    static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 6 * ((i * 7919L % 10_007) / 10_007f) - 3;
        }
        return numbers;
    }
}
