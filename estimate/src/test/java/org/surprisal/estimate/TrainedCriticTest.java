package org.surprisal.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.internal.LogMeanExp;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.MutualInformationEstimator;
import org.surprisal.network.DivergenceException;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class TrainedCriticTest {

    private static final CriticTraining SHORT = new CriticTraining(300, 24, 32, 5e-3, RandomStream.seeded(3));

    /// -½ ln (1 - ρ²) of 1200 pairs: a lower bound that is not far below, and none that lies above by more than
    /// scatter.
    @ParameterizedTest
    @CsvSource({"0.8", "0"})
    void correlatedNormals(double correlation) {
        CorrelatedNormals pairs = CorrelatedNormals.of(1200, 1, correlation, RandomStream.seeded(1));
        double truth = CorrelatedNormals.information(1, correlation);

        for (MutualInformationEstimator estimator : List.of(new InfoNce(SHORT), new Mine(SHORT),
                new Smile(5, SHORT))) {
            MutualInformation estimate = estimator.estimate(pairs.x(), pairs.y());
            double scatter = 4 * estimate.standardError().orElseThrow();
            assertThat(estimate.value()).as(estimate.estimator()).isBetween(truth - 0.1 - scatter, truth + scatter);
        }
    }

    /// Four classes well apart: I = H(Y) = ln 4.
    @Test
    void labelsThatAreKnown() {
        int[] classes = IntStream.range(0, 600).map(i -> i % 4).toArray();
        RandomStream stream = RandomStream.seeded(2);
        double[] x = IntStream.of(classes).mapToDouble(c -> 4 * c + 0.5 * stream.nextGaussian()).toArray();
        Continuous layer = Continuous.of("x", Tensor.of(x));
        Discrete y = Discrete.labels("y", classes);

        for (MutualInformationEstimator estimator : List.of(new InfoNce(SHORT), new Mine(SHORT))) {
            assertThat(estimator.estimate(layer, y).value()).as(estimator.description().name())
                    .isCloseTo(Math.log(4), within(0.15));
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        CorrelatedNormals pairs = CorrelatedNormals.of(90, 2, 0.5, RandomStream.seeded(1));
        var few = new CriticTraining(20, 8, 16, 1e-3, RandomStream.seeded(3));
        var same = new CriticTraining(20, 8, 16, 1e-3, RandomStream.seeded(3));
        var other = new CriticTraining(20, 8, 16, 1e-3, RandomStream.seeded(4));

        MutualInformation first = new Mine(few).estimate(pairs.x(), pairs.y());
        assertThat(new Mine(few).estimate(pairs.x(), pairs.y())).isEqualTo(first);
        assertThat(new Mine(same).estimate(pairs.x(), pairs.y())).isEqualTo(first);
        assertThat(new Mine(other).estimate(pairs.x(), pairs.y()).value()).isNotEqualTo(first.value());
        assertThat(first.settings()).containsEntry("heldOut", 30).containsEntry("steps", 20);
    }

    /// A variable and itself: far more information than a batch of 16 tells apart.
    @Test
    void infoNceStopsAtItsCeiling() {
        CorrelatedNormals pairs = CorrelatedNormals.of(600, 8, 0.5, RandomStream.seeded(1));
        MutualInformation estimate = new InfoNce(new CriticTraining(300, 24, 16, 5e-3, RandomStream.seeded(3)))
                .estimate(pairs.x(), pairs.x());

        assertThat(estimate.value()).isBetween(0.5 * Math.log(16), Math.log(16));
        assertThat(estimate.ceiling()).hasValue(Math.log(16));
    }

    @Test
    void divergenceIsAnErrorAndNoNumber() {
        CorrelatedNormals pairs = CorrelatedNormals.of(300, 3, 0.9, RandomStream.seeded(1));
        var wild = new CriticTraining(300, 32, 32, 1e12, RandomStream.seeded(3));

        for (MutualInformationEstimator estimator : List.of(new InfoNce(wild), new Mine(wild), new Smile(5, wild))) {
            assertThatExceptionOfType(DivergenceException.class).as(estimator.description().name())
                    .isThrownBy(() -> estimator.estimate(pairs.x(), pairs.y()));
        }
    }

    /// A number that no such number of samples supports, of either sign, is not given out.
    @Test
    void valuesBeyondTheSamplesAreErrors() {
        assertThat(CriticTraining.requireSupported("mine", 2.5, 3)).isEqualTo(2.5);
        for (double value : new double[]{3.5, -3.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatExceptionOfType(DivergenceException.class)
                    .isThrownBy(() -> CriticTraining.requireSupported("mine", value, 3))
                    .withMessageStartingWith("mine diverged: " + value + " nat");
        }
    }

    @Test
    void constantsCarryNothing() {
        CorrelatedNormals pairs = CorrelatedNormals.of(60, 1, 0.5, RandomStream.seeded(1));
        Continuous constant = Continuous.of("c", Tensor.of(new double[60]));
        var few = new CriticTraining(30, 8, 16, 1e-3, RandomStream.seeded(3));

        MutualInformation estimate = new InfoNce(few).estimate(constant, pairs.y());

        assertThat(estimate.value()).isLessThan(1e-6);
        assertThat(estimate.warnings()).contains("c is constant: it carries no information");
    }

    /// Beside the jackknife: each sample left out in turn, with its row and its column.
    @Test
    void standardErrorIsTheJackknifes() {
        int n = 80;
        RandomStream stream = RandomStream.seeded(5);
        double[] ofX = IntStream.range(0, n).mapToDouble(i -> 0.5 * stream.nextGaussian()).toArray();
        double[] ofY = IntStream.range(0, n).mapToDouble(i -> 0.7 * stream.nextGaussian()).toArray();
        double[][] scores = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scores[i][j] = ofX[i] + ofY[j] + (i == j ? 1 : 0) + 0.1 * stream.nextGaussian();
            }
        }
        double[] leftOut = new double[n];
        for (int without = 0; without < n; without++) {
            int gone = without;
            int[] kept = IntStream.range(0, n).filter(i -> i != gone).toArray();
            double joint = 0;
            double marginal = 0;
            for (int i : kept) {
                joint += scores[i][i] / (n - 1);
                for (int j : kept) {
                    marginal += i == j ? 0 : Math.exp(scores[i][j]) / ((n - 1.0) * (n - 2));
                }
            }
            leftOut[without] = joint - Math.log(marginal);
        }
        double mean = DoubleStream.of(leftOut).average().orElseThrow();
        double spread = DoubleStream.of(leftOut).map(v -> (v - mean) * (v - mean)).sum();

        double[] own = IntStream.range(0, n).mapToDouble(i -> scores[i][i]).toArray();
        double[][] broken = new double[n - 1][n];
        for (int s = 1; s < n; s++) {
            for (int i = 0; i < n; i++) {
                broken[s - 1][i] = scores[i][(i + s) % n];
            }
        }
        assertThat(ScoreMeans.of(own, broken, score -> score).standardError())
                .isCloseTo(Math.sqrt(spread * (n - 1) / n), within(0.003));
    }

    @Test
    void meanOfExponentialsNeitherOverflowsNorVanishes() {
        assertThat(LogMeanExp.of(new double[]{1000, 1000})).isEqualTo(1000);
        assertThat(LogMeanExp.of(new double[]{-1000, -1000 + Math.log(3)})).isCloseTo(-1000 + Math.log(2),
                within(1e-12));
    }

    @Test
    void refusesWhatCannotBeTrained() {
        CorrelatedNormals pairs = CorrelatedNormals.of(14, 1, 0.5, RandomStream.seeded(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Mine(SHORT).estimate(pairs.x(), pairs.y()))
                .withMessage("x and y have 14 sample(s), at least 15 needed");
        assertThatIllegalArgumentException().isThrownBy(() -> new CriticTraining(0, 8, 16, 1e-3, SHORT.stream()))
                .withMessageStartingWith("critic with steps = 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new CriticTraining(1, 8, 1, 1e-3, SHORT.stream()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Smile(0, SHORT))
                .withMessage("clip = 0.0, a finite value > 0 needed");
    }
}
