package org.surprisal.network.initialisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.initialisation.VarianceScaling.Fan;
import org.surprisal.network.layer.Linear;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class InitialisationTest {
    private static final int IN = 300;
    private static final int OUT = 500;

    /// The standard deviation of a standard normal number within ±2, and the excess kurtosis, from SciPy's
    /// truncnorm(-2, 2).
    private static final double CUT_DEVIATION = 0.8796256610342398;
    private static final double CUT_KURTOSIS = -0.6344632828703505;

    /// Initialisation, the variance and excess kurtosis of its weights for 300 inputs and 500 outputs, the largest
    /// magnitude.
    private static Stream<Arguments> distributions() {
        double open = Double.POSITIVE_INFINITY;
        double in = IN;
        double out = OUT;
        double sum = in + out;
        double inDeviation = 1 / Math.sqrt(in);
        return Stream.of(
                Arguments.of(VarianceScaling.fanInUniform(), 1 / (3 * in), -1.2, 1 / Math.sqrt(in)),
                Arguments.of(new VarianceScaling(1, Fan.IN, Distribution.UNIFORM), 1 / in, -1.2, Math.sqrt(3 / in)),
                Arguments.of(new VarianceScaling(1, Fan.OUT, Distribution.UNIFORM), 1 / out, -1.2, Math.sqrt(3 / out)),
                // The table of Fig 131: 4, 1, sqrt 2 times sqrt(6 / sum), and times sqrt(2 / sum).
                Arguments.of(VarianceScaling.xavierForSigmoid(Distribution.UNIFORM), 16 * 2 / sum, -1.2,
                        4 * Math.sqrt(6 / sum)),
                Arguments.of(VarianceScaling.xavier(Distribution.UNIFORM), 2 / sum, -1.2, Math.sqrt(6 / sum)),
                Arguments.of(VarianceScaling.he(Fan.AVERAGE, Distribution.UNIFORM), 2 * 2 / sum, -1.2,
                        Math.sqrt(2) * Math.sqrt(6 / sum)),
                Arguments.of(VarianceScaling.xavierForSigmoid(Distribution.NORMAL), 16 * 2 / sum, 0, open),
                Arguments.of(VarianceScaling.xavier(Distribution.NORMAL), 2 / sum, 0, open),
                Arguments.of(VarianceScaling.he(Fan.AVERAGE, Distribution.NORMAL), 2 * 2 / sum, 0, open),
                Arguments.of(VarianceScaling.he(Fan.IN, Distribution.UNIFORM), 2 / in, -1.2, Math.sqrt(6 / in)),
                Arguments.of(VarianceScaling.he(Fan.IN, Distribution.NORMAL), 2 / in, 0, open),
                Arguments.of(VarianceScaling.he(Fan.OUT, Distribution.NORMAL), 2 / out, 0, open),
                Arguments.of(new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL),
                        CUT_DEVIATION * CUT_DEVIATION / in, CUT_KURTOSIS, 2 * inDeviation),
                Arguments.of(new VarianceScaling(1, Fan.IN, Distribution.CORRECTED_TRUNCATED_NORMAL), 1 / in,
                        CUT_KURTOSIS, 2 / CUT_DEVIATION * inDeviation),
                Arguments.of(new Initialisation.Gaussian(1.5, 0.05), 1.5 / in, 0, open));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void momentsAndBounds(Initialisation initialisation, double variance, double kurtosis, double bound) {
        for (ElementType type : ElementType.values()) {
            double[] w = initialisation.weight(type, Shape.of(OUT, IN), RandomStream.seeded(11)).toDoubles();
            int n = w.length;
            assertThat(n).isEqualTo(IN * OUT);
            double mean = Arrays.stream(w).average().orElseThrow();
            double meanSquare = Arrays.stream(w).map(x -> x * x).average().orElseThrow();
            // 4 standard errors: of a mean sqrt(variance / n), of a variance sqrt((2 + excess kurtosis) / n) of itself
            assertThat(mean).isCloseTo(0, Offset.offset(4 * Math.sqrt(variance / n)));
            assertThat(meanSquare).isCloseTo(variance, Offset.offset(4 * variance * Math.sqrt((2 + kurtosis) / n)));
            double largest = Arrays.stream(w).map(Math::abs).max().orElseThrow();
            assertThat(largest).isLessThanOrEqualTo(type == ElementType.FLOAT64 ? bound * (1 + 1e-15) : (float) bound);
            if (Double.isFinite(bound)) {
                assertThat(largest).isGreaterThan(0.99 * bound);
            }
        }
    }

    @Test
    void constantsAreConstantAndBiasesZero() {
        Linear zeros = Initialisation.zeros().linear(ElementType.FLOAT32, 3, 2, RandomStream.seeded(1));
        assertThat(zeros.weight().value().toFloats()).hasSize(6).containsOnly(0);
        Linear constant = new Initialisation.Constant(-0.5).linear(ElementType.FLOAT64, 3, 2, RandomStream.seeded(1));
        assertThat(constant.weight().value().toDoubles()).hasSize(6).containsOnly(-0.5);
        for (Initialisation start : List.of(new Initialisation.Constant(3), VarianceScaling.fanInUniform(),
                VarianceScaling.xavier(Distribution.NORMAL), new Orthogonal(1))) {
            assertThat(start.linear(ElementType.FLOAT64, 4, 3, RandomStream.seeded(1)).bias().value().toDoubles())
                    .containsExactly(0, 0, 0);
        }
    }

    @Test
    void aKernelCountsAmongTheConnections() {
        // 16 channels in, 32 out, 3 x 5: fan-in 240, fan-out 480
        Shape shape = Shape.of(32, 16, 3, 5);
        Map<Fan, Double> bounds = Map.of(Fan.IN, Math.sqrt(3.0 / 240), Fan.OUT, Math.sqrt(3.0 / 480), Fan.AVERAGE,
                Math.sqrt(3.0 / 360));
        bounds.forEach((fan, bound) -> {
            double[] w = new VarianceScaling(1, fan, Distribution.UNIFORM)
                    .weight(ElementType.FLOAT64, shape, RandomStream.seeded(2)).toDoubles();
            double largest = Arrays.stream(w).map(Math::abs).max().orElseThrow();
            assertThat(largest).isBetween(0.99 * bound, bound);
        });
    }

    @Test
    void drawsDependOnTheStreamAloneNotOnTheOrderOfCalls() {
        for (Initialisation start : List.of(VarianceScaling.xavier(Distribution.UNIFORM),
                VarianceScaling.he(Fan.IN, Distribution.NORMAL),
                new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL), new Orthogonal(1),
                new Initialisation.Gaussian(2, 1))) {
            RandomStream forwards = RandomStream.seeded(3);
            Linear first = start.linear(ElementType.FLOAT64, 5, 4, forwards.child(0));
            Linear second = start.linear(ElementType.FLOAT64, 4, 3, forwards.child(1));
            RandomStream backwards = RandomStream.seeded(3);
            backwards.nextGaussian();
            Linear secondAgain = start.linear(ElementType.FLOAT64, 4, 3, backwards.child(1));
            Linear firstAgain = start.linear(ElementType.FLOAT64, 5, 4, backwards.child(0));
            assertThat(numbers(firstAgain)).isEqualTo(numbers(first));
            assertThat(numbers(secondAgain)).isEqualTo(numbers(second));
            // One seed starts float32 and float64 from the same numbers.
            Linear rounded = start.linear(ElementType.FLOAT32, 5, 4, RandomStream.seeded(3).child(0));
            assertThat(rounded.weight().value().toFloats()).isEqualTo(first.weight().value().toFloats());
        }
    }

    private static double[] numbers(Linear layer) {
        return Stream.of(layer.weight(), layer.bias())
                .flatMapToDouble(parameter -> Arrays.stream(parameter.value().toDoubles())).toArray();
    }

    @Test
    void forwardAndBackwardPassKeepTheirSizeOrLoseAThirdOfTheVariance() {
        // Linear layers of unequal widths; the rule of thumb keeps a third of the variance a layer.
        assertThat(growth(new VarianceScaling(1, Fan.IN, Distribution.UNIFORM))[0]).isBetween(0.75, 1.33);
        assertThat(growth(VarianceScaling.fanInUniform())[0]).isBetween(0.75 / 3, 1.33 / 3);
        assertThat(growth(new VarianceScaling(1, Fan.OUT, Distribution.UNIFORM))[1]).isBetween(0.75, 1.33);
        // Widths 300 to 500: what keeps the one pass scales the other by the ratio of the widths.
        assertThat(growth(new VarianceScaling(1, Fan.IN, Distribution.UNIFORM))[1]).isBetween(0.75 * 5 / 3,
                1.33 * 5 / 3);
    }

    /// Mean square of outputs by that of inputs, and of gradients by inputs by that of gradients by outputs, over one
    /// layer.
    private static double[] growth(Initialisation start) {
        RandomStream stream = RandomStream.seeded(6);
        Linear layer = start.linear(ElementType.FLOAT64, IN, OUT, stream.child("layer"));
        Tensor x = stream.child("x").gaussian(ElementType.FLOAT64, 0, 1, 50, IN).tracked();
        Tensor g = stream.child("g").gaussian(ElementType.FLOAT64, 0, 1, 50, OUT);
        Tensor y = x.linear(layer.weight().value(), layer.bias().value());
        Tensor back = Gradients.of(y.times(g).sum(), x).getFirst();
        return new double[]{meanSquare(y) / meanSquare(x), meanSquare(back) / meanSquare(g)};
    }

    private static double meanSquare(Tensor x) {
        return x.detached().square().mean().item();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void orthogonalWeightsAreOrthogonal(Shape shape) {
        int rows = shape.length(0);
        int columns = shape.size() / rows;
        Tensor w = new Orthogonal(1).weight(ElementType.FLOAT64, shape, RandomStream.seeded(4));
        assertThat(w.shape()).isEqualTo(shape);
        Tensor matrix = w.reshape(rows, columns);
        Tensor q = rows >= columns ? matrix : matrix.transpose();
        int m = q.length(0);
        int n = q.length(1);
        Tensor gram = q.transpose().matmul(q);
        // A = Q R with R upper triangular and of positive diagonal: the decomposition is unique.
        Tensor a = RandomStream.seeded(4).gaussian(ElementType.FLOAT64, 0, 1, m, n);
        Tensor r = q.transpose().matmul(a);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(gram.at(i, j)).isCloseTo(i == j ? 1 : 0, Offset.offset(1e-12));
                if (i > j) {
                    assertThat(r.at(i, j)).isCloseTo(0, Offset.offset(1e-12));
                }
            }
            assertThat(r.at(i, i)).isPositive();
        }
        Tensor tripled = new Orthogonal(3).weight(ElementType.FLOAT64, shape, RandomStream.seeded(4));
        assertThat(tripled.toDoubles()).containsExactly(w.times(3).toDoubles(), Offset.offset(1e-15));
    }

    private static Stream<Shape> shapes() {
        return Stream.of(Shape.of(1, 1), Shape.of(1, 6), Shape.of(6, 1), Shape.of(5, 5), Shape.of(7, 3), Shape.of(3, 7),
                Shape.of(120, 120), Shape.of(200, 70), Shape.of(4, 2, 3, 3), Shape.of(40, 2, 3, 3));
    }

    @Test
    void orthogonalWeightsFavourNoDirection() {
        // Uniformly distributed: every element of a 3 x 3 matrix has mean 0, mean square 1/3, and mean fourth power
        // 3 / (3 * 5) = 1/5.
        int n = 4000;
        double[] sum = new double[9];
        double[] squares = new double[9];
        for (int draw = 0; draw < n; draw++) {
            double[] q = new Orthogonal(1)
                    .weight(ElementType.FLOAT64, Shape.of(3, 3), RandomStream.seeded(5).child(draw)).toDoubles();
            for (int i = 0; i < 9; i++) {
                sum[i] += q[i];
                squares[i] += q[i] * q[i];
            }
        }
        for (int i = 0; i < 9; i++) {
            assertThat(sum[i] / n).isCloseTo(0, Offset.offset(4 * Math.sqrt(1.0 / 3 / n)));
            assertThat(squares[i] / n).isCloseTo(1.0 / 3, Offset.offset(4 * Math.sqrt((1.0 / 5 - 1.0 / 9) / n)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDistributionNeedsAFan(Distribution distribution) {
        assertThatThrownBy(() -> VarianceScaling.xavier(distribution).weight(ElementType.FLOAT32, Shape.of(4),
                RandomStream.seeded(1))).hasMessageContaining("shape (4)").hasMessageContaining("(out, in, …)");
    }

    @Test
    void settingsAreNamed() {
        Map<String, ThrowingCallable> wrong = Map.of("scale (=0.0)",
                () -> new VarianceScaling(0, Fan.IN, Distribution.NORMAL), "scale (=NaN)",
                () -> new VarianceScaling(Double.NaN, Fan.IN, Distribution.NORMAL), "gain (=-1.0)",
                () -> new Orthogonal(-1), "value (=Infinity)",
                () -> new Initialisation.Constant(Double.POSITIVE_INFINITY), "shape (3)",
                () -> new Orthogonal(1).weight(ElementType.FLOAT32, Shape.of(3), RandomStream.seeded(1)));
        wrong.forEach((message, call) -> assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    }
}
