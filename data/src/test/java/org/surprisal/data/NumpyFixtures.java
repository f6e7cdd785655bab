package org.surprisal.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/// Files that NumPy 1.24 wrote, recorded in `numpy-fixtures.txt`: `numpy.save` of an array of the named dtype (`be`: big-endian;
/// `F`: Fortran order; v2, v3: `numpy.lib.format.write_array` with that version), `npz`: `numpy.savez` of W1 = A as f4 and
/// b1 = [7, 8] as i8, `npzc`: `numpy.savez_compressed` of x = 1000 times 3.0.
final class NumpyFixtures {
    private NumpyFixtures() {
    }

    static byte[] bytes(String name) {
        InputStream resource = Objects.requireNonNull(NumpyFixtures.class.getResourceAsStream("numpy-fixtures.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            String line = lines.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
            return Base64.getDecoder().decode(line.substring(name.length() + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(Path folder, String name, String extension) throws IOException {
        return Files.write(folder.resolve(name + extension), bytes(name));
    }
}
