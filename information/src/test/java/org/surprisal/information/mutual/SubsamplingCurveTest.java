package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

    /// The plug-in of independent symbols has bias (K_x - 1)(K_y - 1)/(2n) = 0.009 nat: the curve rises towards small n, and
    /// its extrapolation is nearer 0. Means over 30 runs.
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
