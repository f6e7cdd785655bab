package org.surprisal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.data.format.CsvLayout;
import org.surprisal.tensor.Tensor;
import picocli.CommandLine.Option;

/// The files of arrays that a command reads, how they are read, and what there is to say about them.
public final class ArrayInputs {
    @Option(names = "--header", negatable = true, fallbackValue = "true",
            description = "the first line of CSV files"
                    + " names the columns; --no-header: it is data (default: found out from the file)")
    private @Nullable Boolean header;

    private final Set<String> notes = new LinkedHashSet<>();
    private boolean tables;

    /// The array that a reference names.
    public Tensor read(String reference) {
        tables |= isTable(ArrayFile.Place.of(reference).file());
        return ArrayFile.read(reference, layout(), notes::add);
    }

    /// The samples that a reference names: a MAT-file's row or column of n numbers is n samples.
    public Tensor samples(String reference) {
        tables |= isTable(ArrayFile.Place.of(reference).file());
        return ArrayFile.samples(reference, layout(), notes::add);
    }

    /// The labels that a reference names: numbers, or the words of a CSV file's column.
    public ArrayFile.Labels labels(String reference) {
        tables |= isTable(ArrayFile.Place.of(reference).file());
        return ArrayFile.labels(reference, layout(), notes::add);
    }

    /// Every array of a file, in the order in which they are to be taken.
    public SequencedMap<String, Tensor> inOrder(Path file) {
        tables |= isTable(file);
        return ArrayFile.inOrder(file, layout(), notes::add);
    }

    /// Adds a remark about a file.
    public void note(String remark) {
        notes.add(remark);
    }

    /// What was left out of the files, or found out about them: one line each.
    public List<String> notes() {
        if (header != null && !tables) {
            notes.add((header ? "--header" : "--no-header") + " has no effect: no file is a CSV file");
        }
        return List.copyOf(notes);
    }

    /// What was said about the files, and then the warnings of a measure.
    public List<String> notesAnd(List<String> warnings) {
        List<String> all = new ArrayList<>(notes());
        all.addAll(warnings);
        return all;
    }

    private static boolean isTable(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.[ct]sv");
    }

    private CsvLayout layout() {
        if (header == null) {
            return CsvLayout.DETECTED;
        }
        return CsvLayout.DETECTED.withHeader(header ? CsvLayout.Header.PRESENT : CsvLayout.Header.ABSENT);
    }
}
