package org.surprisal.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.surprisal.tensor.Tensor;

/// Arrays as users name them: `x.npy`, or `x.npz#name` for one of several in a file; an NPZ file with one array needs no name.
public final class ArrayFile {
    private ArrayFile() {
    }

    /// The array that a reference names.
    ///
    /// @throws DataException when there is no such file or array, or it cannot be read
    public static Tensor read(String reference) {
        int mark = isFile(reference) ? -1 : reference.lastIndexOf('#');
        String file = mark < 0 ? reference : reference.substring(0, mark);
        String name = mark < 0 ? "" : reference.substring(mark + 1);
        Path path = path(file);
        String lower = file.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npz")) {
            return Npz.read(path, name.isEmpty() ? onlyName(path) : name);
        }
        if (!lower.endsWith(".npy")) {
            throw new DataException("'" + reference + "' is no array file: FILE.npy and FILE.npz#NAME can be read");
        }
        if (mark >= 0) {
            throw new DataException("'" + reference + "': an .npy file holds one array and takes no #NAME");
        }
        return Npy.read(path);
    }

    private static String onlyName(Path path) {
        List<String> names = Npz.names(path);
        if (names.size() != 1) {
            throw new DataException(path + " holds " + names.size() + " arrays: name one as " + path.getFileName()
                    + "#NAME" + (names.isEmpty() ? "" : ", of " + String.join(", ", names)));
        }
        return names.getFirst();
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
}
