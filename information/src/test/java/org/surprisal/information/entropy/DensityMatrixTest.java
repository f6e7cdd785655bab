package org.surprisal.information.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.tensor.RandomStream;

class DensityMatrixTest {

    private static final double[][] REAL = {{0.5, 0.1, 0.05}, {0.1, 0.3, -0.1}, {0.05, -0.1, 0.2}};
    private static final double[][] IMAGINARY = {{0, 0.08, -0.02}, {-0.08, 0, 0.05}, {0.02, -0.05, 0}};
    private static final DensityMatrix RHO = DensityMatrix.of(REAL, IMAGINARY);
    private static final DensityMatrix SIGMA = DensityMatrix
            .of(new double[][]{{0.3, 0.05, 0}, {0.05, 0.4, 0.1}, {0, 0.1, 0.3}});

    /// Recorded from NumPy 1.24 (linalg.eigvalsh) and SciPy 1.10: traces of products with linalg.logm.
    @Test
    void agreesWithSciPy() {
        assertThat(RHO.eigenvalues()).containsExactly(
                new double[]{0.09551017974251132, 0.33949100090418277, 0.5649988193533055}, within(1e-14));
        assertThat(RHO.entropy()).isCloseTo(0.9136382913978047, within(1e-14));
        assertThat(SIGMA.entropy()).isCloseTo(1.0522896668370882, within(1e-14));
        assertThat(DensityMatrix.of(REAL).entropy()).isCloseTo(0.9466622310330707, within(1e-14));
        assertThat(RHO.relativeEntropyTo(SIGMA)).isCloseTo(0.26686173490880827, within(1e-14));
        assertThat(SIGMA.relativeEntropyTo(RHO)).isCloseTo(0.3564273126452923, within(1e-14));
        assertThat(DensityMatrix.of(REAL).relativeEntropyTo(SIGMA)).isCloseTo(0.23383779527354204, within(1e-14));
    }

    /// ½ (1 + r·σ) has the eigenvalues ½ (1 ± |r|).
    @Test
    void blochVector() {
        double x = 0.3;
        double y = -0.4;
        double z = 0.5;
        double length = Math.sqrt(x * x + y * y + z * z);
        DensityMatrix qubit = DensityMatrix.of(new double[][]{{(1 + z) / 2, x / 2}, {x / 2, (1 - z) / 2}},
                new double[][]{{0, -y / 2}, {y / 2, 0}});

        assertThat(qubit.dimension()).isEqualTo(2);
        assertThat(qubit.eigenvalues()).containsExactly(new double[]{(1 - length) / 2, (1 + length) / 2},
                within(1e-15));
        assertThat(qubit.purity()).isCloseTo((1 + length * length) / 2, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void extremes(int d) {
        DensityMatrix mixed = DensityMatrix.maximallyMixed(d);
        DensityMatrix pure = DensityMatrix.pure(unit(RandomStream.seeded(d), d));

        assertThat(mixed.entropy()).isCloseTo(Math.log(d), within(1e-14));
        assertThat(mixed.purity()).isCloseTo(1.0 / d, within(1e-15));
        assertThat(pure.entropy()).isCloseTo(0, within(1e-13));
        assertThat(pure.purity()).isCloseTo(1, within(1e-13));
        assertThat(pure.relativeEntropyTo(mixed)).isCloseTo(Math.log(d), within(1e-12));
        assertThat(pure.relativeEntropyTo(pure)).isCloseTo(0, within(1e-12));
    }

    /// S(ρ) = ln d - D(ρ || 1/d), what (2.82) says of a normalised identity.
    @Test
    void entropyIsWhatIsMissingToTheMaximallyMixedState() {
        assertThat(Math.log(3) - RHO.relativeEntropyTo(DensityMatrix.maximallyMixed(3))).isCloseTo(RHO.entropy(),
                within(1e-14));
    }

    @Test
    void matricesThatCommuteAreClassical() {
        DiscreteDistribution p = DiscreteDistribution.of(0.5, 0.25, 0.125, 0.125);
        DiscreteDistribution q = DiscreteDistribution.of(0.1, 0.2, 0.3, 0.4);
        double[][] turn = orthogonal(RandomStream.seeded(1), 4);
        DensityMatrix rho = DensityMatrix.of(turned(turn, p));
        DensityMatrix sigma = DensityMatrix.of(turned(turn, q));

        assertThat(DensityMatrix.diagonal(p).entropy()).isCloseTo(p.entropy(), within(1e-15));
        assertThat(DensityMatrix.diagonal(p).relativeEntropyTo(DensityMatrix.diagonal(q)))
                .isCloseTo(p.relativeEntropyTo(q), within(1e-14));
        assertThat(rho.entropy()).isCloseTo(p.entropy(), within(1e-14));
        assertThat(rho.relativeEntropyTo(sigma)).isCloseTo(p.relativeEntropyTo(q), within(1e-14));
    }

    @Test
    void unitaryMapsChangeNothing() {
        double[][] turn = orthogonal(RandomStream.seeded(2), 3);
        // A complex unitary: a rotation after a phase on each basis state.
        double[] phase = {0.3, -1.2, 2.5};
        DensityMatrix rho = transformed(turn, phase, REAL, IMAGINARY);
        DensityMatrix sigma = transformed(turn, phase, new double[][]{{0.3, 0.05, 0}, {0.05, 0.4, 0.1}, {0, 0.1, 0.3}},
                new double[3][3]);

        assertThat(rho.entropy()).isCloseTo(RHO.entropy(), within(1e-14));
        assertThat(rho.relativeEntropyTo(sigma)).isCloseTo(RHO.relativeEntropyTo(SIGMA), within(1e-13));
        assertThat(sigma.relativeEntropyTo(rho)).isCloseTo(SIGMA.relativeEntropyTo(RHO), within(1e-13));
    }

    /// D >= 0, D = 0 for equal states only, asymmetric; and coarse graining (dropping what is off the diagonal) never
    /// raises it.
    @Test
    void randomStates() {
        for (int run = 0; run < 100; run++) {
            DensityMatrix rho = random(RandomStream.seeded(run).child("rho"), 5);
            DensityMatrix sigma = random(RandomStream.seeded(run).child("sigma"), 5);
            double divergence = rho.relativeEntropyTo(sigma);

            assertThat(divergence).isFinite().isGreaterThan(1e-3);
            assertThat(divergence).isNotCloseTo(sigma.relativeEntropyTo(rho), within(1e-6));
            assertThat(rho.relativeEntropyTo(rho)).isBetween(0.0, 1e-13);
            assertThat(rho.entropy()).isBetween(0.0, Math.log(5));
        }
        DensityMatrix diagonal = DensityMatrix.diagonal(DiscreteDistribution.of(0.5, 0.3, 0.2));
        assertThat(diagonal.relativeEntropyTo(DensityMatrix.diagonal(DiscreteDistribution.of(0.3, 0.4, 0.3))))
                .isLessThan(RHO.relativeEntropyTo(SIGMA));
    }

    @Test
    void outsideTheSupportItIsInfinite() {
        DensityMatrix up = DensityMatrix.pure(1, 0);
        DensityMatrix down = DensityMatrix.pure(0, 1);
        DensityMatrix tilted = DensityMatrix.pure(Math.cos(0.001), Math.sin(0.001));
        DensityMatrix mixed = DensityMatrix.maximallyMixed(2);

        assertThat(up.relativeEntropyTo(down)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(tilted.relativeEntropyTo(up)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(mixed.relativeEntropyTo(up)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(up.relativeEntropyTo(mixed)).isCloseTo(Math.log(2), within(1e-15));
        double[][] turn = orthogonal(RandomStream.seeded(4), 6);
        DensityMatrix half = DensityMatrix.of(turned(turn, DiscreteDistribution.of(0.5, 0.25, 0.25, 0, 0, 0)));
        DensityMatrix within = DensityMatrix.of(turned(turn, DiscreteDistribution.of(0.1, 0.9, 0, 0, 0, 0)));
        assertThat(within.relativeEntropyTo(half)).as("a support that fits, found to rounding").isCloseTo(
                DiscreteDistribution.of(0.1, 0.9).relativeEntropyTo(DiscreteDistribution.proportionalTo(2, 1))
                        + Math.log(1 / 0.75),
                within(1e-12));
    }

    /// An eigenvalue of 1e-13 is no rounding: D(1/2, 1/2 || 1 - t, t).
    @Test
    void smallEigenvaluesCount() {
        double t = 1e-13;
        DensityMatrix sigma = DensityMatrix.of(new double[][]{{0.5, 0.5 - t}, {0.5 - t, 0.5}});
        assertThat(DensityMatrix.maximallyMixed(2).relativeEntropyTo(sigma))
                .isCloseTo(-Math.log(2) - 0.5 * Math.log(t), within(1e-2));
    }

    @Test
    void refusesWhatIsNoState() {
        refused(new double[][]{{0.5, 0.2}, {0.1, 0.5}},
                "density matrix is not Hermitian: [1][0] = 0.1 but [0][1] = 0.2");
        refused(new double[][]{{0.5, 0}, {0, 0.4}}, "density matrix has the trace 0.9, 1 (to 1.0E-10) needed");
        refused(new double[][]{{0.5, 0.5}}, "matrix[0] has 2 value(s), a square matrix of 1 needed");
        refused(new double[][]{{Double.NaN}}, "matrix[0][0] = NaN, a finite value needed");
        refused(new double[0][0], "matrix has 0 row(s), at least 1 needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DensityMatrix.of(new double[][]{{0.5, 0.6}, {0.6, 0.5}}))
                .withMessageMatching("density matrix has the eigenvalue -0\\.\\d+, all must be >= 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DensityMatrix.of(new double[][]{{1, 0}, {0, 0}}, new double[][]{{0, 1}, {1, 0}}))
                .withMessage("imaginary part of the density matrix is not Hermitian: [1][0] = 1.0 but [0][1] = 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> DensityMatrix.pure(1, 1))
                .withMessageContaining("has the trace 2.0");
        assertThatIllegalArgumentException().isThrownBy(() -> RHO.relativeEntropyTo(DensityMatrix.maximallyMixed(2)))
                .withMessage("dimensions differ: 3 != 2");
    }

    private static void refused(double[][] matrix, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> DensityMatrix.of(matrix)).withMessage(message);
    }

    private static double[] unit(RandomStream stream, int d) {
        return orthogonal(stream, d)[0];
    }

    /// Rows of random numbers made orthonormal one after the other (Gram-Schmidt).
    private static double[][] orthogonal(RandomStream stream, int d) {
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int l = 0; l < d; l++) {
                rows[i][l] = stream.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    double overlap = dot(rows[i], rows[j]);
                    for (int l = 0; l < d; l++) {
                        rows[i][l] -= overlap * rows[j][l];
                    }
                }
            }
            double norm = Math.sqrt(dot(rows[i], rows[i]));
            for (int l = 0; l < d; l++) {
                rows[i][l] /= norm;
            }
        }
        return rows;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int l = 0; l < a.length; l++) {
            sum += a[l] * b[l];
        }
        return sum;
    }

    /// Σ p_j |row j⟩⟨row j|.
    private static double[][] turned(double[][] rows, DiscreteDistribution p) {
        int d = rows.length;
        double[][] matrix = new double[d][d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                for (int j = 0; j < p.size(); j++) {
                    matrix[a][b] += p.probability(j) * rows[j][a] * rows[j][b];
                }
            }
        }
        return matrix;
    }

    /// U (A + iB) U† with U = turn · diag(e^(i phase)).
    private static DensityMatrix transformed(double[][] turn, double[] phase, double[][] a, double[][] b) {
        int d = turn.length;
        double[][] real = new double[d][d];
        double[][] imaginary = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < d; k++) {
                    for (int l = 0; l < d; l++) {
                        double cos = Math.cos(phase[k] - phase[l]);
                        double sin = Math.sin(phase[k] - phase[l]);
                        real[i][j] += turn[i][k] * turn[j][l] * (cos * a[k][l] - sin * b[k][l]);
                        imaginary[i][j] += turn[i][k] * turn[j][l] * (sin * a[k][l] + cos * b[k][l]);
                    }
                }
            }
        }
        return DensityMatrix.of(real, imaginary);
    }

    /// G G†/tr with G of complex normal numbers.
    private static DensityMatrix random(RandomStream stream, int d) {
        double[][] x = new double[d][2 * d];
        double trace = 0;
        for (double[] row : x) {
            for (int l = 0; l < 2 * d; l++) {
                row[l] = stream.nextGaussian();
                trace += row[l] * row[l];
            }
        }
        double[][] real = new double[d][d];
        double[][] imaginary = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int l = 0; l < d; l++) {
                    real[i][j] += (x[i][l] * x[j][l] + x[i][d + l] * x[j][d + l]) / trace;
                    imaginary[i][j] += (x[i][d + l] * x[j][l] - x[i][l] * x[j][d + l]) / trace;
                }
            }
        }
        return DensityMatrix.of(real, imaginary);
    }
}
