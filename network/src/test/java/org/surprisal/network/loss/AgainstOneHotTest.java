package org.surprisal.network.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
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
}
