package org.surprisal.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.surprisal.tensor.Tensor;

/// NumPy's file of named arrays: a ZIP archive with one NPY file an array (`numpy.savez`, `numpy.savez_compressed`).
///
/// Nothing is ever unpacked to disk. Names are those of the arrays, without `.npy`.
public final class Npz {
    private static final String SUFFIX = ".npy";
    /// The earliest time a ZIP archive can tell: the same arrays make the same bytes at any time.
    private static final LocalDateTime TIMELESS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {
    }

    /// The names of a file's arrays, in the archive's order.
    ///
    /// @throws DataException when the file is missing or damaged, or holds something other than arrays
    public static List<String> names(Path file) {
        try (ZipFile zip = open(file)) {
            return List.copyOf(entries(file, zip).keySet());
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read as NPZ", e);
        }
    }

    /// One array.
    ///
    /// @throws DataException when there is none of that name (the message lists those there are), or the file cannot be read
    public static Tensor read(Path file, String name) {
        try (ZipFile zip = open(file)) {
            Map<String, ZipEntry> entries = entries(file, zip);
            ZipEntry entry = entries.get(name);
            if (entry == null) {
                throw DataException.noArray(file, name, entries.keySet());
            }
            return read(file, zip, name, entry);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read as NPZ", e);
        }
    }

    /// Every array by its name, in the archive's order.
    ///
    /// @throws DataException when the file cannot be read
    public static SequencedMap<String, Tensor> readAll(Path file) {
        try (ZipFile zip = open(file)) {
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, ZipEntry> entry : entries(file, zip).entrySet()) {
                arrays.put(entry.getKey(), read(file, zip, entry.getKey(), entry.getValue()));
            }
            return arrays;
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read as NPZ", e);
        }
    }

    /// Writes arrays in the given order, uncompressed as `numpy.savez` does, or nothing: the file has its name only when it is
    /// whole. The same arrays make the same bytes. A file of that name is replaced.
    ///
    /// @throws DataException when a name cannot be used or the file cannot be written
    public static void write(Path file, SequencedMap<String, Tensor> arrays) {
        arrays.keySet().forEach(name -> requireUsable(file, name));
        try {
            AtomicFile.write(file, out -> {
                try (ZipOutputStream zip = new ZipOutputStream(out)) {
                    for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
                        put(zip, array.getKey(), array.getValue());
                    }
                }
            });
        } catch (IOException e) {
            throw DataException.about(file, "cannot be written", e);
        }
    }

    private static void put(ZipOutputStream zip, String name, Tensor array) throws IOException {
        // A stored entry tells its checksum before its bytes: two walks over the array instead of a second copy of it.
        CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        Npy.write(sum, array);
        ZipEntry entry = new ZipEntry(name + SUFFIX);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(TIMELESS);
        entry.setSize(Npy.size(array));
        entry.setCompressedSize(Npy.size(array));
        entry.setCrc(sum.getChecksum().getValue());
        zip.putNextEntry(entry);
        Npy.write(zip, array);
        zip.closeEntry();
    }

    private static ZipFile open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DataException(file + " does not exist");
        }
        return new ZipFile(file.toFile());
    }

    private static SequencedMap<String, ZipEntry> entries(Path file, ZipFile zip) throws IOException {
        SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
        long compressed = 0;
        for (ZipEntry entry : new ArrayList<>(Collections.list(zip.entries()))) {
            if (!entry.getName().endsWith(SUFFIX)) {
                throw new DataException(file + " holds '" + entry.getName() + "', which is not an array (*.npy)");
            }
            String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
            requireUsable(file, name);
            if (entries.put(name, entry) != null) {
                throw new DataException(file + " holds two arrays '" + name + "'");
            }
            compressed += Math.max(entry.getCompressedSize(), 0);
        }
        // Entries that share their bytes would make a small archive inflate without bound.
        if (compressed < 0 || compressed > Files.size(file)) {
            throw new DataException(file + " is damaged: its arrays claim more compressed bytes than the file has");
        }
        return entries;
    }

    private static Tensor read(Path file, ZipFile zip, String name, ZipEntry entry) throws IOException {
        String source = file + "#" + name;
        long size = entry.getSize();
        Inflation.requirePlausible(size, entry.getCompressedSize(), () -> zip.getInputStream(entry), source);
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
            Tensor array = Npy.read(in, size, source);
            if (in.read() != -1) {
                throw new DataException(source + " goes on after the " + size + " bytes it claims");
            }
            return array;
        }
    }

    /// Names that could be taken for a place outside the archive, or cannot be shown, are refused.
    private static void requireUsable(Path file, String name) {
        boolean leaves = name.isBlank() || name.startsWith("/") || name.contains("\\") || name.contains(":")
                || List.of(name.split("/", -1)).contains("..");
        if (leaves || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new DataException(file + ": '" + name + "' cannot be the name of an array");
        }
    }
}
