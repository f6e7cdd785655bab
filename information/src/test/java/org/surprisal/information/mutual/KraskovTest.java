package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.Moments;
import org.surprisal.information.neighbour.NeighbourScan;
import org.surprisal.information.neighbour.NeighbourTree;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class KraskovTest {

    private static final RandomStream STREAM = RandomStream.seeded(5);

    /// x = the fraction of 1000 √(i + 2.7) and y = x² + 0.3 times that of 1000 √(i + 500.7), i = 0 … 299: bits that any
    /// language rebuilds, and no two distances that differ by rounding only.
    private static final double[] X = IntStream.range(0, 300).mapToDouble(i -> fraction(1000 * Math.sqrt(i + 2.7)))
            .toArray();
    private static final double[] Y = IntStream.range(0, 300)
            .mapToDouble(i -> X[i] * X[i] + 0.3 * fraction(1000 * Math.sqrt(i + 500.7))).toArray();

    /// Recorded from scikit-learn 1.2: feature_selection._mutual_info._compute_mi_cc(x, y, k), the heart of
    /// mutual_info_regression, which is Kraskov's first algorithm.
    @ParameterizedTest
    @CsvSource({"1, 1.1631276629734417", "3, 1.1799294155016002", "4, 1.1763069984655887"})
    void firstAlgorithmIsScikitLearns(int k, double recorded) {
        assertThat(raw(k, 1).estimate(column("x", X), column("y", Y)).value()).isCloseTo(recorded, within(1e-12));
    }

    /// Recorded from scikit-learn 1.2: _compute_mi_cd(x, classes, k), the heart of mutual_info_classif, which is Ross's
    /// variant, of x rounded to integers of 20 bits: it takes square roots of squares, which are then exact. Classes ⌊4
    /// x⌋, but i² mod 11 for every seventh i, so that two of the first 60 are alone.
    @ParameterizedTest
    @CsvSource({"300, 3, 1.0895042409884064", "300, 40, 1.032268734568274", "60, 3, 1.1208425937379456"})
    void labelsAreScikitLearns(int n, int k, double recorded) {
        Discrete classes = Discrete.labels("y", IntStream.range(0, n)
                .map(i -> i % 7 == 0 ? i * i % 11 : (int) (4 * X[i])).toArray());
        Continuous x = column("x", Arrays.stream(X).limit(n).map(v -> Math.rint(v * 0x1p20)).toArray());

        assertThat(raw(k, 1).estimate(x, classes).value()).isCloseTo(recorded, within(1e-12));
        assertThat(raw(k, 1).estimate(classes, x).value()).isEqualTo(raw(k, 1).estimate(x, classes).value());
    }

    /// Beside the definition: all distances sorted, points counted one by one, ψ from its asymptotic series.
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "4, 1, 3, 2", "4, 2, 1, 1", "3, 2, 2, 4", "7, 2, 1, 3"})
    void agreesWithTheDefinition(int k, int algorithm, int dimensionX, int dimensionY) {
        Continuous x = Continuous.of("x", RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 150, dimensionX));
        Continuous noise = Continuous.of("y",
                RandomStream.seeded(2).gaussian(ElementType.FLOAT64, 0, 1, 150, dimensionY));
        Continuous y = Continuous.of("y", noise.values().plus(x.values().sum(1).reshape(150, 1)));

        assertThat(raw(k, algorithm).estimate(x, y).value())
                .isCloseTo(definition(x, y, k, algorithm), within(1e-9));
    }

    /// -d/2 ln (1 - ρ²); means of ten runs. For one or two coordinates the bias is small at n = 500.
    @ParameterizedTest
    @CsvSource({"1, 0.6, 1, 0.02", "1, 0.9, 1, 0.02", "2, 0.6, 1, 0.03", "1, 0.6, 2, 0.02",
            "2, 0.6, 2, 0.03", "1, 0, 1, 0.02", "5, 0, 1, 0.03"})
    void correlatedNormals(int dimension, double correlation, int algorithm, double tolerance) {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(500, dimension, correlation, RandomStream.seeded(run));
            mean += new Kraskov(4, algorithm, 1e-8, Scaling.STANDARDISE, STREAM).estimate(pairs.x(), pairs.y()).value()
                    / 10;
        }
        assertThat(mean).isCloseTo(CorrelatedNormals.information(dimension, correlation), within(tolerance));
    }

    /// With more coordinates a neighbourhood is no longer small: dependence is underestimated, the more the higher.
    @ParameterizedTest
    @CsvSource({"3, 0.5", "6, 0.5", "10, 0.5"})
    void moreCoordinatesAreUnderestimated(int dimension, double correlation) {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(500, dimension, correlation, RandomStream.seeded(run));
            mean += Kraskov.standard(STREAM).estimate(pairs.x(), pairs.y()).value() / 10;
        }
        assertThat(mean).isBetween(0.3, CorrelatedNormals.information(dimension, correlation));
    }

    /// Two classes of normals at ±1: I = h(mixture) - h(normal), by quadrature.
    @Test
    void normalClasses() {
        double mean = 0;
        for (int run = 0; run < 10; run++) {
            RandomStream stream = RandomStream.seeded(run);
            int[] classes = IntStream.range(0, 600).map(i -> i % 2).toArray();
            double[] x = IntStream.of(classes).mapToDouble(c -> 2 * c - 1 + stream.nextGaussian()).toArray();
            mean += Kraskov.standard(STREAM).estimate(column("x", x), Discrete.labels("y", classes)).value() / 10;
        }
        assertThat(mean).isCloseTo(GaussianChannel.information(new double[]{-1, 1}, 1), within(0.02));
    }

    @Test
    void ranksIgnoreMonotoneMaps() {
        var ranked = new Kraskov(4, 1, 1e-8, Scaling.RANK, STREAM);
        double[] cubed = Arrays.stream(X).map(x -> Math.exp(9 * x)).toArray();
        double[] flipped = Arrays.stream(Y).map(y -> Math.cbrt(y) * 1e6).toArray();

        assertThat(ranked.estimate(column("x", cubed), column("y", flipped)).value())
                .isEqualTo(ranked.estimate(column("x", X), column("y", Y)).value());
    }

    /// Counts of neighbours are whole numbers: what changes distances by rounding only changes nothing.
    @ParameterizedTest
    @CsvSource({"1, 3.7, -11", "1, 1e-9, 5e-8", "1, 1e12, 3", "2, -0.3, 1000"})
    void standardisingIgnoresUnits(int algorithm, double scale, double shift) {
        var plain = new Kraskov(4, algorithm, 0, Scaling.STANDARDISE, STREAM);
        Continuous x = column("x", X);
        Continuous y = column("y", Y);
        Continuous mappedX = column("x", Arrays.stream(X).map(v -> scale * v + shift).toArray());
        Continuous mappedY = column("y", Arrays.stream(Y).map(v -> -5 * v + 2).toArray());

        assertThat(plain.estimate(mappedX, mappedY).value()).isCloseTo(plain.estimate(x, y).value(), within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void swapOrderAndCommonScaleDoNotMatter(int algorithm) {
        Kraskov plain = raw(4, algorithm);
        Continuous x = column("x", X);
        Continuous y = column("y", Y);
        int[] order = RandomStream.seeded(8).permutation(300);
        double value = plain.estimate(x, y).value();

        assertThat(plain.estimate(y, x).value()).isCloseTo(value, within(1e-13));
        assertThat(plain.estimate(x.take(order), y.take(order)).value()).isCloseTo(value, within(1e-13));
        assertThat(plain.estimate(column("x", Arrays.stream(X).map(v -> 0.7 * v + 3).toArray()),
                column("y", Arrays.stream(Y).map(v -> 0.7 * v + 3).toArray())).value())
                .isCloseTo(value, within(1e-13));
    }

    /// x³ is information for information the same; measured with standardised coordinates the value moves.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.6, 0.9})
    void aCubeMovesTheValueLittle(double correlation) {
        double moved = 0;
        for (int run = 0; run < 5; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(2000, 1, correlation, RandomStream.seeded(400 + run));
            Tensor x = pairs.x().values();
            Continuous cubed = Continuous.of("x", x.times(x).times(x));
            Kraskov standard = Kraskov.standard(STREAM);
            moved = Math.max(moved, Math.abs(standard.estimate(cubed, pairs.y()).value()
                    - standard.estimate(pairs.x(), pairs.y()).value()));
        }
        assertThat(moved).isLessThan(0.1);
    }

    /// The bias at N = 2000: means of 20 runs, whose standard error is 0.005.
    @ParameterizedTest
    @CsvSource({"0, 0.02", "0.3, 0.02", "0.6, 0.02", "0.9, 0.02", "0.99, 0.04"})
    void biasOfTwoThousandPairs(double correlation, double tolerance) {
        double mean = 0;
        for (int run = 0; run < 20; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(2000, 1, correlation, RandomStream.seeded(500 + run));
            mean += Kraskov.standard(STREAM).estimate(pairs.x(), pairs.y()).value() / 20;
        }
        assertThat(mean).isCloseTo(CorrelatedNormals.information(1, correlation), within(tolerance));
    }

    /// 200 seeds: the mean is 0 within 3 of its standard errors.
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 1", "1, 2, 3"})
    void independenceIsZeroOnAverage(int algorithm, int dimensionX, int dimensionY) {
        double[] values = IntStream.range(0, 200).mapToDouble(run -> {
            RandomStream stream = RandomStream.seeded(600 + run);
            Continuous x = Continuous.of("x", stream.gaussian(ElementType.FLOAT64, 0, 1, 400, dimensionX));
            Continuous y = Continuous.of("y", stream.gaussian(ElementType.FLOAT64, 0, 1, 400, dimensionY));
            return new Kraskov(4, algorithm, 1e-8, Scaling.STANDARDISE, STREAM).estimate(x, y).value();
        }).toArray();
        Moments moments = Moments.of(values);

        assertThat(Math.abs(moments.mean())).isLessThan(3 * Math.sqrt(moments.sampleVariance() / 200));
    }

    @Test
    void searchesAgreeToTheBit() {
        CorrelatedNormals pairs = CorrelatedNormals.of(700, 2, 0.8, RandomStream.seeded(1));
        Discrete labels = Discrete.labels("y", IntStream.range(0, 700).map(i -> (i * i) % 5).toArray());
        for (int algorithm : new int[]{1, 2}) {
            Kraskov plain = raw(3, algorithm);
            assertThat(plain.estimate(pairs.x(), pairs.y(), NeighbourTree::new))
                    .isEqualTo(plain.estimate(pairs.x(), pairs.y(), NeighbourScan::new));
            assertThat(plain.estimate(pairs.x(), labels, NeighbourTree::new))
                    .isEqualTo(plain.estimate(pairs.x(), labels, NeighbourScan::new));
        }
    }

    /// Beside a mean of 10¹⁰ noise of 1e-8 standard deviations is less than the last digit.
    @Test
    void jitterMovesPointsFarFromZeroApart() {
        double[] far = IntStream.range(0, 300).mapToDouble(i -> 1e10 + i % 3).toArray();
        for (Scaling scaling : new Scaling[]{Scaling.STANDARDISE, Scaling.NONE}) {
            var jittered = new Kraskov(4, 1, 1e-8, scaling, STREAM);
            double[] near = Arrays.stream(far).map(x -> x - 1e10).toArray();

            assertThat(jittered.estimate(column("x", far), column("y", far)).value())
                    .isEqualTo(jittered.estimate(column("x", near), column("y", near)).value());
        }
    }

    /// Whole numbers and themselves: two neighbours at distance 1, none nearer. Algorithm 1 would tell more than it
    /// can.
    @Test
    void tiedDistancesAreSaidSo() {
        Continuous x = column("x", IntStream.range(0, 100).asDoubleStream().toArray());

        MutualInformation tied = raw(2, 1).estimate(x, x);

        assertThat(tied.ceiling()).isEmpty();
        assertThat(tied.warnings()).hasSize(1).first().asString().contains("many distances are equal, give a jitter");
        assertThat(new Kraskov(4, 1, 0, Scaling.RANK, STREAM).estimate(column("x", X), column("y", Y)).warnings())
                .containsExactly("distances between ranks tie, which makes the value too large: give a jitter above 0");
    }

    /// A variable and itself: each of the k neighbours is the same in both spaces, and n_x = n_y = k - 1.
    @Test
    void cannotExceedItsCeiling() {
        MutualInformation first = raw(4, 1).estimate(column("x", X), column("y", X));
        MutualInformation second = raw(4, 2).estimate(column("x", X), column("y", X));

        double ceiling = digamma(300) - digamma(4);
        assertThat(first.ceiling().orElseThrow()).isCloseTo(ceiling, within(1e-9));
        assertThat(second.ceiling().orElseThrow()).isCloseTo(ceiling - 0.25, within(1e-9));
        assertThat(first.warnings()).anyMatch(w -> w.contains("near the estimator's ceiling"));
        assertThat(first.value()).isLessThanOrEqualTo(first.ceiling().orElseThrow() + 1e-12);
        assertThat(second.value()).isLessThanOrEqualTo(second.ceiling().orElseThrow() + 1e-12);
    }

    @Test
    void jitterParticipatesByItsSeedOnly() {
        double[] coarse = Arrays.stream(X).map(x -> Math.rint(x * 10)).toArray();
        double[] coarseToo = Arrays.stream(Y).map(y -> Math.rint(y * 4)).toArray();
        var first = new Kraskov(4, 1, 1e-8, Scaling.STANDARDISE, RandomStream.seeded(1));
        var again = new Kraskov(4, 1, 1e-8, Scaling.STANDARDISE, RandomStream.seeded(1));
        var other = new Kraskov(4, 1, 1e-8, Scaling.STANDARDISE, RandomStream.seeded(2));

        MutualInformation estimate = first.estimate(column("x", coarse), column("y", coarseToo));
        assertThat(again.estimate(column("x", coarse), column("y", coarseToo))).isEqualTo(estimate);
        assertThat(other.estimate(column("x", coarse), column("y", coarseToo)).value()).isNotEqualTo(estimate.value());
        assertThat(estimate.warnings()).anyMatch(w -> w.startsWith("x has 11 different rows among 300"));
    }

    @Test
    void constantsCarryNothing() {
        double[] pairs = new double[600];
        for (int i = 0; i < 300; i++) {
            pairs[2 * i] = X[i];
            pairs[2 * i + 1] = 7;
        }
        MutualInformation some = raw(4, 1).estimate(Continuous.of("x", Tensor.of(pairs, 300, 2)), column("y", Y));
        MutualInformation none = raw(4, 1).estimate(column("x", new double[300]), column("y", Y));

        assertThat(some.value()).isEqualTo(raw(4, 1).estimate(column("x", X), column("y", Y)).value());
        assertThat(some.warnings()).containsExactly("1 of 2 coordinates of x are constant and left out");
        assertThat(none.value()).isZero();
        assertThat(none.warnings()).containsExactly("x is constant: it carries no information");
        assertThat(raw(1, 1).estimate(column("x", new double[4]), Discrete.labels("y", 0, 0, 1, 1)).value()).isZero();
    }

    @Test
    void saysWhichClassesAreSmall() {
        MutualInformation alike = raw(3, 1).estimate(column("x", X), Discrete.labels("y", new int[300]));
        assertThat(alike.value()).isCloseTo(0, within(1e-13));
        assertThat(alike.warnings()).containsExactly("y has one class only: there is nothing to know");
        MutualInformation estimate = raw(3, 1).estimate(column("x", Arrays.copyOf(X, 8)),
                Discrete.labels("y", 0, 0, 0, 0, 5, 5, 9, 0));

        assertThat(estimate.warnings()).containsExactly("class 9 of y has a single sample, which is left out",
                "class 5 of y has no more than k = 3 samples: fewer neighbours are asked for there");
    }

    @Test
    void refusesWhatHasNoNeighbours() {
        refused(() -> raw(5, 1).estimate(column("x", Arrays.copyOf(X, 5)), column("y", Arrays.copyOf(Y, 5))),
                "k = 5 neighbours need more than 5 samples, x has 5");
        refused(() -> raw(1, 1).estimate(column("x", X), column("y", Arrays.copyOf(Y, 5))),
                "x has 300 sample(s), y has 5: pairs needed");
        refused(() -> raw(1, 1).estimate(column("x", 1, 1, 2, 3), column("y", 5, 5, 6, 7)),
                "sample 0 coincides with its 1 nearest neighbours: nearest neighbours need points apart, give a jitter"
                        + " above 0 (jitter = 0.0)");
        refused(() -> raw(1, 1).estimate(column("x", 1, 2), Discrete.labels("y", 0, 1)),
                "every class of y has one sample, at least 2 of a class needed");
        refused(() -> raw(1, 1).estimate(Discrete.labels("x", 0, 1), Discrete.labels("y", 0, 1)),
                "x and y are both discrete: ksg measures distances, take discrete");
        refused(() -> raw(1, 1).estimate(column("x", 1e200, 2e200, 0), column("y", 1, 2, 3)),
                "coordinate 0 of x: samples spread by 1.0E200 around 1.0E200, their variance overflows a double");
        refused(() -> raw(1, 1).estimate(column("x", 1e-200, 2e-200, 0), column("y", 1, 2, 3)),
                "coordinate 0 of x varies by so little (variance 0.0) that it must be given in a smaller unit");
        refused(() -> raw(0, 1), "k = 0, at least 1 neighbour needed");
        refused(() -> raw(1, 3), "KSG algorithm = 3, 1 or 2 needed");
        refused(() -> new Kraskov(1, 1, -1, Scaling.NONE, STREAM), "jitter = -1.0, a finite value >= 0 needed");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    private static double fraction(double x) {
        return x - Math.floor(x);
    }

    private static Kraskov raw(int k, int algorithm) {
        return new Kraskov(k, algorithm, 0, Scaling.NONE, STREAM);
    }

    private static Continuous column(String name, double... values) {
        return Continuous.of(name, Tensor.of(values));
    }

    private static double definition(Continuous x, Continuous y, int k, int algorithm) {
        int n = x.count();
        double mean = 0;
        for (int i = 0; i < n; i++) {
            int self = i;
            Integer[] order = IntStream.range(0, n).filter(j -> j != self).boxed().toArray(Integer[]::new);
            Arrays.sort(order, (a, b) -> Double.compare(Math.max(distance(x, self, a), distance(y, self, a)),
                    Math.max(distance(x, self, b), distance(y, self, b))));
            double radius = Math.max(distance(x, i, order[k - 1]), distance(y, i, order[k - 1]));
            double radiusX = Arrays.stream(order).limit(k).mapToDouble(j -> distance(x, self, j)).max().orElseThrow();
            double radiusY = Arrays.stream(order).limit(k).mapToDouble(j -> distance(y, self, j)).max().orElseThrow();
            double inX = Arrays.stream(order)
                    .filter(j -> algorithm == 1 ? distance(x, self, j) < radius : distance(x, self, j) <= radiusX)
                    .count();
            double inY = Arrays.stream(order)
                    .filter(j -> algorithm == 1 ? distance(y, self, j) < radius : distance(y, self, j) <= radiusY)
                    .count();
            mean += (digamma(inX + (algorithm == 1 ? 1 : 0)) + digamma(inY + (algorithm == 1 ? 1 : 0))) / n;
        }
        return digamma(k) - (algorithm == 1 ? 0 : 1.0 / k) + digamma(n) - mean;
    }

    /// ψ(x) = ψ(x + m) - Σ 1/(x + i), and above 20 by the asymptotic series.
    private static double digamma(double x) {
        if (x < 20) {
            return digamma(x + 1) - 1 / x;
        }
        double square = 1 / (x * x);
        return Math.log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square / 252));
    }

    private static double distance(Continuous variable, int i, int j) {
        double largest = 0;
        for (int l = 0; l < variable.dimension(); l++) {
            largest = Math.max(largest, Math.abs(variable.values().at(i, l) - variable.values().at(j, l)));
        }
        return largest;
    }

    /// Rows near in time are left out by hand: of each point's neighbours, and of those that are counted.
    @ParameterizedTest
    @CsvSource({"1, 3", "2, 10"})
    void aTheilerWindowLeavesOutRowsNearInTime(int algorithm, int width) {
        int k = 3;
        double sum = 0;
        for (int i = 0; i < X.length; i++) {
            int self = i;
            int[] others = IntStream.range(0, X.length).filter(j -> Math.abs(j - self) > width).toArray();
            int[] nearest = Arrays.stream(others).boxed().sorted(Comparator.comparingDouble(
                    j -> Math.max(Math.abs(X[j] - X[self]), Math.abs(Y[j] - Y[self])))).limit(k)
                    .mapToInt(Integer::intValue).toArray();
            double radiusX = Arrays.stream(nearest).mapToDouble(j -> Math.abs(X[j] - X[self])).max().orElseThrow();
            double radiusY = Arrays.stream(nearest).mapToDouble(j -> Math.abs(Y[j] - Y[self])).max().orElseThrow();
            double radius = Math.max(radiusX, radiusY);
            boolean first = algorithm == 1;
            long nx = Arrays.stream(others).filter(j -> first
                    ? Math.abs(X[j] - X[self]) < radius
                    : Math.abs(X[j] - X[self]) <= radiusX).count();
            long ny = Arrays.stream(others).filter(j -> first
                    ? Math.abs(Y[j] - Y[self]) < radius
                    : Math.abs(Y[j] - Y[self]) <= radiusY).count();
            int more = first ? 1 : 0;
            sum += psi(k) - (first ? 0 : 1.0 / k) + psi(others.length + 1) - psi(nx + more) - psi(ny + more);
        }

        assertThat(new Kraskov(k, algorithm, 0, Scaling.NONE, width, STREAM)
                .estimate(column("x", X), column("y", Y)).value()).isCloseTo(sum / X.length, within(1e-9));
    }

    private static double psi(long m) {
        return IntStream.range(1, (int) m).mapToDouble(j -> 1.0 / j).sum();
    }

    @Test
    void aTheilerWindowHasLimits() {
        Kraskov wide = new Kraskov(4, 1, 0, Scaling.NONE, 148, STREAM);
        assertThatIllegalArgumentException().isThrownBy(() -> wide.estimate(column("x", X), column("y", Y)))
                .withMessage("a Theiler window of 148 rows leaves some of 300 points fewer than k = 4 others");
        assertThatIllegalArgumentException().isThrownBy(() -> new Kraskov(4, 1, 0, Scaling.NONE, -2, STREAM))
                .withMessage("Theiler window = -2 rows, at least 0 needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Kraskov(4, 1, 0, Scaling.NONE, 2, STREAM).estimate(column("x", X),
                        Discrete.labels("l", IntStream.range(0, 300).map(i -> i % 3).toArray())))
                .withMessage("l holds labels: a Theiler window is for two continuous variables");
    }

    /// Normal scores are those of any monotone map; of normal numbers they are nearly the numbers.
    @Test
    void normalScoresAreOfOrderOnly() {
        CorrelatedNormals pairs = CorrelatedNormals.of(1000, 1, 0.9, RandomStream.seeded(7));
        Kraskov scores = new Kraskov(4, 1, 0, Scaling.NORMAL_SCORES, STREAM);
        Continuous mapped = column("x", Arrays.stream(pairs.x().values().toDoubles()).map(v -> Math.exp(5 * v))
                .toArray());

        assertThat(scores.estimate(mapped, pairs.y()).value()).isEqualTo(scores.estimate(pairs.x(), pairs.y()).value());
        assertThat(scores.estimate(pairs.x(), pairs.y()).value())
                .isCloseTo(CorrelatedNormals.information(1, 0.9), within(0.1));
        assertThat(scores.estimate(pairs.x(), pairs.y()).settings()).containsEntry("scale", "normal-scores");
    }
}
