package org.surprisal.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.IntervalMethod;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.Subsampling;
import org.surprisal.network.DivergenceException;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Trained critics on ten-dimensional normals of known information.
class CriticEstimatorTest {

    private static final int DIMENSION = 10;

    enum Estimator {
        MINE, SMILE, INFO_NCE;

        CriticEstimator with(CriticTraining training) {
            return switch (this) {
                case MINE -> new Mine(training);
                case SMILE -> new Smile(5, training);
                case INFO_NCE -> new InfoNce(training);
            };
        }

        CriticEstimator with(int steps, RandomStream stream) {
            return with(new CriticTraining(steps, 64, 64, 1e-3, stream));
        }

        CriticEstimator small(int steps, RandomStream stream) {
            return with(new CriticTraining(steps, 24, 32, 5e-3, stream));
        }
    }

    /// ρ for which 10 coordinates have this information.
    private static double correlation(double information) {
        return Math.sqrt(-Math.expm1(-2 * information / DIMENSION));
    }

    private static PairSource source(double information) {
        return (count, stream) -> {
            CorrelatedNormals pairs = CorrelatedNormals.of(count, DIMENSION, correlation(information), stream);
            return new PairSource.Pairs(pairs.x().values(), pairs.y().values());
        };
    }

    /// Fresh batches, 3,000 steps, 10,000 unseen pairs, mean of 5 seeds.
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"MINE, 1, 0.88, 1.03", "SMILE, 1, 0.88, 1.03", "INFO_NCE, 1, 0.88, 1.03", "MINE, 2, 1.75, 2.06",
            "SMILE, 2, 1.75, 2.06", "INFO_NCE, 2, 1.75, 2.06"})
    void freshBatches(Estimator estimator, double information, double low, double high) {
        double mean = 0;
        for (int seed = 0; seed < 5; seed++) {
            mean += estimator.with(3000, RandomStream.seeded(seed)).estimate(source(information), 10_000).value() / 5;
        }
        assertThat(mean).isBetween(low, high);
    }

    /// 10,000 fixed pairs: what is held out bounds the information from below, but for its own scatter.
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"MINE, 1", "INFO_NCE, 1", "MINE, 2", "INFO_NCE, 2"})
    void fixedPairsDoNotOvershoot(Estimator estimator, double information) {
        CorrelatedNormals pairs = CorrelatedNormals.of(10_000, DIMENSION, correlation(information),
                RandomStream.seeded(21));

        MutualInformation answer = estimator.with(3000, RandomStream.seeded(22)).estimate(pairs.x(), pairs.y());

        assertThat(answer.settings()).containsEntry("heldOut", 3333);
        assertThat(answer.value()).isBetween(0.5 * information,
                information + 2 * answer.standardError().orElseThrow());
    }

    /// The same in small: on few pairs a critic learns by heart, and the held-out pairs know it.
    @ParameterizedTest
    @ValueSource(strings = {"MINE", "INFO_NCE"})
    void fewFixedPairsDoNotOvershoot(Estimator estimator) {
        CorrelatedNormals pairs = CorrelatedNormals.of(300, DIMENSION, correlation(1), RandomStream.seeded(21));

        MutualInformation answer = estimator.small(150, RandomStream.seeded(22)).estimate(pairs.x(), pairs.y());

        assertThat(answer.value()).isLessThan(1 + 2 * answer.standardError().orElseThrow());
    }

    /// One coordinate each, ρ = 0.8 and 0.5108 nat: learnt in 300 steps.
    @ParameterizedTest
    @ValueSource(strings = {"MINE", "SMILE", "INFO_NCE"})
    void freshBatchesInSmall(Estimator estimator) {
        PairSource source = (count, stream) -> {
            CorrelatedNormals pairs = CorrelatedNormals.of(count, 1, 0.8, stream);
            return new PairSource.Pairs(pairs.x().values(), pairs.y().values());
        };
        double truth = CorrelatedNormals.information(1, 0.8);

        MutualInformation answer = estimator.small(300, RandomStream.seeded(5)).estimate(source, 2000);

        double scatter = 4 * answer.standardError().orElseThrow();
        assertThat(answer.value()).isBetween(truth - 0.1 - scatter, truth + scatter);
        assertThat(answer.n()).isEqualTo(2000);
        assertThat(estimator.small(300, RandomStream.seeded(5)).estimate(source, 2000)).isEqualTo(answer);
    }

    /// InfoNCE tells its ceiling ln B, MINE ln of the broken pairs it scored (at most 2¹⁸: 87 for each of 3000), SMILE
    /// has none.
    @Test
    void ceilings() {
        RandomStream stream = RandomStream.seeded(1);

        assertThat(Estimator.INFO_NCE.small(3, stream).estimate(source(1), 200).ceiling()).hasValue(Math.log(32));
        assertThat(Estimator.MINE.small(3, stream).estimate(source(1), 200).ceiling()).hasValue(Math.log(200 * 199));
        assertThat(Estimator.MINE.small(3, stream).estimate(source(1), 3000).ceiling())
                .hasValue(Math.log(3000.0 * 87));
        assertThat(Estimator.SMILE.small(3, stream).estimate(source(1), 200).ceiling()).isEmpty();
    }

    /// SMILE's clip takes part of the mean of e^T away: with the true density ratio as critic, at 6 nats, the value
    /// lies far above the information, where MINE's is right or too small.
    @Test
    void smileOvershootsWithThePerfectCritic() {
        double truth = 6;
        CorrelatedNormals pairs = CorrelatedNormals.of(1500, DIMENSION, correlation(truth), RandomStream.seeded(3));
        double[] own = logRatio(pairs, 0, truth);
        double[][] broken = IntStream.rangeClosed(1, 300).mapToObj(s -> logRatio(pairs, s, truth))
                .toArray(double[][]::new);

        ScoreMeans clipped = ScoreMeans.of(own, broken, score -> Math.clamp(score, -5, 5));

        assertThat(clipped.joint() - clipped.logMarginal()).isGreaterThan(truth + 4 * clipped.standardError());
    }

    /// ln p(x,y)/(p(x) p(y)) of x_i and y_(i+s), summed over coordinates.
    private static double[] logRatio(CorrelatedNormals pairs, int shift, double information) {
        double rho = correlation(information);
        int n = pairs.x().count();
        double[] ratios = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < DIMENSION; j++) {
                double x = pairs.x().values().at(i, j);
                double y = pairs.y().values().at((i + shift) % n, j);
                ratios[i] += -0.5 * Math.log1p(-rho * rho)
                        - (rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * (1 - rho * rho));
            }
        }
        return ratios;
    }

    @Test
    void divergenceOfASourceIsAnErrorOfOneLine() {
        for (Estimator estimator : Estimator.values()) {
            CriticEstimator wild = estimator
                    .with(new CriticTraining(100, 16, 16, 1e12, RandomStream.seeded(1)));
            assertThatExceptionOfType(DivergenceException.class).as("%s", estimator)
                    .isThrownBy(() -> wild.estimate(source(1), 200))
                    .satisfies(error -> assertThat(error.getMessage()).startsWith(wild.description().name())
                            .doesNotContain("\n"));
        }
    }

    @Test
    void refusesWhatAreNoPairs() {
        Tensor two = Tensor.of(new double[]{1, 2}, 2, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new PairSource.Pairs(two, two.slice(0, 0, 1)))
                .withMessage(
                        "x of shape (2, 1) and y of shape (1, 1) are no pairs, finite values of shapes (n, d_x) and"
                                + " (n, d_y) needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairSource.Pairs(two, Tensor.of(new double[]{1, Double.NaN}, 2, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Estimator.MINE.small(3, RandomStream.seeded(1)).estimate(source(1), 4))
                .withMessage("4 pairs to score, at least 5 needed");
        assertThatIllegalArgumentException().isThrownBy(
                () -> Estimator.MINE.small(3, RandomStream.seeded(1)).estimate((n, stream) -> source(1).draw(7, stream),
                        8))
                .withMessage("the source drew 7 pairs, asked for 8");
    }

    @Test
    void refusesMoreSymbolsThanFit() {
        Discrete rows = Discrete.labels("id", IntStream.range(0, 20_000).toArray());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Estimator.MINE.small(3, RandomStream.seeded(1)).estimate(rows, rows))
                .withMessage(
                        "id has 20000 symbols among 20000 samples, a critic takes one coordinate for each: 13421 at"
                                + " most here");
    }

    @Test
    void intervalsOfTrainedCriticsAreRefused() {
        PairSource.Pairs pairs = source(1).draw(300, RandomStream.seeded(1));
        for (Estimator estimator : List.of(Estimator.values())) {
            assertThatIllegalArgumentException().isThrownBy(() -> Subsampling.standard(0.9, RandomStream.seeded(1))
                    .estimate(estimator.small(3, RandomStream.seeded(1)), Continuous.of("x", pairs.x()),
                            Continuous.of("y", pairs.y())))
                    .withMessageContaining("trains a critic");
        }
    }

    /// A critic that trains on fewer pairs is another one, and copies of a pair lie on both sides of what is held out.
    @Test
    void subsamplingAndBootstrapAreRefusedWithTheReason() {
        CorrelatedNormals pairs = CorrelatedNormals.of(200, 1, 0.5, RandomStream.seeded(12));
        Mine mine = new Mine(new CriticTraining(3, 4, 8, 1e-3, RandomStream.seeded(12)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntervalMethod.SUBSAMPLING.estimate(mine, pairs.x(), pairs.y(), 0.95,
                        RandomStream.seeded(1)))
                .withMessage("mine trains a critic, one of fewer pairs is another: take the standard error of the"
                        + " held-out pairs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntervalMethod.BOOTSTRAP.estimate(mine, pairs.x(), pairs.y(), 0.95,
                        RandomStream.seeded(1)))
                .withMessage("a bootstrap draws samples more than once: copies of one pair come to lie on both sides"
                        + " of what is"
                        + " trained on and what is held out; take the standard error of the held-out pairs");
    }

    /// y = x + 0.5 noise, and one x of a thousand at 1e6.
    @Test
    void farValueDoesNotBlindACritic() {
        RandomStream stream = RandomStream.seeded(11);
        double[] x = new double[1000];
        double[] y = new double[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = stream.nextGaussian();
            y[i] = x[i] + 0.5 * stream.nextGaussian();
        }
        double[] far = x.clone();
        far[0] = 1e6;
        InfoNce estimator = new InfoNce(new CriticTraining(500, 32, 64, 1e-3, RandomStream.seeded(2)));
        Continuous partner = Continuous.of("y", Tensor.of(y, y.length));

        double without = estimator.estimate(Continuous.of("x", Tensor.of(x, x.length)), partner).value();
        MutualInformation answer = estimator.estimate(Continuous.of("x", Tensor.of(far, x.length)), partner);

        assertThat(without).isGreaterThan(0.5);
        assertThat(answer.value()).isCloseTo(without, within(0.1));
        assertThat(answer.warnings()).anyMatch(warning -> warning.contains("far from the others"));
    }
}
