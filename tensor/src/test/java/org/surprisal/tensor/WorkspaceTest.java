package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Memory that is used again must change no number, and be read by nobody who is late.
class WorkspaceTest {
    private static final int SIZE = 5000;

    private static Tensor random(ElementType type, long seed, int... lengths) {
        return RandomStream.seeded(seed).gaussian(type, 0, 1, lengths);
    }

    /// Operations whose results do not write every element, or that add to what is there, meet memory full of other
    /// numbers.
    @ParameterizedTest
    @EnumSource
    void usedMemoryChangesNoNumber(ElementType type) {
        Window window = Window.of(3).stride(2).padding(1);
        int[] few = {7, 7, 1, 4990};
        SparseMatrix sparse = SparseMatrix.of(80, 80, new int[]{0, 3}, new int[]{2, 5}, new double[]{0.5, -2});
        List<Function<Tensor, Tensor>> operations = List.of(
                x -> x.exp().plus(x).sum(),
                x -> gradient(x, y -> y.take(0, few).square().sum()),
                x -> gradient(x, y -> y.slice(0, 100, 4800).square().sum()),
                x -> gradient(x.reshape(50, 100), y -> y.slice(1, 3, 90).square().sum()),
                x -> gradient(x.reshape(2, 1, 50, 50),
                        y -> y.convolve(Tensor.full(type, 0.5, 3, 1, 3, 3), window).square().sum()),
                x -> gradient(x.reshape(2, 1, 50, 50), y -> y.maxPool(Window.of(2).stride(2)).square().sum()),
                x -> sparse.times(x.reshape(1, SIZE).broadcastTo(Shape.of(80, SIZE))),
                x -> x.reshape(50, 100).matmulTransposed(x.reshape(50, 100)),
                x -> x.reshape(50, 100).transpose().logSoftmax(),
                x -> Tensor.concatenate(0, List.of(x, x)).reshape(100, 100).sum(1));
        Workspace workspace = new Workspace();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < operations.size(); i++) {
                Tensor x = random(type, 10 + round, SIZE);
                Function<Tensor, Tensor> operation = operations.get(i);
                double[] expected = operation.apply(x).toDoubles();
                double[] got = workspace.run(() -> operation.apply(x).toDoubles());
                assertThat(got).as("operation %d, round %d", i, round).isEqualTo(expected);
            }
        }
    }

    private static Tensor gradient(Tensor x, Function<Tensor, Tensor> loss) {
        Tensor variable = x.tracked();
        return Gradients.of(loss.apply(variable), variable).getFirst();
    }

    @Test
    void memoryOfTheLastRunIsUsedAgainAndTheRestLetGo() {
        Workspace workspace = new Workspace();
        Tensor x = random(ElementType.FLOAT32, 1, SIZE);
        List<Object> arrays = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            arrays.add(workspace.run(() -> {
                Storage<?> storage = x.exp().storage();
                assertThat(storage.isLent()).isTrue();
                return storage.surrender();
            }));
        }
        assertThat(arrays.get(1)).as("an array that was given up is nobody's to lend").isNotSameAs(arrays.get(0));
        workspace.run(x::exp);
        assertThat(workspace.take(ElementType.FLOAT32, SIZE)).isNotNull();
        workspace.run(x::exp);
        workspace.run(() -> x);
        assertThat(workspace.take(ElementType.FLOAT32, SIZE)).isNull();
    }

    @Test
    void sizesThatChangeALittleShareTheirMemory() {
        assertThat(Workspace.room(4096)).isEqualTo(4096);
        assertThat(Workspace.room(4097)).isEqualTo(4608);
        assertThat(Workspace.room(784 * 784)).isEqualTo(655_360);
        assertThat(Workspace.room(Integer.MAX_VALUE - 8)).isEqualTo(Integer.MAX_VALUE - 8);
        Workspace workspace = new Workspace();
        Object array = workspace.run(() -> random(ElementType.FLOAT64, 1, 5000).exp().storage().array());
        Tensor longer = random(ElementType.FLOAT64, 2, 5100);
        workspace.run(() -> {
            Tensor exp = longer.exp();
            assertThat(exp.storage().array()).isSameAs(array);
            assertThat(exp.toDoubles()).isEqualTo(Workspace.outside(longer::exp).toDoubles());
            assertThat(exp.toFloats()).hasSize(5100);
            return exp;
        });
        // And a shorter one, behind whose numbers those of the longer one stand.
        Tensor shorter = random(ElementType.FLOAT64, 3, 4700);
        workspace.run(() -> {
            Tensor exp = shorter.exp();
            assertThat(exp.storage().array()).isSameAs(array);
            assertThat(exp.toDoubles()).isEqualTo(Workspace.outside(shorter::exp).toDoubles());
            assertThat(exp.sum().item()).isEqualTo(Workspace.outside(shorter::exp).sum().item());
            assertThat(exp.isFinite()).isTrue();
            assertThat(exp.tracked().toDoubles()).hasSize(4700);
            return exp;
        });
    }

    @Test
    void whatIsReadTooLateIsAnError() {
        Tensor x = random(ElementType.FLOAT32, 1, SIZE);
        Tensor late = new Workspace().run(x::exp);
        assertThatThrownBy(late::toFloats).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its memory is used again").hasMessageNotContaining("\n");
        assertThatThrownBy(() -> late.plus(x)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> x.plus(late)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsMadeOutsideLasts() {
        Tensor x = random(ElementType.FLOAT32, 1, SIZE);
        Workspace workspace = new Workspace();
        Tensor kept = workspace.run(() -> Workspace.outside(x::exp));
        workspace.run(x::square);
        assertThat(kept.toFloats()).isEqualTo(x.exp().toFloats());
    }

    @Test
    void oneRunAtATime() {
        Workspace workspace = new Workspace();
        assertThatThrownBy(() -> workspace.run(() -> workspace.run(() -> 1)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("one run at a time");
        assertThat(workspace.<Integer>run(() -> 2)).isEqualTo(2);
    }

    @Test
    void aRunThatFailsGivesItsMemoryBack() {
        Workspace workspace = new Workspace();
        Tensor x = random(ElementType.FLOAT32, 1, SIZE);
        assertThatThrownBy(() -> workspace.run(() -> x.exp().reshape(3))).isInstanceOf(IllegalArgumentException.class);
        assertThat(workspace.take(ElementType.FLOAT32, SIZE)).isNotNull();
    }
}
