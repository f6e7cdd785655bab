package org.surprisal.data.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.digest.Sha256Digest;

/// SHA-256 of named tensors and texts, independent of the order in which they are given.
public final class TensorDigest {
    private TensorDigest() {
    }

    /// The digest of all names, element types, shapes and bits, in lower-case hexadecimal.
    public static String of(Map<String, Tensor> tensors, Map<String, String> texts) {
        MessageDigest digest = Sha256Digest.start();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
                line(out, text.getKey(), text.getValue());
            }
            for (Map.Entry<String, Tensor> named : new TreeMap<>(tensors).entrySet()) {
                Tensor tensor = named.getValue();
                line(out, named.getKey(), tensor.type() + " " + tensor.shape());
                Npy.writeNumbers(out, tensor);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a digest takes all bytes", e);
        }
        return Sha256Digest.hex(digest);
    }

    /// Lengths first, so that no two different contents make the same bytes.
    private static void line(OutputStream out, String name, String value) throws IOException {
        out.write((name.length() + " " + value.length() + " " + name + value).getBytes(StandardCharsets.UTF_8));
    }
}
