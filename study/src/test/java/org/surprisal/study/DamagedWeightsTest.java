package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.DataException;
import org.surprisal.data.format.Npz;
import org.surprisal.network.Network;
import org.surprisal.network.State;
import org.surprisal.network.StateFile;
import org.surprisal.network.Weights;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Files of weights and checkpoints with seeded damage, read into a network: each gives the network finite numbers,
/// those that were written where the format has checksums, or is refused in one line and changes nothing.
class DamagedWeightsTest {
    @TempDir
    private Path folder;

    private static Network network(int seed) {
        return Architecture.of(4).linear(3).batchNormalisation().activation(Activation.TANH).linear(2)
                .build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(seed));
    }

    private static State state(int seed) {
        State state = new State();
        network(seed).state().forEach(state::put);
        state.put("moment", RandomStream.seeded(seed).gaussian(ElementType.FLOAT64, 0, 1, 3, 4));
        state.put("steps", 100 + seed);
        state.put("rate", 0.1);
        state.put("name", "κ, \"text\"");
        return state;
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void damagedWeightsAreReadOrRefused() throws IOException {
        assertHeld(600);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyDamagedWeightsAreReadOrRefused() throws IOException {
        assertHeld(20_000).forEach(System.out::println);
    }

    /// Returns the counts, in words.
    private List<String> assertHeld(int mutants) throws IOException {
        Path npz = folder.resolve("x.npz");
        Path safetensors = folder.resolve("x.safetensors");
        Path mat = folder.resolve("x.mat");
        return List.of(assertLoaded(npz, written(npz, 1), written(npz, 2), true, mutants),
                assertLoaded(safetensors, written(safetensors, 1), written(safetensors, 2), false, mutants),
                assertLoaded(mat, mat(false, 1), mat(false, 2), false, mutants),
                assertLoaded(mat, mat(true, 1), mat(true, 2), true, mutants), assertSameState(mutants));
    }

    private static byte[] written(Path file, int seed) throws IOException {
        Weights.save(network(seed), file);
        return Files.readAllBytes(file);
    }

    /// @param checked whether the format has checksums, under which only numbers that were written may be read
    private static String assertLoaded(Path file, byte[] right, byte[] other, boolean checked, int mutants)
            throws IOException {
        List<double[]> written = new ArrayList<>();
        for (int seed : new int[]{1, 2}) {
            network(seed).state().values().forEach(tensor -> written.add(tensor.toDoubles()));
        }
        Network network = network(3);
        Files.write(file, right);
        Weights.load(network, file);
        assertThat(numbers(network)).isDeepEqualTo(numbers(network(1)));
        int refused = 0;
        for (int i = 0; i < mutants; i++) {
            RandomStream random = RandomStream.seeded(i).child(file.getFileName().toString());
            Files.deleteIfExists(file);
            Files.write(file, FileDamage.binary(right, other, random));
            String what = "mutant " + i + " of " + file.getFileName() + (checked ? ", with checksums" : "");
            double[][] before = numbers(network);
            try {
                Weights.load(network, file);
                for (double[] numbers : numbers(network)) {
                    assertThat(numbers).as(what).matches(all -> Arrays.stream(all).allMatch(Double::isFinite));
                    assertThat(!checked || written.stream().anyMatch(one -> Arrays.equals(one, numbers)))
                            .as(what + " gave numbers that were never written").isTrue();
                }
            } catch (DataException e) {
                Refusal.assertForUsers(what, Failures.reason(e), file);
                assertThat(numbers(network)).as(what).isDeepEqualTo(before);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(mutants / 4);
        return mutants + " of " + file.getFileName() + ", " + refused + " refused";
    }

    private static double[][] numbers(Network network) {
        return network.state().values().stream().map(Tensor::toDoubles).toArray(double[][]::new);
    }

    private String assertSameState(int mutants) throws IOException {
        Path file = folder.resolve("state.safetensors");
        StateFile.write(file, state(2));
        byte[] other = Files.readAllBytes(file);
        StateFile.write(file, state(1));
        byte[] right = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < mutants; i++) {
            Files.deleteIfExists(file);
            Files.write(file, FileDamage.binary(right, other, RandomStream.seeded(i).child("state")));
            String what = "mutant " + i + " of a checkpoint";
            try {
                State read = StateFile.read(file);
                State expected = read.numbers().equals(state(2).numbers()) ? state(2) : state(1);
                assertThat(read.numbers()).as(what).isEqualTo(expected.numbers());
                assertThat(read.tensors().keySet()).as(what).isEqualTo(expected.tensors().keySet());
                expected.tensors().forEach((name, tensor) -> assertThat(read.tensor(name).toDoubles()).as(what)
                        .containsExactly(tensor.toDoubles()));
            } catch (DataException e) {
                Refusal.assertForUsers(what, Failures.reason(e), file);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(mutants * 9 / 10);
        return mutants + " checkpoints, " + refused + " refused";
    }

    /// A MAT-5 file of a network's parameters as doubles.
    private static byte[] mat(boolean compressed, int seed) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(String.format(Locale.ROOT, "%-124s", "MATLAB 5.0 MAT-file").getBytes(StandardCharsets.US_ASCII));
        file.write(new byte[]{0, 1, 'I', 'M'});
        Path named = Files.createTempFile("weights", ".npz");
        try {
            Weights.save(network(seed), named);
            for (Map.Entry<String, Tensor> entry : Npz.readAll(named).entrySet()) {
                byte[] matrix = matrix(entry.getKey(), entry.getValue());
                if (compressed) {
                    ByteArrayOutputStream packed = new ByteArrayOutputStream();
                    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
                        out.write(matrix);
                    }
                    matrix = element(15, packed.toByteArray(), false);
                }
                file.write(matrix);
            }
        } finally {
            Files.delete(named);
        }
        return file.toByteArray();
    }

    private static byte[] matrix(String name, Tensor tensor) throws IOException {
        int rows = tensor.rank() == 2 ? tensor.length(0) : 1;
        int columns = tensor.size() / rows;
        ByteBuffer numbers = ByteBuffer.allocate(8 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                numbers.putDouble(tensor.toDoubles()[row * columns + column]);
            }
        }
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.write(element(6, buffer(8).putInt(6).putInt(0).array(), true));
        inside.write(element(5, buffer(8).putInt(rows).putInt(columns).array(), true));
        inside.write(element(1, name.getBytes(StandardCharsets.US_ASCII), true));
        inside.write(element(9, numbers.array(), true));
        return element(14, inside.toByteArray(), true);
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] element(int type, byte[] content, boolean padded) {
        int room = padded ? (content.length + 7) / 8 * 8 : content.length;
        return buffer(8 + room).putInt(type).putInt(content.length).put(content).array();
    }
}
