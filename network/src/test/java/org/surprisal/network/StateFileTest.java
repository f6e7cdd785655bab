package org.surprisal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.DataException;
import org.surprisal.data.format.Safetensors;
import org.surprisal.data.format.TensorDigest;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

class StateFileTest {
    @TempDir
    private Path folder;

    private static State state() {
        State state = new State();
        state.put("weight", Tensor.of(new double[]{1, -0.0, 3.5, Double.MIN_VALUE, 5, 6}, 2, 3));
        state.put("moment", Tensor.of(new double[]{0.25, 7}).to(ElementType.FLOAT32));
        state.put("steps", 12);
        state.put("rate", 0.1);
        state.put("name", "κ, \"text\"");
        return state;
    }

    @Test
    void stateIsReadAsItWasWritten() {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state());

        State read = StateFile.read(file);
        assertThat(read.numbers()).isEqualTo(state().numbers());
        assertThat(read.findText("name")).contains("κ, \"text\"");
        assertThat(read.findText("none")).isEmpty();
        assertThat(read.tensor("weight").toDoubles()).containsExactly(1, -0.0, 3.5, Double.MIN_VALUE, 5, 6);
    }

    @Test
    void fileWithAnyBitFlippedIsRefused() throws IOException {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state());
        byte[] right = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * right.length; bit++) {
            byte[] damaged = right.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.deleteIfExists(file);
            Files.write(file, damaged);
            assertThatThrownBy(() -> StateFile.read(file)).as("bit " + bit).isInstanceOf(DataException.class)
                    .message().startsWith(file.toString()).doesNotContain("\n");
        }
    }

    /// A digest that is missing, and a version that is said to have none.
    @Test
    void stateWithoutItsDigestOrVersionIsRefused() {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state());
        SequencedMap<String, Tensor> tensors = Safetensors.readAll(file);
        SequencedMap<String, String> remarks = Safetensors.metadata(file);
        SequencedMap<String, String> without = new LinkedHashMap<>(remarks);
        without.remove("surprisal-sha256");
        SequencedMap<String, String> older = new LinkedHashMap<>(remarks);
        older.put("surprisal-state", "1");
        for (SequencedMap<String, String> changed : List.of(without, older)) {
            Safetensors.write(file, tensors, changed);
            assertThatThrownBy(() -> StateFile.read(file)).isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file + " is damaged: its digest is not that of the numbers in it");
        }
    }

    @Test
    void otherTensorsUnderTheDigestAreRefused() {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state());
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.readAll(file));
        tensors.put("moment", Tensor.of(new double[]{0.25, 8}).to(ElementType.FLOAT32));
        Safetensors.write(file, tensors, Safetensors.metadata(file));

        assertThatThrownBy(() -> StateFile.read(file)).isInstanceOf(DataException.class)
                .hasMessage(file + " is damaged: its digest is not that of the numbers in it; if it is the checkpoint"
                        + " of a run, delete it, and the run goes on from its start");
    }

    /// As versions before wrote it.
    @Test
    void stateOfTheFirstVersionIsReadAndItsDigestCheckedWhereItHasOne() {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state());
        SequencedMap<String, Tensor> tensors = Safetensors.readAll(file);
        SequencedMap<String, String> remarks = new LinkedHashMap<>(state().numbers());
        remarks.put("surprisal-state", "1");
        Safetensors.write(file, tensors, remarks);

        assertThat(StateFile.read(file).numbers()).isEqualTo(state().numbers());

        remarks.put("surprisal-sha256", TensorDigest.of(tensors, state().numbers()));
        Safetensors.write(file, tensors, remarks);
        assertThat(StateFile.read(file).numbers()).isEqualTo(state().numbers());

        remarks.put("steps", "13");
        Safetensors.write(file, tensors, remarks);
        assertThatThrownBy(() -> StateFile.read(file)).isInstanceOf(DataException.class)
                .hasMessageContaining("is damaged: its digest");
    }
}
