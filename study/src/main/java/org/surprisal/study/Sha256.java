package org.surprisal.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.surprisal.tensor.digest.Sha256Digest;

/// SHA-256 digests of files and texts, in lower-case hexadecimal (FIPS 180-4).
public final class Sha256 {
    private Sha256() {
    }

    /// Returns the digest of the UTF-8 bytes of a text.
    public static String of(String text) {
        MessageDigest digest = Sha256Digest.start();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return Sha256Digest.hex(digest);
    }

    /// The digest of a file's bytes; for a folder, that of the names, lengths and bytes of all files in it, in the
    /// order of their names. Links are followed.
    ///
    /// @throws IOException with one line naming the file, if it cannot be read, or a link in a folder leads back into
    /// it
    static String of(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return Sha256Digest.of(file);
        }
        MessageDigest digest = Sha256Digest.start();
        for (String name : files(file).stream().map(each -> file.relativize(each).toString()).sorted().toList()) {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(1 + Long.BYTES).putLong(1, Files.size(file.resolve(name))).array());
            Sha256Digest.add(digest, file.resolve(name));
        }
        return Sha256Digest.hex(digest);
    }

    /// The files of which [#of(Path)] is the digest: the file itself, or all files in a folder and in what it links to.
    ///
    /// @throws IOException with one line naming the link, if a link in a folder leads back into it
    static List<Path> files(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return List.of(file);
        }
        try (Stream<Path> all = Files.walk(file, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemLoopException loop) {
                throw new IOException(loop.getFile() + " leads back into a folder that holds it, so that " + file
                        + " has no end: remove this link", loop);
            }
            throw e.getCause();
        }
    }
}
