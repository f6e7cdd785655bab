package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Digits;
import org.surprisal.data.transform.Reconstruction;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.optimiser.Adam;
import org.surprisal.network.training.Trainer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class AutoencoderTest {
    private static final Dataset DIGITS = Digits.generate(20, 10, 1).train();
    private static final Tensor IMAGES = DIGITS.all().inputs().reshape(20, 784);
    private static final Initialisation START = new Initialisation.Gaussian(1.5, 0.05);

    private static Autoencoder bottleneck() {
        return Autoencoder.of(784, List.of(30, 2, 30), 1, Activation.TANH, Activation.IDENTITY, START,
                RandomStream.seeded(1));
    }

    @Test
    void theHalvesAreTheWhole() {
        Autoencoder network = bottleneck();
        Tensor codes = network.encode(IMAGES);
        assertThat(codes.shape().lengths()).containsExactly(20, 2);
        assertThat(network.decode(codes).toFloats()).isEqualTo(network.whole().evaluate(IMAGES).toFloats());
    }

    @Test
    void trainingTheWholeTrainsTheHalves() {
        Autoencoder network = bottleneck();
        float[] before = network.encode(IMAGES).toFloats();
        float[] drawn = network.decode(Tensor.zeros(ElementType.FLOAT32, 1, 2)).toFloats();
        new Trainer(network.whole(), new MeanSquaredError(), new Adam(0.01)).batchSize(20)
                .fit(Reconstruction.of(DIGITS), RandomStream.seeded(2));
        assertThat(network.encode(IMAGES).toFloats()).isNotEqualTo(before);
        assertThat(network.decode(Tensor.zeros(ElementType.FLOAT32, 1, 2)).toFloats()).isNotEqualTo(drawn);
        assertThat(network.decode(network.encode(IMAGES)).toFloats())
                .isEqualTo(network.whole().evaluate(IMAGES).toFloats());
    }

    @Test
    void itIsThePerceptronOfTheseWidths() {
        Network perceptron = new MultilayerPerceptron(784, List.of(30, 2, 30, 784), Activation.TANH,
                Activation.IDENTITY).build(ElementType.FLOAT32, START, RandomStream.seeded(1));
        assertThat(bottleneck().whole().evaluate(IMAGES).toFloats())
                .isEqualTo(perceptron.evaluate(IMAGES).toFloats());
        assertThat(bottleneck().whole().parameterCount())
                .isEqualTo(784 * 30 + 30 + 30 * 2 + 2 + 2 * 30 + 30 + 30 * 784 + 784);
    }
}
