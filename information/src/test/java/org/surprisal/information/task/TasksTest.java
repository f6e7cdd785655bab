package org.surprisal.information.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.Moments;
import org.surprisal.tensor.Processors;
import org.surprisal.tensor.RandomStream;

/// Truths of the tasks against published numbers, quadratures, and long averages of ln p(x,y) / (p(x) p(y)) with
/// densities written out here; and drawn pairs against the moments that theory gives them.
class TasksTest {
    private static final int DRAWN = 20_000;

    static Stream<Task> all() {
        return Tasks.all().stream();
    }

    private static Task task(String id) {
        return Tasks.find(id).orElseThrow();
    }

    @Test
    void thereAreFortyPublishedAndTwentyHeldOutTasksOfDifferentNames() {
        assertThat(Tasks.published()).hasSize(40);
        assertThat(Tasks.heldOut()).hasSize(20);
        assertThat(Tasks.all().stream().map(Task::id).distinct()).hasSize(60);
        assertThat(Tasks.published().stream().map(Task::group).distinct()).isEqualTo(Tasks.GROUPS);
        assertThat(Tasks.in(Tasks.HELD_OUT)).isEqualTo(Tasks.heldOut());
        assertThat(Tasks.find("2-pair-26x26")).isEmpty();
    }

    /// The numbers of the paper's tasks to four digits.
    @ParameterizedTest
    @CsvSource({"normal-1x1, .4133", "uniform-1x1, .4133", "additive-0.1-1x1, 1.7094", "additive-0.75-1x1, .3333",
            "bimodal-1x1, .4133", "wiggly-1x1, .4133", "half-cube-1x1, .4133", "student-1-1x1, .2242",
            "asinh-student-1-1x1, .2242", "swiss-roll-2x1, .4133", "dense-2x2, .2939", "dense-3x3, .4133",
            "dense-5x5, .5928", "dense-25x25, 1.2922", "dense-50x50, 1.6243", "2-pair-2x2, 1.0217",
            "2-pair-3x3, 1.0217", "2-pair-5x5, 1.0217", "2-pair-25x25, 1.0217", "student-1-2x2, .4319",
            "student-2-2x2, .1931", "student-2-3x3, .2909", "student-3-3x3, .1787", "student-2-5x5, .4482",
            "student-3-5x5, .2985", "asinh-student-1-2x2, .4319", "asinh-student-2-3x3, .2909",
            "asinh-student-2-5x5, .4482", "normal-cdf-2-pair-3x3, 1.0217", "normal-cdf-2-pair-5x5, 1.0217",
            "normal-cdf-2-pair-25x25, 1.0217", "half-cube-2-pair-3x3, 1.0217", "half-cube-2-pair-5x5, 1.0217",
            "half-cube-2-pair-25x25, 1.0217", "spiral-2-pair-3x3, 1.0217", "spiral-2-pair-5x5, 1.0217",
            "spiral-2-pair-25x25, 1.0217", "spiral-normal-cdf-2-pair-3x3, 1.0217",
            "spiral-normal-cdf-2-pair-5x5, 1.0217", "spiral-normal-cdf-2-pair-25x25, 1.0217"})
    void truthsOfThePaperArePublished(String id, double published) {
        assertThat(task(id).information()).isCloseTo(published, within(5.1e-5));
        assertThat(Tasks.published()).contains(task(id));
    }

    /// Computed by NumPy and SciPy from determinants and `gammaln`, `digamma`.
    @ParameterizedTest
    @CsvSource({"normal-0.3-1x1, 0.047155339735620645", "normal-0.95-1x1, 1.1639514504891677",
            "cube-normal-0.6-1x1, 0.22314355131420974", "additive-0.3-1x1, 0.8108256237659908",
            "student-3-0.7-1x1, 0.37908368728245323", "swiss-rolls-0.9-2x2, 0.8303656034108255",
            "independent-cube-3x3, 0", "dense-0.3-4x4, 0.2544903023962106", "dense-0.2-10x10, 0.3568832338813407",
            "1-pair-0.9-10x10, 0.8303656034108255", "3-pair-0.6-8x8, 0.6694306539426292",
            "2-pair-0.7-4x2, 0.6733445532637656", "exp-2-pair-0.8-2x2, 1.0216512475319817",
            "wiggly-2-pair-0.8-4x4, 1.0216512475319817", "bimodal-2-pair-0.7-3x3, 0.6733445532637656",
            "tanh-dense-0.5-6x6, 0.6634354703245444", "turned-half-cube-2-pair-0.8-3x3, 1.0216512475319817",
            "spiral-1-pair-0.9-4x4, 0.8303656034108255", "student-2-5x1, 0.1800962989167747",
            "asinh-student-1-3x3, 0.585182656418004"})
    void truthsThatWereHeldOutAreThoseOfAnotherProgram(String id, double computed) {
        assertThat(task(id).information()).isCloseTo(computed, within(1e-12));
        assertThat(Tasks.heldOut()).contains(task(id));
    }

    /// ∫∫ p(x,y) ln p(x,y) / (p(x) p(y)), by the midpoint rule on a grid of which the rest is beyond rounding.
    @ParameterizedTest
    @CsvSource({"normal-1x1, .75", "normal-0.3-1x1, .3", "normal-0.95-1x1, .95"})
    void informationOfTwoNormalCoordinatesIsAnIntegral(String id, double rho) {
        double step = 0.02;
        double sum = 0;
        for (double x = -9 + step / 2; x < 9; x += step) {
            for (double y = -9 + step / 2; y < 9; y += step) {
                double joint = Math.exp(-(x * x - 2 * rho * x * y + y * y) / (2 * (1 - rho * rho)))
                        / (2 * Math.PI * Math.sqrt(1 - rho * rho));
                double ratio = joint * 2 * Math.PI * Math.exp((x * x + y * y) / 2);
                sum += joint == 0 ? 0 : joint * Math.log(ratio) * step * step;
            }
        }

        assertThat(task(id).information()).isCloseTo(sum, within(1e-9));
    }

    /// Two Cauchy coordinates in polar coordinates: the distribution function of the radius is 1 - (1 + r²)^(-1/2).
    @Test
    void informationOfTwoCauchyCoordinatesIsAnIntegral() {
        int radii = 20_000;
        int angles = 500;
        double sum = 0;
        for (int i = 0; i < radii; i++) {
            double left = 1 - (i + 0.5) / radii;
            double r = Math.sqrt(1 / (left * left) - 1);
            double joint = -Math.log(2 * Math.PI) - 1.5 * Math.log1p(r * r);
            for (int j = 0; j < angles; j++) {
                double angle = Math.PI / 2 * (j + 0.5) / angles;
                double x = r * Math.cos(angle);
                double y = r * Math.sin(angle);
                sum += joint + 2 * Math.log(Math.PI) + Math.log1p(x * x) + Math.log1p(y * y);
            }
        }

        assertThat(task("student-1-1x1").information()).isCloseTo(sum / radii / angles, within(1e-4));
        assertThat(task("student-1-1x1").information()).isCloseTo(Math.log(8 * Math.PI) - 3, within(1e-13));
    }

    /// h(Y) - ln 2e, the density of Y being the share of (y - e, y + e) that lies in (0, 1), over 2 e.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5, 0.75, 3})
    void informationOfUniformsWithNoiseIsADifferenceOfEntropies(double e) {
        int steps = 200_000;
        double width = (1 + 2 * e) / steps;
        double entropy = 0;
        for (int i = 0; i < steps; i++) {
            double density = density(-e + (i + 0.5) * width, e);
            entropy -= density * Math.log(density) * width;
        }

        assertThat(new NoisyUniform(e).information()).isCloseTo(entropy - Math.log(2 * e), within(1e-8));
    }

    private static double density(double y, double e) {
        return (Math.min(1, y + e) - Math.max(0, y - e)) / (2 * e);
    }

    /// The mean of the logarithm of the density ratio over drawn pairs, within four standard errors. The maps are one
    /// to one, which [PointMapTest] shows, so that the ratio is that of the pairs before them.
    @ParameterizedTest
    @MethodSource("all")
    void truthIsTheMeanLogarithmOfTheDensityRatio(Task task) {
        PairDistribution distribution = task.distribution();
        double[] drawn = distribution.draw(DRAWN, RandomStream.seeded(11).child(task.id()));
        LogRatio ratio = logRatio(distribution);
        int d = drawn.length / DRAWN;
        double[] terms = new double[DRAWN];
        for (int i = 0; i < DRAWN; i++) {
            terms[i] = ratio.of(Arrays.copyOfRange(drawn, i * d, (i + 1) * d));
        }
        Moments moments = Moments.of(terms);

        assertThat(moments.mean()).isCloseTo(task.information(),
                within(4 * moments.standardDeviation() / Math.sqrt(DRAWN) + 1e-12));
    }

    private interface LogRatio {
        double of(double[] pair);
    }

    private static LogRatio logRatio(PairDistribution distribution) {
        int dx = distribution.dimensionX();
        int d = dx + distribution.dimensionY();
        return switch (distribution) {
            case JointNormal normal -> {
                LogRatio joint = logNormal(normal.covariance(), 0, d);
                LogRatio ofX = logNormal(normal.covariance(), 0, dx);
                LogRatio ofY = logNormal(normal.covariance(), dx, d);
                yield pair -> joint.of(pair) - ofX.of(pair) - ofY.of(pair);
            }
            case JointStudent student -> {
                LogRatio joint = logStudent(student, 0, d);
                LogRatio ofX = logStudent(student, 0, dx);
                LogRatio ofY = logStudent(student, dx, d);
                yield pair -> joint.of(pair) - ofX.of(pair) - ofY.of(pair);
            }
            case NoisyUniform(double e) -> pair -> -Math.log(2 * e * density(pair[1], e));
        };
    }

    private static LogRatio logNormal(double[][] covariance, int from, int to) {
        Form form = new Form(covariance, from, to);
        return pair -> -0.5 * form.of(pair) - 0.5 * (to - from) * Math.log(2 * Math.PI)
                - 0.5 * Math.log(form.determinant);
    }

    private static LogRatio logStudent(JointStudent student, int from, int to) {
        Form form = new Form(student.normal().covariance(), from, to);
        int d = to - from;
        double nu = student.degrees();
        double constant = logGammaOfHalf(student.degrees() + d) - logGammaOfHalf(student.degrees())
                - 0.5 * d * Math.log(nu * Math.PI) - 0.5 * Math.log(form.determinant);
        return pair -> constant - 0.5 * (nu + d) * Math.log1p(form.of(pair) / nu);
    }

    /// ln Γ(m/2) by Γ(z + 1) = z Γ(z), from Γ(1/2) = √π and Γ(1) = 1.
    private static double logGammaOfHalf(int m) {
        double sum = m % 2 == 1 ? Math.log(Math.PI) / 2 : 0;
        for (int twice = m - 2; twice >= 1; twice -= 2) {
            sum += Math.log(twice / 2.0);
        }
        return sum;
    }

    /// zᵀ Σ⁻¹ z of some coordinates.
    private static final class Form {
        private final int from;
        private final int to;
        private final RealMatrix inverse;
        private final double determinant;

        Form(double[][] covariance, int from, int to) {
            this.from = from;
            this.to = to;
            LUDecomposition lu = new LUDecomposition(
                    new Array2DRowRealMatrix(covariance).getSubMatrix(from, to - 1, from, to - 1));
            DecompositionSolver solver = lu.getSolver();
            this.inverse = solver.getInverse();
            this.determinant = lu.getDeterminant();
        }

        double of(double[] pair) {
            ArrayRealVector z = new ArrayRealVector(Arrays.copyOfRange(pair, from, to));
            return z.dotProduct(inverse.operate(z));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal-1x1", "dense-5x5", "2-pair-3x3", "dense-0.2-10x10", "2-pair-0.7-4x2"})
    void drawnNormalsHaveTheirCovariance(String id) {
        JointNormal normal = (JointNormal) task(id).distribution();
        double[][] columns = columns(task(id));
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int s = 0; s < DRAWN; s++) {
                    sum += columns[i][s] * columns[j][s];
                }
                // The variance of a product of standard normals with correlation ρ is 1 + ρ².
                double rho = normal.covariance()[i][j];
                assertThat(sum / DRAWN).isCloseTo(rho, within(4.5 * Math.sqrt((1 + rho * rho) / DRAWN)));
            }
        }
    }

    /// The columns of X and then of Y.
    private static double[][] columns(Task task) {
        Task.Pairs pairs = task.draw(DRAWN, RandomStream.seeded(5).child(task.id()));
        List<double[]> columns = new ArrayList<>(List.of(pairs.x().columns()));
        columns.addAll(List.of(pairs.y().columns()));
        return columns.toArray(double[][]::new);
    }

    /// Increasing maps keep ranks, and of normals Spearman's ρ_s is 6/π asin(ρ/2).
    @ParameterizedTest
    @CsvSource({"normal-1x1, .75", "uniform-1x1, .75", "bimodal-1x1, .75", "wiggly-1x1, .75", "half-cube-1x1, .75",
            "cube-normal-0.6-1x1, .6", "exp-2-pair-0.8-2x2, .8"})
    void ranksOfMappedNormalsAreCorrelatedAsThoseOfNormals(String id, double rho) {
        double[][] columns = columns(task(id));
        int dx = task(id).dimensionX();
        double[] first = ranks(columns[0]);
        double[] second = ranks(columns[dx]);
        double squares = IntStream.range(0, DRAWN).mapToDouble(i -> Math.pow(first[i] - second[i], 2)).sum();

        assertThat(1 - 6 * squares / (Math.pow(DRAWN, 3) - DRAWN)).isCloseTo(6 / Math.PI * Math.asin(rho / 2),
                within(4 / Math.sqrt(DRAWN)));
    }

    private static double[] ranks(double[] column) {
        double[] sorted = column.clone();
        Arrays.sort(sorted);
        return Arrays.stream(column).map(x -> Arrays.binarySearch(sorted, x)).toArray();
    }

    /// Student variables of a correlation ρ have Kendall's τ = 2/π asin ρ, whatever the degrees of freedom: the
    /// covariance of the signs of differences of neighbouring rows, which are independent of each other.
    @ParameterizedTest
    @CsvSource({"student-3-0.7-1x1, .7", "student-1-1x1, 0", "asinh-student-1-1x1, 0"})
    void signsOfDifferencesOfStudentVariablesAgreeAsTheorySays(String id, double rho) {
        double[][] columns = columns(task(id));
        double sum = 0;
        for (int i = 0; i < DRAWN; i += 2) {
            sum += Math.signum((columns[0][i + 1] - columns[0][i]) * (columns[1][i + 1] - columns[1][i]));
        }
        assertThat(sum / (DRAWN / 2)).isCloseTo(2 / Math.PI * Math.asin(rho), within(4 / Math.sqrt(DRAWN / 2.0)));
    }

    /// Quartiles of |t|: 1 for one degree of freedom; t = √(2 p² / (1 - p²)) at P(|T| <= t) = p for two.
    @ParameterizedTest
    @CsvSource({"student-1-2x2, 1", "student-2-3x3, 0.816496580927726", "student-2-5x1, 0.816496580927726"})
    void halfOfStudentsCoordinatesLieWithinTheirQuartile(String id, double quartile) {
        for (double[] column : columns(task(id))) {
            double share = Arrays.stream(column).filter(x -> Math.abs(x) < quartile).count() / (double) DRAWN;
            assertThat(share).isCloseTo(0.5, within(4.5 * 0.5 / Math.sqrt(DRAWN)));
        }
    }

    /// Means and variances: of uniforms 1/2 and 1/12; of a mixture of two normals of distance D and shares p, q, a
    /// variance of 1 + p q D².
    @ParameterizedTest
    @CsvSource({"uniform-1x1, 0, .5, .083333333", "uniform-1x1, 1, .5, .083333333", "bimodal-1x1, 0, 3.5, 6.25",
            "bimodal-1x1, 1, 1, 5", "additive-0.1-1x1, 1, .5, .086666667",
            "normal-cdf-2-pair-3x3, 2, .5, .083333333"})
    void meansAndVariancesOfMappedCoordinatesAreKnown(String id, int column, double mean, double variance) {
        Moments moments = Moments.of(columns(task(id))[column]);
        assertThat(moments.mean()).isCloseTo(mean, within(4.5 * Math.sqrt(variance / DRAWN)));
        // The variance of a variance is at most 2 σ⁴/n for tails no longer than normal ones.
        assertThat(moments.sampleVariance()).isCloseTo(variance, within(4.5 * variance * Math.sqrt(2.0 / DRAWN)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void drawnPairsHaveTheDimensionsOfTheIdAndTheFirstOfManyAreThoseOfFew(Task task) {
        Task.Pairs few = task.draw(20, RandomStream.seeded(7));
        Task.Pairs many = task.draw(60, RandomStream.seeded(7));

        assertThat(task.id()).endsWith("-" + few.x().dimension() + "x" + few.y().dimension());
        assertThat(many.x().values().toDoubles()).startsWith(few.x().values().toDoubles());
        assertThat(many.y().values().toDoubles()).startsWith(few.y().values().toDoubles());
    }

    @Test
    void drawnPairsAreTheSameForAnyNumberOfProcessors() {
        Task task = task("spiral-normal-cdf-2-pair-25x25");
        double[] one = Processors.within(1, () -> task.draw(2000, RandomStream.seeded(3)).x().values().toDoubles());
        double[] four = Processors.within(4, () -> task.draw(2000, RandomStream.seeded(3)).x().values().toDoubles());
        assertThat(four).isEqualTo(one);
    }

    /// Recorded from a run: the same on every machine.
    @Test
    void drawnPairsAreThoseOfOtherMachines() {
        assertThat(first("spiral-2-pair-3x3").x().values().toDoubles()).containsExactly(-1.0956367045712068,
                -0.020803149320163583, -1.2623772785098946);
        assertThat(first("asinh-student-1-1x1").y().values().toDoubles()).containsExactly(-0.5776959420662154);
        assertThat(first("bimodal-1x1").x().values().toDoubles()).containsExactly(0.9846493289528038);
    }

    private static Task.Pairs first(String id) {
        return task(id).draw(1, RandomStream.seeded(1));
    }
}
