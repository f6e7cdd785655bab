package org.surprisal.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The digests of the files that a process reads. A file or folder is hashed once, and again only when the size or the
/// time of change of a file differs from when it was hashed: data may have gigabytes, and are asked for at every seed.
final class FileDigests {
    private final Map<Path, Known> known = new HashMap<>();

    /// The digest of a file or folder, as [Sha256#of(Path)].
    ///
    /// @throws IOException with one line naming the file, if it cannot be read
    synchronized String of(Path file) throws IOException {
        Path place = file.toAbsolutePath();
        // Taken before the bytes are read: a change in between shows at the next call.
        List<Stamp> stamps = stamps(file);
        Known before = known.get(place);
        if (before != null && before.stamps().equals(stamps)) {
            return before.digest();
        }
        String digest = Sha256.of(file);
        known.put(place, new Known(stamps, digest));
        return digest;
    }

    private static List<Stamp> stamps(Path file) throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path each : Sha256.files(file)) {
            BasicFileAttributes now = Files.readAttributes(each, BasicFileAttributes.class);
            stamps.add(new Stamp(each, now.size(), now.lastModifiedTime()));
        }
        return stamps;
    }

    private record Stamp(Path file, long size, FileTime changed) {}

    private record Known(List<Stamp> stamps, String digest) {}
}
