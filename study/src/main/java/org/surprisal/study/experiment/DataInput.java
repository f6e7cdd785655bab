package org.surprisal.study.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.surprisal.study.engine.Input;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// The data of an experiment and a seed. Equal where the file says the same of them.
final class DataInput implements Input<DataInput.Loaded> {
    private final Path folder;
    private final Entry data;
    private final ElementType type;
    private final long seed;
    private final int fold;
    private final Optional<String> dataset;
    private final List<Path> files;

    /// @param folder  in which the user's files are found
    /// @param data    what the file says of the data
    /// @param seed    of everything drawn
    /// @param fold    the part of the samples that is left out, from 1, where the data are divided into folds
    /// @param dataset the name of the data set, if there is one
    /// @param files   of the user that are read
    DataInput(Path folder, Entry data, ElementType type, long seed, int fold, Optional<String> dataset,
            List<Path> files) {
        this.folder = folder;
        this.data = data;
        this.type = type;
        this.seed = seed;
        this.fold = fold;
        this.dataset = dataset;
        this.files = List.copyOf(files);
    }

    /// Data, and what was left out of the user's files or found out about them.
    record Loaded(ExperimentData data, List<String> notes) {}

    @Override
    public Loaded load(Path dataFolder) {
        List<String> notes = new ArrayList<>();
        ExperimentData read = new DataEntries(folder, dataFolder, type, RandomStream.seeded(seed).child("data"),
                notes::add).read(data, fold);
        return new Loaded(read, List.copyOf(notes));
    }

    @Override
    public Optional<String> dataset() {
        return dataset;
    }

    @Override
    public Collection<Path> files() {
        return files;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataInput that && key().equals(that.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    private List<Object> key() {
        return List.of(folder, data.value(), type, seed, fold, files);
    }

    @Override
    public String toString() {
        return Objects.toString(key());
    }
}
