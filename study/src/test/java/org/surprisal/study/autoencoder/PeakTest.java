package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surprisal.information.Moments;
import org.surprisal.study.autoencoder.Peak.Shape;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Curves whose peaks are known because they were made.
class PeakTest {
    private static final double NOISE = 0.01;

    private static List<double[]> noisy(int count, long seed, double... curve) {
        List<double[]> curves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] noise = RandomStream.seeded(seed).child(i).gaussian(ElementType.FLOAT64, 0, NOISE, curve.length)
                    .toDoubles();
            for (int m = 0; m < curve.length; m++) {
                noise[m] += curve[m];
            }
            curves.add(noise);
        }
        return curves;
    }

    private static Peak of(List<double[]> curves) {
        return Peak.of(curves).orElseThrow();
    }

    @Test
    void aPeakIsFoundWhereItWasMade() {
        Peak peak = of(noisy(5, 1, 0, 0.3, 0.5, 0.4, 0.2));
        assertThat(peak.shape()).isEqualTo(Shape.PEAK);
        assertThat(peak.tops()).containsOnly(2).hasSize(5);
        // Five standard errors of a difference of two noisy numbers, over five curves.
        double bound = 5 * NOISE * Math.sqrt(2.0 / 5);
        assertThat(peak.rise().mean()).isCloseTo(0.5, within(bound));
        assertThat(peak.fall().mean()).isCloseTo(0.3, within(bound));
    }

    @Test
    void curvesThatOnlyRiseOrOnlyFallHaveNone() {
        Peak rising = of(noisy(5, 2, 0, 0.3, 0.4, 0.5, 0.6));
        assertThat(rising.shape()).isEqualTo(Shape.RISING);
        assertThat(rising.tops()).containsOnly(4);
        assertThat(rising.verdict()).isEqualTo(Verdict.DID_NOT_HOLD);
        Peak falling = of(noisy(5, 3, 0, -0.3, -0.4, -0.5, -0.6));
        assertThat(falling.shape()).isEqualTo(Shape.FALLING);
        assertThat(falling.tops()).containsOnly(0);
    }

    @Test
    void aValleyIsNoPeak() {
        assertThat(of(noisy(5, 4, 0, -0.3, -0.4, -0.3, 0.1)).shape()).isEqualTo(Shape.FALLING);
    }

    /// A curve that has reached its asymptote has its maximum somewhere between the ends in most cases, by noise alone.
    /// Read where the others are highest, it is not above its end on average.
    @Test
    void noiseOnAnAsymptoteIsNoPeak() {
        double[] asymptote = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        double[] falls = new double[400];
        double[] own = new double[falls.length];
        for (int i = 0; i < falls.length; i++) {
            List<double[]> curves = noisy(3, 100 + i, asymptote);
            falls[i] = of(curves).fall().mean();
            own[i] = curves.stream().mapToDouble(c -> java.util.Arrays.stream(c).max().orElseThrow() - c[10]).average()
                    .orElseThrow();
        }
        Moments fall = Moments.of(falls);
        assertThat(Math.abs(fall.mean())).isLessThan(4 * Math.sqrt(fall.sampleVariance() / falls.length));
        assertThat(Moments.of(own).mean()).isGreaterThan(NOISE);
    }

    @Test
    void aSingleCurveIsOpenAndHasItsNumbers() {
        Peak peak = of(List.of(new double[]{0, 2, 5, 1}));
        assertThat(peak.shape()).isEqualTo(Shape.OPEN);
        assertThat(peak.rise().mean()).isEqualTo(5);
        assertThat(peak.fall().mean()).isEqualTo(4);
        assertThat(peak.fall().interval95()).isEmpty();
    }

    @Test
    void twoLayersHaveNothingBetweenThem() {
        assertThat(Peak.of(List.of(new double[]{0, 1}))).isEmpty();
        assertThat(Peak.of(List.of(new double[]{0}))).isEmpty();
        assertThat(Peak.of(List.of(new double[]{0, 1, 0}))).isPresent();
    }

    @Test
    void separatePeaksAreThoseThatStandOutOnBothSides() {
        assertThat(Peak.separate(noisy(5, 5, 0, 0.3, 0.6, 0.4, 0.2, 0.5, 0.1))).containsExactly(2, 5);
        assertThat(Peak.separate(noisy(5, 6, 0, 0.3, 0.6, 0.4, 0.2, 0.1, 0.3))).containsExactly(2);
        assertThat(Peak.separate(noisy(5, 7, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6))).isEmpty();
        assertThat(Peak.separate(List.of(new double[]{0, 3, 1}))).as("a single curve").isEmpty();
    }

    @Test
    void aPlateauIsOnePeak() {
        assertThat(Peak.separate(List.of(new double[]{0, 2, 2, 1}, new double[]{0, 2, 2, 1.1}))).containsExactly(1);
    }
}
