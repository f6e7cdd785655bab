package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surprisal.information.Moments;
import org.surprisal.information.mutual.PlugIn.Correction;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

class SubsamplingCurveTest {

    private static final RandomStream STREAM = RandomStream.seeded(11);

    /// Values on the line 0.4 + 6/n, and variances that are 0.01 for the whole whatever the division.
    @Test
    void straightLinesAreReadExactly() {
        var curve = new SubsamplingCurve(List.of(new SubsamplingCurve.Point(1, 120, 0.45, 0),
                new SubsamplingCurve.Point(2, 60, 0.5, 0.02), new SubsamplingCurve.Point(3, 40, 0.55, 0.03)));

        assertThat(curve.extrapolated()).isCloseTo(0.4, within(1e-14));
        assertThat(curve.standardError()).isCloseTo(0.1, within(1e-14));
    }

    /// The plug-in of independent symbols has bias (K_x - 1)(K_y - 1)/(2n) = 0.009 nat: the curve rises towards small
    /// n, and its extrapolation is nearer 0. Means over 30 runs.
    @Test
    void extrapolationTakesAPlugInsBiasOut() {
        double raw = 0;
        double extrapolated = 0;
        for (int run = 0; run < 30; run++) {
            RandomStream stream = RandomStream.seeded(run);
            Discrete x = Discrete.labels("x", IntStream.range(0, 1000).map(i -> stream.nextInt(4)).toArray());
            Discrete y = Discrete.labels("y", IntStream.range(0, 1000).map(i -> stream.nextInt(7)).toArray());
            SubsamplingCurve curve = SubsamplingCurve.of(new PlugIn(Correction.NONE), x, y, 5, stream.child("parts"));
            raw += curve.points().getFirst().mean() / 30;
            extrapolated += curve.extrapolated() / 30;
        }
        // Of 18 degrees of freedom: one value scatters by 0.003, the mean by 0.00055.
        assertThat(raw).isCloseTo(0.009, within(0.0022));
        assertThat(extrapolated).isCloseTo(0, within(0.003));
    }

    /// The Gaussian's bias is known: d_x d_y / (2 n) to first order, 0.0225 nat for 3 and 3 coordinates and n = 200.
    /// The curve shows it at each n, and the extrapolation takes it out. Means over 200 runs, ρ = 0.
    @Test
    void aGaussiansBiasIsReadOff() {
        double[] extrapolated = new double[200];
        double[] means = new double[4];
        for (int run = 0; run < 200; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(800, 3, 0, RandomStream.seeded(700 + run));
            SubsamplingCurve curve = SubsamplingCurve.of(new GaussianInformation(), pairs.x(), pairs.y(), 4, STREAM);
            extrapolated[run] = curve.extrapolated();
            for (int m = 0; m < 4; m++) {
                means[m] += curve.points().get(m).mean() / 200;
            }
        }
        // Of 9 degrees of freedom: χ²/(2 n) has a standard deviation of √18/(2 n), a mean of 200 0.0002 at n = 800. The
        // next
        // order of the bias is d_x d_y (d + 1)/(4 n²), 0.0004 at n = 200.
        for (int m = 0; m < 4; m++) {
            assertThat(means[m]).as("%d parts", m + 1).isCloseTo(9.0 / (2 * (800 / (m + 1))), within(0.0012));
        }
        Moments moments = Moments.of(extrapolated);
        assertThat(Math.abs(moments.mean())).isLessThan(3 * Math.sqrt(moments.sampleVariance() / 200) + 0.0002);
    }

    /// Miller's term: the plug-in entropy of 20 equally likely symbols lies 19/(2 n) too low. I(X;X) is that entropy.
    @Test
    void anEntropysBiasIsReadOff() {
        double raw = 0;
        double extrapolated = 0;
        for (int run = 0; run < 50; run++) {
            RandomStream stream = RandomStream.seeded(800 + run);
            Discrete x = Discrete.labels("x", IntStream.range(0, 2000).map(i -> stream.nextInt(20)).toArray());
            SubsamplingCurve curve = SubsamplingCurve.of(new PlugIn(Correction.NONE), x, x, 5, stream.child("parts"));
            raw += curve.points().getFirst().mean() / 50;
            extrapolated += curve.extrapolated() / 50;
        }
        // Of equally likely symbols the entropy scatters as χ²/(2 n): √38/4000 a value, 0.0002 a mean of 50.
        assertThat(raw - Math.log(20)).isCloseTo(-19.0 / 4000, within(0.0007));
        assertThat(extrapolated).isCloseTo(Math.log(20), within(0.0007));
    }

    /// The pooled standard error against the scatter that the closed form has, √(ρ²/n).
    @Test
    void standardErrorIsThatOfTheWhole() {
        double error = 0;
        for (int run = 0; run < 30; run++) {
            CorrelatedNormals pairs = CorrelatedNormals.of(400, 1, 0.7, RandomStream.seeded(run));
            error += Math.pow(SubsamplingCurve.of(new GaussianInformation(), pairs.x(), pairs.y(), 5, STREAM)
                    .standardError(), 2) / 30;
        }
        assertThat(Math.sqrt(error)).isCloseTo(Math.sqrt(0.49 / 400), within(0.006));
    }

    /// I(X;T) of points at noise too small is ln n: it rises with n without end, and is no property of the points.
    @Test
    void showsASaturatedEstimate() {
        Continuous z = Continuous.of("z", RandomStream.seeded(1).gaussian(ElementType.FLOAT64, 0, 1, 120, 6));

        SubsamplingCurve curve = SubsamplingCurve.of(PairwiseDistance.withNoise(1e-6), z, z, 4, STREAM);

        assertThat(curve.points()).extracting(SubsamplingCurve.Point::n).containsExactly(120, 60, 40, 30);
        for (SubsamplingCurve.Point point : curve.points()) {
            assertThat(point.mean()).isCloseTo(Math.log(point.n()), within(1e-9));
        }
    }

    @Test
    void refusesPartsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubsamplingCurve(List.of(new SubsamplingCurve.Point(1, 9, 1, 0))))
                .withMessageStartingWith("a curve needs points of different numbers of samples");
        CorrelatedNormals pairs = CorrelatedNormals.of(20, 1, 0.7, RandomStream.seeded(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubsamplingCurve.of(new GaussianInformation(), pairs.x(), pairs.y(), 1, STREAM))
                .withMessage("parts = 1, from 2 to 10 of 20 samples needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubsamplingCurve.of(new GaussianInformation(), pairs.x(), pairs.y(), 10, STREAM))
                .withMessage("x and y have 2 sample(s), at least 3 needed");
    }
}
