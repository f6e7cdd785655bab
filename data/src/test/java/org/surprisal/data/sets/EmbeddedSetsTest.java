package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.surprisal.data.Batch;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.RandomStream;

/// Points of the plane and curves, against their formulas.
class EmbeddedSetsTest {
    private static final RandomStream STREAM = RandomStream.seeded(11);

    @Test
    void theFourCornersOfXor() {
        Batch corners = Xor.corners().all();
        for (int i = 0; i < 4; i++) {
            int a = (int) corners.inputs().at(i, 0);
            int b = (int) corners.inputs().at(i, 1);
            assertThat(2 * a + b).isEqualTo(i);
            assertThat((int) corners.targets().at(i)).isEqualTo(a ^ b);
        }
        Batch exact = Xor.clouds(8, 0, STREAM).all();
        assertThat(Arrays.copyOf(exact.inputs().toDoubles(), 8)).isEqualTo(corners.inputs().toDoubles());
        assertThat(Arrays.copyOfRange(exact.inputs().toDoubles(), 8, 16)).isEqualTo(corners.inputs().toDoubles());
        assertThat(exact.targets().toDoubles()).containsExactly(0, 1, 1, 0, 0, 1, 1, 0);
    }

    @Test
    void noiseHasTheDeviationAskedFor() {
        int n = 20_000;
        double[] noisy = Xor.clouds(n, 0.3, STREAM).all().inputs().toDoubles();
        double[] exact = Xor.clouds(n, 0, STREAM).all().inputs().toDoubles();
        double squares = 0;
        double sum = 0;
        for (int i = 0; i < noisy.length; i++) {
            squares += (noisy[i] - exact[i]) * (noisy[i] - exact[i]);
            sum += noisy[i] - exact[i];
        }
        // The standard errors are 0.3 / √(2 · 40,000) and 0.3 / √40,000; bounds are five of them.
        assertThat(Math.sqrt(squares / noisy.length)).isCloseTo(0.3, within(5 * 0.3 / Math.sqrt(2.0 * noisy.length)));
        assertThat(sum / noisy.length).isCloseTo(0, within(5 * 0.3 / Math.sqrt(noisy.length)));
    }

    /// Without noise: class 0 on the upper half of the unit circle, class 1 on the lower half of that about (1, 1/2).
    @Test
    void moonsAreHalfCircles() {
        Batch moons = Moons.draw(2000, 0, STREAM).all();
        double[] extent = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < moons.size(); i++) {
            double x = moons.inputs().at(i, 0);
            double y = moons.inputs().at(i, 1);
            assertThat(moons.targets().at(i)).isEqualTo(i % 2);
            if (i % 2 == 0) {
                assertThat(Math.hypot(x, y)).isCloseTo(1, within(1e-15));
                assertThat(y).isNotNegative();
                extent[0] = Math.min(extent[0], x);
                extent[1] = Math.max(extent[1], x);
            } else {
                assertThat(Math.hypot(x - 1, y - 0.5)).isCloseTo(1, within(1e-15));
                assertThat(y).isLessThanOrEqualTo(0.5);
            }
        }
        assertThat(extent[0]).isLessThan(-0.999);
        assertThat(extent[1]).isGreaterThan(0.999);
    }

    /// Without noise the angle of a point is that of its radius on its arm, up to whole turns.
    @Test
    void spiralsWindAsTheyShould() {
        int arms = 3;
        double turns = 1.75;
        Batch spirals = Spirals.draw(1500, arms, turns, 0, STREAM).all();
        double[] radii = new double[spirals.size()];
        for (int i = 0; i < spirals.size(); i++) {
            double x = spirals.inputs().at(i, 0);
            double y = spirals.inputs().at(i, 1);
            int arm = (int) spirals.targets().at(i);
            assertThat(arm).isEqualTo(i % arms);
            radii[i] = Math.hypot(x, y);
            double t = (radii[i] - 0.1) / 0.9;
            double turnsOff = Math.atan2(y, x) / (2 * Math.PI) - turns * t - (double) arm / arms;
            assertThat(turnsOff - Math.rint(turnsOff)).isCloseTo(0, within(1e-12));
        }
        assertThat(Arrays.stream(radii).min().orElseThrow()).isBetween(0.1 - 1e-12, 0.11);
        assertThat(Arrays.stream(radii).max().orElseThrow()).isBetween(0.99, 1 + 1e-12);
    }

    @Test
    void curvesAreSeenThroughNoise() {
        int n = 20_000;
        Batch batch = NoisyCurve.draw("polynomial", NoisyCurve::polynomial, n, 0.1, STREAM).all();
        assertThat(NoisyCurve.polynomial(0.5)).isEqualTo(0.5 - 0.5 - 2 * 0.25 + 3 * 0.125);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double x = batch.inputs().at(i, 0);
            assertThat(x).isBetween(-1.0, 1.0);
            squares += Math.pow(batch.targets().at(i, 0) - (0.5 - x - 2 * x * x + 3 * x * x * x), 2);
        }
        assertThat(Math.sqrt(squares / n)).isCloseTo(0.1, within(5 * 0.1 / Math.sqrt(2.0 * n)));
        Dataset sine = NoisyCurve.draw("sine", Math::sin, 30, 0, STREAM);
        assertThat(sine.size()).isEqualTo(30);
        assertThat(sine.classes()).isZero();
        assertThat(sine.batch(7).targets().item()).isEqualTo(Math.sin(sine.batch(7).inputs().item()));
    }

    @Test
    void largerSetsBeginWithTheSmallerOnesOfTheSameStream() {
        sameStart(n -> Xor.clouds(n, 0.2, STREAM));
        sameStart(n -> Moons.draw(n, 0.2, STREAM));
        sameStart(n -> Spirals.draw(n, 2, 1, 0.2, STREAM));
        sameStart(n -> NoisyCurve.draw("curve", Math::cos, n, 0.2, STREAM));
        assertThat(Moons.draw(5, 0.2, RandomStream.seeded(12)).all().inputs().toDoubles())
                .isNotEqualTo(Moons.draw(5, 0.2, STREAM).all().inputs().toDoubles());
    }

    private static void sameStart(IntFunction<Dataset> drawn) {
        Batch small = drawn.apply(10).all();
        Batch large = drawn.apply(25).first(10).all();
        assertThat(large.inputs().toDoubles()).isEqualTo(small.inputs().toDoubles());
        assertThat(large.targets().toDoubles()).isEqualTo(small.targets().toDoubles());
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Moons.draw(0, 0.1, STREAM)).isInstanceOf(DataException.class)
                .hasMessageContaining("moons: 0 samples");
        assertThatThrownBy(() -> Xor.clouds(4, -0.1, STREAM)).isInstanceOf(DataException.class)
                .hasMessageContaining("noise -0.1");
        assertThatThrownBy(() -> Xor.clouds(4, Double.NaN, STREAM)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Spirals.draw(4, 1, 1, 0, STREAM)).isInstanceOf(DataException.class)
                .hasMessageContaining("1 arms");
        assertThatThrownBy(() -> Spirals.draw(4, 2, 0, 0, STREAM)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> NoisyCurve.draw("log", Math::log, 40, 0, STREAM)).isInstanceOf(DataException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> NoisyCurve.draw("x", Math::sin, -1, 0, STREAM)).isInstanceOf(DataException.class);
    }
}
