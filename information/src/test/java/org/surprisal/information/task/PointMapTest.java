package org.surprisal.information.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Maps of points: their values against other forms of them, and that they are one to one.
class PointMapTest {

    /// Both derivatives are 1 and a sum of cosines, so that they are above 1 less the amplitudes of these.
    @ParameterizedTest
    @EnumSource(value = CoordinateMap.class, names = {"WIGGLY_X", "WIGGLY_Y"})
    void wigglyMapsRiseEverywhere(CoordinateMap map) {
        double step = 1e-3;
        double least = Double.POSITIVE_INFINITY;
        for (double x = -40; x < 40; x += step) {
            least = Math.min(least, (map.of(x + step) - map.of(x)) / step);
        }
        assertThat(least).isGreaterThan(map == CoordinateMap.WIGGLY_X
                ? 1 - 0.4 - 0.2 * 1.7 - 0.03 * 3.3 - 1e-9
                : 1 - 0.4 * 0.4 - 0.17 * 1.3 - 0.02 * 4.3 - 1e-9);
    }

    /// The inverse of each map that has one in the JDK, or a published value.
    @ParameterizedTest
    @CsvSource({"-3", "-1.5", "-0.2", "0", "1e-9", "0.7", "2.5", "6"})
    void mapsHaveInverses(double x) {
        double cube = CoordinateMap.CUBE.of(x);
        double half = CoordinateMap.HALF_CUBE.of(x);
        double close = 1e-14 * Math.max(1, Math.abs(x));
        assertThat(Math.cbrt(cube)).isCloseTo(x, within(close));
        assertThat(Math.signum(half) * Math.cbrt(half * half)).isCloseTo(x, within(close));
        assertThat(Math.log(CoordinateMap.EXP.of(x))).isCloseTo(x, within(close));
        assertThat(Math.sinh(CoordinateMap.ASINH.of(x))).isCloseTo(x, within(close));
        double tanh = CoordinateMap.TANH.of(x);
        assertThat(0.5 * Math.log((1 + tanh) / (1 - tanh))).isCloseTo(x, within(1e-10));
    }

    /// Φ at the points of statistical tables.
    @ParameterizedTest
    @CsvSource({"0, .5", "1, .8413447460685429", "-1, .15865525393145707", "1.959963984540054, .975",
            "-6, 9.865876450376981e-10"})
    void normalCdfIsThatOfTables(double x, double p) {
        assertThat(CoordinateMap.NORMAL_CDF.of(x)).isCloseTo(p, within(1e-14 * Math.max(p, 1e-3)));
    }

    /// The distribution functions of the mixtures lead back.
    @ParameterizedTest
    @CsvSource({"1e-12", ".001", ".2", ".3", ".5", ".7", ".9999"})
    void quantilesOfMixturesHaveInverses(double u) {
        double x = CoordinateMap.BIMODAL_X.of(u);
        double y = CoordinateMap.BIMODAL_Y.of(u);
        assertThat(0.3 * cdf(x) + 0.7 * cdf(x - 5)).isCloseTo(u, within(1e-14));
        assertThat(0.5 * cdf(y + 1) + 0.5 * cdf(y - 3)).isCloseTo(u, within(1e-14));
    }

    private static double cdf(double x) {
        return CoordinateMap.NORMAL_CDF.of(x);
    }

    @Test
    void quantilesOfMixturesAreFiniteAtTheEnds() {
        for (CoordinateMap map : List.of(CoordinateMap.BIMODAL_X, CoordinateMap.BIMODAL_Y)) {
            assertThat(map.of(0)).isFinite().isLessThan(-20);
            assertThat(map.of(1)).isFinite().isGreaterThan(5);
        }
    }

    /// Numbers that the formulas of the specification give at two places.
    @Test
    void wigglyMapsAreThoseOfThePaper() {
        assertThat(CoordinateMap.WIGGLY_X.of(0)).isCloseTo(0.2 * Math.sin(1) - 0.03 * Math.sin(2.5), within(1e-15));
        assertThat(CoordinateMap.WIGGLY_Y.of(0)).isCloseTo(0.17 * Math.sin(3.5) - 0.02 * Math.sin(2.5),
                within(1e-15));
        assertThat(CoordinateMap.WIGGLY_X.of(2)).isCloseTo(
                2 + 0.4 * 0.9092974268256817 + 0.2 * Math.sin(4.4) + 0.03 * Math.sin(4.1), within(1e-15));
        assertThat(CoordinateMap.WIGGLY_Y.of(2)).isCloseTo(
                2 - 0.4 * 0.7173560908995228 + 0.17 * Math.sin(6.1) + 0.02 * Math.sin(6.1), within(1e-15));
    }

    /// exp(θ G) x by its power series, with G_ij = -1 and G_ji = 1.
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 0"})
    void rotationsAreExponentialsOfTheirGenerator(int first, int second) {
        double[] point = {0.3, -1.2, 0.7};
        double angle = 0.4 + 0.25 * (0.3 * 0.3 + 1.2 * 1.2 + 0.7 * 0.7);
        double[] sum = point.clone();
        double[] term = point.clone();
        for (int k = 1; k < 40; k++) {
            double[] next = new double[3];
            next[first] = -angle / k * term[second];
            next[second] = angle / k * term[first];
            term = next;
            for (int j = 0; j < 3; j++) {
                sum[j] += term[j];
            }
        }

        double[] image = new PlaneRotation(first, second, 0.4, 0.25).image(point);

        assertThat(point).isEqualTo(new double[]{0.3, -1.2, 0.7});
        for (int j = 0; j < 3; j++) {
            assertThat(image[j]).isCloseTo(sum[j], within(1e-14));
        }
    }

    @Test
    void rotationsLeadBackFromTheirImages() {
        RandomStream stream = RandomStream.seeded(4);
        PlaneRotation there = new PlaneRotation(1, 3, 0.7, 0.2);
        PlaneRotation back = new PlaneRotation(1, 3, -0.7, -0.2);
        for (int i = 0; i < 200; i++) {
            double[] point = stream.child(i).gaussian(ElementType.FLOAT64, 0, 2, 4).toDoubles();
            double[] image = back.image(there.image(point));
            for (int j = 0; j < 4; j++) {
                assertThat(image[j]).isCloseTo(point[j], within(1e-12));
            }
        }
    }

    /// The distance from the origin is t/21, which rises with u.
    @ParameterizedTest
    @CsvSource({"0", ".1", ".25", ".5", ".75", "1"})
    void swissRollLeadsBackFromItsImage(double u) {
        double[] image = new SwissRoll().image(new double[]{u});
        double t = 21 * Math.hypot(image[0], image[1]);
        assertThat((t / (1.5 * Math.PI) - 1) / 2).isCloseTo(u, within(1e-14));
        assertThat(Math.IEEEremainder(Math.atan2(image[1], image[0]) - t, 2 * Math.PI)).isCloseTo(0, within(1e-12));
    }

    @Test
    void mapsOfOtherDimensionsAreRefused() {
        JointNormal pair = JointNormal.dense(2, 1, 0.1);
        assertThatThrownBy(() -> Task.of("t", "g", pair).mapX(new SwissRoll()))
                .hasMessage("Swiss roll of points of 2 coordinate(s): 1 needed");
        assertThatThrownBy(() -> Task.of("t", "g", pair).mapY(PlaneRotation.spiral(0, 1, 1)))
                .hasMessage("rotation of points of 1 coordinate(s): at least 2 needed");
        assertThat(Task.of("t", "g", pair).mapY(new SwissRoll()).mapY(PlaneRotation.by(0, 1, 1)).id())
                .isEqualTo("t-2x2");
    }

    @Test
    void impossibleMapsDistributionsAndNamesAreRefusedInALine() {
        assertThatThrownBy(() -> PlaneRotation.by(1, 1, 0))
                .hasMessage("rotation of coordinates 1 and 1: two different ones from 0 on needed");
        assertThatThrownBy(() -> PlaneRotation.by(-1, 1, 0))
                .hasMessage("rotation of coordinates -1 and 1: two different ones from 0 on needed");
        assertThatThrownBy(() -> PlaneRotation.spiral(0, 1, Double.NaN))
                .hasMessage("angle = 0.0, speed = NaN: finite values needed");
        assertThatThrownBy(() -> new NoisyUniform(0)).hasMessage("halfWidth = 0.0, a finite value > 0 needed");
        assertThatThrownBy(() -> JointStudent.uncorrelated(1, 1, 0)).hasMessage("degrees = 0, at least 1 needed");
        assertThatThrownBy(() -> JointNormal.pairs(3, 2, 3, 0.5))
                .hasMessage("pairs = 3 of 3 and 2 coordinates: from 0 to 2 needed");
        assertThatThrownBy(() -> new JointNormal(2, new double[][]{{1, 0}, {0, 1}}))
                .hasMessage("dimensionX = 2 of 2 coordinates in all: from 1 to 1 needed");
        assertThatThrownBy(() -> JointNormal.dense(1, 1, 1)).hasMessage("covariance of shape (2, 2) is not positive"
                + " definite: some combination of the components has no variance");
        assertThatThrownBy(() -> Task.of("Two Pair", "g", JointNormal.dense(1, 1, 0))).hasMessage(
                "task 'Two Pair': a name is lower-case letters, digits and points joined by hyphens");
    }

    @Test
    void aTaskLeavesAnotherThatItWasMadeFromAsItIs() {
        Task plain = Task.of("t", "g", JointNormal.dense(1, 1, 0.5));
        assertThat(plain.mapBoth(CoordinateMap.CUBE).mapsOfX()).isEqualTo(List.of(CoordinateMap.CUBE));
        assertThat(plain.mapsOfX()).isEmpty();
        double[] x = plain.draw(3, RandomStream.seeded(1)).x().values().toDoubles();
        double[] cubed = plain.mapBoth(CoordinateMap.CUBE).draw(3, RandomStream.seeded(1)).x().values().toDoubles();
        assertThat(cubed).isEqualTo(Arrays.stream(x).map(each -> each * each * each).toArray());
    }
}
