package org.surprisal.study.experiment;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.surprisal.study.engine.Input;

/// A file of weights that networks start from: as an input of the run, which cannot go on when the file has changed.
record WeightsInput(Path file) implements Input<Path> {
    /// Returns the file, which each network reads for itself.
    @Override
    public Path load(Path data) {
        return file;
    }

    @Override
    public Collection<Path> files() {
        return List.of(file);
    }
}
