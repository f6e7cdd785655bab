package org.surprisal.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.surprisal.data.DataException;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.data.internal.Placeholder;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Hugging Face's file of named tensors (<https://huggingface.co/docs/safetensors>): a length, a JSON header, and the
/// numbers, little-endian, in C order.
///
/// Read are F64, F32, F16, BF16, I8 to I64, U8 to U64 and BOOL: F32 becomes float32, everything else float64. One
/// tensor is read without the others. Written are F32 and F64.
public final class Safetensors {
    private Safetensors() {
    }

    /// The names of a file's tensors, in its header's order.
    ///
    /// @throws DataException when the file is missing or damaged
    public static List<String> names(Path file) {
        return withFile(file, (header, _) -> List.copyOf(header.tensors().keySet()));
    }

    /// The remarks that a file keeps beside its tensors (`__metadata__`), in its header's order.
    ///
    /// @throws DataException when the file is missing or damaged
    public static SequencedMap<String, String> metadata(Path file) {
        return withFile(file, (header, _) -> header.metadata());
    }

    /// One tensor.
    ///
    /// @throws DataException when there is none of that name (the message lists those there are), its dtype cannot be
    /// read, or the file is missing or damaged
    public static Tensor read(Path file, String name) {
        return withFile(file, (header, channel) -> numbers(file, header, channel, name));
    }

    /// Every tensor by its name, in the header's order.
    ///
    /// @throws DataException when one of them has a dtype that cannot be read, or the file is missing or damaged
    public static SequencedMap<String, Tensor> readAll(Path file) {
        return withFile(file, (header, channel) -> {
            SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : header.tensors().keySet()) {
                tensors.put(name, numbers(file, header, channel, name));
            }
            return tensors;
        });
    }

    /// Writes tensors, or nothing: the file has its name only when it is whole. A file of that name is replaced.
    ///
    /// @throws DataException when a name cannot be used or the file cannot be written
    public static void write(Path file, SequencedMap<String, Tensor> tensors) {
        write(file, tensors, new LinkedHashMap<>());
    }

    /// Writes tensors with remarks, or nothing: the file has its name only when it is whole. A file of that name is
    /// replaced. The same tensors make the same bytes.
    ///
    /// @throws DataException when a name cannot be used or the file cannot be written
    public static void write(Path file, SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw new DataException(
                    file + ": '" + SafetensorsHeader.METADATA
                            + "' cannot be the name of a tensor, the format keeps it");
        }
        // Wide numbers first: then all stand at a multiple of their width.
        List<Map.Entry<String, Tensor>> byWidth = new ArrayList<>(tensors.entrySet());
        byWidth.sort(Comparator.comparingInt(tensor -> -Npy.bytesEach(tensor.getValue().type())));
        Map<String, SafetensorsHeader.Entry> placed = new HashMap<>();
        long at = 0;
        for (Map.Entry<String, Tensor> named : byWidth) {
            SafetensorsHeader.Entry entry = entry(named.getValue(), at);
            placed.put(named.getKey(), entry);
            at = entry.end();
        }
        SequencedMap<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        tensors.sequencedKeySet().forEach(name -> entries.put(name, Objects.requireNonNull(placed.get(name))));
        try {
            AtomicFile.write(file, out -> {
                out.write(SafetensorsHeader.write(entries, metadata));
                for (Map.Entry<String, Tensor> named : byWidth) {
                    Npy.writeNumbers(out, named.getValue());
                }
            });
        } catch (IOException e) {
            throw DataException.about(file, "cannot be written", e);
        }
    }

    private static SafetensorsHeader.Entry entry(Tensor tensor, long begin) {
        Dtype dtype = tensor.type() == ElementType.FLOAT32 ? Dtype.F32 : Dtype.F64;
        Extent extent = new Extent(Arrays.stream(tensor.shape().lengths()).mapToObj(Long::valueOf).toList());
        return new SafetensorsHeader.Entry(dtype.name(), extent, begin, begin + extent.bytes(dtype));
    }

    private static Tensor numbers(Path file, SafetensorsHeader header, FileChannel channel, String name)
            throws IOException {
        SafetensorsHeader.Entry entry = header.require(name, file);
        String source = file + "#" + name;
        InputStream in = new FileSection(channel, header.start() + entry.begin(), entry.end() - entry.begin());
        return new Numbers(entry.readable(source), ByteOrder.LITTLE_ENDIAN, source)
                .read(in, entry.extent().shape(source), false);
    }

    private interface Reading<R> {
        R from(SafetensorsHeader header, FileChannel channel) throws IOException;
    }

    private static <R> R withFile(Path file, Reading<R> reading) {
        Placeholder.refuse(file);
        try (FileChannel channel = FileChannel.open(file)) {
            return reading.from(SafetensorsHeader.read(channel, file.toString()), channel);
        } catch (NoSuchFileException e) {
            throw new DataException(file + " does not exist", e);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read", e);
        }
    }
}
