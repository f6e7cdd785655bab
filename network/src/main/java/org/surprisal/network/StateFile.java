package org.surprisal.network;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.surprisal.data.DataException;
import org.surprisal.data.Safetensors;
import org.surprisal.tensor.Tensor;

/// A [State] as a safetensors file: tensors as such, numbers as its remarks.
public final class StateFile {
    private static final String FORMAT = "surprisal-state";
    private static final String VERSION = "1";

    private StateFile() {
    }

    /// Writes the state, or nothing: a file of that name is replaced when the new one is whole.
    ///
    /// @throws DataException when the file cannot be written
    public static void write(Path file, State state) {
        SequencedMap<String, String> remarks = new LinkedHashMap<>();
        remarks.put(FORMAT, VERSION);
        remarks.putAll(state.numbers());
        Safetensors.write(file, new LinkedHashMap<>(state.tensors()), remarks);
    }

    /// Reads what was written.
    ///
    /// @throws DataException when the file is missing, damaged or no state
    public static State read(Path file) {
        Map<String, String> numbers = new LinkedHashMap<>(Safetensors.metadata(file));
        String version = numbers.remove(FORMAT);
        if (!VERSION.equals(version)) {
            throw new DataException(file + " holds no state of a training run"
                    + (version == null ? "" : " that this version can read: format " + version));
        }
        Map<String, Tensor> tensors = Safetensors.readAll(file);
        return State.of(tensors, numbers);
    }
}
