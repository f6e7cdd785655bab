package org.surprisal.data.format;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.surprisal.data.DataException;
import org.surprisal.settings.MessageText;
import org.surprisal.tensor.Tensor;

/// Arrays as users name them: `x.npy` or `x.csv`; `x.csv#a,b` or `x.csv#2-9` for some columns by name or number;
/// `x.npz#name`, `x.safetensors#name` or `x.mat#name` for one of several in a file, where a file with one array needs
/// no name.
///
/// What was left out of a file or found out about it is told as notes, one line each, which go to the log of
/// `org.surprisal.data` where the caller takes none.
public final class ArrayFile {
    private ArrayFile() {
    }

    /// The array that a reference names.
    ///
    /// @throws DataException when there is no such file or array, or it cannot be read
    public static Tensor read(String reference) {
        return read(reference, CsvLayout.DETECTED, ReadingNotes.LOGGED);
    }

    /// The array that a reference names.
    ///
    /// @param layout of CSV files
    /// @param notes hears what was left out of the file or found out about it
    /// @throws DataException when there is no such file or array, or it cannot be read
    public static Tensor read(String reference, CsvLayout layout, Consumer<String> notes) {
        return Place.of(reference).read(layout, notes);
    }

    /// Samples or labels: the array that a reference names, except that a MAT-file's (1, n) or (n, 1) has shape (n).
    /// MATLAB has no arrays of one axis, and SciPy writes an array of n numbers as (1, n).
    ///
    /// @param layout of CSV files
    /// @param notes hears what was left out of the file or found out about it
    /// @throws DataException when there is no such file or array, or it cannot be read
    public static Tensor samples(String reference, CsvLayout layout, Consumer<String> notes) {
        Place place = Place.of(reference);
        Tensor array = place.read(layout, notes);
        return samples(place.file, reference, array, notes);
    }

    private static Tensor samples(Path file, String reference, Tensor array, Consumer<String> notes) {
        if (array.size() < 2 || !mayBeVector(file, array)) {
            return array;
        }
        if (array.length(0) == 1) {
            notes.accept(reference + " of shape " + array.shape() + " is taken for " + array.size()
                    + " samples of one number, not for one sample: a MAT-file has no arrays of one axis");
        }
        return vector(file, array);
    }

    /// Whether an array of a file may have had one axis before it was saved: a MAT-file holds n numbers as (1, n) or
    /// (n, 1), because it has no arrays of one axis.
    public static boolean mayBeVector(Path file, Tensor array) {
        return isMat(file) && array.rank() == 2 && Math.min(array.length(0), array.length(1)) == 1;
    }

    /// The array with one axis if it [may have had one][#mayBeVector(Path, Tensor)] before it was saved, else the array
    /// itself: for arrays that are always vectors, such as the biases of a layer.
    public static Tensor vector(Path file, Tensor array) {
        return mayBeVector(file, array) ? array.reshape(array.size()) : array;
    }

    private static boolean isMat(Path file) {
        return Format.of(file) == Format.MAT;
    }

    /// Labels of samples: numbers, or the words of a column of a CSV file. One of the two is empty.
    ///
    /// @param numbers one a sample, as [#samples] reads them
    /// @param words one a sample
    public record Labels(Optional<Tensor> numbers, List<String> words) {}

    /// The labels that a reference names, read at once whether they are numbers or words: `y.npy`, `x.csv#species`, or
    /// `y.csv` with one column.
    ///
    /// @param layout of CSV files
    /// @param notes hears what was left out of the file or found out about it
    /// @throws DataException when there is no such file, array or column, or it cannot be read
    public static Labels labels(String reference, CsvLayout layout, Consumer<String> notes) {
        Place place = Place.of(reference);
        Format format = Format.of(place.file);
        if (format != Format.CSV && format != Format.TSV) {
            return new Labels(Optional.of(samples(reference, layout, notes)), List.of());
        }
        List<String> words = Csv.words(place.file, layout, place.name, notes);
        if (words.stream().allMatch(CsvRecords::isNumber)) {
            return new Labels(Optional.of(Tensor.of(words.stream().mapToDouble(Double::parseDouble).toArray())),
                    List.of());
        }
        words.stream().filter(CsvRecords::isNumber).findFirst().ifPresent(number -> notes.accept(reference
                + " holds numbers and words, " + number + " for example: each is taken for the name of a class"));
        return new Labels(Optional.empty(), words);
    }

    /// One array of a file.
    ///
    /// @param name empty for a file that holds one array
    /// @throws DataException when there is no such file or array, or it cannot be read
    public static Tensor read(Path file, String name) {
        return new Place(file, name).read(CsvLayout.DETECTED, ReadingNotes.LOGGED);
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
        return readAll(file, CsvLayout.DETECTED, ReadingNotes.LOGGED);
    }

    /// Every array of a file by its name, in the file's order.
    ///
    /// @param layout of CSV files
    /// @param notes hears what was left out of the file or found out about it
    /// @throws DataException when the file cannot be read
    public static SequencedMap<String, Tensor> readAll(Path file, CsvLayout layout, Consumer<String> notes) {
        return Format.of(file).readAll(file, layout, notes);
    }

    /// Every array of a file by its name, as [#samples], in the order of the layers that they belong to.
    ///
    /// Names with one stem go by their numbers. Else an NPZ file has the order in which its arrays were saved, unless
    /// its names are sorted as words with their numbers out of order; the other formats have no order of their own. A
    /// note tells how the order was found where the names do not decide.
    ///
    /// @param layout of CSV files
    /// @param notes hears how the order was found, what was left out of the file or found out about it
    /// @throws DataException when the file cannot be read
    public static SequencedMap<String, Tensor> inOrder(Path file, CsvLayout layout, Consumer<String> notes) {
        SequencedMap<String, Tensor> arrays = readAll(file, layout, notes);
        arrays.replaceAll((name, array) -> samples(file, file + "#" + name, array, notes));
        List<String> given = List.copyOf(arrays.sequencedKeySet());
        if (given.size() < 2) {
            return arrays;
        }
        boolean npz = Format.of(file) == Format.NPZ;
        boolean series = NumberedNames.areOneSeries(given);
        boolean kept = npz && !series && !NumberedNames.areSortedAsWords(given);
        List<String> order = kept ? given : NumberedNames.ordered(given);
        String shown = MessageText.listed(order);
        if (!series && !npz) {
            notes.accept(file
                    + " keeps no order of its arrays, and their names do not tell it: taken in the order of its header,"
                    + " those whose names differ only in numbers by number: " + shown
                    + " (name each as FILE#NAME for another order)");
        } else if (!series && !kept) {
            notes.accept(file
                    + " holds its arrays sorted by name, with their numbers out of order: those whose names differ only"
                    + " in numbers are taken by number: " + shown + " (name each as FILE#NAME for another order)");
        } else if (series && npz && !given.equals(order) && !NumberedNames.areSortedAsWords(given)) {
            notes.accept(
                    file + " holds its arrays in another order than that of their numbers, which is taken: " + shown
                            + " (name each as FILE#NAME for another order)");
        }
        SequencedMap<String, Tensor> ordered = new LinkedHashMap<>();
        order.forEach(name -> ordered.put(name, Objects.requireNonNull(arrays.get(name))));
        return ordered;
    }

    /// The columns that follow the mark of a CSV file's reference, `a,b`.
    ///
    /// @throws DataException when one is empty
    private static List<String> columns(Path file, String names) {
        List<String> columns = Arrays.stream(names.split(",", -1)).map(String::strip).toList();
        if (columns.contains("")) {
            throw new DataException(
                    file + "#" + names + ": a column without a name is named by its number, 1 is the first");
        }
        return columns;
    }

    /// Where an array is.
    ///
    /// @param name of the array in the file, or the names of its columns; empty for the only one
    public record Place(Path file, String name) {
        /// The place that a reference names.
        ///
        /// @throws DataException when it holds no path of a file
        public static Place of(String reference) {
            int mark = mark(reference);
            if (mark < 0) {
                return new Place(path(reference), "");
            }
            return new Place(path(reference.substring(0, mark)), reference.substring(mark + 1));
        }

        /// The columns of a CSV file that are named; none: all of them.
        ///
        /// @throws DataException when a name is empty
        public List<String> columns() {
            return name.isEmpty() ? List.of() : ArrayFile.columns(file, name);
        }

        private Tensor read(CsvLayout layout, Consumer<String> notes) {
            Format format = Format.of(file);
            if (!name.isEmpty()) {
                format.requireNamed(file);
                return format.read(file, name, layout, notes);
            }
            List<String> names = format.names(file);
            if (names.size() != 1) {
                throw new DataException(file + " holds " + names.size() + " arrays: name one as " + file.getFileName()
                        + "#NAME" + (names.isEmpty() ? "" : ", of " + MessageText.listed(names)));
            }
            return format.read(file, names.getFirst(), layout, notes);
        }
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
            throw new DataException(MessageText.noPath(file), e);
        }
    }

    /// The formats there are, by the ending of a file's name.
    private enum Format {
        NPY(""), NPZ("#NAME"), SAFETENSORS("#NAME"), MAT("#NAME"), CSV("[#COLUMN,...]"), TSV("[#COLUMN,...]");

        /// How one array of several, or some columns, are named.
        private final String part;

        Format(String part) {
            this.part = part;
        }

        static Format of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return Arrays.stream(values()).filter(format -> name.endsWith(format.ending())).findFirst()
                    .orElseThrow(() -> new DataException("'" + file + "' is " + foreign(name) + ": "
                            + Arrays.stream(values())
                                    .map(format -> "FILE" + format.ending() + format.part)
                                    .collect(Collectors.joining(", "))
                            + " can be read"));
        }

        /// What a file is by the ending of its name, and what turns it into one that can be read.
        private static String foreign(String name) {
            if (name.matches(".*\\.(pt|pth|ckpt)")) {
                return "of PyTorch's own format, which can run code when it is read; convert it in Python:"
                        + " safetensors.torch.save_file(torch.load('FILE', weights_only=True), 'FILE.safetensors')";
            }
            if (name.matches(".*\\.(pkl|pickle|joblib)")) {
                return "a pickle, which can run code when it is read; save its arrays in Python:"
                        + " numpy.savez('FILE.npz', NAME=array)";
            }
            if (name.matches(".*\\.(h5|hdf5|keras)")) {
                return "of HDF5; save its arrays in Python: numpy.savez('FILE.npz', NAME=array)";
            }
            return "no array file";
        }

        private String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }

        void requireNamed(Path file) {
            if (part.isEmpty()) {
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

        Tensor read(Path file, String name, CsvLayout layout, Consumer<String> notes) {
            return switch (this) {
                case NPY -> Npy.read(file);
                case CSV, TSV -> Csv.read(file, layout, new Place(file, name).columns(), notes);
                case NPZ -> Npz.read(file, name);
                case SAFETENSORS -> Safetensors.read(file, name);
                case MAT -> Mat.read(file, name);
            };
        }

        SequencedMap<String, Tensor> readAll(Path file, CsvLayout layout, Consumer<String> notes) {
            return switch (this) {
                case NPY, CSV, TSV -> new LinkedHashMap<>(Map.of("", read(file, "", layout, notes)));
                case NPZ -> Npz.readAll(file, notes);
                case SAFETENSORS -> Safetensors.readAll(file);
                case MAT -> Mat.readAll(file);
            };
        }
    }
}
