package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class DistanceDistributionTest {

    private static final RandomStream STREAM = RandomStream.seeded(6);

    /// 200 points, coordinate l of point i the fraction of 1000 √(i + start_l), the second squared.
    private static Tensor points() {
        double[] starts = {2.7, 500.7, 900.7};
        double[] values = new double[600];
        for (int k = 0; k < 600; k++) {
            int point = k / 3;
            double x = 1000 * Math.sqrt(point + starts[k % 3]);
            double fraction = x - Math.floor(x);
            values[k] = k % 3 == 1 ? fraction * fraction : fraction;
        }
        return Tensor.of(values, 200, 3);
    }

    /// Recorded from SciPy 1.10 (spatial.distance.pdist) and NumPy 1.24 (mean, std, percentile, histogram over 8 bins
    /// from 0).
    @Test
    void allPairsAgreeWithSciPy() {
        DistanceDistribution distances = DistanceDistribution.of(points(), STREAM);

        assertThat(distances.exact()).isTrue();
        assertThat(distances.rows()).isEqualTo(200);
        assertThat(distances.pairs()).isEqualTo(19_900);
        assertThat(distances.moments().mean()).isCloseTo(0.7031648075449014, within(1e-14));
        assertThat(distances.moments().standardDeviation()).isCloseTo(0.2691780912226717, within(1e-14));
        assertThat(distances.smallest()).isCloseTo(0.027595514546636123, within(1e-15));
        assertThat(distances.largest()).isCloseTo(1.5394485967414493, within(1e-15));
        assertThat(distances.quantile(0.1)).isCloseTo(0.3381430149430558, within(1e-14));
        assertThat(distances.quantile(0.5)).isCloseTo(0.7094724197852277, within(1e-14));
        assertThat(distances.quantile(0.9)).isCloseTo(1.0520786203392183, within(1e-14));
        assertThat(distances.histogram(8).counts()).containsExactly(490, 2160, 4041, 4815, 4756, 2819, 747, 72);
    }

    /// The binary cube of 12 bits: a vertex has (12 over k) others at the distance √k.
    @Test
    void binaryCube() {
        double[] values = new double[4096 * 12];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((i / 12) >> (i % 12)) & 1;
        }
        DistanceDistribution distances = DistanceDistribution.of(Tensor.of(values, 4096, 12), STREAM);

        double mean = 0;
        double ways = 1;
        for (int k = 1; k <= 12; k++) {
            ways = ways * (13 - k) / k;
            mean += ways * Math.sqrt(k) / 4095;
        }
        assertThat(distances.exact()).isTrue();
        assertThat(distances.moments().mean()).isCloseTo(mean, within(1e-11));
        assertThat(distances.largest()).isEqualTo(Math.sqrt(12));
        assertThat(distances.smallest()).isEqualTo(1);
    }

    /// Drawn pairs: mean and quantiles of all within four of the standard errors that the documentation gives.
    @Test
    void drawnPairsEstimateAll() {
        Tensor values = STREAM.child("values").gaussian(ElementType.FLOAT32, 0, 2, 400, 5);
        DistanceDistribution all = DistanceDistribution.of(values, STREAM);
        int pairs = 20_000;
        DistanceDistribution drawn = DistanceDistribution.of(values, pairs, STREAM.child("pairs"));

        assertThat(drawn.exact()).isFalse();
        assertThat(drawn.pairs()).isEqualTo(pairs);
        assertThat(drawn.moments().mean()).isCloseTo(all.moments().mean(),
                within(4 * all.moments().standardDeviation() / Math.sqrt(pairs)));
        for (double q : new double[]{0.1, 0.5, 0.9}) {
            double error = 4 * Math.sqrt(q * (1 - q) / pairs);
            assertThat(drawn.quantile(q)).isBetween(all.quantile(q - error), all.quantile(q + error));
        }
        assertThat(drawn.largest()).isLessThanOrEqualTo(all.largest());
        assertThat(drawn.smallest()).as("a row is never paired with itself").isPositive();
        assertThat(DistanceDistribution.of(values, pairs, STREAM.child("pairs")).moments()).isEqualTo(drawn.moments());
    }

    /// Differences of 1e-6 on a mean of 1e3 survive: nothing is squared before it is subtracted.
    @Test
    void nearRowsFarFromZeroKeepTheirDistance() {
        DistanceDistribution distances = DistanceDistribution
                .of(Tensor.of(new double[]{1e3, 1e3, 1e3 + 3e-6, 1e3 + 4e-6},
                        2, 2), STREAM);
        assertThat(distances.largest()).isCloseTo(5e-6, within(1e-12));
    }

    @Test
    void mapsAreFlattenedAndEqualRowsHaveNoHistogram() {
        assertThat(DistanceDistribution.of(Tensor.of(new double[]{0, 0, 0, 0, 1, 1, 1, 1}, 2, 2, 2), STREAM).largest())
                .isEqualTo(2);
        DistanceDistribution none = DistanceDistribution.of(Tensor.of(new double[6], 3, 2), STREAM);
        assertThat(none.quantile(0.5)).isZero();
        assertThatIllegalStateException().isThrownBy(() -> none.histogram(4))
                .withMessage("all distances are 0, a histogram needs a range");
    }

    @Test
    void refusesWhatHasNoDistances() {
        refused(() -> DistanceDistribution.of(Tensor.of(new double[]{1, 2}, 1, 2), STREAM),
                "values have the shape (1, 2), at least 2 rows needed for a distance");
        refused(() -> DistanceDistribution.of(Tensor.of(new double[]{1, Double.NaN}, 2, 1), STREAM),
                "values[1] = NaN, a finite value needed");
        refused(() -> DistanceDistribution.of(Tensor.of(new double[]{-1.5e308, 1.5e308}, 2, 1), STREAM),
                "the distance of rows 0 and 1 overflows a double");
        refused(() -> DistanceDistribution.of(points(), 0, STREAM), "maximumPairs = 0, at least 1 needed");
        refused(() -> DistanceDistribution.of(points(), STREAM).quantile(1.1), "q = 1.1, a value from 0 to 1 needed");
        refused(() -> DistanceDistribution.of(points(), STREAM).histogram(0), "bins = 0, at least 1 needed");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
