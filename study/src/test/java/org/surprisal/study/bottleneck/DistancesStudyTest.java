package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.settings.SettingException;
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

    /// The variances recorded of a layer, by epoch, of the first network.
    private static Map<String, Double> variances(RunFolder run, int layer) throws IOException {
        Map<String, Double> found = new LinkedHashMap<>();
        for (String line : Files.readAllLines(run.path().resolve("metrics.csv"))) {
            String[] cells = line.split(",", -1);
            if (line.startsWith("tanh,1,7,") && cells[6].equals("" + layer)
                    && cells[8].equals("noise-variance-with-noise-by-layer")) {
                found.put(cells[4], Double.parseDouble(cells[9]));
            }
        }
        return found;
    }

    @Test
    void noiseOfALayerIsFoundAnewOrOnceOrGiven() throws IOException {
        SmallRun small = new SmallRun(new DistancesStudy(), folder,
                Map.of("data", "moons", "activations", "tanh", "widths", "6,3", "epochs", "6", "measured-epochs", "3",
                        "batch", "100", "learning-rate", "0.05", "points", "100"));
        Map<String, Double> anew = variances(small.run("anew", Map.of()), 1);
        Map<String, Double> once = variances(small.run("once", Map.of("layer-noise", "once")), 1);
        RunFolder given = small.run("given",
                Map.of("layer-noise", "constants", "layer-noise-variances", "0.5,0.25,0.125"));

        assertThat(anew.keySet()).contains("0", "6").isEqualTo(once.keySet());
        assertThat(new HashSet<>(anew.values())).hasSize(anew.size());
        assertThat(once.values()).containsOnly(anew.get("0"));
        for (int layer = 1; layer <= 3; layer++) {
            assertThat(variances(given, layer)).hasSize(anew.size()).containsValue(Math.pow(0.5, layer))
                    .satisfies(all -> assertThat(new HashSet<>(all.values())).hasSize(1));
        }
        assertThatThrownBy(() -> small.run("short", Map.of("layer-noise", "constants", "layer-noise-variances", "1,2")))
                .isInstanceOf(SettingException.class).hasMessage("setting layer-noise-variances=1,2: must be 3 numbers,"
                        + " one for each hidden layer and one for the output");
        assertThat(folder.resolve("short")).doesNotExist();
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
