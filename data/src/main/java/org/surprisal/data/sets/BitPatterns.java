package org.surprisal.data.sets;

import org.surprisal.tensor.Tensor;

/// Numbers as rows of zeros and ones, most significant bit first.
final class BitPatterns {
    private BitPatterns() {
    }

    /// All numbers of so many bits in ascending order, float32 of shape (2^count, count).
    static Tensor all(int count) {
        float[] patterns = new float[Math.multiplyExact(1 << count, count)];
        for (int row = 0; row < 1 << count; row++) {
            for (int i = 0; i < count; i++) {
                patterns[row * count + i] = row >>> (count - 1 - i) & 1;
            }
        }
        return Tensor.of(patterns, 1 << count, count);
    }
}
