package org.surprisal.network.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class AgainstOneHotTest {
    private final Loss loss = new AgainstOneHot(new HalfSquaredError());

    /// ((0.2 - 0)^2 + (0.7 - 1)^2 + (0.5 - 1)^2 + (0.1 - 0)^2) / 4.
    @Test
    void classesAreRowsWithASingleOne() {
        Tensor outputs = Tensor.of(new double[]{0.2, 0.7, 0.5, 0.1}, 2, 2);
        double value = loss.of(outputs, Tensor.of(new double[]{1, 0})).item();
        assertThat(value).isCloseTo((0.04 + 0.09 + 0.25 + 0.01) / 4, Offset.offset(1e-15));
    }

    @Test
    void whatIsNoClassIsNamed() {
        Tensor outputs = Tensor.of(new double[]{0.2, 0.7, 0.5, 0.1}, 2, 2);
        assertThatThrownBy(() -> loss.of(outputs, Tensor.of(new double[]{1, 2}))).hasMessageContaining("target 2.0");
        assertThatThrownBy(() -> loss.of(outputs, Tensor.of(new double[]{1})))
                .hasMessage("1 targets for 2 outputs: targets (1), outputs (2, 2)");
        assertThatThrownBy(() -> loss.of(outputs.reshape(4), Tensor.of(new double[]{1})))
                .hasMessage("outputs must have shape (n, classes), not (4)");
    }

    /// ((0.2 - 1)^2 + (0.7 - 0)^2) / (2 * 2).
    @Test
    void oneOutputMeetsTheIndexOfTwoClasses() {
        Tensor outputs = Tensor.of(new double[]{0.2, 0.7}, 2, 1);
        assertThat(loss.of(outputs, Tensor.of(new double[]{1, 0})).item())
                .isCloseTo((0.64 + 0.49) / 4, Offset.offset(1e-15));
        assertThatThrownBy(() -> loss.of(outputs, Tensor.of(new double[]{1, 2})))
                .hasMessage("target 2.0 of sample 1 is no class index from 0 to 1");
        assertThatThrownBy(() -> loss.of(outputs, Tensor.of(new double[]{1, 0}, 2, 1)))
                .hasMessageContaining("class targets have shape (n), not (2, 1)");
    }

    /// The softmax of (0, z) gives the second class the probability sigmoid(z).
    @Test
    void logitOfOneOutputIsTheSecondOfTwoLogitsWhereTheFirstIsZero() {
        Tensor one = Tensor.of(new double[]{-3, 0.5, 2, 40}, 4, 1);
        Tensor two = Tensor.of(new double[]{0, -3, 0, 0.5, 0, 2, 0, 40}, 4, 2);
        Tensor classes = Tensor.of(new double[]{0, 1, 0, 1});
        assertThat(new AgainstOneHot(new BinaryCrossEntropy()).of(one, classes).item())
                .isCloseTo(new CrossEntropy().of(two, classes).item(), Offset.offset(1e-15));
    }

    @Test
    void thresholdIsHalfAProbability() {
        assertThat(new AgainstOneHot(new BinaryCrossEntropy()).threshold()).isZero();
        assertThat(loss.threshold()).isEqualTo(0.5);
        assertThat(new AgainstOneHot(new WithThreshold(new HalfSquaredError(), 0.25)).threshold()).isEqualTo(0.25);
        assertThatThrownBy(() -> new WithThreshold(loss, Double.NaN)).hasMessage("threshold (=NaN) must be finite");
    }

    @Test
    void warningIsThatOfTheLossWithin() {
        Network network = Architecture.of(2).linear(1).activation(Activation.SIGMOID).build(ElementType.FLOAT64,
                Initialisation.zeros(), RandomStream.seeded(1));
        assertThat(new AgainstOneHot(new WithThreshold(new BinaryCrossEntropy(), 1)).warning(network))
                .isEqualTo(new BinaryCrossEntropy().warning(network)).isPresent();
    }
}
