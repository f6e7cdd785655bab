package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

class VariableTest {

    @Test
    void labelsAreNumberedInOrderOfAppearance() {
        Discrete y = Discrete.labels("y", Tensor.of(new double[]{7, -1, 7, 3}, 4, 1));

        assertThat(y.codes()).containsExactly(0, 1, 0, 2);
        assertThat(y.counts()).containsExactly(2, 1, 1);
        assertThat(y.symbol(1)).isEqualTo("-1");
        assertThat(y.members()).isDeepEqualTo(new int[][]{{0, 2}, {1}, {3}});
    }

    @Test
    void warningsNameAFewClassesOnly() {
        Discrete y = Discrete.labels("y", 0, 0, 1, 2, 3, 4, 5, 6);

        assertThat(y.classesOf(1, 1)).hasValue("6 classes of y (1, 2, 3, 4, 5, …) have");
        assertThat(y.classesOf(2, 9)).hasValue("class 0 of y has");
        assertThat(y.classesOf(3, 9)).isEmpty();
    }

    @Test
    void aPartHasOnlyTheSymbolsItShows() {
        Discrete part = Discrete.labels("y", 7, -1, 7, 3).take(3, 0, 3);

        assertThat(part.symbols()).isEqualTo(2);
        assertThat(part.codes()).containsExactly(0, 1, 0);
        assertThat(part.symbol(0)).isEqualTo("3");
    }

    @Test
    void equalRowsAreOneSymbol() {
        Discrete rows = Discrete.rows("x", Tensor.of(new float[]{0, 1, -0f, 1, 0, 2}, 3, 2));

        assertThat(rows.codes()).containsExactly(0, 0, 1);
        assertThat(rows.symbol(1)).isEqualTo("of row 2");
    }

    @Test
    void pairsAreSymbols() {
        Discrete joint = Discrete.joint(Discrete.labels("x", 1, 1, 2, 1), Discrete.labels("y", 5, 6, 5, 5));

        assertThat(joint.codes()).containsExactly(0, 1, 2, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Discrete.joint(Discrete.labels("x", 1, 1), Discrete.labels("y", 5)))
                .withMessage("x has 2 sample(s), y has 1: pairs needed");
    }

    @Test
    void mapsAreFlattened() {
        Continuous maps = Continuous.of("conv1", Tensor.zeros(ElementType.FLOAT32, 5, 2, 3, 3));

        assertThat(maps.count()).isEqualTo(5);
        assertThat(maps.dimension()).isEqualTo(18);
        assertThat(Continuous.of("x", Tensor.of(new double[]{1, 2, 3})).dimension()).isEqualTo(1);
    }

    @Test
    void refusesWhatHoldsNoSamples() {
        refused(() -> Continuous.of("x", Tensor.of(new double[]{1, Double.NaN, 3, 4}, 2, 2)),
                "x[0][1] = NaN, a finite value needed");
        refused(() -> Continuous.of("x", Tensor.of(new float[]{1, 2, Float.NEGATIVE_INFINITY, 4}, 2, 2)),
                "x[1][0] = -Infinity, a finite value needed");
        refused(() -> Continuous.of("x", Tensor.of(new double[0], 0, 3)),
                "x of shape (0, 3) has no samples, shape (n, d) needed");
        refused(() -> Continuous.of("x", Tensor.of(new double[]{1}, new int[0])),
                "x of shape () has no samples, shape (n, d) needed");
        refused(() -> Discrete.labels("y", Tensor.of(new double[]{1, 1.5})),
                "y[1] = 1.5 is no label, an integer needed");
        refused(() -> Discrete.labels("y", Tensor.of(new double[]{Double.NaN})),
                "y[0] = NaN is no label, an integer needed");
        refused(() -> Discrete.labels("y", Tensor.of(new double[]{Double.POSITIVE_INFINITY})),
                "y[0] = Infinity is no label, an integer needed");
        refused(() -> Discrete.labels("y", Tensor.of(new double[]{1, 0, 0, 1}, 2, 2)),
                "y of shape (2, 2) are no labels, shape (n) or (n, 1) needed");
        refused(() -> Discrete.labels("y"), "y has no labels, at least one needed");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
