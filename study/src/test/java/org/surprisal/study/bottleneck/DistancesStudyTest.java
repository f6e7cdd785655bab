package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.study.RunFolder;
import org.surprisal.study.measure.PlaneMeasure;
import org.surprisal.tensor.Tensor;

class DistancesStudyTest {
    @TempDir
    private Path folder;

    @Test
    void runDrawsDistancesNoiseAndBothPlanes() throws IOException {
        SmallRun small = new SmallRun(new DistancesStudy(), folder,
                Map.of("data", "moons", "widths", "6,3",
                        "epochs", "6", "measured-epochs", "3", "batch", "100", "learning-rate", "0.01", "points",
                        "100"));
        RunFolder run = small.run("whole", Map.of());

        assertThat(small.figures(run)).containsExactly("distances-0", "distances-1", "noise-by-epoch",
                "information-plane-by-layer-tanh", "information-plane-by-layer-relu", "information-plane-fixed-tanh",
                "information-plane-fixed-relu",
                "input-information-by-epoch", "loss-and-accuracy");
        // Two activations and three layers; two activations and two kinds.
        assertThat(small.table(run, "distances")).hasSize(2 * 3);
        assertThat(small.table(run, "order")).hasSize(2 * 2);
    }

    /// Points 0, 3 and 4 on a line: distances 3, 4 and 1.
    @Test
    void histogramCountsEveryPairOnce() {
        DistanceHistogram histogram = DistanceHistogram
                .of(Continuous.of("T", Tensor.of(new double[]{0, 0, 3, 0, 4, 0}, 3, 2))).orElseThrow();

        assertThat(histogram.mean()).isCloseTo(8.0 / 3, within(1e-14));
        double[] edges = histogram.edges().toDoubles();
        double[] densities = histogram.densities().toDoubles();
        assertThat(edges[edges.length - 1]).isEqualTo(4);
        double width = edges[1];
        for (int b = 0; b < densities.length; b++) {
            double from = edges[b];
            boolean holds = List.of(1.0, 3.0, 4.0).stream()
                    .anyMatch(d -> (d >= from && d < from + width) || (d == 4 && from + width >= 4 - 1e-12));
            assertThat(densities[b] * width).as("bin from " + from).isCloseTo(holds ? 1.0 / 3 : 0, within(1e-12));
        }
        assertThat(DistanceHistogram.of(Continuous.of("T", Tensor.of(new double[]{2, 2, 2})))).isEmpty();
    }

    /// Samples that coincide have no distance to take a quantile of; the variance given instead makes a plane all the
    /// same.
    @Test
    void deadLayerIsMeasuredWithTheOtherVariance() {
        var estimator = PlaneMeasure.pairwiseDistance(new NoiseVariance.DistanceQuantile(0.9, 1000), 0.02);

        assertThat(estimator.apply(Continuous.of("T", Tensor.of(new double[]{1, 1, 1}))))
                .isEqualTo(PairwiseDistance.withNoise(0.02));
        assertThat(estimator.apply(Continuous.of("T", Tensor.of(new double[]{0, 1000}))))
                .isEqualTo(PairwiseDistance.withNoise(1));
    }
}
