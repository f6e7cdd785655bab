package org.surprisal.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;

/// What a study is given to run with.
///
/// @param settings     of the study
/// @param seed         of every random choice; several seeds are `seed`, `seed + 1`, …
/// @param seeds        how many seeds were asked for; empty leaves it to the study
/// @param data         folder of the data sets
/// @param folder       where numbers are kept
/// @param progress     where to tell how far the work is
/// @param jobs         trials that may run at a time, at least 1
/// @param checkpointInterval at least this time between two checkpoints of one training
/// @param checkpoints  from where the study goes on when it was cut off
/// @param interruption whether the user wants it to stop
public record Run(Settings settings, long seed, OptionalInt seeds, Path data, RunFolder folder, Progress progress,
        int jobs, Duration checkpointInterval, Checkpoints checkpoints, BooleanSupplier interruption) {

    /// The folder of the data sets, after noting the files of the one that the study is about to read, so that a
    /// resumed run is refused when they have changed.
    ///
    /// @param dataset name; one that needs no file is noted as nothing
    /// @throws UncheckedIOException with one line, if a file has changed since the run began
    public Path data(String dataset) {
        try {
            folder.uses(dataset, data, progress::warning);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return data;
    }

    /// Notes files of the user's that the study reads, so that a resumed run is refused when they have changed.
    ///
    /// @param files or folders, with all files in them; always those of the whole run
    /// @throws IOException with one line naming the file, if it has changed since the run began
    public void uses(Collection<Path> files) throws IOException {
        folder.uses(files, progress::warning);
    }

    /// The value of a setting.
    public <T> T get(Setting<T> setting) {
        return settings.get(setting);
    }

    /// Whether the user wants the study to stop. Once true it stays true.
    public boolean interrupted() {
        return interruption.getAsBoolean();
    }
}
