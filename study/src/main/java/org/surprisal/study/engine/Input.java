package org.surprisal.study.engine;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// An immutable input that trials of a run share. Inputs are equal when their components are, so an input is a record
/// of what decides it: the name of a data set, the number of samples, and the seed if it is drawn.
///
/// @param <T> what is loaded; nobody changes it
public interface Input<T> {
    /// Loads the input. Called once for equal inputs.
    ///
    /// @param data folder of the data sets
    /// @throws org.surprisal.data.DataException with one line, if files are missing or damaged
    T load(Path data);

    /// The data set whose downloaded files are read, if any: a run that goes on is refused when they have changed.
    default Optional<String> dataset() {
        return Optional.empty();
    }

    /// Other files or folders that are read: a run that goes on is refused when they have changed.
    default Collection<Path> files() {
        return List.of();
    }
}
