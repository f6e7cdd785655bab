package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.format.Safetensors;
import org.surprisal.network.Network;
import org.surprisal.network.Weights;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.architecture.LayerSpec;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A linear layer without bias: products by hand, the layer with a bias of zeros, what is saved of it.
class LinearMapTest {
    private static final Tensor WEIGHT = Tensor.of(new double[]{1, 2, 3, 4, 5, 6}, 3, 2);

    @TempDir
    private Path folder;

    @Test
    void outputsAreProductsWithTheRowsOfTheWeight() {
        Network network = new Network(LinearMap.of(WEIGHT));
        assertThat(network.evaluate(Tensor.of(new double[]{1, 10, -1, 0}, 2, 2)).toDoubles())
                .containsExactly(21, 43, 65, -1, -3, -5);
        assertThat(network.parameterCount()).isEqualTo(6);
    }

    @Test
    void timesOfASequenceAreKept() {
        Linear zeroBias = Linear.of(WEIGHT, Tensor.zeros(ElementType.FLOAT64, 3));
        Tensor input = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0, 1, 4, 5, 2);
        Tensor output = new Network(zeroBias.withoutBias()).evaluate(input);
        assertThat(output.shape()).hasToString("(4, 5, 3)");
        assertThat(output.toDoubles()).isEqualTo(new Network(zeroBias).evaluate(input).toDoubles());
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        Network network = new Network(LinearMap.of(WEIGHT));
        assertThatThrownBy(() -> network.evaluate(Tensor.zeros(ElementType.FLOAT64, 4, 3)))
                .hasMessageContaining("(4, 3) given; a batch (n, 2) is needed");
        assertThatThrownBy(() -> LinearMap.of(Tensor.zeros(ElementType.FLOAT64, 3)))
                .hasMessage("weight (3) must be (out, in)");
    }

    @Test
    void weightStartsAsItDoesWithBiasAndIsSavedAlone() {
        Initialisation start = new Initialisation.Gaussian(2, 1);
        Network with = Architecture.of(4).then(new LayerSpec.Linear(3)).build(ElementType.FLOAT32, start,
                RandomStream.seeded(1));
        Network without = Architecture.of(4).then(new LayerSpec.Linear(3, false)).build(ElementType.FLOAT32, start,
                RandomStream.seeded(1));
        assertThat(without.parameters().getFirst().value().toDoubles())
                .isEqualTo(with.parameters().getFirst().value().toDoubles());
        Path file = folder.resolve("map.safetensors");
        Weights.save(without, file);
        assertThat(Safetensors.names(file)).isEqualTo(List.of("linear0.weight"));
    }
}
