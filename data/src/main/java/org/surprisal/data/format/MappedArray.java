package org.surprisal.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.surprisal.data.DataException;
import org.surprisal.data.internal.Placeholder;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// An array that stays in its file, which may be larger than memory: rows are read when they are asked for.
///
/// The file is mapped, so that the operating system keeps what is used often and drops the rest; the mapping goes with
/// this object. The file must stay as it is meanwhile. Numbers become what the file's format makes of them: 32-bit
/// floats float32, everything else float64. Immutable, for any number of threads.
public final class MappedArray {
    private final String source;
    private final Numbers numbers;
    private final MemorySegment bytes;
    private final int length;
    private final Shape rowShape;
    private final int rowBytes;

    private MappedArray(String source, Dtype dtype, ByteOrder order, Extent extent, MemorySegment bytes) {
        this.source = source;
        this.numbers = new Numbers(dtype, order, source);
        this.bytes = bytes;
        if (extent.lengths().isEmpty() || extent.lengths().getFirst() > Integer.MAX_VALUE) {
            throw new DataException(source + " has shape " + extent + ": an array read by rows has 1 to "
                    + Integer.MAX_VALUE + " of them, along its first axis");
        }
        this.length = Math.toIntExact(extent.lengths().getFirst());
        Extent row = new Extent(extent.lengths().subList(1, extent.lengths().size()));
        this.rowShape = row.shape("a row of " + source);
        if (row.bytes(dtype) > Integer.MAX_VALUE) {
            throw new DataException(source + " has rows of " + row.bytes(dtype) + " bytes: rows of at most 2^31 - 1 "
                    + "can be read one by one");
        }
        this.rowBytes = (int) row.bytes(dtype);
    }

    /// The array in an NPY file, in C order.
    ///
    /// @throws DataException when the file is missing or damaged, is in Fortran order, or its dtype cannot be read
    public static MappedArray npy(Path file) {
        String source = file.toString();
        return mapped(file, channel -> {
            InputStream in = new BufferedInputStream(new FileSection(channel, 0, channel.size()));
            NpyHeader header = NpyHeader.read(in, source);
            header.requireSize(channel.size(), source);
            if (header.fortran() && header.extent().lengths().size() > 1) {
                throw new DataException(source + " is in Fortran order, whose rows lie scattered: save it with "
                        + "numpy.save(file, numpy.ascontiguousarray(array))");
            }
            MemorySegment bytes = map(channel, header.bytes(), channel.size() - header.bytes());
            return new MappedArray(source, header.dtype(), header.order(), header.extent(), bytes);
        });
    }

    /// One tensor of a safetensors file.
    ///
    /// @throws DataException when there is none of that name, its dtype cannot be read, or the file is missing or
    /// damaged
    public static MappedArray safetensors(Path file, String name) {
        String source = file + "#" + name;
        return mapped(file, channel -> {
            SafetensorsHeader header = SafetensorsHeader.read(channel, file.toString());
            SafetensorsHeader.Entry entry = header.require(name, file);
            MemorySegment bytes = map(channel, header.start() + entry.begin(), entry.end() - entry.begin());
            return new MappedArray(source, entry.readable(source), ByteOrder.LITTLE_ENDIAN, entry.extent(), bytes);
        });
    }

    private interface Mapping {
        MappedArray of(FileChannel channel) throws IOException;
    }

    private static MappedArray mapped(Path file, Mapping mapping) {
        Placeholder.refuse(file);
        try (FileChannel channel = FileChannel.open(file)) {
            return mapping.of(channel);
        } catch (NoSuchFileException e) {
            throw new DataException(file + " does not exist", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }

    private static MemorySegment map(FileChannel channel, long from, long length) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, from, length, Arena.ofAuto());
    }

    /// Number of rows.
    public int length() {
        return length;
    }

    /// The shape of one row: that of the array without its first axis.
    public Shape rowShape() {
        return rowShape;
    }

    /// What its numbers become.
    public ElementType type() {
        return numbers.type();
    }

    /// The file, and the name in it, for messages.
    public String source() {
        return source;
    }

    /// The rows at these indices, in this order, shape (rows, row shape…); rows may repeat.
    ///
    /// @throws IndexOutOfBoundsException for a row outside 0 … length - 1
    /// @throws DataException when they are too many for one tensor, or a whole number is not exact as float64
    public Tensor rows(int... rows) {
        int width = rowShape.size();
        int[] lengths = new int[1 + rowShape.rank()];
        lengths[0] = rows.length;
        System.arraycopy(rowShape.lengths(), 0, lengths, 1, rowShape.rank());
        if ((long) rows.length * width > Integer.MAX_VALUE) {
            throw new DataException(source + ": " + rows.length + " rows of shape " + rowShape
                    + " are more numbers than one tensor holds (" + Integer.MAX_VALUE + ")");
        }
        try {
            return gathered(rows, width, lengths);
        } catch (InternalError e) {
            // What the JDK throws where a mapped file no longer reaches.
            throw new DataException(source + " was cut short while it was read", e);
        }
    }

    private Tensor gathered(int[] rows, int width, int[] lengths) {
        return switch (type()) {
            case FLOAT32 -> {
                float[] values = new float[rows.length * width];
                for (int i = 0; i < rows.length; i++) {
                    numbers.decode(row(rows[i]), values, i * width, width);
                }
                yield Tensor.of(values, lengths);
            }
            case FLOAT64 -> {
                double[] values = new double[rows.length * width];
                for (int i = 0; i < rows.length; i++) {
                    numbers.decode(row(rows[i]), values, i * width, width, (long) rows[i] * width);
                }
                yield Tensor.of(values, lengths);
            }
        };
    }

    private ByteBuffer row(int row) {
        return bytes.asSlice((long) Objects.checkIndex(row, length) * rowBytes, rowBytes).asByteBuffer();
    }
}
