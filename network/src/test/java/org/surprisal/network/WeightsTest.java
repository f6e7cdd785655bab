package org.surprisal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.format.Npz;
import org.surprisal.data.format.Safetensors;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.architecture.KnownArchitectures;
import org.surprisal.network.architecture.LayerSpec;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Networks that PyTorch trained give the same outputs here.
///
/// Recorded by a script that trains a LeNet (conv1, conv2, fc1, fc2) and a perceptron (an nn.Sequential of four Linear)
/// for 60 steps on MNIST, and runs an Embedding, a GRU of two levels, a BatchNorm1d and a Linear thrice in training;
/// that writes their state_dict() with numpy.savez, or as safetensors with the names sorted, and their outputs, in
/// evaluation, on inputs of the formulas below.
class WeightsTest {
    @TempDir
    Path folder;

    private Path fixture(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(WeightsTest.class.getResourceAsStream(name), name)) {
            Files.copy(in, file);
        }
        return file;
    }

    private static Network build(Architecture architecture) {
        return architecture.build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(5));
    }

    private static Network perceptron() {
        return build(Architecture.of(784).linear(12).activation(Activation.RELU).linear(12).activation(Activation.RELU)
                .linear(12).activation(Activation.RELU).linear(10));
    }

    private static Tensor images(int... shape) {
        return PyTorchFixture.tensor(ElementType.FLOAT32, i -> (float) ((7 * i + 3) % 25 / 24.0), shape);
    }

    @Test
    void aLeNetThatPyTorchTrained() throws IOException {
        Network network = build(KnownArchitectures.leNet());
        Weights.load(network, fixture("lenet.safetensors"));
        new PyTorchFixture("weights.txt").compare("lenet", "value", network.evaluate(images(3, 1, 28, 28)));
    }

    /// In safetensors the modules 2 and 4, which are alike, are told apart by their numbers; in NPZ by their order.
    @ParameterizedTest
    @ValueSource(strings = {"mlp.npz", "mlp.safetensors"})
    void aPerceptronThatPyTorchTrained(String file) throws IOException {
        Network network = perceptron();
        Weights.load(network, fixture(file));
        new PyTorchFixture("weights.txt").compare("mlp", "value", network.evaluate(images(3, 784)));
    }

    /// Twelve layers that are alike, in an NPZ whose names were sorted as words: 0, 1, 10, 11, 2, ….
    @Test
    void sortedNamesGoByTheirNumbers() {
        Architecture deep = Architecture.of(6);
        for (int i = 0; i < 12; i++) {
            deep = deep.linear(6).activation(Activation.TANH);
        }
        Network trained = deep.build(ElementType.FLOAT64, VarianceScaling.fanInUniform(), RandomStream.seeded(1));
        Tensor x = RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 5, 6);
        double[] expected = trained.evaluate(x).toDoubles();
        for (String path : new String[]{"net.%d.", "layers.%d.inner."}) {
            SequencedMap<String, Tensor> sorted = new LinkedHashMap<>();
            new TreeMap<>(renamed(trained, path)).forEach(sorted::put);
            Npz.write(folder.resolve("sorted.npz"), sorted);
            Safetensors.write(folder.resolve("sorted.safetensors"), sorted);
            Npz.write(folder.resolve("saved.npz"), renamed(trained, path));
            for (String file : new String[]{"sorted.npz", "sorted.safetensors", "saved.npz"}) {
                Network other = deep.build(ElementType.FLOAT64, VarianceScaling.fanInUniform(), RandomStream.seeded(9));
                Weights.load(other, folder.resolve(file));
                assertThat(other.evaluate(x).toDoubles()).as(file).isEqualTo(expected);
            }
        }
    }

    /// The names of a state_dict with a number a layer.
    private static SequencedMap<String, Tensor> renamed(Network network, String path) {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        for (int i = 0; i < network.parameters().size(); i += 2) {
            String layer = path.formatted(i);
            for (int k = i; k < i + 2; k++) {
                Tensor value = network.parameters().get(k).value();
                arrays.put(layer + (value.rank() == 2 ? "weight" : "bias"), value);
            }
        }
        return arrays;
    }

    @Test
    void anOrderThatTwoRulesTellDifferentlyIsRefused() {
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        for (String name : new String[]{"fc2", "fc3", "fc1"}) {
            arrays.put(name + ".weight", Tensor.zeros(ElementType.FLOAT32, 3, 3));
            arrays.put(name + ".bias", Tensor.zeros(ElementType.FLOAT32, 3));
        }
        Path file = folder.resolve("chosen.npz");
        Npz.write(file, arrays);
        Network three = build(Architecture.of(3).linear(3).linear(3).linear(3));
        assertThatThrownBy(() -> Weights.load(three, file)).isInstanceOf(DataException.class)
                .hasMessage(file
                        + ": fc2, fc3, fc1 are alike, and their numbers tell another order than the file; which is"
                        + " that of the network's linear0, linear1, linear2 cannot be told: give them the network's"
                        + " names,"
                        + " or numbers in order");
        SequencedMap<String, Tensor> sorted = new LinkedHashMap<>();
        for (String name : new String[]{"decoder", "encoder"}) {
            sorted.put(name + ".bias", Tensor.zeros(ElementType.FLOAT32, 3));
            sorted.put(name + ".weight", Tensor.zeros(ElementType.FLOAT32, 3, 3));
        }
        Npz.write(file, sorted);
        Network two = build(Architecture.of(3).linear(3).linear(3));
        assertThatThrownBy(() -> Weights.load(two, file)).hasMessageContaining(
                "decoder, encoder are alike, and their names do not say which is which");
    }

    /// Recorded by a script that draws a Linear(3, 3), a BatchNorm1d(3), a Linear(3, 1) and writes their state_dict by
    /// `scipy.io.savemat`, which makes (1, n) of each bias, and by `numpy.savez`.
    @Test
    void vectorsOfAMatFileAreBiasesAndNormalisations() throws IOException {
        Architecture small = Architecture.of(3).linear(3).batchNormalisation().linear(1);
        Tensor x = RandomStream.seeded(2).gaussian(ElementType.FLOAT32, 0, 1, 5, 3);
        Network expected = build(small);
        Weights.load(expected, fixture("small.npz"));
        Network network = small.build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(9));
        Weights.load(network, fixture("small.mat"));
        assertThat(network.evaluate(x).toDoubles()).isEqualTo(expected.evaluate(x).toDoubles());
    }

    /// With the bias first, the shape of a normalisation's scale is compared with a shift that is a vector already.
    @Test
    void orderOfAMatFileDoesNotDecideWhatIsAVector() throws IOException {
        ByteBuffer mat = ByteBuffer.wrap(Files.readAllBytes(fixture("small.mat"))).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer reversed = ByteBuffer.allocate(mat.capacity());
        reversed.put(0, mat, 0, 128);
        int end = mat.capacity();
        for (int from = 128; from < mat.capacity();) {
            int length = 2 * Integer.BYTES + mat.getInt(from + Integer.BYTES);
            end -= length;
            reversed.put(end, mat, from, length);
            from += length;
        }
        Path file = Files.write(folder.resolve("reversed.mat"), reversed.array());
        Architecture small = Architecture.of(3).linear(3).batchNormalisation().linear(1);
        Network expected = build(small);
        Weights.load(expected, folder.resolve("small.mat"));
        Network network = small.build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(9));

        Weights.load(network, file);

        Tensor x = RandomStream.seeded(2).gaussian(ElementType.FLOAT32, 0, 1, 5, 3);
        assertThat(network.evaluate(x).toDoubles()).isEqualTo(expected.evaluate(x).toDoubles());
    }

    @Test
    void levelsOfARecurrentModuleAreLayersOfTheirOwn() throws IOException {
        Network network = build(Architecture.of(4).then(new LayerSpec.Embedding(7, 5))
                .then(new LayerSpec.Recurrent(LayerSpec.Recurrent.Cell.GRU, 6))
                .then(new LayerSpec.Recurrent(LayerSpec.Recurrent.Cell.GRU, 6)).then(new LayerSpec.LastStep())
                .batchNormalisation().linear(3));
        Weights.load(network, fixture("gru.safetensors"));
        Tensor symbols = PyTorchFixture.tensor(ElementType.FLOAT32, k -> {
            int i = k / 4;
            return (3 * i * i + 5 * (k % 4) + i) % 7;
        }, 8, 4);
        new PyTorchFixture("weights.txt").compare("gru", "value", network.evaluate(symbols));
    }

    @ParameterizedTest
    @ValueSource(strings = {"own.npz", "own.safetensors"})
    void whatIsSavedIsLoadedByName(String file) {
        Network network = build(Architecture.of(6).linear(4).batchNormalisation().linear(4).linear(4).linear(2));
        network.forwardInTraining(RandomStream.seeded(1).gaussian(ElementType.FLOAT32, 1, 2, 9, 6),
                RandomStream.seeded(1));
        Weights.save(network, folder.resolve(file));
        Network other = Architecture.of(6).linear(4).batchNormalisation().linear(4).linear(4).linear(2)
                .build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(99));
        Weights.load(other, folder.resolve(file));
        Tensor x = RandomStream.seeded(2).gaussian(ElementType.FLOAT32, 0, 1, 5, 6);
        assertThat(other.evaluate(x).toDoubles()).isEqualTo(network.evaluate(x).toDoubles());
    }

    @Test
    void savedNamesAreThoseOfAnOrderedSequential() {
        Path file = folder.resolve("names.safetensors");
        Weights.save(build(Architecture.of(3).linear(2).batchNormalisation()), file);
        assertThat(Safetensors.names(file)).containsExactlyInAnyOrder("linear0.weight", "linear0.bias",
                "batch-normalisation0.weight", "batch-normalisation0.bias", "batch-normalisation0.running_mean",
                "batch-normalisation0.running_var");
    }

    @Test
    void whatDoesNotFitIsNamedAndNothingIsWritten() throws IOException {
        Network network = perceptron();
        double[] before = network.parameters().getFirst().value().toDoubles();
        Path lenet = fixture("lenet.safetensors");
        assertThatThrownBy(() -> Weights.load(network, lenet)).isInstanceOf(DataException.class)
                .hasMessageContaining("has 0 modules of bias(12) weight(12, 784), and the network 1 (linear0)")
                .hasMessageContaining("conv1 (bias(10) weight(10, 1, 5, 5))");
        SequencedMap<String, Tensor> alike = new LinkedHashMap<>();
        for (String name : new String[]{"encoder", "decoder"}) {
            alike.put(name + ".weight", Tensor.zeros(ElementType.FLOAT32, 3, 3));
            alike.put(name + ".bias", Tensor.zeros(ElementType.FLOAT32, 3));
        }
        Path file = folder.resolve("alike.safetensors");
        Safetensors.write(file, alike);
        Network two = build(Architecture.of(3).linear(3).linear(3));
        assertThatThrownBy(() -> Weights.load(two, file)).hasMessageContaining("are alike")
                .hasMessageContaining("linear0, linear1");
        Npz.write(folder.resolve("alike.npz"), alike);
        Weights.load(two, folder.resolve("alike.npz"));
        Network one = build(Architecture.of(784).linear(12));
        Path mlp = fixture("mlp.npz");
        assertThatThrownBy(() -> Weights.load(one, mlp)).hasMessageContaining("holds more than the network has");
        assertThat(network.parameters().getFirst().value().toDoubles()).isEqualTo(before);
        SequencedMap<String, Tensor> large = new LinkedHashMap<>();
        large.put("linear0.weight", Tensor.full(ElementType.FLOAT64, 1e300, 12, 784));
        large.put("linear0.bias", Tensor.zeros(ElementType.FLOAT64, 12));
        Npz.write(folder.resolve("large.npz"), large);
        assertThatThrownBy(() -> Weights.load(one, folder.resolve("large.npz")))
                .hasMessageContaining("a tensor of shape (12, 784) holds a number that is not finite as FLOAT32");
        assertThatThrownBy(() -> Weights.save(one, folder.resolve("x.bin")))
                .hasMessageContaining("weights are written to .safetensors or .npz");
    }
}
