package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordedResultTest {
    private final Tensor x = Tensor.of(new double[]{2, 3}).tracked();
    private final Tensor other = Tensor.of(new double[]{1}).tracked();

    @Test
    void gradientsAreThoseOfGradients() {
        Tensor square = x.square();
        Tensor y = square.times(square).sum();
        RecordedResult record = RecordedResult.of(y);
        List<Tensor> variables = List.of(x, square, x);
        List<Tensor> expected = Gradients.of(y, variables);
        List<Tensor> gradients = record.gradients(variables, Gradients.Unreached.REFUSED);
        for (int i = 0; i < variables.size(); i++) {
            assertThat(gradients.get(i).toDoubles()).isEqualTo(expected.get(i).toDoubles());
        }
        assertThat(record.gradients(List.of(x), Gradients.Unreached.REFUSED).getFirst().toDoubles())
                .containsExactly(32, 108);
        assertThat(record.result()).isSameAs(y);
    }

    @Test
    void unreachedVariablesAreRefusedAsGradientsRefusesThem() {
        Tensor y = x.sum();
        RecordedResult record = RecordedResult.of(y);
        record.requireReached(List.of(x), Gradients.Unreached.REFUSED);
        record.requireReached(List.of(x, other), Gradients.Unreached.ZERO_UNLESS_ALL);
        record.requireReached(List.of(other), Gradients.Unreached.ZERO);
        assertThatThrownBy(() -> record.requireReached(List.of(other), Gradients.Unreached.ZERO_UNLESS_ALL))
                .isInstanceOf(MissingGradientException.class);
        assertThatThrownBy(() -> record.requireReached(List.of(x, other), Gradients.Unreached.REFUSED))
                .isInstanceOf(MissingGradientException.class);
        assertThat(record.gradients(List.of(other), Gradients.Unreached.ZERO).getFirst().toDoubles())
                .containsExactly(0);
    }

    /// Inputs of an operation that count how often a walk goes through them.
    private static final class Counted extends AbstractList<Tensor> {
        private final List<Tensor> inputs;
        private int walks;

        Counted(Tensor input) {
            this.inputs = List.of(input);
        }

        @Override
        public Tensor get(int index) {
            return inputs.get(index);
        }

        @Override
        public int size() {
            return inputs.size();
        }

        @Override
        public Iterator<Tensor> iterator() {
            walks++;
            return inputs.iterator();
        }
    }

    @Test
    void questionsDoNotWalkThroughTheRecordAgain() {
        Counted inputs = new Counted(x);
        Tensor y = Tensor.result("copy", x.shape(), x.storage(), inputs,
                List.<UnaryOperator<Tensor>>of(gradient -> gradient)).sum();
        RecordedResult record = RecordedResult.of(y);
        int before = inputs.walks;
        for (int layer = 0; layer < 20; layer++) {
            record.requireReached(List.of(x), Gradients.Unreached.REFUSED);
        }
        assertThat(inputs.walks).isEqualTo(before);
        record.gradients(List.of(x), Gradients.Unreached.REFUSED);
        int ofGradients = inputs.walks - before;
        Gradients.of(y, x);
        assertThat(inputs.walks - before - ofGradients).as("Gradients.of finds the record and walks").isEqualTo(
                ofGradients + 1);
    }
}
