package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.surprisal.network.Parameter;
import org.surprisal.network.PyTorchFixture;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.Tensor;

/// Holds layers that are made from tensors under variation against differences.
final class DifferentiableLayers {
    private DifferentiableLayers() {
    }

    /// A parameter that is this tensor itself where it is a variable: a copy would hide it from the check.
    static Parameter parameter(String name, Tensor value) {
        return new Parameter(name, value.isTracked() ? value : value.tracked());
    }

    /// The weights by which fixtures and checks sum an output.
    static Tensor upstream(Tensor y) {
        return PyTorchFixture.tensor(y.type(), i -> ((11 * i + 5) % 23 - 11) / 8.0, y.shape().lengths());
    }

    /// First and second order, of a sum that is curved in the output, within 1e-8.
    static void agreeWithDifferences(String name, Function<List<Tensor>, Tensor> output, List<Tensor> variables) {
        Function<List<Tensor>, Tensor> f = v -> {
            Tensor y = output.apply(v);
            return y.square().plus(y).times(upstream(y)).sum();
        };
        assertThat(GradientCheck.firstOrder(f, variables)).as("%s, first order", name).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(f, variables)).as("%s, second order", name).isLessThan(1e-8);
    }
}
