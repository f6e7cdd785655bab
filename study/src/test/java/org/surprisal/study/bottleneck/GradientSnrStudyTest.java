package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.settings.SettingException;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.StudyRunner;
import org.surprisal.tensor.Tensor;

class GradientSnrStudyTest {
    @TempDir
    private Path folder;

    private SmallRun small;

    @BeforeEach
    void onMoons() {
        small = new SmallRun(new GradientSnrStudy(), folder, Map.of("data", "moons", "widths", "6,3", "epochs", "12",
                "recorded-epochs", "5", "batch", "100", "learning-rate", "0.01"));
    }

    @Test
    void aRunLeavesEveryNumberFigureAndTheReport() throws IOException {
        RunFolder run = small.run("whole");

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        // 12^(i/4) for i = 0 … 4, two seeds, three weights.
        assertThat(run.metrics()).filteredOn(metric -> metric.name().equals(GradientRatios.MEAN)).hasSize(5 * 2 * 3);
        assertThat(run.metrics()).filteredOn(metric -> metric.name().equals(GradientRatios.SNR))
                .extracting(metric -> metric.epoch().orElseThrow()).containsOnly(1, 2, 3, 6, 12);
        for (String figure : small.figures(run)) {
            assertThat(run.figures().resolve(figure + ".png")).isNotEmptyFile();
        }
        assertThat(small.figures(run)).containsExactly("signal-to-noise", "means-and-deviations", "loss-and-accuracy");
        assertThat(small.table(run, "transitions")).extracting(row -> row.get(1)).containsExactly("all", "layer 1",
                "layer 2", "layer 3");
        assertThat(small.findings(run)).contains("of 2 networks have a transition");
    }

    @Test
    void anInterruptedRunGoesOnToTheSameNumbers() throws IOException {
        RunFolder whole = small.run("whole");
        AtomicInteger asked = new AtomicInteger();
        // In the middle of an epoch, so that the gradients of its first batches must be remembered.
        RunFolder stopped = small.run("stopped", Map.of(), () -> asked.incrementAndGet() > 32);

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
        for (int kept : new int[]{1, 2, 3, 7, 9, 12, lines.size() / 2, lines.size() - 2}) {
            Files.write(metrics, lines.subList(0, kept));
            assertThat(small.study().draw(RunFolder.open(run.path())).sections()).as(kept + " rows").isNotEmpty();
        }
    }

    @Test
    void aSpreadNeedsTwoBatches() {
        assertThatThrownBy(() -> small.run("batch", Map.of("batch", "301"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("batch=301").hasMessageContaining("600");
        assertThat(folder).isEmptyDirectory();
    }

    /// Gradients (1, 4) and (3, 0): means (2, 2), deviations (1, 2). The bias counts for nothing.
    @Test
    void normsAreThoseOfMeanAndDeviation() {
        GradientMoments moments = new GradientMoments(new Sgd(0.1, 0));
        List<Parameter> parameters = List.of(Parameter.of("weight", Tensor.of(new double[]{5, 6}, 1, 2)),
                Parameter.of("bias", Tensor.of(new double[]{9})));
        moments.step(parameters, List.of(Tensor.of(new double[]{1, 4}, 1, 2), Tensor.of(new double[]{7})));
        State kept = new State();
        moments.save(kept);
        GradientMoments resumed = new GradientMoments(new Sgd(0.1, 0));
        resumed.restore(kept);
        for (GradientMoments each : List.of(moments, resumed)) {
            each.step(parameters, List.of(Tensor.of(new double[]{3, 0}, 1, 2), Tensor.of(new double[]{-7})));
            GradientMoments.Norms norms = each.take().getFirst();
            assertThat(norms.mean()).isCloseTo(Math.sqrt(8), within(1e-15));
            assertThat(norms.deviation()).isCloseTo(Math.sqrt(5), within(1e-15));
            assertThat(each.take()).isEmpty();
        }
    }

    @Test
    void theTransitionIsTheLastTimeTheRatioFallsBelowOne() {
        assertThat(GradientTransition.of(new TreeMap<>(Map.of(1, 2.0, 5, 0.9, 7, 1.0, 11, 0.99, 20, 0.1))))
                .hasValue(11);
        assertThat(GradientTransition.of(new TreeMap<>(Map.of(1, 0.5, 2, 0.1)))).hasValue(1);
        assertThat(GradientTransition.of(new TreeMap<>(Map.of(1, 0.5, 2, 1.5)))).isEmpty();
        assertThat(GradientTransition.of(new TreeMap<>())).isEmpty();
    }
}
