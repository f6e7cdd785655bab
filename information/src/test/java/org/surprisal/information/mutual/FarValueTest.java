package org.surprisal.information.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.information.column.Spread;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What a few values far from all others do to an estimate. Information does not change by an invertible map of x, and
/// one sample of a thousand carries at most its share of it: y = x + 0.1 noise has ½ ln 101 = 2.3076 nat with or
/// without them.
class FarValueTest {

    private static final int N = 1000;
    private static final double INFORMATION = 0.5 * Math.log(101);

    private static double[] normals(String label, int n) {
        RandomStream stream = RandomStream.seeded(11).child(label);
        double[] drawn = new double[n];
        for (int i = 0; i < n; i++) {
            drawn[i] = stream.nextGaussian();
        }
        return drawn;
    }

    private static Continuous column(String name, double... values) {
        return Continuous.of(name, Tensor.of(values, values.length));
    }

    private static double[] noisy(double[] x, double noise) {
        double[] e = normals("noise", x.length);
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> x[i] + noise * e[i]);
        return y;
    }

    private static double[] with(double[] x, double far, int... places) {
        double[] changed = x.clone();
        for (int place : places) {
            changed[place] = far;
        }
        return changed;
    }

    private static MutualInformation ksg(Scaling scaling, double[] x, double[] y) {
        return new Kraskov(4, 1, 1e-8, scaling, RandomStream.seeded(1)).estimate(column("x", x), column("y", y));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e4, 1e6, -9999, 1e10, 1e15, 3.4e38, -1e200})
    void oneFarValueLeavesTheInformationOfNeighbours(double far) {
        double[] x = normals("x", N);
        double[] y = noisy(x, 0.1);
        double without = ksg(Scaling.STANDARDISE, x, y).value();

        MutualInformation answer = ksg(Scaling.STANDARDISE, with(x, far, 0), y);

        assertThat(without).isCloseTo(INFORMATION, within(0.1));
        assertThat(answer.value()).isCloseTo(without, within(0.02));
        assertThat(answer.warnings()).hasSize(1).first().asString()
                .startsWith("1 of 1000 values of coordinate 0 of x lies far from the others (up to ")
                .contains("--scale rank");
        // Of both variables, and seen from the other side.
        assertThat(ksg(Scaling.STANDARDISE, with(x, far, 3), with(y, far, 700)).value())
                .isCloseTo(without, within(0.04));
        assertThat(ksg(Scaling.STANDARDISE, y, with(x, far, 0)).value()).isCloseTo(without, within(0.02));
    }

    @Test
    void fiveSentinelsLeaveTheInformationOfNeighbours() {
        double[] x = normals("x", N);
        double[] y = noisy(x, 0.1);

        assertThat(ksg(Scaling.STANDARDISE, with(x, -9999, 1, 10, 100, 500, 900), y).value())
                .isCloseTo(ksg(Scaling.STANDARDISE, x, y).value(), within(0.05));
    }

    /// Jitter is meant to be small beside the spread of the samples, not beside that of the far value.
    @Test
    void jitterStaysSmallWithoutScaling() {
        double[] x = normals("x", N);
        double[] y = noisy(x, 0.1);

        assertThat(ksg(Scaling.NONE, with(x, 1e12, 0), y).value()).isCloseTo(INFORMATION, within(0.1));
    }

    @Test
    void theNoiseShareIsThatOfTheOtherSamples() {
        double[] x = normals("x", N);
        NoiseVariance share = NoiseVariance.VarianceShare.STANDARD;

        assertThat(share.of(column("x", with(x, 1e6, 0)))).isCloseTo(share.of(column("x", x)), within(1e-3));
        assertThat(new PairwiseDistance(share).ofInput(column("x", with(x, 1e6, 0))).warnings()).singleElement()
                .asString().contains("the total variance, of which the noise is a share, leaves them out");
    }

    /// A covariance has no robust form that is still the Gaussian's: there is a warning.
    @Test
    void theGaussianEstimatorWarnsOfFarValues() {
        double[] x = normals("x", N);

        assertThat(new GaussianInformation().estimate(column("x", with(x, 1e4, 0)), column("y", noisy(x, 0.1)))
                .warnings()).singleElement().asString().contains("these few decide the correlations");
    }

    /// Heavy tails, skew, and columns of which the middle half, or nearly all, is one value are usual: they keep their
    /// standard deviation, so that no value of theirs changes.
    @ParameterizedTest
    @CsvSource({"student-2", "log-normal", "cube", "exponential", "relu-half", "relu-80", "relu-97", "saturated",
            "two-values", "rare-class"})
    void usualColumnsKeepTheirStandardDeviation(String shape) {
        for (int n : new int[]{50, 1000, 5000}) {
            double[] z = normals(shape, n);
            double[] u = normals("divisor-a", n);
            double[] v = normals("divisor-b", n);
            double[] x = new double[n];
            Arrays.setAll(x, i -> switch (shape) {
                case "student-2" -> z[i] / Math.sqrt((u[i] * u[i] + v[i] * v[i]) / 2);
                case "log-normal" -> Math.exp(z[i]);
                case "cube" -> z[i] * z[i] * z[i];
                case "exponential" -> u[i] * u[i] + v[i] * v[i];
                case "relu-half" -> Math.max(0, z[i]);
                case "relu-80" -> Math.max(0, z[i] - 0.84);
                case "relu-97" -> Math.max(0, z[i] - 1.88);
                case "saturated" -> 1 / (1 + Math.exp(-20 * (z[i] - 1.5)));
                case "two-values" -> z[i] > 0 ? 1 : 0;
                case "rare-class" -> i % 20 == 0 ? 1 : 1e-9 * z[i];
                default -> throw new IllegalArgumentException(shape);
            });
            if (Arrays.stream(x).distinct().count() == 1) {
                continue;
            }
            assertThat(Spread.of(x).far()).as("%s of %d", shape, n).isZero();
        }
    }

    /// Rarely active units are not far values, and an active unit's outlier is found among the active ones.
    @Test
    void aFarValueOfASparseColumnIsFound() {
        double[] z = normals("sparse", N);
        double[] x = new double[N];
        Arrays.setAll(x, i -> Math.max(0, z[i] - 0.84));
        double[] far = with(x, 1e5, 7);

        assertThat(Spread.of(far).far()).isEqualTo(1);
        assertThat(Spread.of(far).deviation()).isCloseTo(Spread.of(x).deviation(), within(0.01));
        assertThat(Spread.of(far).farthest()).isEqualTo(1e5);
    }
}
