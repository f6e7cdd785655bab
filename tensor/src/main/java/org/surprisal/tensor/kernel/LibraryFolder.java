package org.surprisal.tensor.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.digest.Sha256Digest;
import org.surprisal.tensor.kernel.OneDnnFiles.LibraryFile;

/// The folder that native libraries are unpacked to, and from which they are loaded.
///
/// A library runs with all rights of the user, so a file is loaded only if its SHA-256 digest is the known one and
/// nobody else can change it: folder and file belong to the user and only the user can write to them, and no parent
/// lets others put another folder in its place. Where the folder in the user's cache is not so, a private temporary
/// folder serves, which is emptied when the libraries are loaded.
///
/// A digest of 90 MB takes about 0.1 s, more than all else at start. So it is taken once: beside the file a record
/// keeps its inode, size, and times of last modification and change. No program can set the time of change, so a file
/// that was written to since has another record, and its digest is taken anew. Somebody who could forge the record
/// could as well change the program.
final class LibraryFolder implements AutoCloseable {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 020;
    private static final int OTHERS_WRITE = 02;
    private static final String TEMPORARY = "surprisal-native-";

    private final Path path;
    private final int user;
    private final boolean temporary;
    /// Null where the folder cannot be locked.
    private final @Nullable FileChannel hold;

    private LibraryFolder(Path path, int user, boolean temporary) {
        this.path = path;
        this.user = user;
        this.temporary = temporary;
        this.hold = Leftovers.hold(path);
    }

    /// Opens the folder in the user's cache, or a temporary one where that cannot serve.
    ///
    /// @param cache   may be missing
    /// @param user    the id of the user of this process
    /// @param warning is told in one line why a temporary folder serves
    /// @throws IOException when no temporary folder can serve either; the message is one line
    static LibraryFolder open(Path cache, int user, Consumer<String> warning) throws IOException {
        String why;
        try {
            Path parent = cache.getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
            makePrivate(cache);
            Optional<String> exposed = exposed(cache, user);
            if (exposed.isEmpty() && Files.isWritable(cache)) {
                return new LibraryFolder(cache, user, false);
            }
            why = exposed.orElse(cache + " cannot be written to");
        } catch (FileSystemException e) {
            why = cache + " cannot be made (" + reason(e) + ")";
        }
        Path folder;
        Leftovers.deleteTemporary(Path.of(System.getProperty("java.io.tmpdir")), TEMPORARY, user);
        try {
            folder = Files.createTempDirectory(TEMPORARY);
        } catch (IOException e) {
            throw new IOException("the native library cannot be unpacked: " + why
                    + ", and no temporary folder can be made (" + reason(e) + ")", e);
        }
        LibraryFolder opened = new LibraryFolder(folder, user, true);
        Optional<String> exposed = exposed(folder, user);
        if (exposed.isPresent()) {
            opened.close();
            throw new IOException("the native library cannot be unpacked: " + why + ", and " + exposed.get());
        }
        warning.accept("the native library is unpacked at each start, because " + why
                + "; set XDG_CACHE_HOME to a folder that only you can write to");
        return opened;
    }

    private static void makePrivate(Path folder) throws IOException {
        try {
            Files.createDirectory(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // Made by an earlier process, or by another one a moment ago.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /// Says why the file system refused something.
    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> "the system gives no reason";
        };
    }

    /// Says how somebody else could change what is loaded from a folder.
    ///
    /// A group may write to a parent: on many systems each user has a group of its own. Parents may belong to the user,
    /// to root, or to the owner of the file system's root, who could replace everything anyway: in a container without
    /// a root user that is another number.
    ///
    /// @return empty if nobody else can
    static Optional<String> exposed(Path folder, int user) throws IOException {
        Path real = folder.toRealPath();
        int top = number(Files.readAttributes(real.getRoot(), "unix:uid"), "uid");
        for (Path at = real; at != null; at = at.getParent()) {
            Map<String, Object> attributes = Files.readAttributes(at, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
            int owner = number(attributes, "uid");
            int mode = number(attributes, "mode");
            if (owner != user && (at.equals(real) || (owner != 0 && owner != top))) {
                return Optional.of(at + " belongs to another user");
            }
            boolean written = at.equals(real)
                    ? (mode & (GROUP_WRITES | OTHERS_WRITE)) != 0
                    : (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
            if (written) {
                return Optional.of("others can write to " + at);
            }
        }
        return Optional.empty();
    }

    /// Returns a file with the right content, unpacked if it is not there or not as it was unpacked.
    ///
    /// @param source where the file is unpacked from
    /// @throws IOException when the source has another content, or the file cannot be written; the message is one line
    Path file(LibraryFile file, URL source) throws IOException {
        Path target = path.resolve(file.name());
        if (!isRight(target, file.sha256())) {
            unpack(file, source, target);
        }
        return target;
    }

    private boolean isRight(Path target, String sha256) throws IOException {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(target, "unix:uid,mode,ino,size,lastModifiedTime,ctime",
                    LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return false;
        }
        int mode = number(attributes, "mode");
        if (number(attributes, "uid") != user || (mode & TYPE) != REGULAR
                || (mode & (GROUP_WRITES | OTHERS_WRITE)) != 0) {
            return false;
        }
        String record = record(sha256, attributes);
        return isRecorded(target, record) || isRightByDigest(target, sha256, record);
    }

    private static boolean isRecorded(Path target, String record) {
        try {
            return Files.readString(recordOf(target)).equals(record);
        } catch (IOException e) {
            // A record that is missing or damaged costs one more digest.
            return false;
        }
    }

    private boolean isRightByDigest(Path target, String sha256, String record) throws IOException {
        if (!sha256.equals(Sha256Digest.of(target))) {
            return false;
        }
        keep(target, record);
        return true;
    }

    private static String record(String sha256, Map<String, Object> attributes) {
        return String.join(" ", sha256, String.valueOf(attributes.get("ino")), String.valueOf(attributes.get("size")),
                String.valueOf(attributes.get("lastModifiedTime")), String.valueOf(attributes.get("ctime"))) + "\n";
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name), name);
    }

    private static Path recordOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".verified");
    }

    private void keep(Path target, String record) {
        try {
            Path part = Files.createTempFile(path, ".verified-", ".part");
            try {
                Files.writeString(part, record);
                Files.move(part, recordOf(target), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // Without a record the next start takes the digest again.
            return;
        }
    }

    private void unpack(LibraryFile file, URL source, Path target) throws IOException {
        if (!temporary) {
            Leftovers.deleteIn(path);
        }
        Path part = Files.createTempFile(path, ".unpacked-", ".part");
        try {
            MessageDigest digest = Sha256Digest.start();
            URLConnection connection = source.openConnection();
            // A jar kept open by the cache of connections could not be replaced while the host runs.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream();
                    FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE);
                    OutputStream out = new DigestOutputStream(Channels.newOutputStream(written), digest)) {
                Leftovers.lock(written, false);
                in.transferTo(out);
            }
            if (!file.sha256().equals(Sha256Digest.hex(digest))) {
                throw new IOException(source + " is not the " + file.name() + " of org.bytedeco:dnnl:"
                        + OneDnnFiles.VERSION + ": its SHA-256 digest differs");
            }
            // After a power cut a file must not have its name and no content.
            force(part, StandardOpenOption.WRITE);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(path, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(part);
        }
        if (!temporary) {
            keep(target, record(file.sha256(), Files.readAttributes(target,
                    "unix:ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS)));
        }
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /// Lets go of the folder, and deletes a temporary one; what was loaded from it stays loaded.
    @Override
    public void close() throws IOException {
        if (hold != null) {
            hold.close();
        }
        if (!temporary) {
            return;
        }
        try (var files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}
