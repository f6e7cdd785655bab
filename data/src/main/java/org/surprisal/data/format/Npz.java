package org.surprisal.data.format;

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
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.surprisal.data.DataException;
import org.surprisal.data.file.AtomicFile;
import org.surprisal.data.internal.Inflation;
import org.surprisal.data.internal.Placeholder;
import org.surprisal.settings.MessageText;
import org.surprisal.tensor.Tensor;

/// NumPy's file of named arrays: a ZIP archive with one NPY file an array (`numpy.savez`, `numpy.savez_compressed`).
///
/// Nothing is ever unpacked to disk. Names are those of the arrays, without `.npy`. What else an archive holds is
/// passed over: a README, what macOS and editors leave. Each array is compared with the archive's CRC-32 of it.
public final class Npz {
    private static final String SUFFIX = ".npy";
    /// The earliest time a ZIP archive can tell: the same arrays make the same bytes at any time.
    private static final LocalDateTime TIMELESS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {
    }

    /// The names of a file's arrays, in the archive's order.
    ///
    /// @throws DataException when the file is missing or damaged, or holds other things than arrays alone
    public static List<String> names(Path file) {
        try (ZipFile zip = open(file)) {
            return List.copyOf(entries(file, zip).keySet());
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read as NPZ", e);
        }
    }

    /// One array.
    ///
    /// @throws DataException when there is none of that name (the message lists those there are), or the file cannot be
    /// read
    public static Tensor read(Path file, String name) {
        try (ZipFile zip = open(file)) {
            Map<String, ZipEntry> entries = entries(file, zip);
            ZipEntry entry = entries.get(name);
            if (entry == null) {
                throw MissingArray.in(file, name, entries.keySet());
            }
            return read(file, zip, name, entry);
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read as NPZ", e);
        }
    }

    /// Every array by its name, in the archive's order.
    ///
    /// @throws DataException when the file cannot be read, or an array is damaged
    public static SequencedMap<String, Tensor> readAll(Path file) {
        return readAll(file, ReadingNotes.LOGGED);
    }

    /// Every array by its name, in the archive's order.
    ///
    /// @param notes hears what the archive holds beside arrays, in one line
    /// @throws DataException when the file cannot be read, or an array is damaged
    public static SequencedMap<String, Tensor> readAll(Path file, Consumer<String> notes) {
        try (ZipFile zip = open(file)) {
            List<String> others = zip.stream().filter(entry -> !entry.isDirectory() && !isArray(entry))
                    .map(ZipEntry::getName).toList();
            if (!others.isEmpty()) {
                notes.accept(MessageText.line(file + " holds other things than arrays (*.npy), which are passed over: "
                        + MessageText.listed(others)));
            }
            SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, ZipEntry> entry : entries(file, zip).entrySet()) {
                arrays.put(entry.getKey(), read(file, zip, entry.getKey(), entry.getValue()));
            }
            return arrays;
        } catch (IOException e) {
            throw DataException.about(file, "cannot be read as NPZ", e);
        }
    }

    /// Writes arrays in the given order, uncompressed as `numpy.savez` does, or nothing: the file has its name only
    /// when it is whole. The same arrays make the same bytes. A file of that name is replaced.
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
        Placeholder.refuse(file);
        return new ZipFile(file.toFile());
    }

    private static SequencedMap<String, ZipEntry> entries(Path file, ZipFile zip) throws IOException {
        SequencedMap<String, ZipEntry> entries = new LinkedHashMap<>();
        List<ZipEntry> all = new ArrayList<>(Collections.list(zip.entries()));
        long compressed = 0;
        for (ZipEntry entry : all) {
            compressed += Math.max(entry.getCompressedSize(), 0);
            if (!isArray(entry)) {
                continue;
            }
            String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
            requireUsable(file, name);
            if (entries.put(name, entry) != null) {
                throw new DataException(file + " holds two arrays '" + name + "'");
            }
        }
        if (entries.isEmpty() && !all.isEmpty()) {
            throw new DataException(file + " holds no array (*.npy), but "
                    + MessageText.listed(all.stream().map(ZipEntry::getName).toList()));
        }
        // Entries that share their bytes would make a small archive inflate without bound.
        if (compressed < 0 || compressed > Files.size(file)) {
            throw new DataException(file + " is damaged: its arrays claim more compressed bytes than the file has");
        }
        return entries;
    }

    /// Whether an entry is an array, and not a folder, another file or what macOS keeps beside an array:
    /// `__MACOSX/._x.npy`.
    private static boolean isArray(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) && !name.startsWith("__MACOSX/")
                && !name.substring(name.lastIndexOf('/') + 1).startsWith("._");
    }

    private static Tensor read(Path file, ZipFile zip, String name, ZipEntry entry) throws IOException {
        String source = file + "#" + name;
        long size = entry.getSize();
        Inflation.requirePlausible(size, entry.getCompressedSize(), () -> zip.getInputStream(entry), source);
        CRC32 sum = new CRC32();
        try (InputStream in = new BufferedInputStream(new CheckedInputStream(zip.getInputStream(entry), sum))) {
            Tensor array = Npy.read(in, size, source);
            if (in.read() != -1) {
                throw new DataException(source + " goes on after the " + size + " bytes it claims");
            }
            if (sum.getValue() != entry.getCrc()) {
                throw new DataException(source + String.format(Locale.ROOT,
                        " is damaged: the CRC-32 of its bytes is %08x, and the archive has %08x", sum.getValue(),
                        entry.getCrc()));
            }
            return array;
        }
    }

    /// Names that could be taken for a place outside the archive, or cannot be shown, are refused.
    private static void requireUsable(Path file, String name) {
        boolean leaves = name.isBlank() || name.startsWith("/") || name.contains("\\")
                || List.of(name.split("/", -1)).contains("..");
        if (leaves || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new DataException(file + ": '" + name + "' cannot be the name of an array");
        }
    }
}
