package org.surprisal.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.surprisal.data.DataException;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Turns a file's bytes into numbers: those of 32-bit floats become float32, everything else float64. NaN and
/// infinities come as they are; whole numbers that a float64 cannot tell apart are refused.
final class Numbers {
    /// Whole numbers beyond it have neighbours that a float64 cannot tell apart.
    private static final long LARGEST_EXACT = 1L << 53;
    private static final int CHUNK = 1 << 16;
    /// The array that is filled, and the tensor's own.
    private static final long COPIES = 2;

    private final Dtype dtype;
    private final ByteOrder order;
    private final String source;

    /// @param source named in errors
    Numbers(Dtype dtype, ByteOrder order, String source) {
        this.dtype = dtype;
        this.order = order;
        this.source = source;
    }

    /// What the numbers become.
    ElementType type() {
        return dtype == Dtype.F32 ? ElementType.FLOAT32 : ElementType.FLOAT64;
    }

    /// The next numbers of a stream. Memory is taken for all of the shape: that the stream holds them is checked
    /// before.
    ///
    /// @param fortran whether the first axis varies fastest
    Tensor read(InputStream in, Shape shape, boolean fortran) throws IOException {
        int[] lengths = shape.lengths();
        int size = shape.size();
        requireRoom(size);
        return switch (type()) {
            case FLOAT32 -> {
                float[] values = new float[size];
                fill(in, size, (chunk, at, count) -> decode(chunk, values, at, count));
                yield Tensor.of(fortran ? reordered(values, new float[size], lengths) : values, lengths);
            }
            case FLOAT64 -> {
                double[] values = new double[size];
                fill(in, size, (chunk, at, count) -> decode(chunk, values, at, count, at));
                yield Tensor.of(fortran ? reordered(values, new double[size], lengths) : values, lengths);
            }
        };
    }

    /// A heap that cannot hold the numbers is told so before it is filled.
    private void requireRoom(int size) {
        long bytes = COPIES * size * (type() == ElementType.FLOAT32 ? Float.BYTES : Double.BYTES);
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap) {
            throw new DataException(source + " needs " + (bytes >> 20) + " MiB of memory to be read, the heap has "
                    + (heap >> 20) + " MiB: give Java more (-Xmx), or take part of it");
        }
    }

    private interface Decoder {
        void decode(ByteBuffer chunk, int at, int count);
    }

    private void fill(InputStream in, int size, Decoder decoder) throws IOException {
        byte[] bytes = new byte[(int) Math.min(CHUNK, (long) size * dtype.size())];
        for (int at = 0; at < size;) {
            int count = Math.min(bytes.length / dtype.size(), size - at);
            int wanted = count * dtype.size();
            if (in.readNBytes(bytes, 0, wanted) < wanted) {
                throw new DataException(source + " is truncated: its numbers end too early");
            }
            decoder.decode(ByteBuffer.wrap(bytes, 0, wanted), at, count);
            at += count;
        }
    }

    /// The next numbers of a buffer of 32-bit floats.
    void decode(ByteBuffer from, float[] to, int at, int count) {
        from.order(order).asFloatBuffer().get(to, at, count);
    }

    /// The next numbers of a buffer.
    ///
    /// @param first place in the file's array of the first of them, for errors
    void decode(ByteBuffer from, double[] to, int at, int count, long first) {
        from.order(order);
        if (dtype == Dtype.F64) {
            from.asDoubleBuffer().get(to, at, count);
            return;
        }
        for (int i = at; i < at + count; i++) {
            to[i] = switch (dtype) {
                case F16 -> Float.float16ToFloat(from.getShort());
                case BF16 -> Float.intBitsToFloat(from.getShort() << Short.SIZE);
                case F32 -> from.getFloat();
                case F64 -> from.getDouble();
                case I8 -> from.get();
                case I16 -> from.getShort();
                case I32 -> from.getInt();
                case I64 -> exact(from.getLong(), true, first + i - at);
                case U8 -> from.get() & 0xFF;
                case U16 -> from.getShort() & 0xFFFF;
                case U32 -> from.getInt() & 0xFFFF_FFFFL;
                case U64 -> exact(from.getLong(), false, first + i - at);
                case BOOL -> from.get() == 0 ? 0 : 1;
            };
        }
    }

    private double exact(long value, boolean signed, long place) {
        if (value > LARGEST_EXACT || value < (signed ? -LARGEST_EXACT : 0)) {
            throw new DataException(source + " holds " + (signed ? value + "" : Long.toUnsignedString(value))
                    + " as number " + place + ": whole numbers beyond 2^53 are not exact as float64");
        }
        return value;
    }

    /// From Fortran order (first axis fastest) to C order (last axis fastest).
    private static <A> A reordered(A values, A to, int[] lengths) {
        int[] index = new int[lengths.length];
        int size = Array.getLength(values);
        for (int from = 0; from < size; from++) {
            int offset = 0;
            for (int axis = 0; axis < lengths.length; axis++) {
                offset = offset * lengths[axis] + index[axis];
            }
            System.arraycopy(values, from, to, offset, 1);
            for (int axis = 0; axis < lengths.length && ++index[axis] == lengths[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return to;
    }
}
