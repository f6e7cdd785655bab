package org.surprisal.information.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.Gaussian;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.tensor.Tensor;

class NearestNeighbourDivergenceTest {

    private static final Continuous P = Points.fractions(200, true, 2.7, 500.7, 900.7);
    private static final Continuous Q = Points.fractions(150, false, 1500.7, 2500.7, 3900.7);

    /// Recorded from SciPy 1.10: distances of spatial.cKDTree put into the definition.
    @ParameterizedTest
    @CsvSource({"1, EUCLIDEAN, 0.42087414032200304", "5, MAXIMUM, 0.17067273538622668"})
    void agreesWithSciPy(int k, Norm norm, double recorded) {
        assertThat(new NearestNeighbourDivergence(k, norm).estimate(P, Q)).isCloseTo(recorded, within(1e-12));
    }

    /// Normals of standard deviations 1 and 1.5 against the closed form: the mean over 100 runs, whose standard error
    /// is 0.005 a dimension, within four of them and a bias of 0.005 a dimension.
    @ParameterizedTest
    @CsvSource({"1, 0.025", "2, 0.05"})
    void normals(int dimension, double tolerance) {
        double mean = 0;
        for (int run = 0; run < 100; run++) {
            mean += new NearestNeighbourDivergence(4, Norm.EUCLIDEAN).estimate(Points.normal(run, 500, dimension, 1),
                    Points.normal(1000 + run, 700, dimension, 1.5)) / 100;
        }
        assertThat(mean).isCloseTo(new Gaussian(0, 1).relativeEntropyTo(new Gaussian(0, 2.25), dimension),
                within(tolerance));
    }

    /// How far off the estimate is in d dimensions, from 500 samples of each: N(0, 1) against N(0, 1.5²) in every
    /// coordinate, and unit normals whose means are 1.5 apart. Means over 40 runs in parts of the truth, with bounds
    /// about three of their standard errors from what was measured first: the bias is a seventh in two dimensions, a
    /// fifth in three, a third in five. Its sign depends on the pair.
    @ParameterizedTest
    @CsvSource({"1, 0.95, 1.25, 0.84, 0.95", "2, 1.07, 1.27, 0.80, 0.91", "3, 1.15, 1.31, 0.73, 0.84",
            "5, 1.27, 1.42, 0.69, 0.80", "20, 1.57, 1.66, 0.57, 0.70"})
    void theBiasGrowsWithTheDimension(int dimension, double wideLow, double wideHigh, double apartLow,
            double apartHigh) {
        var estimator = new NearestNeighbourDivergence(4, Norm.EUCLIDEAN);
        double shift = 1.5 / Math.sqrt(dimension);
        double wide = 0;
        double apart = 0;
        for (int run = 0; run < 40; run++) {
            Continuous unit = Points.normal(run, 500, dimension, 1);
            wide += estimator.estimate(unit, Points.normal(1000 + run, 500, dimension, 1.5)) / 40;
            Continuous shifted = Continuous.of("x", Points.normal(2000 + run, 500, dimension, 1).values().plus(shift));
            apart += estimator.estimate(shifted, unit) / 40;
        }
        assertThat(wide / new Gaussian(0, 1).relativeEntropyTo(new Gaussian(0, 2.25), dimension)).isBetween(wideLow,
                wideHigh);
        assertThat(apart / 1.125).isBetween(apartLow, apartHigh);
    }

    @Test
    void equalDistributionsScatterAroundZero() {
        double mean = 0;
        for (int run = 0; run < 40; run++) {
            mean += new NearestNeighbourDivergence(3, Norm.MAXIMUM).estimate(Points.normal(run, 300, 2, 1),
                    Points.normal(1000 + run, 200, 2, 1)) / 40;
        }
        assertThat(mean).isCloseTo(0, within(0.03));
    }

    @Test
    void refusesWhatItCannotCompare() {
        var estimator = new NearestNeighbourDivergence(2, Norm.MAXIMUM);
        refused(() -> estimator.estimate(P, column(1, 2, 3)), "x has 3 coordinate(s), y has 1: equal numbers needed");
        refused(() -> estimator.estimate(column(1, 2), column(1, 2, 3)),
                "k = 2 neighbours need more than 2 samples of y (2) and 2 of y (3)");
        refused(() -> estimator.estimate(column(1, 2, 3), column(2, 2, 2)),
                "sample 1 of y coincides with its 2 nearest neighbour(s) in y: variables with a density have no ties");
        refused(() -> new NearestNeighbourDivergence(0, Norm.MAXIMUM), "k = 0, at least 1 neighbour needed");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    private static Continuous column(double... values) {
        return Continuous.of("y", Tensor.of(values));
    }
}
