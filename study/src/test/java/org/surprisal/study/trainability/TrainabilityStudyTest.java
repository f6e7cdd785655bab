package org.surprisal.study.trainability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.information.statistics.FittedLine;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Mark;
import org.surprisal.report.Section;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Case;
import org.surprisal.study.Metric;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Study;
import org.surprisal.study.StudyRunner;
import org.surprisal.tensor.Machine;

/// The study as a whole, on a grid of small networks.
class TrainabilityStudyTest {
    private static final Study STUDY = new TrainabilityStudy();
    private static final Map<String, String> SMALL = Map.of("depths", "2,6", "width", "20", "sigma-w2",
            "1,1.7609546,4", "train-samples", "200", "epochs", "3", "batch", "20", "learning-rate", "0.05");

    @TempDir
    private Path folder;
    private final int threads = Machine.current().threads();

    @AfterEach
    void restoreThreads() {
        Machine.setThreads(threads);
    }

    private RunFolder run(String name, Map<String, String> changes, BooleanSupplier interruption) throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), settings), 7, OptionalInt.of(2),
                folder, folder.resolve(name)), Progress.SILENT, interruption);
    }

    private static String findings(RunFolder run) throws IOException {
        return STUDY.draw(run).sections().stream().map(Section::paragraphs).flatMap(List::stream)
                .collect(Collectors.joining("\n"));
    }

    private static List<Figure> figures(RunFolder run) throws IOException {
        return STUDY.draw(run).sections().stream().map(Section::figures).flatMap(List::stream).toList();
    }

    @Test
    void aRunLeavesEveryNumberFigureAndTheReport() throws IOException {
        RunFolder run = run("whole", Map.of(), () -> false);

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        // 2 depths x 3 variances x 2 seeds, the deepest first
        assertThat(run.metrics()).filteredOn(metric -> metric.name().equals("test-accuracy")).hasSize(12)
                .first().extracting(Metric::in)
                .hasToString("depth=6 sigma-w2=1.0 seed=7");
        Chart tongue = (Chart) figures(run).getFirst();
        assertThat(tongue.marks()).extracting(Mark::name).containsExactly("diverged", "6 ξ_c", "critical, 1.7610");
        double accuracy = run.metrics().stream()
                .filter(metric -> metric.name().equals("test-accuracy")
                        && metric.in().toString().startsWith("depth=6 sigma-w2=1.0 "))
                .mapToDouble(Metric::value).average().orElseThrow();
        assertThat(((Mark.Cells) tongue.marks().getFirst()).values().get(3)).isCloseTo(accuracy, within(1e-12));
        assertThat(run.figures().resolve("accuracy-by-depth-and-variance.png")).isNotEmptyFile();
        assertThat(findings(run)).contains("1.7610").contains("No network diverged");
    }

    @Test
    void theNumberOfThreadsChangesNoByte() throws IOException {
        Machine.setThreads(1);
        run("one", Map.of(), () -> false);
        Machine.setThreads(3);
        run("three", Map.of(), () -> false);
        assertThat(folder.resolve("three/metrics.csv")).hasSameBinaryContentAs(folder.resolve("one/metrics.csv"));
    }

    @Test
    void anInterruptedRunGoesOnToTheSameNumbers() throws IOException {
        RunFolder whole = run("whole", Map.of(), () -> false);
        AtomicInteger asked = new AtomicInteger();
        Machine.setThreads(1);
        // A network asks thirty times, and once before it begins: four are finished.
        RunFolder stopped = run("stopped", Map.of(), () -> asked.incrementAndGet() > 150);

        assertThat(stopped.record().status()).isEqualTo(RunStatus.INTERRUPTED);
        assertThat(stopped.metrics()).hasSize(4 * 4);
        assertThat(whole.metrics()).startsWith(stopped.metrics().toArray(Metric[]::new));
        StudyRunner.draw(STUDY, RunFolder.open(stopped.path()));
        assertThat(Files.readString(stopped.report())).contains("interrupted").contains("not trained yet");

        Machine.setThreads(3);
        StudyRunner.resume(STUDY, stopped.path(), folder, Duration.ZERO, Progress.SILENT, () -> false);
        assertThat(folder.resolve("stopped/metrics.csv")).hasSameBinaryContentAs(folder.resolve("whole/metrics.csv"));
    }

    @Test
    void interruptedBeforeAnythingWasTrainedItSaysSo() throws IOException {
        RunFolder run = run("nothing", Map.of(), () -> true);
        assertThat(findings(run)).contains("stopped before its first network");
    }

    @Test
    void aNetworkThatDivergesIsUntrainableAndTheGridGoesOn() throws IOException {
        // Linear networks have nothing that holds them at such a rate.
        RunFolder run = run("diverging", Map.of("activation", "identity", "output-activation", "identity",
                "learning-rate", "1e20"), () -> false);

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(run.metrics()).extracting(Metric::name).containsOnly("diverged").hasSize(12);
        assertThat(findings(run)).contains("6 cells diverged: untrainable").contains("Too few columns");
        Mark.Cells cells = (Mark.Cells) ((Chart) figures(run).getFirst()).marks().getFirst();
        assertThat(cells.values().stream()).containsOnly(Double.NaN);
    }

    @Test
    void theFitIsThroughTheColumnsThatFall() throws IOException {
        RunFolder run = run("whole", Map.of("depths", "2,10,20", "sigma-w2", "1,1.25,1.5,1.75,2.5,4"), () -> false);
        Path metrics = run.path().resolve("metrics.csv");
        // Accuracies that fall on a line from 1 at depth 0 to 0.5 at 0.4 ξ_c + 2, with ξ_c as theory has it; 1.75 does
        // not fall.
        Theory theory = Theory.of(Settings.of(STUDY.settings(), run.record().settings()));
        List<String> lines = Files.readAllLines(metrics).stream().map(line -> {
            String[] cells = line.split(",", -1);
            if (!cells[3].equals("test-accuracy")) {
                return line;
            }
            Cell cell = Cell.of(Case.parse(cells[6]));
            double fall = 0.4 * theory.correlationLength(cell.sigmaW2()).orElseThrow() + 2;
            cells[4] = Double.toString(1 - 0.5 * cell.depth() / fall);
            return String.join(",", cells);
        }).toList();
        Files.write(metrics, lines);

        Grid grid = Grid.read(RunFolder.open(run.path()));
        assertThat(grid.trainableDepth(1.75)).contains(new TrainableDepth.Beyond(20));
        List<Grid.Fall> falls = grid.falls(theory);
        assertThat(falls).extracting(Grid.Fall::sigmaW2).containsExactly(1.0, 1.25, 1.5, 2.5, 4.0);
        FittedLine line = Grid.fit(falls).orElseThrow();
        assertThat(line.slope()).isCloseTo(0.4, within(1e-9));
        assertThat(line.intercept()).isCloseTo(2, within(1e-9));
        assertThat(findings(RunFolder.open(run.path()))).contains("2.0 + 0.40 ξ_c").contains("correlation of 1.000")
                .contains("rank correlation of 1.00")
                .contains("σ_w² = 1.75");
        assertThat(figures(RunFolder.open(run.path()))).extracting(Figure::id)
                .containsExactly("accuracy-by-depth-and-variance", "depth-of-fall-by-correlation-length");
    }

    @Test
    void aFunctionWithoutATransitionIsDrawnToo() throws IOException {
        RunFolder run = run("relu", Map.of("activation", "relu", "sigma-w2", "1.5,3"), () -> false);
        assertThat(findings(run)).contains("The critical point of theory is σ_w² = 2.0000");
    }

    @Test
    void wrongSettingsAreNamedAndLeaveNoFolder() {
        assertThatThrownBy(() -> run("twice", Map.of("depths", "2,2"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("depths=2,2");
        assertThatThrownBy(() -> run("sigma", Map.of("sigma-w2", "0"), () -> false))
                .isInstanceOf(SettingException.class).hasMessageContaining("sigma-w2=0");
        assertThatThrownBy(() -> run("missing", Map.of("data", "mnist"), () -> false))
                .hasMessageContaining("data fetch mnist");
        assertThat(folder).isEmptyDirectory();
    }
}
