package org.surprisal.data.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A file that is being written, under a temporary name in the folder of the file it will become.
///
/// The name cannot be guessed and the file is always a new one, so that a link that somebody else has put into the
/// folder is never followed. Its permissions are those of any new file (the process's umask). While the file is being
/// written it is locked: a file of such a name without a lock was left behind by a process that was killed.
public final class UnfinishedFile implements Closeable {
    private static final String PREFIX = ".unfinished-";
    private static final String SUFFIX = ".part";
    private static final int RANDOM_BYTES = 12;
    private static final SecureRandom NAMES = new SecureRandom();

    private final Path path;
    private final FileChannel channel;

    private UnfinishedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Creates an empty one.
    ///
    /// @param folder there must be one
    public static UnfinishedFile in(Path folder) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        while (true) {
            NAMES.nextBytes(random);
            Path path = folder.resolve(PREFIX + HexFormat.of().formatHex(random) + SUFFIX);
            try {
                FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                lock(channel);
                return new UnfinishedFile(path, channel);
            } catch (FileAlreadyExistsException taken) {
                // The next turn draws another name.
            }
        }
    }

    private static void lock(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IllegalStateException("a new file is locked already");
            }
        } catch (IOException | OverlappingFileLockException e) {
            // A file system without locks: nothing can be told apart there, and nothing is cleared.
            return;
        }
    }

    public Path path() {
        return path;
    }

    /// Where to write. Closing belongs to [#close].
    public FileChannel channel() {
        return channel;
    }

    /// Closes the file, and deletes it if it still has its temporary name.
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }

    /// Deletes what processes that were killed have left in a folder; files that are being written are left alone.
    public static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isLeft(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isLeft(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }
}
