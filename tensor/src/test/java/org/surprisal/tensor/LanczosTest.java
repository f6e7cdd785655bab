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
import org.junit.jupiter.params.provider.ValueSource;

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

    /// Counts the products of an iteration.
    private static final class Counted implements UnaryOperator<Tensor> {
        private final UnaryOperator<Tensor> product;
        private int calls;

        Counted(UnaryOperator<Tensor> product) {
            this.product = product;
        }

        @Override
        public Tensor apply(Tensor x) {
            calls++;
            return product.apply(x);
        }
    }

    /// Without reorthogonalisation an eigenvalue that stands apart is found within a few steps, and then again.
    @ParameterizedTest
    @EnumSource(Lanczos.End.class)
    void noEigenvalueIsFoundMoreOftenThanItIsThere(Lanczos.End end) {
        double[] diagonal = new double[500];
        for (int i = 0; i < 500; i++) {
            diagonal[i] = Math.cos(Math.PI * (i + 0.5) / 500);
        }
        diagonal[3] = 1e4;
        diagonal[4] = -2e4;
        diagonal[5] = -2e4;
        UnaryOperator<Tensor> product = turned(diagonal);
        // A tolerance that is never met: the largest basis is built.
        List<Double> found = Lanczos.eigenpairs(500, product, 4, end, 1e-20, STREAM.child("start")).stream()
                .map(Lanczos.Eigenpair::value).toList();
        List<Double> apart = switch (end) {
            case HIGHEST -> List.of(1e4);
            case LOWEST -> List.of(-2e4, -2e4);
            case LARGEST_MAGNITUDE -> List.of(-2e4, -2e4, 1e4);
        };
        for (int k = 0; k < 4; k++) {
            if (k < apart.size()) {
                assertThat(found.get(k)).isCloseTo(apart.get(k), Offset.offset(1e-8));
            } else {
                // All others lie between -1 and 1, close to the ends and to each other.
                assertThat(Math.abs(found.get(k))).isBetween(0.999, 1.0);
            }
        }
    }

    @Test
    void productsInSinglePrecisionMeetTheirTolerance() {
        double[] diagonal = spread(400);
        UnaryOperator<Tensor> exact = turned(diagonal);
        Counted rounded = new Counted(x -> exact.apply(x).to(ElementType.FLOAT32).to(ElementType.FLOAT64));
        List<Lanczos.Eigenpair> pairs = Lanczos.eigenpairs(400, rounded, 2, Lanczos.End.HIGHEST,
                Lanczos.FLOAT32_TOLERANCE, STREAM.child("start"));
        assertThat(rounded.calls).isLessThan(60);
        assertThat(pairs).allSatisfy(pair -> assertThat(pair.residual()).isLessThanOrEqualTo(1e-4));
        assertThat(pairs.getFirst().value()).isCloseTo(10, Offset.offset(1e-6));
        assertThat(pairs.get(1).value()).isCloseTo(7, Offset.offset(1e-6));
        // The errors of the products stay in the residuals: a tolerance below them is not met, and that is said.
        rounded.calls = 0;
        pairs = Lanczos.eigenpairs(400, rounded, 2, Lanczos.End.HIGHEST, 1e-12, STREAM.child("start"));
        assertThat(rounded.calls).isEqualTo(120);
        assertThat(pairs.getFirst().residual()).isBetween(1e-9, 1e-6);
    }

    @Test
    void aCoarseToleranceNeedsFewerProducts() {
        int[] calls = new int[3];
        double[] tolerances = {1e-2, 1e-5, Lanczos.TOLERANCE};
        for (int t = 0; t < 3; t++) {
            Counted counted = new Counted(turned(spread(400)));
            Lanczos.Eigenpair pair = Lanczos
                    .eigenpairs(400, counted, 1, Lanczos.End.HIGHEST, tolerances[t], STREAM.child("start")).getFirst();
            calls[t] = counted.calls;
            assertThat(pair.residual()).isLessThanOrEqualTo(10 * tolerances[t]);
            assertThat(pair.value()).isCloseTo(10, Offset.offset(pair.residual()));
        }
        assertThat(calls[0]).isLessThan(calls[1]);
        assertThat(calls[1]).isLessThan(calls[2]);
    }

    /// Two random vectors and the three eigenvectors of a matrix of rank three: nothing else is reached.
    @Test
    void aMatrixOfLowRankEndsTheIterationEarly() {
        double[] diagonal = new double[200];
        diagonal[0] = 3;
        diagonal[1] = 3;
        diagonal[2] = -5;
        Counted counted = new Counted(turned(diagonal));
        List<Lanczos.Eigenpair> pairs = Lanczos.eigenpairs(200, counted, 2, Lanczos.End.HIGHEST, 1e-20,
                STREAM.child("start"));
        assertThat(pairs).allSatisfy(pair -> close(pair.value(), 3));
        assertThat(counted.calls).isLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e150, 1e-150, 1e250, 1e-250})
    void hugeAndTinyMatricesAreSolvedAlike(double scale) {
        double[] diagonal = Arrays.stream(spread(300)).map(x -> x * scale).toArray();
        List<Double> found = values(diagonal, 2, Lanczos.End.HIGHEST);
        close(found.getFirst() / scale, 10);
        close(found.get(1) / scale, 7);
    }

    /// Long vectors are shared out among the threads.
    @Test
    void numberOfThreadsChangesNoBit() {
        double[] diagonal = spread(20_001);
        List<Double> alone = Processors.within(1, () -> values(diagonal, 3, Lanczos.End.HIGHEST));
        assertThat(Processors.within(3, () -> values(diagonal, 3, Lanczos.End.HIGHEST))).isEqualTo(alone);
        close(alone.getFirst(), 10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void toleranceOutOfRangeIsRefused(double tolerance) {
        assertThatThrownBy(() -> Lanczos.eigenpairs(3, x -> x, 1, Lanczos.End.HIGHEST, tolerance, STREAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tolerance (=" + tolerance + ") must be above 0 and below 1");
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
    }
}
