package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.tensor.RandomStream;

class GaussianMixtureFitTest {

    private static final RandomStream STREAM = RandomStream.seeded(9);

    /// 160 samples around -4 of scale 0.3 and 240 around 2 of scale 0.5: μ + s ln(u/(1-u)) with u = (i + ½)/n.
    private static final double[] SAMPLES = DoubleStream.concat(logistic(160, -4, 0.3), logistic(240, 2, 0.5))
            .toArray();

    /// Recorded from scikit-learn 1.2: mixture.GaussianMixture with tol=1e-13, reg_covar=0 and the best of 20 starts.
    @ParameterizedTest
    @CsvSource({"1, -1012.3488307335145, 2036.680590561245", "2, -712.7842748780395, 1455.5258724916189",
            "3, -710.0484301863189, 1468.0285767495018"})
    void likelihoodsAgreeWithScikitLearn(int components, double logLikelihood, double bic) {
        GaussianMixtureFit fit = GaussianMixtureFit.of(SAMPLES, components, STREAM);

        // Three components overlap, and the way to the maximum is slow: what is left at the end is below 1e-3.
        double tolerance = components == 3 ? 1e-3 : 1e-6;
        assertThat(fit.logLikelihood()).isCloseTo(logLikelihood, within(tolerance));
        assertThat(fit.bic()).isCloseTo(bic, within(2 * tolerance));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.logLikelihood()).isCloseTo(Arrays.stream(SAMPLES).map(fit.mixture()::logDensity).sum(),
                within(1e-8));
    }

    @Test
    void parametersAgreeWithScikitLearn() {
        List<GaussianMixture.Component> components = GaussianMixtureFit.of(SAMPLES, 2, STREAM).mixture().components();

        assertThat(components.get(0).weight()).isCloseTo(0.3999951509147914, within(1e-7));
        assertThat(components.get(0).distribution().mean()).isCloseTo(-4.000019474525578, within(1e-6));
        assertThat(components.get(0).distribution().variance()).isCloseTo(0.2903972893340057, within(1e-6));
        assertThat(components.get(1).weight()).isCloseTo(0.6000048490852086, within(1e-7));
        assertThat(components.get(1).distribution().mean()).isCloseTo(1.9999644922945417, within(1e-6));
        assertThat(components.get(1).distribution().variance()).isCloseTo(0.8115416637259798, within(1e-6));
    }

    @Test
    void aSingleComponentIsTheNormalFit() {
        assertThat(GaussianMixtureFit.of(SAMPLES, 1, STREAM).mixture().components())
                .containsExactly(new GaussianMixture.Component(1, Gaussian.fit(SAMPLES)));
    }

    /// 0.5 N(-3, 0.25) + 0.3 N(0, 1) + 0.2 N(5, 0.49) of 2,000 samples, at three seeds and in another unit: the number,
    /// and each parameter to five standard errors (of weights √(w (1-w)/n), of means σ/√(w n), of variances σ² √(2/(w
    /// n)), half as much again for the overlap).
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1e-6", "4, 1e9"})
    void recoversAKnownMixture(long seed, double unit) {
        double[][] truth = {{0.5, -3, 0.25}, {0.3, 0, 1}, {0.2, 5, 0.49}};
        var random = new SplittableRandom(seed);
        double[] samples = new double[2000];
        Arrays.setAll(samples, i -> {
            double u = random.nextDouble();
            double[] part = u < 0.5 ? truth[0] : u < 0.8 ? truth[1] : truth[2];
            return unit * (part[1] + Math.sqrt(part[2]) * random.nextGaussian());
        });

        GaussianMixtureSelection selection = GaussianMixtureSelection.of(samples, 5, STREAM);

        assertThat(selection.components()).isEqualTo(3);
        List<GaussianMixture.Component> found = selection.best().mixture().components();
        for (int k = 0; k < 3; k++) {
            double share = truth[k][0];
            double count = share * samples.length;
            assertThat(found.get(k).weight()).isCloseTo(share, within(7.5 * Math.sqrt(share * (1 - share) / 2000)));
            assertThat(found.get(k).distribution().mean() / unit).isCloseTo(truth[k][1],
                    within(7.5 * Math.sqrt(truth[k][2] / count)));
            assertThat(found.get(k).distribution().variance() / unit / unit).isCloseTo(truth[k][2],
                    within(7.5 * truth[k][2] * Math.sqrt(2 / count)));
        }
    }

    @Test
    void normalSamplesAreOneComponent() {
        int single = 0;
        for (int seed = 0; seed < 100; seed++) {
            double[] samples = Fixture.normal(new SplittableRandom(seed), 200);
            single += GaussianMixtureSelection.of(samples, 3, RandomStream.seeded(seed)).components() == 1 ? 1 : 0;
        }
        assertThat(single).isGreaterThanOrEqualTo(95);
    }

    /// Both kinds of starts, with components too many and variances that reach the floor among them.
    @Test
    void likelihoodNeverFalls() {
        double[] tied = DoubleStream.concat(Arrays.stream(Fixture.skewed()), DoubleStream.generate(() -> 0.5).limit(40))
                .toArray();
        for (double[] samples : new double[][]{Fixture.skewed(), Fixture.cubes(), tied}) {
            Gaussian all = Gaussian.fit(samples);
            double[] z = Arrays.stream(samples).map(x -> (x - all.mean()) / all.standardDeviation()).toArray();
            for (int start = 0; start < 6; start++) {
                var run = start == 0
                        ? ExpectationMaximisation.atQuantiles(z, 4, 1e-4)
                        : ExpectationMaximisation.atRandom(z, 4, 1e-4, STREAM.child(start));
                double before = run.step();
                for (int round = 0; round < 300; round++) {
                    double now = run.step();
                    assertThat(now).isGreaterThanOrEqualTo(before - 1e-10 * Math.abs(before));
                    before = now;
                }
            }
        }
    }

    /// Forty equal samples would let a component's variance fall to 0 and the likelihood grow without limit.
    @Test
    void tiesStopAtTheVarianceFloor() {
        double[] samples = DoubleStream
                .concat(Arrays.stream(Fixture.skewed()), DoubleStream.generate(() -> 0.5).limit(40)).toArray();
        GaussianMixtureFit fit = GaussianMixtureFit.of(samples, 3, STREAM);
        double floor = 1e-4 * Gaussian.fit(samples).variance();

        assertThat(fit.logLikelihood()).isFinite();
        assertThat(
                fit.mixture().components().stream().mapToDouble(c -> c.distribution().variance()).min().orElseThrow())
                .isCloseTo(floor, within(1e-12));
    }

    @Test
    void sameSeedSameFit() {
        assertThat(GaussianMixtureFit.of(Fixture.skewed(), 3, RandomStream.seeded(1)))
                .isEqualTo(GaussianMixtureFit.of(Fixture.skewed(), 3, RandomStream.seeded(1)));
    }

    @Test
    void densityIsTheWeightedSum() {
        var mixture = new GaussianMixture(List.of(new GaussianMixture.Component(0.25, new Gaussian(3, 1)),
                new GaussianMixture.Component(0.75, new Gaussian(-1, 4))));

        double expected = 0.25 * new Gaussian(3, 1).density(0.5) + 0.75 * new Gaussian(-1, 4).density(0.5);
        assertThat(mixture.components().getFirst().weight()).as("in order of the means").isEqualTo(0.75);
        assertThat(mixture.density(0.5)).isCloseTo(expected, within(1e-16));
        assertThat(mixture.logDensity(0.5)).isCloseTo(Math.log(expected), within(1e-14));
        assertThat(mixture.logDensity(1e3)).isFinite();
    }

    @Test
    void refusesWhatIsNoMixture() {
        refused(() -> GaussianMixtureFit.of(Fixture.skewed(), 0, STREAM), "components = 0, at least 1 needed");
        refused(() -> GaussianMixtureFit.of(new double[]{1, 2, 3}, 2, STREAM),
                "samples has 3 value(s), at least 6 needed");
        refused(() -> GaussianMixtureFit.of(new double[6], 2, STREAM),
                "samples are constant (0.0), a normal fit needs a spread");
        refused(() -> GaussianMixtureSelection.of(new double[6], 0, STREAM),
                "maximumComponents = 0, at least 1 needed");
        refused(() -> GaussianMixtureSelection.of(new double[6], 3, STREAM),
                "samples has 6 value(s), at least 9 needed");
        refused(() -> new GaussianMixtureSelection(List.of()), "fits has 0 entries, at least 1 needed");
        refused(() -> new GaussianMixture(List.of()), "the weights of 0 component(s) sum to 0.0, 1 needed");
        refused(() -> new GaussianMixture.Component(1.5, new Gaussian(0, 1)),
                "weight = 1.5, a value from 0 to 1 needed");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    private static DoubleStream logistic(int count, double mean, double scale) {
        return IntStream.range(0, count).mapToDouble(i -> (i + 0.5) / count)
                .map(u -> mean + scale * Math.log(u / (1 - u)));
    }
}
