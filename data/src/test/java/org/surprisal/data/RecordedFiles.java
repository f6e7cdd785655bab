package org.surprisal.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/// Small files that other programs wrote, kept in text resources: a name and one or more base64 words a line.
///
/// - `mat-fixtures.txt`: SciPy 1.10's `savemat` of arrays of each class (`plain`: `oned_as='row'`; `zipped`:
///   `do_compression=True` and `oned_as='column'`), and of text, cell, struct, sparse and complex variables; `big`:
///   big-endian, by hand with Python's `struct` and `zlib`, read back with `loadmat`; `v4`: `format='4'`; `v73`: the
///   header of version 7.3 alone.
/// - `safetensors-fixtures.txt`: by hand with Python's `struct` and `json` from NumPy's bytes, after the format's
///   description.
/// - `image-fixtures.txt`: Pillow 9.4's files of 6x9 pixels, then the pixels that Pillow reads from each, as planes of
///   `convert('RGB')` and as `convert('L')` (16-bit grey: divided by 257 and rounded); `resized…`: `rgb.png` after
///   `resize(…, BILINEAR)`.
public final class RecordedFiles {
    private RecordedFiles() {
    }

    public static byte[] bytes(String resource, String name) {
        return words(resource, name).getFirst();
    }

    public static List<byte[]> words(String resource, String name) {
        InputStream in = Objects.requireNonNull(RecordedFiles.class.getResourceAsStream(resource));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line = lines.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
            return Arrays.stream(line.substring(name.length() + 1).split(" ", -1)).map(Base64.getDecoder()::decode)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
