package org.surprisal.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.surprisal.tensor.Tensor;

/// Arrays as users name them: `x.npy` or `x.csv`; `x.npz#name`, `x.safetensors#name` or `x.mat#name` for one of several in a
/// file, where a file with one array needs no name.
public final class ArrayFile {
    private ArrayFile() {
    }

    /// The array that a reference names.
    ///
    /// @throws DataException when there is no such file or array, or it cannot be read
    public static Tensor read(String reference) {
        int mark = mark(reference);
        if (mark < 0) {
            return read(path(reference), "");
        }
        String name = reference.substring(mark + 1);
        Path file = path(reference.substring(0, mark));
        Format.of(file).requireNamed(file);
        return read(file, name);
    }

    /// One array of a file.
    ///
    /// @param name empty for a file that holds one array
    /// @throws DataException when there is no such file or array, or it cannot be read
    public static Tensor read(Path file, String name) {
        Format format = Format.of(file);
        if (!name.isEmpty()) {
            format.requireNamed(file);
            return format.read(file, name);
        }
        List<String> names = format.names(file);
        if (names.size() != 1) {
            throw new DataException(file + " holds " + names.size() + " arrays: name one as " + file.getFileName()
                    + "#NAME" + (names.isEmpty() ? "" : ", of " + DataException.listed(names)));
        }
        return format.read(file, names.getFirst());
    }

    /// The names of a file's arrays, in its order; one empty name for a file that holds one array without a name.
    ///
    /// @throws DataException when the file cannot be read
    public static List<String> names(Path file) {
        return Format.of(file).names(file);
    }

    /// Every array of a file by its name, in the file's order.
    ///
    /// @throws DataException when the file cannot be read
    public static SequencedMap<String, Tensor> readAll(Path file) {
        return Format.of(file).readAll(file);
    }

    /// Where the name begins: at the first mark behind a file that there is, else at the last one; -1 for a file alone.
    private static int mark(String reference) {
        if (isFile(reference)) {
            return -1;
        }
        for (int mark = reference.indexOf('#'); mark >= 0; mark = reference.indexOf('#', mark + 1)) {
            if (isFile(reference.substring(0, mark))) {
                return mark;
            }
        }
        return reference.lastIndexOf('#');
    }

    private static boolean isFile(String reference) {
        try {
            return Files.isRegularFile(Path.of(reference));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new DataException("'" + file + "' is no path of a file", e);
        }
    }

    /// The formats there are, by the ending of a file's name.
    private enum Format {
        NPY(false), NPZ(true), SAFETENSORS(true), MAT(true), CSV(false), TSV(false);

        private final boolean named;

        Format(boolean named) {
            this.named = named;
        }

        static Format of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(values()).filter(format -> name.endsWith(format.ending())).findFirst()
                    .orElseThrow(() -> new DataException("'" + file + "' is no array file: "
                            + Arrays.stream(values())
                                    .map(format -> "FILE" + format.ending() + (format.named ? "#NAME" : ""))
                                    .collect(Collectors.joining(", "))
                            + " can be read"));
        }

        private String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }

        void requireNamed(Path file) {
            if (!named) {
                throw new DataException("'" + file + "' holds one array and takes no #NAME");
            }
        }

        List<String> names(Path file) {
            return switch (this) {
                case NPY, CSV, TSV -> List.of("");
                case NPZ -> Npz.names(file);
                case SAFETENSORS -> Safetensors.names(file);
                case MAT -> Mat.names(file);
            };
        }

        Tensor read(Path file, String name) {
            return switch (this) {
                case NPY -> Npy.read(file);
                case CSV, TSV -> Csv.read(file);
                case NPZ -> Npz.read(file, name);
                case SAFETENSORS -> Safetensors.read(file, name);
                case MAT -> Mat.read(file, name);
            };
        }

        SequencedMap<String, Tensor> readAll(Path file) {
            return switch (this) {
                case NPY, CSV, TSV -> new LinkedHashMap<>(Map.of("", read(file, "")));
                case NPZ -> Npz.readAll(file);
                case SAFETENSORS -> Safetensors.readAll(file);
                case MAT -> Mat.readAll(file);
            };
        }
    }
}
