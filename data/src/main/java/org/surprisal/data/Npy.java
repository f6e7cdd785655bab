package org.surprisal.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// NumPy's file format for one array (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).
///
/// Read are versions 1 to 3, both byte orders, C and Fortran order, and the dtypes f2, f4, f8, i1 to i8, u1 to u8 and b1:
/// f4 becomes float32, everything else float64. The numbers come as they are, NaN and infinities included. Written is
/// version 1.0, little-endian, C order.
public final class Npy {
    /// Whole numbers beyond it have neighbours that a float64 cannot tell apart.
    private static final long LARGEST_EXACT = 1L << 53;
    private static final int CHUNK = 1 << 16;

    private Npy() {
    }

    /// The array in a file.
    ///
    /// @throws DataException when the file is missing or damaged, or its dtype cannot be read
    public static Tensor read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, Files.size(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new DataException(file + " does not exist", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }

    /// The array in a stream of exactly `size` bytes; memory is only taken for what they can hold.
    ///
    /// @param source named in errors
    static Tensor read(InputStream in, long size, String source) throws IOException {
        NpyHeader header = NpyHeader.read(in, source);
        Shape shape = header.shape();
        long claim = (long) shape.size() * header.dtype().size();
        if (claim != size - header.bytes()) {
            throw new DataException(source + " is damaged: shape " + shape + " of "
                    + header.dtype().code() + " takes " + claim + " bytes, but "
                    + (size - header.bytes()) + " follow its header");
        }
        Numbers numbers = new Numbers(in, header, source);
        int[] lengths = shape.lengths();
        if (header.dtype() == NpyHeader.Dtype.F4) {
            float[] values = numbers.floats();
            return Tensor.of(header.fortran() ? reordered(values, new float[values.length], lengths) : values)
                    .reshape(lengths);
        }
        double[] values = numbers.doubles();
        return Tensor.of(header.fortran() ? reordered(values, new double[values.length], lengths) : values)
                .reshape(lengths);
    }

    /// Writes an array, or nothing: the file has its name only when it is whole. A file of that name is replaced.
    ///
    /// @throws DataException when the file cannot be written
    public static void write(Path file, Tensor array) {
        try {
            AtomicFile.write(file, out -> write(out, array));
        } catch (IOException e) {
            throw DataException.about(file, "cannot be written", e);
        }
    }

    static void write(OutputStream out, Tensor array) throws IOException {
        boolean single = array.type() == ElementType.FLOAT32;
        out.write(NpyHeader.write(single ? "<f4" : "<f8", array.shape()));
        float[] floats = single ? array.toFloats() : new float[0];
        double[] doubles = single ? new double[0] : array.toDoubles();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < array.size(); i++) {
            if (single) {
                chunk.putFloat(floats[i]);
            } else {
                chunk.putDouble(doubles[i]);
            }
            if (!chunk.hasRemaining() || i == array.size() - 1) {
                out.write(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
        }
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

    /// The numbers after a header, read in chunks.
    private static final class Numbers {
        private final InputStream in;
        private final NpyHeader header;
        private final String source;
        private final ByteBuffer chunk;
        private int filled;

        Numbers(InputStream in, NpyHeader header, String source) {
            this.in = in;
            this.header = header;
            this.source = source;
            this.chunk = ByteBuffer.allocate(CHUNK).order(header.order()).limit(0);
        }

        float[] floats() throws IOException {
            float[] values = new float[header.shape().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = next().getFloat();
            }
            return values;
        }

        double[] doubles() throws IOException {
            double[] values = new double[header.shape().size()];
            for (int i = 0; i < values.length; i++) {
                ByteBuffer next = next();
                values[i] = switch (header.dtype()) {
                    case F2 -> Float.float16ToFloat(next.getShort());
                    case F4 -> next.getFloat();
                    case F8 -> next.getDouble();
                    case I1 -> next.get();
                    case I2 -> next.getShort();
                    case I4 -> next.getInt();
                    case I8 -> exact(next.getLong(), true, i);
                    case U1 -> next.get() & 0xFF;
                    case U2 -> next.getShort() & 0xFFFF;
                    case U4 -> next.getInt() & 0xFFFF_FFFFL;
                    case U8 -> exact(next.getLong(), false, i);
                    case B1 -> next.get() == 0 ? 0 : 1;
                };
            }
            return values;
        }

        private double exact(long value, boolean signed, int i) {
            if (value > LARGEST_EXACT || value < (signed ? -LARGEST_EXACT : 0)) {
                throw new DataException(source + " holds " + (signed ? value + "" : Long.toUnsignedString(value))
                        + " as number " + i + ": whole numbers beyond 2^53 are not exact as float64");
            }
            return value;
        }

        private ByteBuffer next() throws IOException {
            if (!chunk.hasRemaining()) {
                int size = header.dtype().size();
                int wanted = (int) Math.min(CHUNK / size, header.shape().size() - (long) filled) * size;
                if (in.readNBytes(chunk.array(), 0, wanted) < wanted) {
                    throw new DataException(source + " is truncated: its numbers end too early");
                }
                filled += wanted / size;
                chunk.position(0).limit(wanted);
            }
            return chunk;
        }
    }
}
