package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Eigenvalues of matrices whose spectrum is known.
class LanczosTest {
    private static final RandomStream STREAM = RandomStream.seeded(13);

    /// A diagonal matrix seen from axes that two reflections have turned: the spectrum is the diagonal.
    private static UnaryOperator<Tensor> turned(double[] diagonal) {
        int n = diagonal.length;
        double[] a = unit("a", n);
        double[] b = unit("b", n);
        return x -> {
            double[] v = reflect(b, reflect(a, x.toDoubles()));
            for (int i = 0; i < n; i++) {
                v[i] *= diagonal[i];
            }
            return Tensor.of(reflect(a, reflect(b, v)));
        };
    }

    private static double[] unit(String label, int n) {
        Tensor v = STREAM.child(label).gaussian(ElementType.FLOAT64, 0, 1, n);
        return v.times(1 / v.euclideanNorm()).toDoubles();
    }

    private static double[] reflect(double[] axis, double[] x) {
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += axis[i] * x[i];
        }
        double[] out = x.clone();
        for (int i = 0; i < x.length; i++) {
            out[i] -= 2 * dot * axis[i];
        }
        return out;
    }

    private static List<Double> values(double[] diagonal, int count, Lanczos.End end) {
        return Lanczos.eigenpairs(diagonal.length, turned(diagonal), count, end, STREAM.child("start")).stream()
                .map(Lanczos.Eigenpair::value).toList();
    }

    private static double[] spread(int n) {
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = Math.cos(0.7 * i) * 3;
        }
        diagonal[5] = 10;
        diagonal[6] = 7;
        diagonal[7] = -8;
        return diagonal;
    }

    @Test
    void eachEndHasItsEigenvalues() {
        double[] diagonal = spread(400);
        assertThat(values(diagonal, 2, Lanczos.End.HIGHEST)).satisfiesExactly(v -> close(v, 10), v -> close(v, 7));
        assertThat(values(diagonal, 1, Lanczos.End.LOWEST)).satisfiesExactly(v -> close(v, -8));
        assertThat(values(diagonal, 3, Lanczos.End.LARGEST_MAGNITUDE)).satisfiesExactly(v -> close(v, 10),
                v -> close(v, -8), v -> close(v, 7));
    }

    private static void close(double value, double expected) {
        assertThat(value).isCloseTo(expected, Offset.offset(1e-9));
    }

    @Test
    void anEigenvalueOfManyVectorsIsSeenAsOftenAsAskedFor() {
        double[] diagonal = new double[300];
        for (int i = 0; i < 300; i++) {
            diagonal[i] = i < 200 ? 0 : i - 199;
        }
        diagonal[298] = 100;
        diagonal[299] = 100;
        assertThat(values(diagonal, 3, Lanczos.End.LOWEST)).allSatisfy(v -> close(v, 0));
        assertThat(values(diagonal, 3, Lanczos.End.HIGHEST)).satisfiesExactly(v -> close(v, 100), v -> close(v, 100),
                v -> close(v, 98));
    }

    @ParameterizedTest
    @EnumSource(Lanczos.End.class)
    void anInvariantSpaceEndsTheIteration(Lanczos.End end) {
        double[] ones = new double[50];
        Arrays.fill(ones, 1);
        assertThat(values(ones, 4, end)).allSatisfy(v -> close(v, 1));
        assertThat(values(new double[50], 4, end)).allSatisfy(v -> close(v, 0));
        assertThat(values(new double[]{-2}, 1, end)).allSatisfy(v -> close(v, -2));
    }

    @Test
    void aResidualBoundsTheError() {
        // Too many eigenvalues too close to the end for 120 vectors: the answer is rough, and says so.
        int n = 3000;
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = Math.pow((double) i / n, 0.3);
        }
        UnaryOperator<Tensor> product = turned(diagonal);
        Lanczos.Eigenpair pair = Lanczos.eigenpairs(n, product, 1, Lanczos.End.HIGHEST, STREAM.child("start"))
                .getFirst();
        assertThat(pair.residual()).isGreaterThan(1e-8);
        double nearest = Double.POSITIVE_INFINITY;
        for (double value : diagonal) {
            nearest = Math.min(nearest, Math.abs(value - pair.value()));
        }
        assertThat(nearest).isLessThanOrEqualTo(pair.residual());
        Tensor rest = product.apply(pair.vector()).minus(pair.vector().times(pair.value()));
        assertThat(rest.euclideanNorm()).isCloseTo(pair.residual(), Offset.offset(1e-12));
        assertThat(pair.vector().euclideanNorm()).isCloseTo(1, Offset.offset(1e-12));
    }

    @Test
    void theWholeSpectrumOfASmallMatrix() {
        double[] diagonal = {3, -1, 0, 0, 2.5, 1e-3};
        List<Double> sorted = new ArrayList<>();
        for (double value : diagonal) {
            sorted.add(value);
        }
        sorted.sort(null);
        List<Double> found = values(diagonal, 6, Lanczos.End.LOWEST);
        for (int i = 0; i < 6; i++) {
            close(found.get(i), sorted.get(i));
        }
    }

    @Test
    void theSameStreamGivesTheSameBits() {
        double[] diagonal = spread(100);
        assertThat(values(diagonal, 3, Lanczos.End.HIGHEST)).isEqualTo(values(diagonal, 3, Lanczos.End.HIGHEST));
    }

    @Test
    void rotationsFindEigenvectorsToo() {
        Tensor a = STREAM.child("dense").gaussian(ElementType.FLOAT64, 0, 1, 12, 12);
        Tensor symmetric = a.plus(a.transpose());
        SymmetricEigen eigen = SymmetricEigen.of(symmetric);
        for (int k = 0; k < 12; k++) {
            Tensor vector = Tensor.of(eigen.vectors()[k], 12, 1);
            assertThat(symmetric.matmul(vector).toDoubles())
                    .containsExactly(vector.times(eigen.values()[k]).toDoubles(), Offset.offset(1e-13));
            assertThat(vector.euclideanNorm()).isCloseTo(1, Offset.offset(1e-14));
        }
        // 2 - 2 cos(k pi / (n + 1)), the spectrum of the second difference
        int n = 30;
        double[] second = new double[n * n];
        for (int i = 0; i < n; i++) {
            second[i * n + i] = 2;
            if (i > 0) {
                second[i * n + i - 1] = -1;
                second[(i - 1) * n + i] = -1;
            }
        }
        double[] values = SymmetricEigen.of(Tensor.of(second, n, n)).values();
        for (int k = 1; k <= n; k++) {
            assertThat(values[k - 1]).isCloseTo(2 - 2 * Math.cos(k * Math.PI / (n + 1)), Offset.offset(1e-14));
        }
    }

    @Test
    void hugeAndTinyMatricesAreSolvedAlike() {
        // The squares of the first matrix overflow, those of the second are 0.
        for (double scale : new double[]{1e200, 1e-200}) {
            double[] values = SymmetricEigen.of(Tensor.of(new double[]{2, 1, 1, 2}, 2, 2).times(scale)).values();
            assertThat(values[0] / scale).isCloseTo(1, Offset.offset(1e-15));
            assertThat(values[1] / scale).isCloseTo(3, Offset.offset(1e-15));
        }
    }

    @Test
    void whatHasNoEigenvaluesIsRefused() {
        UnaryOperator<Tensor> nan = x -> x.times(Double.NaN);
        assertThatThrownBy(() -> Lanczos.eigenpairs(3, nan, 1, Lanczos.End.HIGHEST, STREAM))
                .isInstanceOf(ArithmeticException.class).hasMessageContaining("not finite");
        assertThatThrownBy(() -> Lanczos.eigenpairs(3, x -> x, 4, Lanczos.End.HIGHEST, STREAM))
                .hasMessageContaining("4").hasMessageContaining("3");
        assertThatThrownBy(() -> Lanczos.eigenpairs(3, x -> x, 0, Lanczos.End.HIGHEST, STREAM))
                .hasMessageContaining("0");
        assertThatThrownBy(() -> SymmetricEigen.of(Tensor.of(new double[]{1, 2, Double.NaN, 1}, 2, 2)))
                .hasMessageContaining("(0, 1)").hasMessageContaining("NaN");
    }
}
