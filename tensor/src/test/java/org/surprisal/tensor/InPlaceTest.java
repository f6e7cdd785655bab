package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// In-place operations against the same formula on boxed-out numbers, on tensors longer than one shared chunk.
class InPlaceTest {
    private static final int SIZE = 70_001;

    private static Tensor random(ElementType type, String label) {
        return RandomStream.seeded(5).child(label).gaussian(type, 0, 2, SIZE);
    }

    private static void check(Tensor target, double[] before, Tensor x, DoubleBinaryOperator formula) {
        double tolerance = target.type() == ElementType.FLOAT64 ? 1e-15 : 4e-7;
        double[] got = target.toDoubles();
        double[] xs = x.toDoubles();
        for (int i = 0; i < SIZE; i++) {
            double expected = formula.applyAsDouble(before[i], xs[i]);
            if (Math.abs(got[i] - expected) > tolerance * (Math.abs(before[i]) + xs[i] * xs[i] + 1)) {
                throw new AssertionError("element " + i + ": " + got[i] + " instead of " + expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void operationsAreTheirFormulas(ElementType type) {
        Tensor x = random(type, "x");
        Tensor target = random(type, "target");
        double[] before = target.toDoubles();
        InPlace.blendSquare(target, 0.25, x, -0.5);
        check(target, before, x, (y, v) -> 0.25 * v * v - 0.5 * y);

        Tensor s = random(type, "s");
        InPlace.blendSquare(s, 1, s, 0);
        target = random(type, "target");
        InPlace.addOverRoot(target, -0.5, x, s, 0.25, 0.125);
        double[] radicand = s.toDoubles();
        int[] next = {0};
        check(target, before, x, (y, v) -> y - 0.5 * v / (Math.sqrt(radicand[next[0]++] + 0.25) + 0.125));

        target = random(type, "target");
        InPlace.addSign(target, 0.5, x);
        check(target, before, x, (y, v) -> v > 0 ? y + 0.5 : y - 0.5);

        target = random(type, "target");
        InPlace.clamp(target, -1, 0.5);
        check(target, before, x, (y, v) -> y < -1 ? -1 : y > 0.5 ? 0.5 : y);
    }

    @ParameterizedTest
    @EnumSource
    void onePassOfAnOptimiserHasTheBitsOfItsSteps(ElementType type) {
        Tensor gradient = random(type, "g");
        List<Tensor> passed = List.of(random(type, "y"), random(type, "m"), random(type, "s").square());
        List<Tensor> stepped = List.of(random(type, "y"), random(type, "m"), random(type, "s").square());
        InPlace.followMomentum(passed.get(0), 0.01, 0.8, gradient, passed.get(1));
        InPlace.blend(stepped.get(1), 1, gradient, 0.8);
        InPlace.blend(stepped.get(0), -0.01, stepped.get(1), 1);

        InPlace.followAdam(passed.get(0), 0.003, 0.9, 0.999, 1e-8, gradient, passed.get(1), passed.get(2));
        InPlace.blend(stepped.get(1), 1 - 0.9, gradient, 0.9);
        InPlace.blendSquare(stepped.get(2), 1 - 0.999, gradient, 0.999);
        InPlace.addOverRoot(stepped.get(0), -0.003, stepped.get(1), stepped.get(2), 0, 1e-8);
        for (int i = 0; i < 3; i++) {
            assertThat(passed.get(i).toDoubles()).isEqualTo(stepped.get(i).toDoubles());
        }
    }

    @Test
    void signOfZeroIsZero() {
        Tensor target = Tensor.of(new float[]{1, 1, 1});
        InPlace.addSign(target, 2, Tensor.of(new float[]{0, -0.0f, -3}));
        assertThat(target.toFloats()).containsExactly(1, 1, -1);
    }

    @Test
    void assignForgetsEvenNotANumber() {
        Tensor target = Tensor.of(new double[]{Double.NaN, Double.POSITIVE_INFINITY, 1});
        InPlace.assign(target, Tensor.of(new double[]{1, 2, 3}));
        assertThat(target.toDoubles()).containsExactly(1, 2, 3);
    }

    @Test
    void theNormOfFloat32IsTakenInFloat64() {
        assertThat(Tensor.of(new float[]{3e30f, 4e30f}).euclideanNorm()).isCloseTo(5e30, Offset.offset(1e24));
        assertThat(Tensor.of(new float[]{3e-30f, 4e-30f}).euclideanNorm()).isCloseTo(5e-30, Offset.offset(1e-36));
        float[] many = new float[1003];
        java.util.Arrays.fill(many, -2);
        assertThat(Tensor.of(many, 17, 59).euclideanNorm()).isCloseTo(2 * Math.sqrt(1003), Offset.offset(1e-12));
        assertThat(Tensor.of(new double[]{2, -3, 6}).euclideanNorm()).isCloseTo(7, Offset.offset(1e-15));
        assertThat(Tensor.of(new float[]{1, Float.NaN}).euclideanNorm()).isNaN();
    }

    @Test
    void shapesTypesAndBoundsAreNamed() {
        Tensor two = Tensor.zeros(ElementType.FLOAT32, 2);
        Tensor three = Tensor.zeros(ElementType.FLOAT32, 3);
        List<Runnable> wrong = List.of(() -> InPlace.blend(two, 1, three, 1),
                () -> InPlace.blendSquare(two, 1, three, 1), () -> InPlace.addSign(two, 1, three),
                () -> InPlace.addOverRoot(two, 1, three, two, 0, 1),
                () -> InPlace.addOverRoot(two, 1, two, three, 0, 1), () -> InPlace.assign(two, three));
        for (Runnable call : wrong) {
            assertThatThrownBy(call::run).hasMessageContaining("(2)").hasMessageContaining("(3)");
        }
        assertThatThrownBy(() -> InPlace.assign(two, Tensor.zeros(ElementType.FLOAT64, 2)))
                .hasMessageContaining("FLOAT32").hasMessageContaining("FLOAT64");
        assertThatThrownBy(() -> InPlace.clamp(two, 1, -1)).hasMessageContaining("low (=1.0)")
                .hasMessageContaining("high (=-1.0)");
    }
}
