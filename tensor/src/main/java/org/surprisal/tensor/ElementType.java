package org.surprisal.tensor;

/// The two element types and their roles.
public enum ElementType {
    /// 32-bit floats: the fast path. Products run in the native library, element-wise work in SIMD kernels.
    FLOAT32,
    /// 64-bit floats: plain readable loops; the oracle, gradient checks, small studies.
    FLOAT64;

    /// The end of a message about a tensor that must have this type.
    ///
    /// @param which what the message calls the tensor
    String remedy(String which) {
        return ": convert " + which + " by .to(ElementType." + this + "), or a whole data set by Dataset.to";
    }
}
