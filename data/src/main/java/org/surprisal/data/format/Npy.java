package org.surprisal.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.surprisal.data.DataException;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.data.internal.Placeholder;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// NumPy's file format for one array (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).
///
/// Read are versions 1 to 3, both byte orders, C and Fortran order, and the dtypes f2, f4, f8, i1 to i8, u1 to u8 and
/// b1: f4 becomes float32, everything else float64. The numbers come as they are, NaN and infinities included. Written
/// is version 1.0, little-endian, C order. [MappedArray] reads rows of a file larger than memory.
public final class Npy {
    private static final int CHUNK = 1 << 16;

    private Npy() {
    }

    /// The array in a file.
    ///
    /// @throws DataException when the file is missing or damaged, or its dtype cannot be read
    public static Tensor read(Path file) {
        Placeholder.refuse(file);
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
        Shape shape = header.extent().shape(source);
        header.requireSize(size, source);
        return new Numbers(header.dtype(), header.order(), source).read(in, shape, header.fortran());
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
        out.write(header(array));
        writeNumbers(out, array);
    }

    /// How many bytes [#write(OutputStream, Tensor)] writes.
    static long size(Tensor array) {
        return header(array).length + (long) array.size() * bytesEach(array.type());
    }

    private static byte[] header(Tensor array) {
        return NpyHeader.write(array.type() == ElementType.FLOAT32 ? "<f4" : "<f8", array.shape());
    }

    static int bytesEach(ElementType type) {
        return switch (type) {
            case FLOAT32 -> Float.BYTES;
            case FLOAT64 -> Double.BYTES;
        };
    }

    /// The numbers alone, little-endian, in C order.
    static void writeNumbers(OutputStream out, Tensor array) throws IOException {
        boolean single = array.type() == ElementType.FLOAT32;
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
}
