package org.surprisal.data.format;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Kinds of numbers that files hold, named as in safetensors: float, bfloat, signed, unsigned and their bits.
enum Dtype {
    F16(2), BF16(2), F32(4), F64(8), I8(1), I16(2), I32(4), I64(8), U8(1), U16(2), U32(4), U64(8), BOOL(1);

    private final int size;

    Dtype(int size) {
        this.size = size;
    }

    /// Bytes a number.
    int size() {
        return size;
    }

    /// As in NumPy's type strings: f4. NumPy has no bfloat16.
    String numpyCode() {
        return name().substring(0, 1).toLowerCase(Locale.ROOT) + size;
    }

    static @Nullable Dtype ofNumpy(String code) {
        return Arrays.stream(values()).filter(d -> d != BF16 && d.numpyCode().equals(code)).findFirst().orElse(null);
    }

    static @Nullable Dtype ofSafetensors(String name) {
        return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst().orElse(null);
    }
}
