package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.settings.SettingException;
import org.surprisal.study.RunFolder;
import org.surprisal.tensor.Shape;

/// The study as a whole, on 600 points and two hidden layers.
class InformationPlaneStudyTest {
    @TempDir
    private Path folder;

    private SmallRun small;

    @BeforeEach
    void onMoons() {
        small = new SmallRun(new InformationPlaneStudy(), folder,
                Map.of("data", "moons", "widths", "6,3", "epochs", "6", "planes", "3", "batch", "100", "learning-rate",
                        "0.01",
                        "estimator", "both", "permutations", "3", "points", "100"));
    }

    @Test
    void runDrawsPlanesCurvesAndNulls() throws IOException {
        RunFolder run = small.run("whole", Map.of());

        assertThat(small.figures(run)).containsExactly("information-plane-tanh", "information-plane-tanh-binned",
                "information-plane-relu", "information-plane-relu-binned", "label-information-by-epoch",
                "input-information-by-epoch", "gap-of-bounds", "loss-and-accuracy");
        // Two activations, two kinds with shuffled labels, three layers; two activations, three kinds.
        assertThat(small.table(run, "shuffled-labels")).hasSize(2 * 2 * 3);
        assertThat(small.table(run, "order")).hasSize(2 * 3);
    }

    @Test
    void binningAloneHasNoGap() throws IOException {
        RunFolder run = small.run("binned", Map.of("estimator", "binning", "permutations", "0"));

        assertThat(small.figures(run)).containsExactly("information-plane-tanh", "information-plane-relu",
                "label-information-by-epoch",
                "input-information-by-epoch", "loss-and-accuracy");
    }

    @Test
    void wrongSettingsAreNamedAndLeaveNoFolder() {
        assertThatThrownBy(() -> small.run("activation", Map.of("activations", "tanh,rely")))
                .isInstanceOf(SettingException.class).hasMessageContaining("activations=tanh,rely")
                .hasMessageContaining("relu");
        assertThatThrownBy(() -> small.run("twice", Map.of("activations", "tanh,tanh")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("activations=tanh,tanh");
        assertThatThrownBy(() -> small.run("fraction", Map.of("train-fractions", "0.5,0.5")))
                .isInstanceOf(SettingException.class).hasMessageContaining("train-fractions=0.5,0.5");
        assertThatThrownBy(() -> small.run("once", Map.of("permutations", "1"))).isInstanceOf(SettingException.class)
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> small.run("file", Map.of("data", "tishby"))).hasMessageContaining("var_u.mat")
                .hasMessageContaining("data fetch tishby");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void patternsAreTakenWholeAndFractionsDrawnFromThem() {
        Task task = new Task.Source("spheres", 10, 0.05, 1).load(folder);

        assertThat(task.train().size()).isEqualTo(205);
        assertThat(task.test().orElseThrow().size()).isEqualTo(4096 - 205);
        assertThat(task.points(5000, 1).inputs().shape()).isEqualTo(Shape.of(4096, 12));
        assertThat(task.points(100, 1).size()).isEqualTo(100);
        assertThat(new Task.Source("spheres", 10, 1, 1).load(folder).test()).isEmpty();
        // Images are flattened, and the first samples taken.
        Task images = new Task.Source("digits", 50, 1, 1).load(folder);
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

        Task task = new Task.Source("tishby", 10, 0.85, 1).load(data);

        assertThat(task.train().size()).isEqualTo(3482);
        assertThat(task.test().orElseThrow().size()).isEqualTo(614);
        assertThat(task.points(5000, 1).targets().toDoubles()).hasSize(4096).contains(0, 1);
        assertThat(task.points(5000, 1).targets().sum().item()).isEqualTo(2118);
    }
}
