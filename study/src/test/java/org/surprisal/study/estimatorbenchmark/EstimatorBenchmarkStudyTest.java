package org.surprisal.study.estimatorbenchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.information.automatic.AutomaticEstimator;
import org.surprisal.information.mutual.GaussianInformation;
import org.surprisal.information.mutual.Kraskov;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.task.Task;
import org.surprisal.information.task.Tasks;
import org.surprisal.report.Cells;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.Judged;
import org.surprisal.report.Panels;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.tensor.RandomStream;

class EstimatorBenchmarkStudyTest {
    private static final Study STUDY = new EstimatorBenchmarkStudy();
    private static final List<String> TASKS = List.of("normal-1x1", "dense-2x2", "2-pair-25x25", "student-1-1x1");
    private static final Map<String, String> SMALL = Map.of("tasks", String.join(",", TASKS), "estimators",
            "auto,ksg,gaussian,mine", "sizes", "60,100", "critic-n", "60", "critic-steps", "2", "critic-seeds", "1");

    @TempDir
    private static Path folder;

    private static RunFolder run;
    private static List<Row> rows;
    private static Report report;

    /// A line of metrics.csv.
    private record Row(String task, int n, String estimator, long seed, String kind, String quantity, double value) {}

    @BeforeAll
    static void runOnce() throws IOException {
        run = StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), SMALL), 7, OptionalInt.of(2),
                folder, folder.resolve("run")), Progress.SILENT, () -> false);
        rows = Files.readAllLines(run.path().resolve("metrics.csv")).stream().skip(1).map(line -> line.split(","))
                .map(cells -> new Row(cells[0], Integer.parseInt(cells[1]), cells[2], Long.parseLong(cells[3]),
                        cells[8], cells[9], Double.parseDouble(cells[10])))
                .toList();
        report = StudyRunner.report(STUDY, run);
    }

    private static List<Row> rows(Predicate<Row> condition) {
        return rows.stream().filter(condition).toList();
    }

    private static double estimate(String task, int n, String kind, long seed) {
        return rows(row -> row.task().equals(task) && row.n() == n && row.kind().equals(kind) && row.seed() == seed)
                .getFirst().value();
    }

    private static double bias(String task, int n, String kind) {
        return (estimate(task, n, kind, 7) + estimate(task, n, kind, 8)) / 2
                - Tasks.find(task).orElseThrow().information();
    }

    private static boolean isRight(double bias, String task) {
        return Math.abs(bias) <= Math.max(0.03, 0.1 * Tasks.find(task).orElseThrow().information());
    }

    private static Table table(String id) {
        return report.sections().stream().map(Section::tables).flatMap(List::stream)
                .filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private static Judged.Case only(String claim) {
        return report.verdicts().stream().filter(each -> each.claim().startsWith(claim)).findFirst().orElseThrow()
                .cases().getFirst();
    }

    private static double number(Judged.Case judged) {
        return ((TableCell.Measured) judged.number()).value();
    }

    private static long right(int n, String kind) {
        return TASKS.stream().filter(task -> isRight(bias(task, n, kind), task)).count();
    }

    @Test
    void criticsAreTrainedAtOneSizeAndForTheFirstSeedsOnly() {
        assertThat(rows(row -> row.quantity().equals("information"))).hasSize(4 * 3 * 2 * 2 + 4);
        assertThat(rows(row -> row.kind().equals("mine"))).hasSize(4)
                .allMatch(row -> row.n() == 60 && row.seed() == 7);
        assertThat(rows(row -> row.kind().equals("gaussian-less-bias"))).hasSize(4 * 2 * 2);
    }

    @Test
    void theEstimatorThatChoosesIsLeftOutBelowTheSamplesThatItNeeds() {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put("estimators", "auto,ksg");
        settings.put("sizes", "49,50");
        Settings few = Settings.of(STUDY.settings(), settings);

        assertThat(STUDY.design(few).cells(few, 1, 1)).hasSize(4 * 3);
    }

    /// The estimators themselves, given the pairs of the task, say what was recorded.
    @Test
    void estimatesAreThoseOfTheEstimatorsOnTheTasksPairs() {
        for (String id : TASKS) {
            Task task = Tasks.find(id).orElseThrow();
            RandomStream stream = RandomStream.seeded(8).child("task=" + id);
            Task.Pairs pairs = task.draw(100, stream.child("samples"));
            MutualInformation gaussian = new GaussianInformation().estimate(pairs.x(), pairs.y());

            assertThat(estimate(id, 100, "gaussian", 8)).isEqualTo(gaussian.value());
            assertThat(estimate(id, 100, "gaussian-less-bias", 8))
                    .isEqualTo(gaussian.value() - gaussian.component("bias"));
            assertThat(estimate(id, 100, "ksg", 8)).isEqualTo(
                    Kraskov.standard(stream.child("ksg")).estimate(pairs.x(), pairs.y()).value());
        }
    }

    /// Claims are recorded of the estimator that makes them only, with the answer of that estimator.
    @Test
    void claimsOfTheEstimatorThatChoosesAreThoseOfItsAnswer() {
        assertThat(rows(row -> row.quantity().equals("valid"))).hasSize(4 * 2 * 2)
                .allMatch(row -> row.estimator().equals("auto"));
        for (String id : TASKS) {
            Task task = Tasks.find(id).orElseThrow();
            RandomStream stream = RandomStream.seeded(8).child("task=" + id);
            Task.Pairs pairs = task.draw(100, stream.child("samples"));
            MutualInformation auto = new AutomaticEstimator(stream.child("auto")).estimate(pairs.x(), pairs.y());

            assertThat(number(id, "estimate")).containsExactly(auto.value());
            assertThat(number(id, "valid")).containsExactly(auto.interval().isPresent() ? 1.0 : 0.0);
            assertThat(number(id, "covered")).isEqualTo(auto.interval().stream()
                    .map(interval -> interval.covers(task.information()) ? 1.0 : 0.0).toList());
            assertThat(number(id, "width")).isEqualTo(
                    auto.interval().stream().map(interval -> interval.upper() - interval.lower()).toList());
            assertThat(number(id, "bounded")).isEqualTo(
                    auto.lower().stream().mapToObj(bound -> bound <= task.information() ? 1.0 : 0.0).toList());
        }
    }

    private static List<Double> number(String task, String quantity) {
        return rows(row -> row.task().equals(task) && row.n() == 100 && row.estimator().equals("auto")
                && row.seed() == 8 && row.quantity().equals(quantity)).stream().map(Row::value).toList();
    }

    @Test
    void tasksThatAreRightAreCountedForEachSize() {
        Table counts = table("tasks-right");

        assertThat(counts.columns()).startsWith("estimator", "right, 60 samples");
        for (List<TableCell> row : counts.rows()) {
            String kind = row.getFirst().text();
            for (int i = 0; i < 2; i++) {
                int n = i == 0 ? 60 : 100;
                List<Double> biases = kind.equals("mine")
                        ? List.of()
                        : TASKS.stream().map(task -> bias(task, n, kind)).toList();
                if (!biases.isEmpty()) {
                    assertThat(row.get(1 + 3 * i).text()).as(kind + " of " + n).isEqualTo(right(n, kind) + " of 4");
                    assertThat(((TableCell.Measured) row.get(2 + 3 * i)).value()).isCloseTo(
                            biases.stream().mapToDouble(Math::abs).average().orElseThrow(), within(1e-12));
                    assertThat(((TableCell.Measured) row.get(3 + 3 * i)).value()).isCloseTo(
                            TASKS.stream().mapToDouble(task -> Math.abs(estimate(task, n, kind, 7)
                                    - estimate(task, n, kind, 8)) / Math.sqrt(2)).average().orElseThrow(),
                            within(1e-12));
                }
            }
        }
        assertThat(counts.rows().getLast().get(4).text()).as("of mine at 100 samples").isEqualTo("–");
    }

    @Test
    void errorsAreCellsOfAPanelForEachGroup() {
        Panels panels = (Panels) report.sections().stream().map(Section::figures).flatMap(List::stream)
                .filter(figure -> figure.id().equals("errors-at-100")).findFirst().orElseThrow();

        assertThat(panels.charts()).extracting(Chart::title).containsExactly("one-dimensional", "normal");
        Chart normal = panels.charts().getLast();
        assertThat(normal.x().categories()).containsExactly("auto", "ksg", "gaussian", "gaussian-less-bias");
        assertThat(normal.y().categories()).containsExactly("2-pair-25x25, 1.02", "dense-2x2, 0.29");
        Cells cells = (Cells) normal.marks().getFirst();
        assertThat(cells.values().get(1)).isCloseTo(bias("2-pair-25x25", 100, "ksg"), within(1e-12));
        assertThat(cells.values().get(7)).isCloseTo(bias("dense-2x2", 100, "gaussian-less-bias"), within(1e-12));
        assertThat(report.sections().stream().map(Section::figures).flatMap(List::stream).map(Figure::id))
                .containsExactly("errors-at-100", "errors-at-60");
    }

    @Test
    void claimsAreJudgedByTheLargestSize() {
        double right = 0;
        for (long seed = 7; seed <= 8; seed++) {
            for (String task : TASKS) {
                right += isRight(estimate(task, 100, "ksg", seed) - Tasks.find(task).orElseThrow().information(), task)
                        ? 0.5
                        : 0;
            }
        }

        assertThat(number(only("Nearest neighbours are right of more than half"))).isCloseTo(right, within(1e-12));
        assertThat(number(only("Nearest neighbours find too little"))).isCloseTo(
                bias("2-pair-25x25", 100, "ksg") / 0.1 / Tasks.find("2-pair-25x25").orElseThrow().information(),
                within(1e-12));
        // Critics are of 60 samples and one seed, of which nearest neighbours have a number, too.
        assertThat(number(only("With 25 coordinates, MINE finds more"))).isCloseTo(
                estimate("2-pair-25x25", 60, "mine", 7) - estimate("2-pair-25x25", 60, "ksg", 7), within(1e-12));
    }

    @Test
    void whatWasFoundCountsTheTasksOfEachEstimator() {
        assertThat(report.found().getFirst()).isEqualTo("From 100 samples, these estimators are right: auto of "
                + right(100, "auto") + " tasks out of 4, ksg of " + right(100, "ksg") + ", gaussian of "
                + right(100, "gaussian")
                + " and gaussian-less-bias of " + right(100, "gaussian-less-bias") + ".");
        assertThat(report.found().get(1)).isEqualTo("Right: the mean over seeds is off by at most 0.03 nat or a tenth"
                + " of the truth, whichever is more.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "tasks|2-pair-3x4|tasks: there is no task or group '2-pair-3x4': 'surprisal list tasks' names them",
            "estimators|ksg-ranks|estimators: there is no 'ksg-ranks'; did you mean 'ksg-rank'?",
            "estimators|kde|estimators: there is no 'kde'; the estimators of two continuous variables are auto, ksg,"
                    + " ksg-2, ksg-rank, ksg-normal-scores, ksg-lnc, ksg-mixed, gaussian, gaussian-copula, binning-5,"
                    + " binning-20, renyi, infonce, mine, smile"})
    void unknownNamesAreRefusedBeforeTheRun(String key, String value, String message) {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put(key, value);
        assertThatThrownBy(() -> STUDY.design(Settings.of(STUDY.settings(), settings))
                .cells(Settings.of(STUDY.settings(), settings), 1, 1)).hasMessage(message);
    }
}
