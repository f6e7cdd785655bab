package org.surprisal.data.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.surprisal.data.RecordedFiles;

/// Files that NumPy 1.24 wrote, recorded in `numpy-fixtures.txt`: `numpy.save` of an array of the named dtype (`be`:
/// big-endian; `F`: Fortran order; v2, v3: `numpy.lib.format.write_array` with that version), `npz`: `numpy.savez` of
/// W1 = A as f4 and b1 = [7, 8] as i8, `npzc`: `numpy.savez_compressed` of x = 1000 times 3.0.
final class NumpyFixtures {
    private NumpyFixtures() {
    }

    static byte[] bytes(String name) {
        return RecordedFiles.bytes("numpy-fixtures.txt", name);
    }

    static Path file(Path folder, String name, String extension) throws IOException {
        return Files.write(folder.resolve(name + extension), bytes(name));
    }
}
