package org.surprisal.information.automatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.tensor.RandomStream;

class CanonicalAxesTest {

    private static double[][] centred(double[][] columns) {
        return Arrays.stream(columns).map(column -> {
            double mean = Arrays.stream(column).average().orElseThrow();
            return Arrays.stream(column).map(v -> v - mean).toArray();
        }).toArray(double[][]::new);
    }

    /// The Gaussian information of samples is -½ Σ ln(1 - ρ²) over their canonical correlations.
    @ParameterizedTest
    @CsvSource({"dense-3x3, 3", "2-pair-5x5, 5", "swiss-roll-2x1, 1", "student-2-3x3, 3"})
    void correlationsGiveTheGaussianInformation(String id, int number) {
        Task.Pairs pairs = Tasks.find(id).orElseThrow().draw(500, RandomStream.seeded(3));
        CanonicalAxes axes = CanonicalAxes.of(centred(pairs.x().columns()), centred(pairs.y().columns()));
        MutualInformation gaussian = new GaussianInformation().estimate(pairs.x(), pairs.y());

        assertThat(axes.correlations()).hasSize(number);
        assertThat(Arrays.stream(axes.correlations()).map(rho -> -0.5 * Math.log1p(-rho * rho)).sum())
                .isCloseTo(gaussian.value(), within(1e-9));
    }

    @Test
    void coordinatesAreUncorrelatedExceptWithTheirPartner() {
        Task.Pairs pairs = Tasks.find("student-2-5x1").orElseThrow().draw(300, RandomStream.seeded(4));
        double[][] x = centred(pairs.x().columns());
        double[][] y = centred(pairs.y().columns());
        CanonicalScores scores = CanonicalScores.of(x, y);

        assertThat(scores.x()).hasNumberOfRows(5);
        assertThat(scores.y()).hasNumberOfRows(1);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat(mean(scores.x()[i], scores.x()[j])).isCloseTo(i == j ? 1 : 0, within(1e-9));
            }
            assertThat(mean(scores.x()[i], scores.y()[0])).isCloseTo(i == 0 ? scores.correlations()[0] : 0,
                    within(1e-9));
        }
    }

    @Test
    void directionsWithoutVarianceAreLeftOut() {
        Task.Pairs pairs = Tasks.find("normal-1x1").orElseThrow().draw(100, RandomStream.seeded(5));
        double[] x = centred(pairs.x().columns())[0];
        double[] twice = Arrays.stream(x).map(v -> 2 * v).toArray();
        CanonicalAxes axes = CanonicalAxes.of(new double[][]{x, twice, new double[100]},
                centred(pairs.y().columns()));

        assertThat(axes.x()).hasNumberOfRows(1);
        assertThat(axes.correlations()).hasSize(1);
        assertThat(axes.standOut(100, 2)).isEqualTo(1);
        assertThat(axes.standOut(4, 2)).isZero();
    }

    private static double mean(double[] first, double[] second) {
        return CanonicalAxes.dot(first, second) / first.length;
    }
}
