package org.surprisal.network.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Border;
import org.surprisal.network.layer.Graph;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.SparseMatrix;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// Shapes and parameter counts of the documents' networks, and that what is built is what was described.
class ArchitectureTest {
    private static final Architecture PERCEPTRON = Architecture.of(784).linear(250).activation(Activation.RELU)
            .linear(150).activation(Activation.RELU).linear(10);

    private static Network build(Architecture architecture) {
        return architecture.build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(1));
    }

    /// Lecture notes, Fig 179: 416 + 4640 + 313,800 + 2010 parameters.
    @Test
    void theNotesConvolutionalNetwork() {
        Architecture notes = KnownArchitectures.lectureNotes(1, 28, 10);
        assertThat(notes.parameterCount()).isEqualTo(320_866);
        assertThat(notes.toString()).isEqualTo("""
                layer         output    parameters
                input         1x28x28
                convolution0  16x28x28         416
                relu0         16x28x28           0
                max-pooling0  16x14x14           0
                convolution1  32x14x14       4,640
                relu1         32x14x14           0
                max-pooling1  32x7x7             0
                flatten0      1568               0
                linear0       200          313,800
                relu2         200                0
                linear1       10             2,010
                total                      320,866""");
        // The same for CIFAR-10: 1216 + 4640 + 409,800 + 2010.
        assertThat(KnownArchitectures.lectureNotes(3, 32, 10).parameterCount()).isEqualTo(417_666);
    }

    /// Lecture notes, Table 7 (weights without biases), and the published total with them.
    @Test
    void vgg16() {
        Architecture vgg = KnownArchitectures.vgg16(1000);
        assertThat(vgg.parameterCount()).isEqualTo(138_357_544);
        List<Long> weights = vgg.parts().stream().filter(part -> part.parameters() > 0)
                .map(part -> part.parameters() - part.output().length(0)).toList();
        assertThat(weights).containsExactly(1728L, 36_864L, 73_728L, 147_456L, 294_912L, 589_824L, 589_824L, 1_179_648L,
                2_359_296L, 2_359_296L, 2_359_296L, 2_359_296L, 2_359_296L, 102_760_448L, 16_777_216L, 4_096_000L);
    }

    @Test
    void countsOfTheOtherDocuments() {
        assertThat(PERCEPTRON.parameterCount()).isEqualTo(235_410);
        assertThat(Architecture.of(784).linear(16).linear(16).linear(10).parameterCount()).isEqualTo(13_002);
        assertThat(KnownArchitectures.leNet().parameterCount()).isEqualTo(21_840);
        // Lecture notes 7.2 and 7.3: a perceptron and an MLP on CIFAR-10.
        assertThat(Architecture.of(3072).linear(10).parameterCount()).isEqualTo(30_730);
        assertThat(Architecture.of(3072).linear(100).linear(10).parameterCount()).isEqualTo(308_310);
    }

    static Stream<Arguments> architectures() {
        Map<String, Architecture> all = new LinkedHashMap<>();
        all.put("notes", KnownArchitectures.lectureNotes(1, 28, 10));
        all.put("LeNet", KnownArchitectures.leNet());
        all.put("perceptron", PERCEPTRON);
        all.put("embedding", Architecture.of(7).then(new LayerSpec.Embedding(5, 3)).linear(4).flatten().softmax());
        for (LayerSpec.Recurrent.Cell cell : LayerSpec.Recurrent.Cell.values()) {
            all.put(cell.toString(), Architecture.of(6, 4).then(new LayerSpec.Recurrent(cell, 5))
                    .then(new LayerSpec.Recurrent(cell, 3)).then(new LayerSpec.LastStep()).linear(2));
        }
        all.put("without biases", Architecture.of(4).then(new LayerSpec.Linear(3, false))
                .then(new LayerSpec.NormaliseBatch(0.5, 1e-3)).then(new LayerSpec.Linear(2, false)));
        SparseMatrix triangle = Graph.undirected(3, new int[]{0, 0}, new int[]{1, 2}).symmetricallyNormalised();
        all.put("graph", Architecture.of(4).then(new LayerSpec.GraphConvolution(triangle, 6))
                .activation(Activation.RELU).then(new LayerSpec.GraphConvolution(triangle, 2)));
        List<LayerSpec> body = List.of(
                new LayerSpec.Convolution(4, Window.of(3).same(), Border.ZEROS, false), new LayerSpec.NormaliseBatch(),
                new LayerSpec.Activate(Activation.RELU), new LayerSpec.Convolution(6, Window.of(3).same()));
        all.put("residual", Architecture.of(2, 6, 5)
                .then(new LayerSpec.Residual(body, List.of(new LayerSpec.Convolution(6, Window.of(1)))))
                .then("again", new LayerSpec.Residual(List.of(new LayerSpec.Convolution(6, Window.of(5).same())),
                        List.of()))
                .averagePooling(2).flatten().batchNormalisation().dropout(0.2).gaussianNoise(0.1)
                .then(new LayerSpec.Reshape(Shape.of(3, 12))).then(new LayerSpec.Linear(2)).flatten()
                .then(new LayerSpec.Normalise(true)));
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void whatIsBuiltIsWhatWasDescribed(String name, Architecture architecture) {
        Network network = build(architecture);
        assertThat(network.parameterCount()).isEqualTo(architecture.parameterCount());
        int[] sample = architecture.sample().lengths();
        int[] batch = new int[sample.length + 1];
        batch[0] = 3;
        System.arraycopy(sample, 0, batch, 1, sample.length);
        Map<String, Observation> seen = Probe
                .of(network, architecture.parts().stream().map(Architecture.Part::name).toList())
                .observe(Tensor.full(ElementType.FLOAT32, 1, batch));
        for (Architecture.Part part : architecture.parts()) {
            int[] output = Objects.requireNonNull(seen.get(part.name())).output().shape().lengths();
            assertThat(Shape.of(Arrays.copyOfRange(output, 1, output.length))).as(part.name())
                    .isEqualTo(part.output());
        }
    }

    @Test
    void aLayerWithoutParametersMoreChangesNoNumber() {
        Architecture plain = Architecture.of(4).linear(3).linear(2);
        Architecture dropped = Architecture.of(4).linear(3).dropout(0.5).linear(2);
        for (int i = 0; i < 4; i++) {
            assertThat(build(plain).parameters().get(i).value().toDoubles())
                    .isEqualTo(build(dropped).parameters().get(i).value().toDoubles());
        }
    }

    /// Work that doubles with each level would not end.
    @Test
    void blocksWithinBlocksTakeTimeInProportionToTheirNumber() {
        LayerSpec block = new LayerSpec.Linear(3);
        for (int level = 0; level < 100; level++) {
            block = new LayerSpec.Residual(List.of(block), List.of());
        }
        Architecture nested = Architecture.of(3).then(block).then(block);
        assertThat(nested.parameterCount()).isEqualTo(2 * 3 * (3 + 1));
        assertThat(nested.output()).isEqualTo(Shape.of(3));
        // Ones through the linear layer and 100 times the input: a constant start makes the sum plain.
        Network network = Architecture.of(3).then(block).build(ElementType.FLOAT64, new Initialisation.Constant(0),
                RandomStream.seeded(1));
        assertThat(network.evaluate(Tensor.of(new double[]{1, 2, 3}, 1, 3)).toDoubles()).containsExactly(100, 200, 300);
    }

    @Test
    void sizesThatCannotBeCountedAreRefused() {
        assertThatThrownBy(() -> Architecture.of(1, 9, 9).convolution(2, Window.of(Integer.MAX_VALUE).same()))
                .hasMessage("a window of 2147483647x2147483647 has more entries than one array holds (2147483647)");
        assertThatThrownBy(() -> Architecture.of(4, 3).then(
                new LayerSpec.Recurrent(LayerSpec.Recurrent.Cell.LSTM, Integer.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Architecture.of(1, 3).then(
                new LayerSpec.Recurrent(LayerSpec.Recurrent.Cell.LSTM, Integer.MAX_VALUE)))
                .hasMessage("lstm has more parameters than can be counted");
        assertThatThrownBy(() -> Architecture.of(3).linear(Integer.MAX_VALUE).linear(3).build(ElementType.FLOAT32,
                new Initialisation.Constant(0), RandomStream.seeded(1)))
                .hasMessage(
                        "layer 'linear0': shape (2147483647, 3) has more elements than one array holds (2147483647)");
    }

    @Test
    void layersThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> Architecture.of(784).convolution(3, Window.of(5)))
                .hasMessage("convolution needs samples of shape (channels, height, width), not (784)");
        assertThatThrownBy(() -> Architecture.of(1, 4, 9).maxPooling(5))
                .hasMessage(
                        "max-pooling 5x5, stride 5, samples of shape (1, 4, 9): a window that reaches over 5 does"
                                + " not fit"
                                + " 4 elements with a border of 0 + 0");
        assertThatThrownBy(() -> Architecture.of(2, 3).softmax())
                .hasMessage("softmax needs samples of shape (features), not (2, 3)");
        assertThatThrownBy(() -> Architecture.of(2).then("a", new LayerSpec.Linear(3)).then("a",
                new LayerSpec.Linear(3))).hasMessage("two layers are named 'a'");
        assertThatThrownBy(() -> Architecture.of(2)
                .then(new LayerSpec.Residual(List.of(new LayerSpec.Linear(3)), List.of())))
                .hasMessage("residual: the body makes (3) of (2), and without a shortcut: both must have one shape");
        assertThatThrownBy(() -> Architecture.of(2).then(new LayerSpec.LastStep()))
                .hasMessage("last-step needs samples of shape (time, features), not (2)");
        assertThatThrownBy(() -> Architecture.of(2).linear(0)).hasMessage("outputs (=0) must be positive");
        assertThatThrownBy(() -> Architecture.of(2).dropout(1)).hasMessageContaining("probability (=1.0)");
        assertThatThrownBy(() -> Architecture.of(2).gaussianNoise(-1))
                .hasMessage("deviation (=-1.0) must be at least 0 and finite");
        assertThatThrownBy(() -> Architecture.of(6).then(new LayerSpec.Reshape(Shape.of(4))))
                .hasMessage("reshape: a sample of shape (6) has 6 numbers, and (4) would have 4");
    }
}
