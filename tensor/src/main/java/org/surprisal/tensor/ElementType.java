package org.surprisal.tensor;

/// The two element types and their roles.
public enum ElementType {
    /// 32-bit floats: the fast path. Products run in the native library, element-wise work in SIMD kernels.
    FLOAT32,
    /// 64-bit floats: plain readable loops; the oracle, gradient checks, small studies.
    FLOAT64
}
