package org.surprisal.tensor.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 digests (FIPS 180-4) in lower-case hexadecimal.
public final class Sha256Digest {
    private Sha256Digest() {
    }

    /// Starts a digest of no bytes yet.
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// Adds the bytes of a file.
    ///
    /// @throws IOException if the file cannot be read
    public static void add(MessageDigest digest, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
    }

    /// Returns the digest of the bytes so far, and starts anew.
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Returns the digest of a file's bytes.
    ///
    /// @throws IOException if the file cannot be read
    public static String of(Path file) throws IOException {
        MessageDigest digest = start();
        add(digest, file);
        return hex(digest);
    }
}
