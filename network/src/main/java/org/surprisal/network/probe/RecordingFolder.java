package org.surprisal.network.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.surprisal.data.file.FileName;
import org.surprisal.data.format.Npy;

/// Keeps what a probe hears on disk, one NumPy file each, so that a long run need not hold it in memory:
/// `epoch-00003-step-000001407-linear5-output.npy`. Names sort by time. Two probes that
/// hear the same module at the same step (one of steps, one of epochs) need a folder each.
public final class RecordingFolder implements Consumer<Recording> {
    private final Path folder;

    /// @throws IOException if the folder cannot be made
    public RecordingFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /// The file of a recording.
    ///
    /// @throws IllegalArgumentException if the module's path cannot be part of a file's name ([FileName])
    public Path file(Recording recording) {
        return folder.resolve(FileName.require(String.format(Locale.ROOT, "epoch-%05d-step-%09d-%s-%s.npy",
                recording.epoch(), recording.step(), recording.module(),
                recording.quantity().name().toLowerCase(Locale.ROOT))));
    }

    /// @throws UncheckedIOException if the file is there already or cannot be written
    @Override
    public void accept(Recording recording) {
        Path file = file(recording);
        if (Files.exists(file)) {
            throw new UncheckedIOException(
                    new IOException(file + " is there already: each run and each probe needs a folder of its own"));
        }
        Npy.write(file, recording.values());
    }
}
