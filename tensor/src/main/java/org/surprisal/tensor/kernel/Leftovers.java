package org.surprisal.tensor.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Deletes what killed processes and other versions of the library have left: unfinished files, folders in the cache
/// that nobody has used for a day, and temporary folders. Each library takes some 90 MB.
///
/// Whoever unpacks or loads holds a lock: a shared one on its folder, an exclusive one on an unfinished file. What is
/// locked, or was changed within a day, is left as it is. A library that is loaded stays loaded without its file.
///
/// Nothing depends on leftovers being deleted, so what cannot be deleted is passed over.
final class Leftovers {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final String LOCK = ".lock";
    private static final Pattern VERSION = Pattern.compile("(?<platform>.+-)[0-9a-f]{16}");
    private static final Pattern UNFINISHED = Pattern.compile("\\.(unpacked|verified)-.*\\.part");

    private Leftovers() {
    }

    /// Marks a folder as used, now and until the channel is closed.
    ///
    /// @return null where the file system has no locks, or another part of this process holds the folder
    static @Nullable FileChannel hold(Path folder) {
        try {
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
            return locked(folder.resolve(LOCK), true, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE);
        } catch (IOException e) {
            // The folder is then protected by its age alone.
            return null;
        }
    }

    /// Deletes the unfinished files of a folder, and the folders beside it that hold other versions for the same
    /// platform.
    static void deleteIn(Path folder) {
        deleteAll(folder, file -> UNFINISHED.matcher(name(file)).matches(), Leftovers::deleteFile);
        Path parent = folder.getParent();
        Matcher own = VERSION.matcher(name(folder));
        if (parent != null && own.matches()) {
            deleteAll(parent, other -> {
                Matcher version = VERSION.matcher(name(other));
                return version.matches() && version.group("platform").equals(own.group("platform"))
                        && !other.equals(folder);
            }, Leftovers::deleteFolder);
        }
    }

    /// Deletes the temporary folders of a user.
    static void deleteTemporary(Path parent, String prefix, int user) {
        deleteAll(parent, folder -> name(folder).startsWith(prefix) && isOwn(folder, user), Leftovers::deleteFolder);
    }

    private static boolean isOwn(Path folder, int user) {
        try {
            return Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException e) {
            return false;
        }
    }

    private interface Deletion {
        void of(Path path) throws IOException;
    }

    private static void deleteAll(Path folder, Predicate<Path> which, Deletion deletion) {
        for (Path path : entries(folder)) {
            try {
                if (which.test(path) && isOld(path)) {
                    deletion.of(path);
                }
            } catch (IOException e) {
                // Another process deletes it at the same time, or it cannot be deleted.
            }
        }
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isOld(Path path) throws IOException {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant()
                .isBefore(Instant.now().minus(KEPT));
    }

    private static void deleteFile(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel held = locked(file, false, StandardOpenOption.WRITE)) {
            if (held != null) {
                Files.delete(file);
            }
        }
    }

    /// A folder in which there is anything but files was not made by this library.
    private static void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || entries(folder).stream().anyMatch(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))) {
            return;
        }
        try (FileChannel held = locked(folder.resolve(LOCK), false, StandardOpenOption.WRITE,
                StandardOpenOption.CREATE)) {
            if (held == null) {
                return;
            }
            for (Path file : entries(folder)) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(folder);
    }

    /// Opens a file and locks it.
    ///
    /// @return null if another process, or another part of this one, holds a lock that forbids this one
    private static @Nullable FileChannel locked(Path file, boolean shared, StandardOpenOption... options)
            throws IOException {
        FileChannel channel = FileChannel.open(file, options);
        boolean locked = false;
        try {
            locked = lock(channel, shared);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? channel : null;
    }

    /// Locks a file until its channel is closed.
    ///
    /// @return false if another process, or another part of this one, holds a lock that forbids this one, or the file
    /// system has no locks
    static boolean lock(FileChannel channel, boolean shared) {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
