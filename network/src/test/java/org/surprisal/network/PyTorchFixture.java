package org.surprisal.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// Tensors that PyTorch 1.13 computed, one a line: `name type kind numbers...` in row-major order. Inputs are made by a
/// formula on both sides, so that only outputs are recorded.
public final class PyTorchFixture {
    private final Map<String, double[]> lines = new LinkedHashMap<>();

    public PyTorchFixture(String resource) throws IOException {
        try (var in = Objects.requireNonNull(PyTorchFixture.class.getResourceAsStream(resource))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                List<String> words = List.of(line.split(" "));
                lines.put(String.join(" ", words.subList(0, 3)),
                        words.stream().skip(3).mapToDouble(Double::parseDouble).toArray());
            }
        }
    }

    /// The number `formula` gives each index, in float64, then rounded to `type`.
    public static Tensor tensor(ElementType type, IntToDoubleFunction formula, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return Tensor.of(IntStream.range(0, size).mapToDouble(formula).toArray(), shape).to(type);
    }

    public boolean has(String name, ElementType type, String kind) {
        return lines.containsKey(key(name, type, kind));
    }

    /// max |a - b| <= 1e-5 max |b| in float32, 1e-10 in float64.
    public void compare(String name, String kind, Tensor computed) {
        double[] recorded = Objects.requireNonNull(lines.get(key(name, computed.type(), kind)),
                key(name, computed.type(), kind));
        double[] numbers = computed.toDoubles();
        assertThat(numbers).hasSameSizeAs(recorded);
        double largest = Arrays.stream(recorded).map(Math::abs).max().orElseThrow();
        double difference = IntStream.range(0, numbers.length).mapToDouble(i -> Math.abs(numbers[i] - recorded[i]))
                .max().orElseThrow();
        double bound = computed.type() == ElementType.FLOAT32 ? 1e-5 : 1e-10;
        assertThat(difference).as(key(name, computed.type(), kind)).isLessThanOrEqualTo(bound * largest);
    }

    private static String key(String name, ElementType type, String kind) {
        return name + " " + type + " " + kind;
    }
}
