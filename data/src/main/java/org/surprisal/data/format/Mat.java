package org.surprisal.data.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.surprisal.data.DataException;
import org.surprisal.data.internal.Inflation;
import org.surprisal.data.internal.Placeholder;
import org.surprisal.tensor.Tensor;

/// Reader of MATLAB's MAT-files of level 5 (`save -v7`, `save -v6`, `scipy.io.savemat`; MathWorks, 'MAT-File Format',
/// R2019b).
///
/// Read are full arrays of real numbers and of truth values, compressed or not, in both byte orders; column-major order
/// becomes row-major. Class single becomes float32, everything else float64, truth values 0 and 1. Text, cells,
/// structs, sparse and complex arrays are passed over; asked for by name, they are refused with what would make them
/// readable. Every array has at least two axes: a vector is of shape (1, n) or (n, 1).
public final class Mat {
    private static final int HEADER = 128;
    private static final int VERSION = 0x0100;
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

    private Mat() {
    }

    /// The names of a file's readable arrays, in its order.
    ///
    /// @throws DataException when the file is missing or damaged, or not of level 5
    public static List<String> names(Path file) {
        return withFile(file, channel -> List.copyOf(readable(variables(file, channel)).keySet()));
    }

    /// One array.
    ///
    /// @throws DataException when there is none of that name (the message lists those there are), it is not a full
    /// array of real numbers, or the file cannot be read
    public static Tensor read(Path file, String name) {
        return withFile(file, channel -> {
            SequencedMap<String, Entry> variables = variables(file, channel);
            Entry entry = variables.get(name);
            if (entry == null) {
                throw MissingArray.in(file, name, readable(variables).sequencedKeySet());
            }
            if (!entry.variable.readable()) {
                throw new DataException(file + "#" + name + " " + entry.variable.description());
            }
            return entry.element.numbers();
        });
    }

    /// Every readable array by its name, in the file's order.
    ///
    /// @throws DataException when the file cannot be read
    public static SequencedMap<String, Tensor> readAll(Path file) {
        return withFile(file, channel -> {
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            for (var entry : readable(variables(file, channel)).entrySet()) {
                arrays.put(entry.getKey(), entry.getValue().element.numbers());
            }
            return arrays;
        });
    }

    private interface Reading<R> {
        R from(FileChannel channel) throws IOException;
    }

    private static <R> R withFile(Path file, Reading<R> reading) {
        Placeholder.refuse(file);
        try (FileChannel channel = FileChannel.open(file)) {
            return reading.from(channel);
        } catch (NoSuchFileException e) {
            throw new DataException(file + " does not exist", e);
        } catch (ZipException | EOFException e) {
            throw new DataException(file + " is damaged: its compressed data are broken or end early", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }

    private static SequencedMap<String, Entry> readable(SequencedMap<String, Entry> variables) {
        SequencedMap<String, Entry> readable = new LinkedHashMap<>(variables);
        readable.values().removeIf(entry -> !entry.variable.readable());
        return readable;
    }

    private static SequencedMap<String, Entry> variables(Path file, FileChannel channel) throws IOException {
        ByteOrder order = order(file, channel);
        SequencedMap<String, Entry> variables = new LinkedHashMap<>();
        long size = channel.size();
        for (long at = HEADER; at < size;) {
            Element element = element(file, channel, at, order);
            if (element.compressed || element.length > 0) {
                MatVariable variable = element.variable();
                // MATLAB keeps the insides of objects in a nameless variable at the end.
                if (!variable.name().isEmpty()
                        && variables.put(variable.name(), new Entry(variable, element)) != null) {
                    throw new DataException(file + " holds two variables '" + variable.name() + "'");
                }
            }
            at = element.at + element.length;
        }
        return variables;
    }

    private static ByteOrder order(Path file, FileChannel channel) throws IOException {
        byte[] header = new FileSection(channel, 0, HEADER).readAllBytes();
        String start = new String(header, StandardCharsets.ISO_8859_1);
        if (start.startsWith("MATLAB 7.3") || start.startsWith(new String(HDF5, StandardCharsets.ISO_8859_1))) {
            throw new DataException(file + " is a MAT-file of version 7.3 (HDF5), which cannot be read: save it with"
                    + " save('-v7', ...) or scipy.io.savemat");
        }
        String mark = start.length() < HEADER ? "" : start.substring(HEADER - 2);
        if (!mark.equals("IM") && !mark.equals("MI")) {
            throw new DataException(file + " is not a MAT-file of level 5: its header of " + HEADER
                    + " bytes does not end with the mark of a byte order (IM or MI)");
        }
        ByteOrder order = mark.equals("IM") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int version = ByteBuffer.wrap(header).order(order).getShort(HEADER - 4) & 0xFFFF;
        if (version != VERSION) {
            throw new DataException(file + " is a MAT-file of version 0x" + Integer.toHexString(version)
                    + "; version 0x100 (level 5) can be read");
        }
        return order;
    }

    private static Element element(Path file, FileChannel channel, long at, ByteOrder order) throws IOException {
        byte[] tag = new FileSection(channel, at, MatInput.TAG).readAllBytes();
        if (tag.length < MatInput.TAG) {
            throw new DataException(file + " is truncated: " + tag.length + " bytes where a variable should start");
        }
        ByteBuffer words = ByteBuffer.wrap(tag).order(order);
        int kind = words.getInt();
        long length = words.getInt() & 0xFFFF_FFFFL;
        if (kind != MatInput.MATRIX && kind != MatInput.COMPRESSED) {
            throw new DataException(
                    file + " is damaged: an element of kind " + kind + " where a variable should start");
        }
        long from = at + MatInput.TAG;
        if (length > channel.size() - from) {
            throw new DataException(file + " is truncated: a variable claims " + length + " bytes, but "
                    + (channel.size() - from) + " are left");
        }
        return new Element(file, channel, order, kind == MatInput.COMPRESSED, from, length);
    }

    /// A variable and where it stands.
    private record Entry(MatVariable variable, Element element) {}

    /// Where a variable stands in the file.
    ///
    /// @param at position of its first byte, after its tag
    /// @param length in bytes, compressed or not
    private record Element(Path file, FileChannel channel, ByteOrder order, boolean compressed, long at, long length) {
        MatVariable variable() throws IOException {
            try (InputStream stream = open()) {
                return MatVariable.read(input(stream));
            }
        }

        Tensor numbers() throws IOException {
            if (compressed) {
                try (InputStream stream = open()) {
                    Inflation.requirePlausible(MatInput.TAG + input(stream).left(), length, this::open,
                            file + " is damaged: a variable");
                }
            }
            try (InputStream stream = open()) {
                MatInput input = input(stream);
                MatVariable variable = MatVariable.read(input);
                Tensor numbers = variable.numbers(input, file + "#" + variable.name());
                // The end of compressed data holds their checksum, which is compared when it is passed.
                if (compressed && stream.read() != -1) {
                    throw new DataException(file + "#" + variable.name() + " is damaged: it goes on after its numbers");
                }
                return numbers;
            }
        }

        private InputStream open() throws IOException {
            InputStream raw = new BufferedInputStream(new FileSection(channel, at, length));
            return compressed ? new InflaterInputStream(raw) : raw;
        }

        /// The inside of the variable; compressed ones have a tag of their own.
        private MatInput input(InputStream stream) throws IOException {
            if (!compressed) {
                return new MatInput(stream, order, length, file.toString());
            }
            MatInput outside = new MatInput(stream, order, Long.MAX_VALUE, file.toString());
            MatInput.Tag tag = outside.tag();
            if (tag.kind() != MatInput.MATRIX) {
                throw new DataException(file + " is damaged: compressed data hold an element of kind " + tag.kind()
                        + ", not a variable");
            }
            return new MatInput(stream, order, tag.bytes(), file.toString());
        }
    }
}
