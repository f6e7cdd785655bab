package org.surprisal.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.AndersonDarling;
import org.surprisal.information.BandwidthRule;
import org.surprisal.information.DistanceDistribution;
import org.surprisal.information.Gaussianity;
import org.surprisal.information.LedoitWolf;
import org.surprisal.information.Lilliefors;
import org.surprisal.information.Moments;
import org.surprisal.information.MultivariateGaussian;
import org.surprisal.information.PrincipalComponents;
import org.surprisal.information.entropy.DifferentialEntropyEstimator;
import org.surprisal.information.entropy.GaussianDivergence;
import org.surprisal.information.entropy.GaussianEntropy;
import org.surprisal.information.entropy.KernelEntropy;
import org.surprisal.information.entropy.NearestNeighbourDivergence;
import org.surprisal.information.entropy.NearestNeighbourEntropy;
import org.surprisal.information.entropy.Norm;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.InformationPlane;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MatrixRenyi;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.information.mutual.PlugIn;
import org.surprisal.information.mutual.Scaling;
import org.surprisal.information.mutual.Variable;
import org.surprisal.network.DivergenceException;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Every estimator at the ends of the numbers: what theory says of scales and origins, or a refusal that names what is
/// wrong.
class ExtremeInputTest {

    private static final int N = 60;
    private static final RandomStream STREAM = RandomStream.seeded(17);

    private static final Map<String, DifferentialEntropyEstimator> ENTROPIES = new TreeMap<>(Map.of("kl",
            NearestNeighbourEntropy.standard(), "kl-maximum", new NearestNeighbourEntropy(3, Norm.MAXIMUM), "gaussian",
            new GaussianEntropy(), "kde", new KernelEntropy(BandwidthRule.SCOTT, true), "kde-thumb",
            new KernelEntropy(BandwidthRule.RULE_OF_THUMB, true)));

    private static Map<String, MutualInformationEstimator> informations() {
        CriticTraining training = new CriticTraining(20, 8, 16, 1e-3, STREAM.child("critic"));
        Map<String, MutualInformationEstimator> all = new TreeMap<>();
        all.put("ksg", Kraskov.standard(STREAM.child("jitter")));
        all.put("ksg-rank", new Kraskov(3, 2, 1e-8, Scaling.RANK, STREAM.child("jitter")));
        all.put("ksg-none", new Kraskov(3, 1, 1e-8, Scaling.NONE, STREAM.child("jitter")));
        all.put("gaussian", new GaussianInformation());
        all.put("renyi", new MatrixRenyi(1.01, OptionalDouble.empty()));
        all.put("infonce", new InfoNce(training));
        all.put("mine", new Mine(training));
        all.put("smile", new Smile(5, training));
        all.put("binning", new Binning(new Binning.Bins.EqualCount(4), PlugIn.Correction.NONE));
        all.put("kde-share", new PairwiseDistance(NoiseVariance.VarianceShare.STANDARD));
        all.put("kde-quantile", new PairwiseDistance(new NoiseVariance.DistanceQuantile(0.9, 10)));
        all.put("kde-fixed", PairwiseDistance.withNoise(0.1));
        return all;
    }

    private static double[] normals(String label) {
        RandomStream stream = STREAM.child(label);
        return IntStream.range(0, N).mapToDouble(i -> stream.nextGaussian()).toArray();
    }

    private static Continuous column(double... values) {
        return Continuous.of("x", Tensor.of(values, values.length));
    }

    private static double[] times(double[] values, double factor) {
        return Arrays.stream(values).map(x -> x * factor).toArray();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-310, 1e-300, 1e-150, 1e-20, 1e20, 1e150, 1e300})
    void entropiesFollowTheScale(double scale) {
        double[] x = normals("x");
        // Denormal numbers have few digits, so the scaled samples are others.
        double[] scaled = times(x, scale);
        double[] kept = Arrays.stream(scaled).map(v -> v / scale).toArray();
        ENTROPIES.forEach((name, estimator) -> assertThat(estimator.estimate(column(scaled)).value()).as(name)
                .isCloseTo(estimator.estimate(column(kept)).value() + Math.log(scale), within(1e-6)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-150, 1e-20, 1e20, 1e150, 1e300})
    void divergencesAndDistancesFollowTheScale(double scale) {
        double[] p = normals("p");
        double[] q = times(normals("q"), 2);
        NearestNeighbourDivergence neighbours = new NearestNeighbourDivergence(3, Norm.EUCLIDEAN);
        assertThat(neighbours.estimate(column(times(p, scale)), column(times(q, scale))))
                .isCloseTo(neighbours.estimate(column(p), column(q)), within(1e-9));

        DistanceDistribution unscaled = DistanceDistribution.of(Tensor.of(p, N / 2, 2), STREAM);
        DistanceDistribution scaled = DistanceDistribution.of(Tensor.of(times(p, scale), N / 2, 2), STREAM);
        assertThat(scaled.quantile(0.5) / scale).isCloseTo(unscaled.quantile(0.5), within(1e-9));
        assertThat(scaled.smallest() / scale).isCloseTo(unscaled.smallest(), within(1e-9));
        assertThat(scaled.largest() / scale).isCloseTo(unscaled.largest(), within(1e-9));
        assertThat(scaled.mean() / scale).isCloseTo(unscaled.mean(), within(1e-9));
        assertThat(scaled.standardDeviation() / scale).isCloseTo(unscaled.standardDeviation(), within(1e-9));
    }

    /// Rows that differ by 1e-200 among rows that differ by 1.
    @Test
    void distancesOfVeryDifferentSizesAreAllThere() {
        DistanceDistribution distances = DistanceDistribution
                .of(Tensor.of(new double[]{0, 0, 3e-200, 4e-200, 1, 0}, 3, 2), STREAM);

        assertThat(distances.smallest()).isCloseTo(5e-200, within(1e-214));
        assertThat(distances.largest()).isEqualTo(1);
    }

    /// Information has no unit; estimators that are told no scale keep their value, kde with a noise of its own and
    /// none excepted.
    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-150, 1e-20, 1e20, 1e150, 1e300})
    void informationsDoNotFollowTheScaleOrAreRefused(double scale) {
        double[] x = normals("x");
        double[] e = normals("e");
        double[] y = IntStream.range(0, N).mapToDouble(i -> x[i] + 0.5 * e[i]).toArray();
        Discrete labels = Discrete.labels("y", Arrays.stream(y).mapToInt(v -> v > 0 ? 1 : 0).toArray());
        informations().forEach((name, estimator) -> {
            Variable partner = name.startsWith("kde") ? labels : Continuous.of("y", Tensor.of(y, N));
            double unscaled = estimator.estimate(column(x), partner).value();
            answered(name, () -> estimator.estimate(column(times(x, scale)), partner).value()).ifPresent(value -> {
                if (List.of("ksg", "ksg-rank", "gaussian", "renyi", "binning", "kde-share").contains(name)) {
                    assertThat(value).as(name).isCloseTo(unscaled, within(1e-6));
                }
            });
        });
    }

    /// Steps of 0.125 around 1e15: the spread is still there, in few digits. SciPy on the same values less 1e15 is the
    /// same computation.
    @Test
    void anOriginFarAwayChangesNothing() {
        double[] near = Arrays.stream(normals("x")).map(v -> Math.rint(8 * v) / 8).toArray();
        double[] far = Arrays.stream(near).map(v -> 1e15 + v).toArray();

        assertThat(NoiseVariance.VarianceShare.STANDARD.of(column(far)))
                .isCloseTo(NoiseVariance.VarianceShare.STANDARD.of(column(near)), within(1e-12));
        assertThat(AndersonDarling.test(far).statistic()).isCloseTo(AndersonDarling.test(near).statistic(),
                within(1e-9));
        assertThat(Lilliefors.test(far).statistic()).isCloseTo(Lilliefors.test(near).statistic(), within(1e-9));
        assertThat(Moments.of(far).variance()).isCloseTo(Moments.of(near).variance(), within(1e-9));
        assertThat(Moments.of(far).skewness().orElseThrow()).isCloseTo(Moments.of(near).skewness().orElseThrow(),
                within(1e-6));
        for (String name : List.of("gaussian", "kde")) {
            assertThat(Objects.requireNonNull(ENTROPIES.get(name)).estimate(column(far)).value()).as(name)
                    .isCloseTo(Objects.requireNonNull(ENTROPIES.get(name)).estimate(column(near)).value(),
                            within(1e-6));
        }
        double[] e = normals("e");
        Continuous y = Continuous.of("y",
                Tensor.of(IntStream.range(0, N).mapToDouble(i -> near[i] + 0.5 * e[i]).toArray(), N));
        informations().forEach((name, estimator) -> {
            if (List.of("ksg-rank", "gaussian", "renyi", "binning").contains(name)) {
                assertThat(estimator.estimate(column(far), y).value()).as(name)
                        .isCloseTo(estimator.estimate(column(near), y).value(), within(1e-6));
            }
        });
    }

    @Test
    void constantAndDependentCoordinatesHaveNoDifferentialEntropy() {
        double[] x = normals("x");
        double[] pairs = new double[2 * N];
        double[] copies = new double[2 * N];
        for (int i = 0; i < N; i++) {
            pairs[2 * i] = x[i];
            pairs[2 * i + 1] = 0.3;
            copies[2 * i] = x[i];
            copies[2 * i + 1] = 1 - x[i];
        }
        Continuous constant = Continuous.of("x", Tensor.of(pairs, N, 2));
        Continuous dependent = Continuous.of("x", Tensor.of(copies, N, 2));

        assertThatIllegalArgumentException().isThrownBy(() -> NearestNeighbourEntropy.standard().estimate(constant))
                .withMessage("coordinate 1 of x is constant: the entropy is minus infinity");
        assertThatIllegalArgumentException().isThrownBy(() -> NearestNeighbourEntropy.standard().estimate(dependent))
                .withMessage(
                        "the coordinates of x are linearly dependent, so the entropy is minus infinity: leave out those"
                                + " that others determine");
        assertThatIllegalArgumentException().isThrownBy(() -> new GaussianEntropy().estimate(constant));
        assertThatIllegalArgumentException().isThrownBy(() -> new GaussianEntropy().estimate(dependent));
    }

    /// Degenerate samples: an answer that is a number, or one sentence that names the variable and is this package's
    /// own.
    @Test
    void everyEstimatorAnswersOrRefusesDegenerateSamples() {
        List<double[]> samples = new ArrayList<>(List.of(new double[N], times(new double[N], -1),
                IntStream.range(0, N).mapToDouble(i -> 0.7).toArray(),
                IntStream.range(0, N).mapToDouble(i -> i % 2).toArray(),
                IntStream.range(0, N).mapToDouble(i -> i == 7 ? 1 : 0).toArray(),
                IntStream.range(0, N).mapToDouble(i -> i == 7 ? 1e300 : i).toArray(),
                IntStream.range(0, N).mapToDouble(i -> i % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE).toArray(),
                IntStream.range(0, N).mapToDouble(i -> i * Double.MIN_VALUE).toArray(),
                IntStream.range(0, N).mapToDouble(i -> 1 + i * Math.ulp(1.0)).toArray(), new double[]{3},
                new double[]{3, 4}, new double[]{3, 4, 6}, new double[]{1e300, -1e300, 0}));
        for (double[] x : samples) {
            ENTROPIES.forEach((name, estimator) -> answered(name, () -> estimator.estimate(column(x)).value()));
            double[] y = Arrays.copyOf(normals("y"), x.length);
            Discrete labels = Discrete.labels("y", IntStream.range(0, x.length).map(i -> i / 2 % 2).toArray());
            informations().forEach((name, estimator) -> {
                answered(name, () -> estimator.estimate(column(x), Continuous.of("y", Tensor.of(y, y.length))).value());
                answered(name, () -> estimator.estimate(column(x), labels).value());
            });
            answered("plane", () -> InformationPlane.of(PairwiseDistance.withNoise(0.1), labels, labels,
                    List.of(column(x)), InformationPlane.Succession.CHAIN).points().getFirst().kinds().values()
                    .iterator()
                    .next().input());
            answered("distances", () -> DistanceDistribution.of(Tensor.of(x, x.length, 1), STREAM).standardDeviation());
            answered("normality", () -> AndersonDarling.test(x).statistic() + Lilliefors.test(x).statistic());
            answered("mixture", () -> Gaussianity.of(x, STREAM).mixtures().best().mixture().components().getFirst()
                    .distribution().variance());
            for (GaussianDivergence.Model model : GaussianDivergence.Model.values()) {
                answered(model.name(), () -> new GaussianDivergence(model)
                        .estimate(column(x), Continuous.of("y", Tensor.of(y, y.length))).value());
            }
        }
    }

    private static OptionalDouble answered(String name, Supplier<Double> estimate) {
        try {
            double value = estimate.get();
            assertThat(value).as(name).isFinite();
            return OptionalDouble.of(value);
        } catch (IllegalArgumentException | DivergenceException refused) {
            assertThat(refused.getClass().getName()).as(name).startsWithIgnoringCase(
                    refused instanceof DivergenceException ? "org.surprisal" : "java.lang.IllegalArgumentException");
            assertThat(refused.getMessage()).as(name).isNotBlank().doesNotContain("hipparchus", "Index ", "\n");
            return OptionalDouble.empty();
        }
    }

    /// Decompositions of matrices, in several coordinates.
    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-160, 1e-150, 1e-80, 1e80, 1e150, 1e160, 1e300})
    void matricesOfExtremeNumbersAreAnsweredOrRefused(double scale) {
        Tensor p = Tensor.of(times(normals("p"), scale), N / 3, 3);
        Tensor q = Tensor.of(times(normals("q"), 2 * scale), N / 3, 3);
        for (GaussianDivergence.Model model : GaussianDivergence.Model.values()) {
            double unscaled = new GaussianDivergence(model).estimate(Continuous.of("p", p.times(1 / scale)),
                    Continuous.of("q", q.times(1 / scale))).value();
            answered(model.name(),
                    () -> new GaussianDivergence(model).estimate(Continuous.of("p", p), Continuous.of("q", q)).value())
                    .ifPresent(value -> assertThat(value).as(model.name()).isCloseTo(unscaled, within(1e-6)));
        }
        answered("components", () -> PrincipalComponents.of(p, 2).variances()[0]);
        answered("shrunk", () -> LedoitWolf.fit(p).intensity());
        answered("fit", () -> MultivariateGaussian.fit(p).entropy());
    }
}
