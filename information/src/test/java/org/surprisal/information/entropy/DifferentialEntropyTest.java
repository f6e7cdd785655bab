package org.surprisal.information.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.BandwidthRule;
import org.surprisal.information.Gaussian;
import org.surprisal.information.Moments;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class DifferentialEntropyTest {

    /// What Hipparchus's digamma is good to.
    private static final double DIGAMMA = 1e-8;

    private static final Continuous X = Points.fractions(200, true, 2.7, 500.7, 900.7);
    private static final KernelEntropy RESUBSTITUTION = new KernelEntropy(BandwidthRule.SCOTT, false);
    private static final KernelEntropy LEAVE_ONE_OUT = new KernelEntropy(BandwidthRule.SCOTT, true);

    /// 60 skewed samples: u² 3 - 1 with u = (7919 i mod 1009)/1009.
    private static final Continuous SKEWED = Continuous.of("x", Tensor.of(IntStream.range(0, 60)
            .mapToDouble(i -> ((i * 7919) % 1009) / 1009.0).map(u -> u * u * 3 - 1).toArray()));

    /// Recorded from NumPy 1.24 (the log-determinant of 2πe cov(ddof=0)) and SciPy 1.10 (digamma and polygamma in the
    /// formulas for bias and standard error).
    @Test
    void gaussianAgreesWithNumPy() {
        DifferentialEntropy entropy = new GaussianEntropy().estimate(X);

        assertThat(entropy.value()).isCloseTo(0.6886424016587449, within(1e-13));
        assertThat(entropy.bias().orElseThrow()).isCloseTo(-0.022676898470015416, within(DIGAMMA));
        assertThat(entropy.standardError().orElseThrow()).isCloseTo(0.08725983380680584, within(DIGAMMA));
        assertThat(entropy.dimension()).isEqualTo(3);
        assertThat(entropy.n()).isEqualTo(200);
    }

    /// Recorded from SciPy 1.10: spatial.cKDTree gives the distances; the jackknife runs it once without each sample.
    @ParameterizedTest
    @CsvSource({"1, EUCLIDEAN, -0.03195481117525034, 0.16854477519581856",
            "4, EUCLIDEAN, 0.17364600427329435, 0.10044989230243923",
            "3, MAXIMUM, 0.16192863011484082, 0.10787902879807193"})
    void nearestNeighboursAgreeWithSciPy(int k, Norm norm, double value, double standardError) {
        DifferentialEntropy entropy = new NearestNeighbourEntropy(k, norm).estimate(X);

        assertThat(entropy.value()).isCloseTo(value, within(2 * DIGAMMA));
        assertThat(entropy.standardError().orElseThrow()).isCloseTo(standardError, within(1e-11));
    }

    /// Recorded from SciPy 1.10, stats.gaussian_kde (Scott's factor), and with each sample left out of the mean of
    /// kernels of the same bandwidth.
    @Test
    void kernelAgreesWithSciPy() {
        DifferentialEntropy all = RESUBSTITUTION.estimate(SKEWED);
        DifferentialEntropy others = LEAVE_ONE_OUT.estimate(SKEWED);

        assertThat(all.value()).isCloseTo(1.1720753590579172, within(1e-13));
        assertThat(all.standardError().orElseThrow()).isCloseTo(0.05378939001829918, within(1e-13));
        assertThat(others.value()).isCloseTo(1.2171419820281417, within(1e-13));
        assertThat(others.standardError().orElseThrow()).isCloseTo(0.057933477862060476, within(1e-13));
        assertThat(others.settings()).containsEntry("bandwidthRule", "scott").containsEntry("leaveOneOut", true);
    }

    /// Means of 200 runs of 200 normal samples against ½ ln(2πe σ²) each, within 4 standard errors of the mean; the
    /// Gaussian one after its bias.
    @ParameterizedTest
    @CsvSource({"1", "3"})
    void gaussianBiasAndScatterAreExact(int dimension) {
        double[] values = new double[200];
        for (int run = 0; run < values.length; run++) {
            values[run] = new GaussianEntropy().estimate(Points.normal(run, 200, dimension, 0.5)).value();
        }
        // Bias and standard error depend on the numbers of samples and coordinates alone.
        DifferentialEntropy any = new GaussianEntropy().estimate(Points.normal(7, 200, dimension, 0.5));
        double truth = new Gaussian(0, 0.25).entropy(dimension);
        Moments moments = Moments.of(values);
        double error = moments.standardDeviation() / Math.sqrt(values.length);
        assertThat(moments.mean() - any.bias().orElseThrow()).isCloseTo(truth, within(4 * error));
        assertThat(any.standardError().orElseThrow()).isCloseTo(moments.standardDeviation(),
                within(0.2 * moments.standardDeviation()));
    }

    /// Known truths: normal ½ ln(2πe), uniform cube 0, exponential 1. Means over 30 runs of 500 samples; the bounds are
    /// the biases that are known at this n.
    @Test
    void meansComeNearTheTruth() {
        double normal = new Gaussian(0, 1).entropy();
        assertThat(mean(NearestNeighbourEntropy.standard(), stream -> stream.nextGaussian())).isCloseTo(normal,
                within(0.02));
        assertThat(mean(NearestNeighbourEntropy.standard(), RandomStream::nextDouble)).isCloseTo(0, within(0.02));
        assertThat(mean(NearestNeighbourEntropy.standard(), stream -> -Math.log1p(-stream.nextDouble())))
                .isCloseTo(1, within(0.03));
        assertThat(mean(LEAVE_ONE_OUT, stream -> stream.nextGaussian())).isCloseTo(normal, within(0.05));
        assertThat(mean(RESUBSTITUTION, stream -> stream.nextGaussian())).isCloseTo(normal, within(0.05))
                .isLessThan(mean(LEAVE_ONE_OUT, stream -> stream.nextGaussian()));
    }

    /// The jackknife is to be above the scatter over runs on average, and not far above.
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "4, 1", "4, 3"})
    void jackknifeIsConservative(int k, int dimension) {
        var estimator = new NearestNeighbourEntropy(k, Norm.EUCLIDEAN);
        double[] values = new double[300];
        double meanSquare = 0;
        for (int run = 0; run < values.length; run++) {
            DifferentialEntropy entropy = estimator.estimate(Points.normal(run, 150, dimension, 1));
            values[run] = entropy.value();
            meanSquare += Math.pow(entropy.standardError().orElseThrow(), 2) / values.length;
        }
        // The scatter itself is known to 4 %.
        assertThat(Math.sqrt(meanSquare) / Moments.of(values).standardDeviation()).isBetween(0.92, 1.6);
    }

    @ParameterizedTest
    @CsvSource({"0.01", "1000"})
    void unitsAddTheirLogarithm(double factor) {
        for (DifferentialEntropyEstimator estimator : new DifferentialEntropyEstimator[]{new GaussianEntropy(),
                new NearestNeighbourEntropy(2, Norm.MAXIMUM), NearestNeighbourEntropy.standard()}) {
            assertThat(estimator.estimate(Points.scaled(X, factor)).value())
                    .isCloseTo(estimator.estimate(X).value() + 3 * Math.log(factor), within(1e-10));
        }
        assertThat(LEAVE_ONE_OUT.estimate(Points.scaled(SKEWED, factor)).value())
                .isCloseTo(LEAVE_ONE_OUT.estimate(SKEWED).value() + Math.log(factor), within(1e-10));
    }

    /// One sample 10,000 bandwidths away has a density of e^(-5e7) without itself: its logarithm is kept.
    @Test
    void anOutlierDoesNotMakeTheEntropyInfinite() {
        double[] values = new double[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 14;
        }
        values[7] = 1e4;
        assertThat(new KernelEntropy(BandwidthRule.RULE_OF_THUMB, true).estimate(Continuous.of("x", Tensor.of(values)))
                .value()).isFinite().isGreaterThan(1e3);
    }

    @Test
    void saysWhatMakesItDoubtful() {
        assertThat(RESUBSTITUTION.estimate(Continuous.of("x", Tensor.of(new double[]{1, 1, 2, 3}))).warnings())
                .containsExactly("x has 3 different values among 4: a variable with repeated values has no density");
        assertThat(NearestNeighbourEntropy.standard().estimate(Points.normal(1, 50, 20, 1)).warnings())
                .containsExactly(
                        "20 coordinates: the density changes over a neighbourhood of so many dimensions, the value"
                                + " is biased");
    }

    @Test
    void refusesWhatHasNoDensity() {
        refused(new GaussianEntropy(), column(1),
                "x has 1 sample(s) of 1 coordinate(s): a covariance needs more samples than coordinates");
        refused(new GaussianEntropy(), column(2, 2, 2),
                "x has no Gaussian entropy: a coordinate is constant or a combination of others");
        refused(LEAVE_ONE_OUT, column(2, 2, 2),
                "x has no kernel density: samples are constant (2.0), a normal fit needs a spread");
        refused(LEAVE_ONE_OUT, column(2), "x has 1 sample(s), at least 2 needed");
        refused(LEAVE_ONE_OUT, X,
                "x has 3 coordinates: the kernel density is that of one, take nearest neighbours or the Gaussian");
        refused(new NearestNeighbourEntropy(2, Norm.MAXIMUM), column(1, 2, 3),
                "k = 2 neighbours need at least 4 samples, x has 3");
        refused(new NearestNeighbourEntropy(1, Norm.MAXIMUM), column(1, 5, 2, 5),
                "sample 1 of x coincides with its 1 nearest neighbour(s): a variable with a density has no ties, a"
                        + " discrete one has a Shannon entropy");
        assertThatIllegalArgumentException().isThrownBy(() -> new NearestNeighbourEntropy(0, Norm.MAXIMUM))
                .withMessage("k = 0, at least 1 neighbour needed");
    }

    private interface Draw {
        double from(RandomStream stream);
    }

    private static double mean(DifferentialEntropyEstimator estimator, Draw draw) {
        double mean = 0;
        for (int run = 0; run < 30; run++) {
            RandomStream stream = RandomStream.seeded(run);
            double[] values = IntStream.range(0, 500).mapToDouble(i -> draw.from(stream)).toArray();
            mean += estimator.estimate(Continuous.of("x", Tensor.of(values))).value() / 30;
        }
        return mean;
    }

    private static void refused(DifferentialEntropyEstimator estimator, Continuous x, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> estimator.estimate(x)).withMessage(message);
    }

    private static Continuous column(double... values) {
        return Continuous.of("x", Tensor.of(values));
    }
}
