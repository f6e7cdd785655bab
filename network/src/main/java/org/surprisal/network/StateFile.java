package org.surprisal.network;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.surprisal.data.DataException;
import org.surprisal.data.format.Safetensors;
import org.surprisal.data.format.TensorDigest;
import org.surprisal.tensor.Tensor;

/// A [State] as a safetensors file: tensors as such, numbers as its remarks, with a digest of both, so that a file with
/// other bits is refused.
public final class StateFile {
    private static final String FORMAT = "surprisal-state";
    private static final String VERSION = "2";
    /// Wrote no digest, or one that does not cover the version.
    private static final String FIRST = "1";
    private static final String DIGEST = "surprisal-sha256";

    private StateFile() {
    }

    /// Writes the state, or nothing: a file of that name is replaced when the new one is whole.
    ///
    /// @throws DataException when the file cannot be written
    public static void write(Path file, State state) {
        SequencedMap<String, String> remarks = new LinkedHashMap<>(state.numbers());
        remarks.put(FORMAT, VERSION);
        remarks.put(DIGEST, TensorDigest.of(state.tensors(), remarks));
        Safetensors.write(file, new LinkedHashMap<>(state.tensors()), remarks);
    }

    /// Reads what was written. A file of an older version, which has no digest, is read unchecked.
    ///
    /// @throws DataException when the file is missing, damaged or no state, or its tensors or numbers are not those
    /// that were written
    public static State read(Path file) {
        Map<String, String> numbers = new LinkedHashMap<>(Safetensors.metadata(file));
        String version = numbers.get(FORMAT);
        if (!VERSION.equals(version) && !FIRST.equals(version)) {
            throw new DataException(file + " holds no state of a training run"
                    + (version == null ? "" : " that this version can read: format " + version));
        }
        String digest = numbers.remove(DIGEST);
        if (FIRST.equals(version)) {
            numbers.remove(FORMAT);
        }
        Map<String, Tensor> tensors = Safetensors.readAll(file);
        boolean unchecked = digest == null && FIRST.equals(version);
        if (!unchecked && !TensorDigest.of(tensors, numbers).equals(digest)) {
            throw new DataException(file + " is damaged: its digest is not that of the numbers in it; if it is the"
                    + " checkpoint of a run, delete it, and the run goes on from its start");
        }
        numbers.remove(FORMAT);
        return State.of(tensors, numbers);
    }
}
