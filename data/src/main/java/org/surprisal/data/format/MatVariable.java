package org.surprisal.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// What stands before a variable's numbers in a MAT-file: its class, flags, axis lengths and name.
///
/// @param kind MATLAB's number of the class
/// @param extent no axes where a class has none
record MatVariable(String name, int kind, boolean complex, boolean logical, Extent extent) {
    private static final int CHAR = 4;
    private static final int SPARSE = 5;
    private static final int DOUBLE = 6;
    private static final int SINGLE = 7;
    private static final int LARGEST_NUMERIC = 15;
    private static final int OPAQUE = 17;
    private static final int COMPLEX_FLAG = 0x0800;
    private static final int LOGICAL_FLAG = 0x0200;
    /// As many axes as NumPy allows; MATLAB's own arrays have fewer.
    private static final int MOST_AXES = 32;
    /// MATLAB cuts names after 63 bytes; other writers do not.
    private static final int LONGEST_NAME = 1024;

    /// The variable that an input starts with; its numbers follow.
    static MatVariable read(MatInput in) throws IOException {
        byte[] flagBytes = in.element(MatInput.UINT32, 8, "the array flags");
        if (flagBytes.length != 8) {
            throw in.damaged("the array flags have " + flagBytes.length + " bytes, not 8");
        }
        int flags = ByteBuffer.wrap(flagBytes).order(in.order()).getInt();
        int kind = flags & 0xFF;
        List<Long> lengths = new ArrayList<>();
        if (kind != OPAQUE) {
            ByteBuffer axes = ByteBuffer.wrap(in.element(MatInput.INT32, 4 * MOST_AXES, "the axis lengths"))
                    .order(in.order());
            while (axes.remaining() >= 4) {
                int length = axes.getInt();
                if (length < 0) {
                    throw in.damaged("an axis has length " + length);
                }
                lengths.add((long) length);
            }
            if (axes.hasRemaining() || lengths.size() < 2) {
                throw in.damaged("the axis lengths are not two or more whole numbers");
            }
        }
        String name = new String(in.element(MatInput.INT8, LONGEST_NAME, "the name"), StandardCharsets.UTF_8);
        return new MatVariable(name, kind, (flags & COMPLEX_FLAG) != 0, (flags & LOGICAL_FLAG) != 0,
                new Extent(lengths));
    }

    /// Whether it is a full array of real numbers, which can be read.
    boolean readable() {
        return kind >= DOUBLE && kind <= LARGEST_NUMERIC && !complex;
    }

    /// What it is, and what would make it readable, where it is not.
    String description() {
        if (complex) {
            return "holds complex numbers; real ones can be read (real(x), imag(x), abs(x))";
        }
        return switch (kind) {
            case 1 -> "is a cell array; save its arrays by names of their own";
            case 2 -> "is a struct; save its fields by names of their own (save -struct)";
            case 3, OPAQUE -> "is an object; save its numbers as arrays";
            case CHAR -> "is text; numbers can be read";
            case SPARSE -> "is sparse; save full(x) (SciPy: x.toarray())";
            case 16 -> "is a function handle; numbers can be read";
            default -> "is of a class that MAT-files of level 5 do not have (" + kind + ")";
        };
    }

    /// The numbers that follow, in row-major order.
    ///
    /// @param source named in errors
    Tensor numbers(MatInput in, String source) throws IOException {
        Shape shape = extent.shape(source);
        MatInput.Tag tag = in.tag();
        Dtype dtype = dtype(tag.kind());
        boolean tooWide = (dtype == Dtype.F64 && kind != DOUBLE) || (dtype == Dtype.F32 && kind > SINGLE);
        if (dtype == null || tooWide) {
            throw in.damaged("its numbers are an element of kind " + tag.kind() + ", which class " + kind
                    + " cannot be stored as");
        }
        if ((long) shape.size() * dtype.size() != tag.bytes()) {
            throw in.damaged("shape " + extent + " takes " + (long) shape.size() * dtype.size() + " bytes, but it has "
                    + tag.bytes());
        }
        Tensor numbers = new Numbers(dtype, in.order(), source).read(in, shape, true);
        in.skipPadding(tag);
        if (in.left() > 0) {
            throw in.damaged(in.left() + " bytes follow its numbers");
        }
        return asClass(numbers);
    }

    /// Numbers are often stored in a smaller type than that of their class. Single becomes float32, all others float64.
    private Tensor asClass(Tensor numbers) {
        if (logical) {
            double[] truths = numbers.toDoubles();
            for (int i = 0; i < truths.length; i++) {
                truths[i] = truths[i] == 0 ? 0 : 1;
            }
            return Tensor.of(truths, numbers.shape().lengths());
        }
        return numbers.to(kind == SINGLE
                ? ElementType.FLOAT32
                : ElementType.FLOAT64);
    }

    private static @Nullable Dtype dtype(int kind) {
        return switch (kind) {
            case 1 -> Dtype.I8;
            case 2 -> Dtype.U8;
            case 3 -> Dtype.I16;
            case 4 -> Dtype.U16;
            case 5 -> Dtype.I32;
            case 6 -> Dtype.U32;
            case 7 -> Dtype.F32;
            case 9 -> Dtype.F64;
            case 12 -> Dtype.I64;
            case 13 -> Dtype.U64;
            default -> null;
        };
    }
}
