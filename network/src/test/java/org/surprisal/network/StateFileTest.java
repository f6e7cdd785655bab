package org.surprisal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.DataException;
import org.surprisal.data.Safetensors;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
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
        assertThat(StateFile.hasDigest(file)).isTrue();
    }

    /// Each single bit of the file: none is read as another state.
    @Test
    void fileWithAnyBitFlippedIsRefused() throws IOException {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state());
        byte[] right = Files.readAllBytes(file);
        int readAlike = 0;
        for (int i = 0; i < right.length; i++) {
            byte[] damaged = right.clone();
            damaged[i] ^= (byte) (1 << RandomStream.seeded(i).nextInt(8));
            Files.write(file, damaged);
            try {
                State read = StateFile.read(file);
                // A key without which nothing is checked was renamed: the numbers themselves must be right.
                assertThat(read.tensor("weight").toDoubles()).as("byte " + i)
                        .containsExactly(1, -0.0, 3.5, Double.MIN_VALUE, 5, 6);
                readAlike++;
            } catch (DataException e) {
                assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
            }
        }
        assertThat(readAlike).as("damage to the digest's own name, or to white space").isLessThan(40);
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
    void stateWithoutADigestIsRead() {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state());
        SequencedMap<String, String> remarks = new LinkedHashMap<>(Safetensors.metadata(file));
        assertThat(remarks.remove("surprisal-sha256")).matches("[0-9a-f]{64}");
        Safetensors.write(file, Safetensors.readAll(file), remarks);

        assertThat(StateFile.hasDigest(file)).isFalse();
        assertThat(StateFile.read(file).numbers()).isEqualTo(state().numbers());
    }
}
