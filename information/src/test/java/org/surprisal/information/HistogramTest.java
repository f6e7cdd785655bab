package org.surprisal.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HistogramTest {

    /// Recorded from NumPy 2.4, histogram(x, bins='fd') with and without density.
    @Test
    void agreesWithNumPy() {
        Histogram histogram = Histogram.of(Fixture.skewed());

        assertThat(histogram.counts()).containsExactly(27, 10, 9, 8, 6);
        assertThat(histogram.edges()).containsExactly(new double[]{-1.0, -0.40474775582689393, 0.19050448834621214,
                0.7857567325193182, 1.3810089766924243, 1.9762612208655304}, within(1e-14));
        assertThat(histogram.densities()).containsExactly(new double[]{0.7559820301477685, 0.27999334449917357,
                0.2519940100492562, 0.22399467559933886, 0.16799600669950412}, within(1e-13));
    }

    @Test
    void areasSumToOne() {
        Histogram histogram = Histogram.withEdges(new double[]{0, 0.5, 1, 4}, 0, 1, 3, 4);
        double[] edges = histogram.edges();
        double[] densities = histogram.densities();

        double area = 0;
        for (int i = 0; i < histogram.bins(); i++) {
            area += densities[i] * (edges[i + 1] - edges[i]);
        }

        assertThat(area).isCloseTo(1, within(1e-15));
        assertThat(histogram.counts()).as("an edge belongs to the bin above it, the last to the last bin")
                .containsExactly(2, 1, 1);
    }

    @Test
    void oneOutlierDoesNotAskForMillionsOfBins() {
        double[] samples = Fixture.skewed();
        samples[0] = 1e9;

        Histogram histogram = Histogram.of(samples);

        assertThat(histogram.bins()).isEqualTo(Histogram.MAXIMUM_BINS);
        assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(60);
    }

    @Test
    void tiesFallBackToSturges() {
        assertThat(Histogram.of(0, 0, 0, 0, 0, 0, 0, 5).bins()).isEqualTo(4);
    }

    /// Between 1 and the next double there is no room for a second bin, four doubles on for two.
    @Test
    void binsAreNoNarrowerThanDoublesCanTell() {
        double next = Math.nextUp(1.0);
        assertThat(Histogram.of(1, 1, 1, next, next, next).counts()).containsExactly(6);
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++) {
            samples[i] = 1 + (i % 5) * Math.ulp(1.0);
        }
        assertThat(Histogram.of(samples).bins()).isEqualTo(2);
    }

    @Test
    void refusesWhatCannotBeCounted() {
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.of(-1e308, 1e308))
                .withMessage("samples reach from -1.0E308 to 1.0E308, a range that overflows a double");
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.of(2, 2))
                .withMessage("samples are constant (2.0), a histogram needs a range");
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.of(2)).withMessageContaining("at least 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.of(2, Double.POSITIVE_INFINITY))
                .withMessageContaining("samples[1] = Infinity");
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.withEdges(new double[]{2}, 0, 0))
                .withMessage("edges[1] = 0.0 does not lie above edges[0] = 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Histogram.withEdges(new double[]{2}, 0, 1))
                .withMessage("samples[0] = 2.0 lies outside the edges, 0.0 to 1.0");
    }
}
