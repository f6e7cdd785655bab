package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.report.Band;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Panels;
import org.surprisal.report.Report;
import org.surprisal.settings.SettingException;
import org.surprisal.study.RunFolder;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.study.measure.GradientMoments;
import org.surprisal.tensor.Tensor;

class GradientSnrStudyTest {
    @TempDir
    private Path folder;

    private SmallRun small;

    @BeforeEach
    void onMoons() {
        small = new SmallRun(new GradientSnrStudy(), folder,
                Map.of("data", "moons", "widths", "6,3", "epochs",
                        "12", "recorded-epochs", "5", "batch", "100", "learning-rate", "0.01"));
    }

    @Test
    void runDrawsRatiosNormsAndTransitions() throws IOException {
        RunFolder run = small.run("whole", Map.of());

        assertThat(small.figures(run)).containsExactly("signal-to-noise", "means-and-deviations", "loss-and-accuracy");
        assertThat(small.table(run, "transitions")).extracting(row -> row.get(1)).containsExactly("all weights",
                "layer 1",
                "layer 2", "output");
        assertThat(small.table(run, "transitions")).extracting(row -> row.get(2)).allMatch(of -> of.endsWith(" of 2"));
    }

    /// Of ReLU networks with single units, some die before the end: they are named, and no curve, table or loss is of
    /// them.
    @Test
    void networksThatDiedAreNamedAndLeftOut() throws IOException {
        RunFolder run = small.run("dead", Map.of("activations", "tanh,relu", "widths", "3,1", "epochs", "30"));
        Map<String, Double> least = new HashMap<>();
        for (String line : Files.readAllLines(run.path().resolve("metrics.csv"))) {
            String[] cells = line.split(",", -1);
            if (cells[4].equals("30") && cells[8].startsWith("gradient-") && !cells[6].isEmpty()) {
                least.merge(cells[0] + " " + cells[2] + " " + cells[6], Double.parseDouble(cells[9]), Double::sum);
            }
        }
        List<String> dead = least.entrySet().stream().filter(weight -> weight.getValue() == 0)
                .map(weight -> weight.getKey().substring(0, weight.getKey().lastIndexOf(' '))).distinct().toList();
        assertThat(dead).hasSize(1).first().asString().startsWith("relu ");

        Report report = StudyRunner.report(new GradientSnrStudy(), run);
        assertThat(report.found()).last().isEqualTo("1 of 4 networks died and is left out everywhere: no gradient"
                + " reaches some weights any more.");
        assertThat(report.sections().getFirst().paragraphs()).first().asString()
                .startsWith("Networks died: 1 of 2 networks of relu, that of seed "
                        + dead.getFirst().substring("relu ".length()) + ". At the end no gradient reaches");
        assertThat(small.table(run, "transitions")).extracting(row -> row.get(2)).allMatch(of -> of.endsWith(" of 2")
                || of.endsWith(" of 1"));
        for (Figure figure : report.sections().stream().flatMap(section -> section.figures().stream()).toList()) {
            for (Chart chart : ((Panels) figure).charts()) {
                if (chart.title().startsWith("relu")) {
                    assertThat(chart.marks()).as(figure.id()).noneMatch(Band.class::isInstance);
                }
            }
        }
    }

    @Test
    void spreadNeedsTwoBatches() {
        assertThatThrownBy(() -> small.run("batch", Map.of("batch", "301"))).isInstanceOf(SettingException.class)
                .hasMessageContaining("batch=301").hasMessageContaining("600");
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
    void transitionIsTheLastTimeTheRatioFallsBelowOne() {
        assertThat(GradientSnrStudy.transition(new double[]{1, 5, 7, 11, 20}, new double[]{2, 0.9, 1, 0.99, 0.1}))
                .isEqualTo(11);
        assertThat(GradientSnrStudy.transition(new double[]{1, 2}, new double[]{0.5, 0.1})).isEqualTo(1);
        assertThat(GradientSnrStudy.transition(new double[]{1, 2}, new double[]{0.5, 1.5})).isInfinite();
    }

    @Test
    void accuracySettlesWhereItStaysNearItsLastValue() {
        double[] epochs = {0, 1, 2, 3, 4};
        assertThat(GradientSnrStudy.settling(epochs, new double[]{0.1, 0.895, 0.7, 0.905, 0.9})).isEqualTo(3);
        assertThat(GradientSnrStudy.settling(epochs, new double[]{0.9, 0.9, 0.9, 0.9, 0.9})).isEqualTo(1);
        assertThat(GradientSnrStudy.settling(epochs, new double[]{0.1, 0.2, 0.3, 0.4, 0.9})).isEqualTo(4);
    }
}
