package org.surprisal.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.GradientCheck;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Layers that move, drop, look up and add, against differences, first and second order; and how residuals compose.
class CompositionTest {
    private static Tensor random(String label, int... lengths) {
        return RandomStream.seeded(6).child(label).gaussian(ElementType.FLOAT64, 0, 1, lengths);
    }

    /// This very tensor as a parameter if it is a variable: what is checked are derivatives by it.
    private static Parameter variable(Tensor value) {
        return value.isTracked() ? new Parameter("p", value) : Parameter.of("p", value);
    }

    private static Arguments layer(String name, Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        return Arguments.of(name, f, List.of(inputs));
    }

    static Stream<Arguments> layers() {
        Pass evaluation = Pass.evaluation();
        Tensor x = random("x", 3, 2, 2);
        Tensor symbols = Tensor.of(new double[]{1, -1, 0, 1}, 2, 2);
        Tensor w = random("w", 4, 4);
        Tensor b = random("b", 4);
        return Stream.of(layer("flatten", v -> new Flatten().forward(v.getFirst(), evaluation), x),
                layer("reshape", v -> new Reshape(Shape.of(4, 1)).forward(v.getFirst(), evaluation), x),
                // The same stream at each call: the same mask.
                layer("dropout", v -> new Dropout(0.4).forward(v.getFirst(), Pass.training(RandomStream.seeded(2))), x),
                layer("embedding", v -> new Embedding(variable(v.getFirst())).forward(symbols, evaluation),
                        random("symbols", 2, 3)),
                layer("linear of sequences",
                        v -> new Linear(variable(v.get(1)), variable(v.get(2))).forward(v.get(0), evaluation),
                        random("sequences", 2, 3, 4), w, b),
                layer("residual", v -> new Residual(tanhOf(v.get(1), v.get(2))).forward(v.get(0), evaluation),
                        random("rows", 3, 4), w, b),
                layer("residual with a shortcut",
                        v -> new Residual(tanhOf(v.get(1), v.get(2)),
                                new Linear(variable(v.get(3)), variable(v.get(2))))
                                .forward(v.get(0), evaluation),
                        random("rows", 3, 4), w, b, random("shortcut", 4, 4)));
    }

    private static Layer tanhOf(Tensor weight, Tensor bias) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        parts.put("linear", new Linear(variable(weight), variable(bias)));
        parts.put("tanh", Activation.TANH);
        return new Sequential(parts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void gradientsAgreeWithDifferences(String name, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
        Function<List<Tensor>, Tensor> weighed = v -> {
            Tensor y = f.apply(v);
            return y.square().times(y).times(random("weights", y.shape().lengths())).sum();
        };
        assertThat(GradientCheck.firstOrder(weighed, inputs)).as(name).isLessThan(1e-8);
        assertThat(GradientCheck.secondOrder(weighed, inputs)).as(name).isLessThan(1e-8);
    }

    /// A residual whose body gives zeros is its input, and its parts can be listened to.
    @Test
    void aResidualAddsItsBodyToItsInput() {
        Layer zero = Linear.of(Tensor.zeros(ElementType.FLOAT64, 4, 4), Tensor.zeros(ElementType.FLOAT64, 4));
        Network network = new Network(new Residual(zero));
        Tensor x = random("x", 3, 4);
        assertThat(network.evaluate(x).toDoubles()).isEqualTo(x.toDoubles());
        assertThat(network.modules()).containsExactly("body");
        Layer narrow = Linear.of(Tensor.zeros(ElementType.FLOAT64, 2, 4), Tensor.zeros(ElementType.FLOAT64, 2));
        assertThatThrownBy(() -> new Network(new Residual(narrow)).evaluate(x)).hasMessage(
                "a residual of (3, 2) cannot be added to (3, 4): a shortcut must bring the input (3, 4) to that shape");
    }
}
