package org.surprisal.study.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.surprisal.information.Moments;
import org.surprisal.report.Verdict;
import org.surprisal.study.engine.Coordinate;
import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Sample;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Curves whose peaks are known because they were made.
class PeakTest {
    private static final double NOISE = 0.01;

    private static Sample sample(List<double[]> curves) {
        List<Sample.Point> points = new ArrayList<>();
        for (int seed = 0; seed < curves.size(); seed++) {
            for (int m = 0; m < curves.get(seed).length; m++) {
                SequencedMap<Coordinate, Object> at = new LinkedHashMap<>();
                at.put(Index.SEED, (long) seed);
                at.put(Index.LAYER, (long) m);
                points.add(new Sample.Point(at, curves.get(seed)[m]));
            }
        }
        return new Sample(Quantity.of("curve", "1", "curve", Index.LAYER), points);
    }

    private static Sample noisy(int count, long seed, double... curve) {
        List<double[]> curves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] noise = RandomStream.seeded(seed).child(i).gaussian(ElementType.FLOAT64, 0, NOISE, curve.length)
                    .toDoubles();
            for (int m = 0; m < curve.length; m++) {
                noise[m] += curve[m];
            }
            curves.add(noise);
        }
        return sample(curves);
    }

    private static Peak of(Sample curves) {
        return Peak.of(curves).orElseThrow();
    }

    private static double mean(Sample numbers) {
        return numbers.mean().mean();
    }

    private static Verdict verdict(Peak peak) {
        return new Rule.Above(0).of(peak.height().mean());
    }

    @Test
    void aPeakIsFoundWhereItWasMade() {
        Peak peak = of(noisy(5, 1, 0, 0.3, 0.5, 0.4, 0.2));
        assertThat(verdict(peak)).isEqualTo(Verdict.HELD);
        assertThat(peak.tops()).containsOnly(2).hasSize(5);
        // Five standard errors of a difference of two noisy numbers, over five curves.
        double bound = 5 * NOISE * Math.sqrt(2.0 / 5);
        assertThat(mean(peak.rise())).isCloseTo(0.5, within(bound));
        assertThat(mean(peak.fall())).isCloseTo(0.3, within(bound));
        assertThat(mean(peak.height())).isCloseTo(0.3, within(bound));
    }

    @Test
    void curvesThatOnlyRiseOrOnlyFallHaveNone() {
        Peak rising = of(noisy(5, 2, 0, 0.3, 0.4, 0.5, 0.6));
        assertThat(rising.tops()).containsOnly(4);
        assertThat(verdict(rising)).isEqualTo(Verdict.NOT_HELD);
        Peak falling = of(noisy(5, 3, 0, -0.3, -0.4, -0.5, -0.6));
        assertThat(verdict(falling)).isEqualTo(Verdict.NOT_HELD);
        assertThat(falling.tops()).containsOnly(0);
    }

    @Test
    void aValleyIsNoPeak() {
        assertThat(verdict(of(noisy(5, 4, 0, -0.3, -0.4, -0.3, 0.1)))).isEqualTo(Verdict.NOT_HELD);
    }

    /// A curve that has reached its asymptote has its maximum somewhere between the ends in most cases, by noise alone.
    /// Read where the others are highest, it is not above its end on average.
    @Test
    void noiseOnAnAsymptoteIsNoPeak() {
        double[] asymptote = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        double[] falls = new double[400];
        double[] own = new double[falls.length];
        for (int i = 0; i < falls.length; i++) {
            Sample curves = noisy(3, 100 + i, asymptote);
            falls[i] = mean(of(curves).fall());
            own[i] = mean(curves.reduce(Index.LAYER, curve -> Collections.max(curve) - curve.getLast()));
        }
        Moments fall = Moments.of(falls);
        assertThat(Math.abs(fall.mean())).isLessThan(4 * Math.sqrt(fall.sampleVariance() / falls.length));
        assertThat(Moments.of(own).mean()).isGreaterThan(NOISE);
    }

    @Test
    void aSingleCurveIsUndecidedAndHasItsNumbers() {
        Peak peak = of(sample(List.of(new double[]{0, 2, 5, 1})));
        assertThat(verdict(peak)).isEqualTo(Verdict.UNDECIDED);
        assertThat(mean(peak.rise())).isEqualTo(5);
        assertThat(mean(peak.fall())).isEqualTo(4);
    }

    @Test
    void twoLayersHaveNothingBetweenThem() {
        assertThat(Peak.of(sample(List.of()))).isEmpty();
        assertThat(Peak.of(sample(List.of(new double[]{0, 1})))).isEmpty();
        assertThat(Peak.of(sample(List.of(new double[]{0})))).isEmpty();
        assertThat(Peak.of(sample(List.of(new double[]{0, 1, 0})))).isPresent();
    }

    @Test
    void separatePeaksAreThoseThatStandOutOnBothSides() {
        assertThat(Peak.separate(noisy(5, 5, 0, 0.3, 0.6, 0.4, 0.2, 0.5, 0.1))).containsExactly(2, 5);
        assertThat(Peak.separate(noisy(5, 6, 0, 0.3, 0.6, 0.4, 0.2, 0.1, 0.3))).containsExactly(2);
        assertThat(Peak.separate(noisy(5, 7, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6))).isEmpty();
        assertThat(Peak.separate(sample(List.of(new double[]{0, 3, 1})))).as("a single curve").isEmpty();
    }

    @Test
    void aPlateauIsOnePeak() {
        assertThat(Peak.separate(sample(List.of(new double[]{0, 2, 2, 1}, new double[]{0, 2, 2, 1.1}))))
                .containsExactly(1);
    }
}
