package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.mutual.PlugIn.Correction;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class IntervalTest {

    private static final RandomStream STREAM = RandomStream.seeded(12);
    private static final GaussianInformation GAUSSIAN = new GaussianInformation();

    /// Of 1,000 trials 950 are to cover, with a standard deviation of 6.9.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.6, 0.9, 0.99})
    void fisherCoversAsOftenAsItSays(double correlation) {
        double truth = CorrelatedNormals.information(1, correlation);
        long covered = IntStream.range(0, 1000).filter(trial -> {
            CorrelatedNormals pairs = CorrelatedNormals.of(200, 1, correlation, RandomStream.seeded(trial));
            return GAUSSIAN.estimate(pairs.x(), pairs.y()).interval().orElseThrow().covers(truth);
        }).count();

        assertThat(covered).isBetween(925L, 972L);
    }

    /// r = 0.5 of 103 pairs: artanh 0.5 = 0.5493061 and 1.959964/√100 make ρ from 0.3393075 to 0.6323382, of level 0.99
    /// up to 0.6678705. Recorded from Python's math.atanh, tanh and log1p with scipy.stats.norm.ppf.
    @Test
    void fisherByHand() {
        double[] x = new double[103];
        double[] y = new double[103];
        for (int i = 0; i < 103; i++) {
            // Discrete orthogonal waves: equal variances, no correlation.
            double u = Math.cos(2 * Math.PI * i / 103);
            double v = Math.sin(2 * Math.PI * i / 103);
            x[i] = u;
            y[i] = 0.5 * u + Math.sqrt(0.75) * v;
        }
        MutualInformation answer = GAUSSIAN.estimate(column("x", x), column("y", y));
        ConfidenceInterval interval = answer.interval().orElseThrow();

        assertThat(answer.value()).isCloseTo(-0.5 * Math.log(0.75), within(1e-12));
        assertThat(interval.lower()).isCloseTo(0.0611570397573, within(1e-9));
        assertThat(interval.upper()).isCloseTo(0.2552891076554, within(1e-9));
        assertThat(interval.level()).isEqualTo(0.95);
        assertThat(interval.method()).isEqualTo(IntervalMethod.FISHER_Z);
        assertThat(IntervalMethod.FISHER_Z.estimate(GAUSSIAN, column("x", x), column("y", y), 0.99, STREAM).interval()
                .orElseThrow().upper()).isCloseTo(0.2953413850082, within(1e-9));
    }

    @Test
    void fisherKnowsWhereItHasNone() {
        CorrelatedNormals pairs = CorrelatedNormals.of(50, 2, 0.5, STREAM.child("fisher"));

        assertThat(GAUSSIAN.estimate(pairs.x(), pairs.y()).interval()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntervalMethod.FISHER_Z.estimate(GAUSSIAN, pairs.x(), pairs.y(), 0.95, STREAM))
                .withMessage("fisher-z needs one varying coordinate each and more than 3 samples, x and y have others:"
                        + " take subsampling");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntervalMethod.FISHER_Z.estimate(Kraskov.standard(STREAM), pairs.x(), pairs.y(), 0.95,
                        STREAM))
                .withMessage("fisher-z is the interval of a Gaussian's correlation, ksg is none: take subsampling");
    }

    /// Of 200 trials of KSG 190 are to cover; 170 are asked for.
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.6, 0.9})
    void subsamplingCoversForKraskov(double correlation) {
        assertThat(coverage(correlation, 200)).isGreaterThanOrEqualTo(170);
    }

    /// Of 20 trials fewer than 16 cover with a probability of 1/400 where 95 % are to.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void subsamplingCoversForKraskovOften(double correlation) {
        assertThat(coverage(correlation, 20)).isGreaterThanOrEqualTo(16);
    }

    /// Two symbols each, told apart wrongly with probability 0.2: I = ln 2 - H(0.2).
    @Test
    void subsamplingCoversForCounts() {
        double truth = Math.log(2) + 0.2 * Math.log(0.2) + 0.8 * Math.log(0.8);
        long covered = IntStream.range(0, 200).filter(trial -> {
            RandomStream stream = RandomStream.seeded(trial);
            int[] x = IntStream.range(0, 1000).map(i -> stream.nextInt(2)).toArray();
            int[] y = IntStream.of(x).map(bit -> stream.nextDouble() < 0.2 ? 1 - bit : bit).toArray();
            return subsampled(new PlugIn(Correction.MILLER_MADOW), Discrete.labels("x", x), Discrete.labels("y", y),
                    stream.child("parts")).covers(truth);
        }).count();

        assertThat(covered).isBetween(175L, 200L);
    }

    private static int coverage(double correlation, int trials) {
        double truth = CorrelatedNormals.information(1, correlation);
        return (int) IntStream.range(0, trials).filter(trial -> {
            CorrelatedNormals pairs = CorrelatedNormals.of(1000, 1, correlation, RandomStream.seeded(1000 + trial));
            return subsampled(Kraskov.standard(STREAM), pairs.x(), pairs.y(), RandomStream.seeded(trial)).covers(truth);
        }).count();
    }

    private static ConfidenceInterval subsampled(MutualInformationEstimator estimator, Variable x, Variable y,
            RandomStream stream) {
        return IntervalMethod.SUBSAMPLING.estimate(estimator, x, y, 0.95, stream).interval().orElseThrow();
    }

    /// The Gaussian's scatter has a closed form, √(ρ²/n).
    @Test
    void subsamplingKnowsTheScatter() {
        double variance = 0;
        for (int run = 0; run < 30; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(1000, 1, 0.7, RandomStream.seeded(run));
            variance += Math.pow(Subsampling.standard(0.9, STREAM).estimate(GAUSSIAN, pairs.x(), pairs.y())
                    .standardError().orElseThrow(), 2) / 30;
        }
        // Each variance has 9 degrees of freedom and more: a mean of 30 is known to 9 % or better, its root to 4.5 %.
        assertThat(Math.sqrt(variance)).isCloseTo(Math.sqrt(0.49 / 1000), within(0.15 * Math.sqrt(0.49 / 1000)));
    }

    @Test
    void sameStreamSameInterval() {
        CorrelatedNormals pairs = CorrelatedNormals.of(200, 1, 0.7, STREAM.child("same"));
        Kraskov ksg = Kraskov.standard(STREAM);

        ConfidenceInterval interval = subsampled(ksg, pairs.x(), pairs.y(), RandomStream.seeded(3));
        assertThat(subsampled(ksg, pairs.x(), pairs.y(), RandomStream.seeded(3))).isEqualTo(interval);
        assertThat(subsampled(ksg, pairs.x(), pairs.y(), RandomStream.seeded(4))).isNotEqualTo(interval);
        assertThat(interval.lower() + interval.upper())
                .isCloseTo(2 * ksg.estimate(pairs.x(), pairs.y()).value(), within(1e-12));
    }

    /// Independent variables: the interval starts at 0 and no lower.
    @Test
    void noNegativeInformation() {
        CorrelatedNormals pairs = CorrelatedNormals.of(200, 1, 0, STREAM.child("none"));

        assertThat(subsampled(Kraskov.standard(STREAM), pairs.x(), pairs.y(), STREAM).lower()).isZero();
    }

    @Test
    void aBootstrapIsRefusedWithTheReason() {
        CorrelatedNormals pairs = CorrelatedNormals.of(200, 1, 0.5, STREAM.child("bootstrap"));

        assertThatIllegalArgumentException().isThrownBy(() -> IntervalMethod.BOOTSTRAP.estimate(
                Kraskov.standard(STREAM), pairs.x(), pairs.y(), 0.95, STREAM))
                .withMessage(
                        "a bootstrap draws samples more than once: copies are nearest neighbours at distance 0, which"
                                + " ksg takes for information; take subsampling");
        for (MutualInformationEstimator estimator : List.of(GAUSSIAN, new PlugIn(Correction.NONE),
                PairwiseDistance.withNoise(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IntervalMethod.BOOTSTRAP.estimate(estimator, pairs.x(),
                            pairs.y(), 0.95, STREAM))
                    .withMessageStartingWith("a bootstrap draws samples more than once: ");
        }
    }

    /// What the refusal says: of independent pairs KSG finds much information in a bootstrap sample.
    @Test
    void copiesAreTakenForInformation() {
        CorrelatedNormals pairs = CorrelatedNormals.of(500, 1, 0, STREAM.child("copies"));
        RandomStream draws = STREAM.child("draws");
        int[] drawn = IntStream.range(0, 500).map(i -> draws.nextInt(500)).toArray();

        assertThat(Kraskov.standard(STREAM).estimate(pairs.x(), pairs.y()).value()).isBetween(-0.1, 0.1);
        assertThat(Kraskov.standard(STREAM).estimate(pairs.x().take(drawn), pairs.y().take(drawn)).value())
                .isGreaterThan(0.2);
    }

    @ParameterizedTest
    @CsvSource({"fisher-z, FISHER_Z", "subsampling, SUBSAMPLING", "bootstrap, BOOTSTRAP"})
    void methodsHaveNames(String label, IntervalMethod method) {
        assertThat(IntervalMethod.named(label)).isEqualTo(method);
        assertThat(method.label()).isEqualTo(label);
    }

    @Test
    void refusesWhatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> IntervalMethod.named("wald"))
                .withMessage("interval method 'wald' is unknown, one of fisher-z, subsampling, auto, bootstrap needed");
        assertThatIllegalArgumentException().isThrownBy(() -> Subsampling.standard(1, STREAM))
                .withMessage("level = 1.0, a value between 0 and 1 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new Subsampling(1, 1, 0.9, STREAM))
                .withMessage("parts = 1, divisions = 1: at least 2 and 1 needed");
        CorrelatedNormals pairs = CorrelatedNormals.of(99, 1, 0.5, STREAM);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subsampling.standard(0.9, STREAM).estimate(GAUSSIAN, pairs.x(), pairs.y()))
                .withMessage("99 samples in 10 parts leave 9 each, at least 10 needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfidenceInterval(0.5, 0.4, 0.9, IntervalMethod.FISHER_Z))
                .withMessage("interval from 0.5 to 0.4, finite ends in order from 0 on needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfidenceInterval(0, Double.NaN, 0.9, IntervalMethod.FISHER_Z));
    }

    private static Continuous column(String name, double... values) {
        return Continuous.of(name, Tensor.of(values));
    }
}
