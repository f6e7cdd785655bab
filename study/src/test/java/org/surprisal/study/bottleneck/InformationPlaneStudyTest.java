package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.information.mutual.InformationPlane.Kind;
import org.surprisal.settings.SettingException;
import org.surprisal.study.Case;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunStatus;
import org.surprisal.study.StudyRunner;
import org.surprisal.tensor.Shape;

/// The study as a whole, on 600 points and two hidden layers.
class InformationPlaneStudyTest {
    @TempDir
    private Path folder;

    private SmallRun small;

    @BeforeEach
    void onMoons() {
        small = new SmallRun(new InformationPlaneStudy(), folder,
                Map.of("data", "moons", "widths", "6,3", "epochs", "12", "planes", "4", "batch", "100",
                        "learning-rate", "0.01", "estimator", "both", "permutations", "3", "points", "200"));
    }

    @Test
    void aRunLeavesEveryPlaneFigureAndTheReport() throws IOException {
        RunFolder run = small.run("whole");

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        Planes planes = Planes.read(run.metrics());
        assertThat(planes.groups()).extracting(Ensemble::label).containsExactly("tanh", "relu");
        for (Case group : planes.groups()) {
            assertThat(planes.networks(group)).hasSize(2);
            // 12^(i/3), and the network before training.
            assertThat(planes.epochs(group)).containsExactly(0, 1, 2, 5, 12);
        }
        assertThat(planes.kinds()).containsExactly(Kind.BHATTACHARYYA, Kind.KULLBACK_LEIBLER, Kind.BINNED);
        assertThat(planes.any().n()).isEqualTo(200);
        assertThat(planes.any().points()).extracting(point -> point.layer()).containsExactly("1", "2", "3");
        List<String> figures = small.figures(run);
        assertThat(figures).containsExactly("information-plane", "label-information-by-epoch",
                "input-information-by-epoch", "gap-of-bounds", "loss-and-accuracy");
        for (String figure : figures) {
            assertThat(run.figures().resolve(figure + ".png")).isNotEmptyFile();
            assertThat(run.figures().resolve(figure + ".svg")).isNotEmptyFile();
        }
        assertThat(run.report()).isNotEmptyFile();
        assertThat(small.findings(run)).contains("200 samples: ln N = 5.2983 nat").contains("Every plane keeps I(T;Y)")
                .contains("tanh less relu from the same seeds");
        // Two activations, two kinds with shuffled labels, three layers.
        assertThat(small.table(run, "shuffled-labels")).hasSize(2 * 2 * 3);
    }

    @Test
    void anInterruptedRunKeepsItsPlanesAndGoesOnToTheSameNumbers() throws IOException {
        RunFolder whole = small.run("whole");
        AtomicInteger asked = new AtomicInteger();
        // A network asks 73 or 74 times: in the fourth epoch of the second one.
        RunFolder stopped = small.run("stopped", Map.of(), () -> asked.incrementAndGet() > 100);

        assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        Planes kept = Planes.read(stopped.metrics());
        assertThat(kept.epochs(kept.groups().getFirst())).containsExactly(0, 1, 2, 5, 12);
        assertThat(kept.epochs(kept.groups().getLast())).containsExactly(0, 1, 2);
        StudyRunner.draw(small.study(), RunFolder.open(stopped.path()));
        assertThat(Files.readString(stopped.report())).contains("interrupted");

        RunFolder resumed = small.resume("stopped");

        assertThat(resumed.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(resumed.path().resolve("metrics.csv")).hasSameBinaryContentAs(whole.path().resolve("metrics.csv"));
    }

    @Test
    void interruptedBeforeAnyTrainingItCanBeDrawn() throws IOException {
        RunFolder run = small.run("nothing", Map.of(), () -> true);

        StudyRunner.draw(small.study(), RunFolder.open(run.path()));
        assertThat(small.findings(run)).contains("nothing can be said");
    }

    @Test
    void aRunKilledBetweenAnyTwoRowsCanBeDrawn() throws IOException {
        RunFolder run = small.run("killed");
        Path metrics = run.path().resolve("metrics.csv");
        List<String> lines = Files.readAllLines(metrics);
        for (int kept : new int[]{1, 2, 20, 35, 36, 60, 200, lines.size() / 2, lines.size() - 7}) {
            Files.write(metrics, lines.subList(0, kept));
            assertThat(small.study().draw(RunFolder.open(run.path())).sections()).as(kept + " rows").isNotEmpty();
        }
    }

    @Test
    void fractionsOfTheDataAreGroupsOfTheirOwnMeasuredOnTheSamePoints() throws IOException {
        RunFolder run = small.run("fractions", Map.of("train-fractions", "0.1,1", "activations", "tanh"), () -> false);

        Planes planes = Planes.read(run.metrics());
        assertThat(planes.groups()).extracting(Ensemble::label).containsExactly("tanh, 10 % of the data", "tanh");
        assertThat(run.metrics()).filteredOn(metric -> metric.name().equals("label-entropy")).extracting(m -> m.value())
                .containsOnly(planes.any().labelEntropy());
        assertThat(small.table(run, "statements")).extracting(row -> row.get(2))
                .contains("I(T;Y) of the last hidden layer falls back from its maximum");
    }

    @Test
    void noiseByQuantileIsEachLayersOwn() throws IOException {
        RunFolder run = small.run("quantile", Map.of("noise", "quantile", "estimator", "kde"), () -> false);

        Planes planes = Planes.read(run.metrics());
        assertThat(planes.any().points().stream().map(point -> Planes.noise(point).orElseThrow()).distinct())
                .hasSize(3);
        assertThat(planes.kinds()).containsExactly(Kind.BHATTACHARYYA, Kind.KULLBACK_LEIBLER);
    }

    @Test
    void binningAloneHasNoGap() throws IOException {
        RunFolder run = small.run("binned", Map.of("estimator", "binning", "permutations", "0"), () -> false);

        assertThat(small.figures(run)).containsExactly("information-plane", "label-information-by-epoch",
                "input-information-by-epoch", "loss-and-accuracy");
    }

    @Test
    void wrongSettingsAreNamedAndLeaveNoFolder() {
        assertThatThrownBy(() -> small.run("activation", Map.of("activations", "tanh,rely"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("activations=tanh,rely")
                .hasMessageContaining("relu");
        assertThatThrownBy(() -> small.run("twice", Map.of("activations", "tanh,tanh"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("different activations");
        assertThatThrownBy(() -> small.run("fraction", Map.of("train-fractions", "0.5,0.5"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("train-fractions=0.5,0.5");
        assertThatThrownBy(() -> small.run("once", Map.of("permutations", "1"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> small.run("file", Map.of("data", "tishby"), () -> false))
                .hasMessageContaining("var_u.mat").hasMessageContaining("data fetch tishby");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void patternsAreTakenWholeAndFractionsDrawnFromThem() {
        Task task = Task.load("spheres", 10, 0.05, folder, 1);

        assertThat(task.train().size()).isEqualTo(205);
        assertThat(task.test().orElseThrow().size()).isEqualTo(4096 - 205);
        assertThat(task.points(5000, 1).inputs().shape()).isEqualTo(Shape.of(4096, 12));
        assertThat(task.points(100, 1).size()).isEqualTo(100);
        assertThat(Task.load("spheres", 10, 1, folder, 1).test()).isEmpty();
        // Images are flattened, and the first samples taken.
        Task images = Task.load("digits", 50, 1, folder, 1);
        assertThat(images.features()).isEqualTo(784);
        assertThat(images.train().size()).isEqualTo(50);
        assertThat(images.test().orElseThrow().size()).isEqualTo(2000);
    }

    @Test
    void theFilesLabelsAreReadWhereTheyAre() throws IOException {
        String given = System.getenv("SURPRISAL_DATA");
        Path data = Path.of(given == null ? "../../shared/data" : given);
        Assumptions.assumeTrue(Files.isRegularFile(data.resolve("tishby/var_u.mat")),
                "no tishby/var_u.mat in " + data);

        Task task = Task.load("tishby", 10, 0.85, data, 1);

        assertThat(task.train().size()).isEqualTo(3482);
        assertThat(task.test().orElseThrow().size()).isEqualTo(614);
        assertThat(task.points(5000, 1).targets().toDoubles()).hasSize(4096).contains(0, 1);
        assertThat(task.points(5000, 1).targets().sum().item()).isEqualTo(2118);
    }
}
