package org.surprisal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Eigenvalues against closed forms and NumPy, eigenvectors against their definition. Matrices of 250 rows and more go
/// through the loops of the Vector API.
class SymmetricEigenTest {
    private static final RandomStream STREAM = RandomStream.seeded(12);

    /// What rounding may do to an eigenvalue, a residual or an inner product: a unit roundoff for each row.
    private static double rounding(int n) {
        return (4 + n) * 0x1p-53;
    }

    private static double[] random(int n) {
        return STREAM.child(n).gaussian(ElementType.FLOAT64, 0, 1, n).toDoubles();
    }

    private static double[][] randomMatrix(int n) {
        double[] numbers = STREAM.child("matrix").child(n).gaussian(ElementType.FLOAT64, 0, 1, n, n).toDoubles();
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = numbers[i * n + j];
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    /// H D H of a diagonal D and the reflection H at a random mirror: a full matrix of these eigenvalues.
    private static double[][] withEigenvalues(double... values) {
        int n = values.length;
        double[] u = random(n);
        double square = Arrays.stream(u).map(x -> x * x).sum();
        double form = 0;
        for (int k = 0; k < n; k++) {
            form += u[k] * u[k] * values[k];
        }
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = (i == j ? values[i] : 0)
                        + u[i] * u[j] * (4 * form / square - 2 * (values[i] + values[j])) / square;
            }
        }
        return matrix;
    }

    private static double[][] tridiagonal(double[] diagonal, double[] beside) {
        double[][] matrix = new double[diagonal.length][diagonal.length];
        for (int i = 0; i < diagonal.length; i++) {
            matrix[i][i] = diagonal[i];
            if (i > 0) {
                matrix[i][i - 1] = beside[i - 1];
                matrix[i - 1][i] = beside[i - 1];
            }
        }
        return matrix;
    }

    private static double[] filled(int n, IntUnaryOperator element) {
        double[] array = new double[n];
        Arrays.setAll(array, element::applyAsInt);
        return array;
    }

    /// Values against those that are known, with the same bits without vectors; vectors against their definition.
    private static void check(double[][] matrix, double... expected) {
        int n = matrix.length;
        double[][] before = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        SymmetricEigen eigen = SymmetricEigen.of("the matrix", matrix);
        double[] values = eigen.values();
        double norm = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
        assertThat(values).isSorted().isEqualTo(SymmetricEigen.values("the matrix", matrix));
        if (expected.length > 0) {
            assertThat(values).containsExactly(expected, within(norm * rounding(n)));
        }
        checkVectors(matrix, values, eigen.vectors(), norm);
        assertThat(matrix).isDeepEqualTo(before);
    }

    private static void checkVectors(double[][] matrix, double[] values, double[][] vectors, double norm) {
        int n = values.length;
        for (int k = 0; k < n; k++) {
            double residual = 0;
            for (int i = 0; i < n; i++) {
                double difference = dot(matrix[i], vectors[k]) - values[k] * vectors[k][i];
                residual = Math.hypot(residual, difference);
            }
            assertThat(residual).as("residual of vector %d", k).isLessThanOrEqualTo(4 * norm * rounding(n));
            for (int l = 0; l <= k; l++) {
                assertThat(dot(vectors[k], vectors[l])).as("product of vectors %d and %d", k, l)
                        .isCloseTo(k == l ? 1 : 0, within(4 * rounding(n)));
            }
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 15, 16, 17, 31, 32, 33, 34, 64, 65, 129, 249, 250, 273})
    void eigenvectorsSolveTheirEquation(int n) {
        double[][] matrix = randomMatrix(n);
        check(matrix);
        double[] values = SymmetricEigen.values("the matrix", matrix);
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            trace += matrix[i][i];
            squares += dot(matrix[i], matrix[i]);
        }
        assertThat(Arrays.stream(values).sum()).isCloseTo(trace, within(n * rounding(n) * Math.sqrt(squares / n)));
        assertThat(dot(values, values)).isCloseTo(squares, within(rounding(n) * squares));
    }

    /// 2 - 2 cos(k π / (n + 1)), k = 1 … n.
    @ParameterizedTest
    @ValueSource(ints = {4, 30, 260})
    void secondDifferenceHasItsClosedForm(int n) {
        double[] expected = new double[n];
        Arrays.setAll(expected, k -> 2 - 2 * Math.cos((k + 1) * Math.PI / (n + 1)));
        check(tridiagonal(filled(n, i -> 2), filled(n - 1, i -> -1)), expected);
        check(withEigenvalues(expected), expected);
    }

    /// Two eigenvalues of W21+ that agree to 14 digits (Wilkinson, The Algebraic Eigenvalue Problem, 5.45), and the
    /// smallest one; W21- has the eigenvalues ±λ.
    @Test
    void wilkinsonsMatricesHaveTheirEigenvalues() {
        double[] ones = filled(20, i -> 1);
        double[][] plus = tridiagonal(filled(21, i -> Math.abs(i - 10)), ones);
        check(plus);
        double[] values = SymmetricEigen.values("W21+", plus);
        assertThat(values[20]).isCloseTo(10.746194182903393, within(2e-14));
        assertThat(values[19]).isCloseTo(10.746194182903322, within(2e-14));
        assertThat(values[0]).isCloseTo(-1.125441522119984, within(2e-14));
        double[][] minus = tridiagonal(filled(21, i -> 10 - i), ones);
        check(minus);
        values = SymmetricEigen.values("W21-", minus);
        for (int k = 0; k < 21; k++) {
            assertThat(values[k]).isCloseTo(-values[20 - k], within(2e-14));
        }
        SymmetricEigen eigen = SymmetricEigen.ofTridiagonal("W21-", filled(21, i -> 10 - i), ones);
        assertThat(eigen.values()).isEqualTo(values);
        checkVectors(minus, values, eigen.vectors(), values[20]);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 120, 252})
    void multipleAndClusteredEigenvaluesHaveOrthogonalVectors(int n) {
        double[] twice = new double[n];
        Arrays.setAll(twice, k -> k < n / 2 ? -1 : k < n - 2 ? 2 : 5);
        check(withEigenvalues(twice), twice);
        double[] clustered = new double[n];
        Arrays.setAll(clustered, k -> 1 + k * 1e-15);
        check(withEigenvalues(clustered), clustered);
        double[] graded = new double[n];
        Arrays.setAll(graded, k -> Math.pow(10, -16.0 * (n - 1 - k) / n));
        check(withEigenvalues(graded), graded);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 255})
    void matricesWithoutWorkAreExact(int n) {
        check(new double[n][n], new double[n]);
        double[] diagonal = random(n);
        double[] sorted = diagonal.clone();
        Arrays.sort(sorted);
        assertThat(SymmetricEigen.values("D", tridiagonal(diagonal, new double[n]))).isEqualTo(sorted);
        check(tridiagonal(diagonal, new double[n]), sorted);
        double[] u = random(n);
        double[][] rankOne = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rankOne[i][j] = u[i] * u[j];
            }
        }
        double[] expected = new double[n];
        expected[n - 1] = dot(u, u);
        check(rankOne, expected);
    }

    @Test
    void oneAndTwoRowsAreSolvedByHand() {
        SymmetricEigen one = SymmetricEigen.of("the matrix", new double[][]{{-3}});
        assertThat(one.values()).containsExactly(-3);
        assertThat(one.vectors()).isDeepEqualTo(new double[][]{{1}});
        check(new double[][]{{1, 2}, {2, 1}}, -1, 3);
        check(new double[][]{{0, 1}, {1, 0}}, -1, 1);
        check(new double[][]{{3, 0}, {0, -7}}, -7, 3);
        // The mean with the transpose counts.
        assertThat(SymmetricEigen.values("the matrix", new double[][]{{1, 4}, {0, 1}})).containsExactly(
                new double[]{-1, 3}, within(1e-15));
    }

    /// The squares of the first overflow, those of the last are 0; elements of one matrix may lie far apart, too.
    @ParameterizedTest
    @ValueSource(doubles = {0x1p1000, 0x1p498, 1, 0x1p-498, 0x1p-1000})
    void aPowerOfTwoScalesTheEigenvaluesToTheBit(double scale) {
        double[][] matrix = randomMatrix(40);
        double[] values = SymmetricEigen.values("the matrix", matrix);
        double[][] scaled = Arrays.stream(matrix).map(row -> Arrays.stream(row).map(x -> scale * x).toArray())
                .toArray(double[][]::new);
        assertThat(SymmetricEigen.values("the matrix", scaled))
                .containsExactly(Arrays.stream(values).map(x -> scale * x).toArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e150, 1e-150, 1e300, 4e-310})
    void hugeAndTinyMatricesAreSolvedAlike(double scale) {
        double[] values = SymmetricEigen.values("the matrix", new double[][]{{2 * scale, scale, 0},
                {scale, 2 * scale, scale}, {0, scale, 2 * scale}});
        for (int k = 0; k < 3; k++) {
            assertThat(values[k] / scale).isCloseTo(2 - 2 * Math.cos((k + 1) * Math.PI / 4), within(2e-15));
        }
        check(new double[][]{{1, 1e-170, 1e-170}, {1e-170, 2, 1e-170}, {1e-170, 1e-170, 3}}, 1, 2, 3);
    }

    /// Elements (7 i j + 3 (i + j)) mod 23 - 11 of a matrix of rank 3, and |i - j| + (i² mod 17 on the diagonal) of one
    /// of 300 rows; recorded from numpy.linalg.eigh with OpenBLAS.
    @Test
    void agreesWithNumPy() {
        double[][] seven = new double[7][7];
        double[][] large = new double[300][300];
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 300; j++) {
                large[i][j] = Math.abs(i - j) + (i == j ? i * i % 17 : 0);
                if (i < 7 && j < 7) {
                    seven[i][j] = (7 * i * j + 3 * (i + j)) % 23 - 11;
                }
            }
        }
        check(seven, -24.411206092110124, 0, 0, 0, 0, 13.02151961881027, 30.389686473299868);
        double[] vector = SymmetricEigen.of("the matrix", seven).vectors()[6];
        double sign = Math.signum(vector[0]);
        assertThat(Arrays.stream(vector).map(x -> sign * x).toArray()).containsExactly(
                new double[]{0.059294176800483725, -0.451950617543031, 0.5433252931317982, 0.03208049878828326,
                        -0.4791642955552312, 0.5161116151195978, 0.004866820776083081},
                within(1e-14));
        check(large);
        double[] values = SymmetricEigen.values("the matrix", large);
        int[] places = {0, 1, 2, 60, 150, 240, 297, 298, 299};
        assertThat(Arrays.stream(places).mapToDouble(k -> values[k]).toArray()).containsExactly(
                new double[]{-18229.92809571791, -5738.496260977607, -2018.5523931089897, -1.0745338331073613,
                        4.6076686434489265, 13.168163846548374, 13.994117083358697, 13.994407292894364,
                        31274.398824798925},
                within(31_274 * rounding(300)));
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity", "-Infinity, -Infinity"})
    void elementThatIsNotFiniteIsRefused(double element, String word) {
        double[][] matrix = {{1, 0, 0}, {0, 1, element}, {0, 0, 1}};
        assertThatThrownBy(() -> SymmetricEigen.of("the covariance of x", matrix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("element (1, 2) of the covariance of x is " + word + ": it has no eigenvalues");
        assertThatThrownBy(() -> SymmetricEigen.values("the covariance", matrix))
                .hasMessage("element (1, 2) of the covariance is " + word + ": it has no eigenvalues");
        assertThatThrownBy(() -> SymmetricEigen.ofTridiagonal("T", new double[]{1, 1}, new double[]{element}))
                .hasMessage("element (0, 1) of T is " + word + ": it has no eigenvalues");
    }

    @Test
    void whatIsNoSymmetricMatrixIsRefused() {
        assertThatThrownBy(() -> SymmetricEigen.of("A", new double[0][]))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("A has no rows: it has no eigenvalues");
        assertThatThrownBy(() -> SymmetricEigen.values("A", new double[][]{{1, 2}, {2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A has 1 elements in row 1 of 2 rows: it must be square");
        assertThatThrownBy(() -> SymmetricEigen.ofTridiagonal("T", new double[]{1, 1}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("T has 2 elements on the diagonal and 2 beside it, n >= 1 and n - 1 needed");
        double most = Double.MAX_VALUE;
        assertThatThrownBy(() -> SymmetricEigen.of("A", new double[][]{{most, most}, {most, most}}))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("A has an eigenvalue beyond the range of"
                        + " float64: its elements reach 1.80e+308, other units are needed");
    }

    /// A ring of unit steps falls apart into pairs of equal eigenvalues 2 cos(2π k / n).
    @Test
    void ringHasItsPairs() {
        int n = 288;
        double[][] ring = new double[n][n];
        for (int i = 0; i < n; i++) {
            ring[i][(i + 1) % n] = 1;
            ring[(i + 1) % n][i] = 1;
        }
        double[] expected = new double[n];
        Arrays.setAll(expected, k -> 2 * Math.cos(2 * Math.PI * k / n));
        Arrays.sort(expected);
        check(ring, expected);
    }
}
