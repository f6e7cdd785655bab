package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.NoiseVariance;
import org.surprisal.information.mutual.PairwiseDistance;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.StudyRunner;
import org.surprisal.tensor.Tensor;

class DistancesStudyTest {
    @TempDir
    private Path folder;

    private SmallRun small;

    @BeforeEach
    void onMoons() {
        small = new SmallRun(new DistancesStudy(), folder, Map.of("data", "moons", "widths", "6,3", "epochs", "12",
                "measured-epochs", "3", "batch", "100", "learning-rate", "0.01", "points", "150"));
    }

    @Test
    void aRunLeavesEveryNumberFigureAndTheReport() throws IOException {
        RunFolder run = small.run("whole");

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        Planes planes = Planes.read(run.metrics());
        assertThat(planes.groups()).extracting(Ensemble::label).containsExactly("tanh, by-layer noise",
                "tanh, fixed noise", "relu, by-layer noise", "relu, fixed noise");
        assertThat(planes.epochs(planes.groups().getFirst())).containsExactly(0, 1, 3, 12);
        assertThat(small.figures(run)).containsExactly("distances-0", "distances-1", "noise-by-epoch",
                "information-plane", "input-information-by-epoch");
        for (String figure : small.figures(run)) {
            assertThat(run.figures().resolve(figure + ".png")).isNotEmptyFile();
        }
        assertThat(small.table(run, "order")).hasSize(4 * 2);
    }

    @Test
    void anInterruptedRunGoesOnToTheSameNumbers() throws IOException {
        RunFolder whole = small.run("whole");
        AtomicInteger asked = new AtomicInteger();
        RunFolder stopped = small.run("stopped", Map.of(), () -> asked.incrementAndGet() > 100);

        assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        StudyRunner.draw(small.study(), RunFolder.open(stopped.path()));
        assertThat(small.resume("stopped").path().resolve("metrics.csv"))
                .hasSameBinaryContentAs(whole.path().resolve("metrics.csv"));
    }

    @Test
    void aRunKilledBetweenAnyTwoRowsCanBeDrawn() throws IOException {
        RunFolder run = small.run("killed");
        Path metrics = run.path().resolve("metrics.csv");
        List<String> lines = Files.readAllLines(metrics);
        for (int kept : new int[]{1, 2, 5, 26, 40, lines.size() / 2, lines.size() - 2}) {
            Files.write(metrics, lines.subList(0, kept));
            assertThat(small.study().draw(RunFolder.open(run.path())).sections()).as(kept + " rows").isNotEmpty();
        }
    }

    /// Points 0, 3 and 4 on a line: distances 3, 4 and 1.
    @Test
    void histogramsCountEveryPairOnce() {
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
    void aDeadLayerIsMeasuredWithTheOtherVariance() {
        LayerEstimator estimator = LayerEstimator
                .pairwiseDistance(new NoiseVariance.DistanceQuantile(0.9, 1000), 0.02);

        assertThat(estimator.of(Continuous.of("T", Tensor.of(new double[]{1, 1, 1}))))
                .isEqualTo(PairwiseDistance.withNoise(0.02));
        assertThat(estimator.of(Continuous.of("T", Tensor.of(new double[]{0, 1000}))))
                .isEqualTo(PairwiseDistance.withNoise(1));
    }
}
