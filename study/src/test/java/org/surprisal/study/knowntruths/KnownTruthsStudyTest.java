package org.surprisal.study.knowntruths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Figure;
import org.surprisal.report.Judged;
import org.surprisal.report.Section;
import org.surprisal.report.Table;
import org.surprisal.report.TableCell;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

class KnownTruthsStudyTest {
    private static final Study STUDY = new KnownTruthsStudy();
    private static final Map<String, String> SMALL = Map.of("n", "60", "dimensions", "1,5", "informations", "0,1,4,15",
            "sizes", "40,60,80", "size-dimensions", "1", "critic-dimensions", "1,5,7", "critic-informations", "1",
            "critic-steps", "2", "dear-seeds", "1");

    @TempDir
    private static Path folder;

    private static RunFolder whole;
    private static List<Row> rows;

    /// A line of metrics.csv.
    private record Row(String family, String at, int n, String estimators, long seed, String kind, String quantity,
            double value) {}

    @BeforeAll
    static void runOnce() throws IOException {
        whole = run("whole", Map.of());
        rows = Files.readAllLines(whole.path().resolve("metrics.csv")).stream().skip(1).map(line -> line.split(","))
                .map(cells -> new Row(cells[0], cells[1], Integer.parseInt(cells[2]), cells[3],
                        Long.parseLong(cells[4]), cells[9], cells[10], Double.parseDouble(cells[11])))
                .toList();
    }

    private static RunFolder run(String name, Map<String, String> changes) throws IOException {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.putAll(changes);
        return StudyRunner.execute(STUDY, new RunRequest(Settings.of(STUDY.settings(), settings), 7, OptionalInt.of(2),
                folder, folder.resolve(name)), Progress.SILENT, () -> false);
    }

    /// Each published task is a family of one pair, on which all quick estimators are tried.
    @Test
    void publishedTasksAreAGroupOfPairs() throws IOException {
        RunFolder tasks = run("tasks", Map.of("pairs", "tasks"));

        List<String> lines = Files.readAllLines(tasks.path().resolve("metrics.csv"));
        assertThat(lines).filteredOn(line -> line.contains(",information,")).hasSize(80)
                .filteredOn(line -> line.startsWith("swiss-roll-2x1,0.4133,60,quick,7,")).singleElement().asString()
                .contains("0.41333928659");
        assertThat(lines).filteredOn(line -> line.contains(",estimate,")).hasSize(80 * 7 - 2);
        assertThat(figures(tasks)).containsExactly("share-right");
        Table table = StudyRunner.report(STUDY, tasks).sections().stream().map(Section::tables).flatMap(List::stream)
                .filter(each -> each.id().equals("reach-other")).findFirst().orElseThrow();
        assertThat(table.rows()).hasSize(40 * 7 - 1);
    }

    private static List<String> figures(RunFolder run) throws IOException {
        return StudyRunner.report(STUDY, run).sections().stream().map(Section::figures).flatMap(List::stream)
                .map(Figure::id).toList();
    }

    private static Table table(String id) throws IOException {
        return StudyRunner.report(STUDY, whole).sections().stream().map(Section::tables).flatMap(List::stream)
                .filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private static List<Row> rows(Predicate<Row> condition) {
        return rows.stream().filter(condition).toList();
    }

    private static double mean(Predicate<Row> condition) {
        return rows(condition).stream().mapToDouble(Row::value).average().orElseThrow();
    }

    @Test
    void runDrawsEveryFigureAndTable() throws IOException {
        assertThat(figures(whole)).containsExactly("share-right", "estimate-by-truth", "bias-by-dimension",
                "bias-by-size",
                "critics-by-truth", "heavy-tails", "labels", "folded", "infinite-by-size", "squares", "renyi-by-truth");
        assertThat(whole.figures().resolve("estimate-by-truth.png")).isNotEmptyFile();
        Table reach = table("reach-gaussian");
        assertThat(reach.columns()).containsExactly("estimator", "d = 1", "d = 5");
        assertThat(reach.rows()).hasSize(Contender.OF_POINTS.size() + 1 + Contender.CRITICS.size());
        // Six heavy-tailed families and folded by seven estimators, four labelled ones by six, squares by four.
        assertThat(table("reach-other").rows()).hasSize(7 * 7 + 4 * 6 + 4);
    }

    @Test
    void trialsAreThePairsAndSizesOfTheSettings() {
        Predicate<Row> ksg = row -> row.kind().equals("ksg-1") && row.seed() == 8;
        assertThat(rows(ksg.and(row -> row.family().equals("gaussian-d1") && row.at().equals("4"))).stream()
                .map(Row::n)).containsExactly(40, 60, 80);
        assertThat(rows(ksg.and(row -> row.family().equals("gaussian-d1") && row.at().equals("0"))).stream()
                .map(Row::n)).containsExactly(60);
        assertThat(rows(ksg.and(row -> row.family().equals("folded") && row.at().equals("0"))).stream().map(Row::n))
                .containsExactly(40, 60, 80);
        assertThat(rows(row -> row.quantity().equals("information") && row.family().equals("folded")
                && row.at().equals("0"))).isEmpty();
    }

    @Test
    void whatTakesLongIsForTheFirstSeedsOnly() {
        assertThat(rows(row -> row.quantity().equals("estimate") && !row.estimators().equals("quick")))
                .allMatch(row -> row.seed() == 7 && row.kind().equals(row.estimators()))
                .extracting(row -> row.family() + " " + row.at() + " " + row.kind()).containsExactlyInAnyOrder(
                        "gaussian-d1 1 infonce", "gaussian-d1 1 mine", "gaussian-d1 1 smile", "gaussian-d5 1 infonce",
                        "gaussian-d5 1 mine", "gaussian-d5 1 smile", "gaussian-d1 0 renyi", "gaussian-d1 1 renyi",
                        "gaussian-d1 4 renyi", "gaussian-d1 15 renyi", "gaussian-d5 0 renyi", "gaussian-d5 1 renyi",
                        "gaussian-d5 4 renyi", "gaussian-d5 15 renyi");
    }

    /// The estimator of Gaussians at 4 nats and more: 60 samples leave a standard error of √(ρ² / n) = 0.13 nat, 0.09
    /// for two seeds.
    @Test
    void estimatesAreOfThePairsTheyAreKeptUnder() {
        for (String at : List.of("0", "1", "4", "15")) {
            assertThat(mean(row -> row.family().equals("gaussian-d1") && row.at().equals(at) && row.n() == 60
                    && row.kind().equals("gaussian-corrected"))).isCloseTo(Double.parseDouble(at), within(0.4));
        }
        assertThat(rows(row -> row.family().equals("squares") && row.kind().equals("gaussian")))
                .allMatch(row -> row.value() < 0.2);
    }

    @Test
    void everyClaimHasNumbers() throws IOException {
        assertThat(StudyRunner.report(STUDY, whole).verdicts()).allMatch(judged -> !judged.cases().isEmpty())
                .extracting(Judged::claim)
                .containsExactlyElementsOf(new KnownTruthsStudy().claims().stream().map(Claim::text).toList());
    }

    /// The number of two claims, worked out from metrics.csv.
    @Test
    void claimsAreJudgedByTheNumbersOfTheRun() throws IOException {
        double independent = mean(row -> row.family().equals("gaussian-d5") && row.at().equals("0")
                && row.kind().equals("ksg-1"));
        assertThat(number("Nearest neighbours find no information", "Gaussian, d = 5")).isCloseTo(independent,
                within(1e-12));

        double[] logarithms = IntStream.of(40, 60, 80).mapToDouble(Math::log).toArray();
        double centre = IntStream.range(0, 3).mapToDouble(i -> logarithms[i]).sum() / 3;
        double slope = 0;
        double squares = 0;
        for (int i = 0; i < 3; i++) {
            int n = List.of(40, 60, 80).get(i);
            slope += (logarithms[i] - centre) * mean(row -> row.family().equals("folded") && row.at().equals("0")
                    && row.n() == n && row.kind().equals("ksg-1"));
            squares += (logarithms[i] - centre) * (logarithms[i] - centre);
        }
        assertThat(number("Where the information is infinite", "")).isCloseTo(slope / squares, within(1e-9));
    }

    private static double number(String beginning, String at) throws IOException {
        return StudyRunner.report(STUDY, whole).verdicts().stream()
                .filter(judged -> judged.claim().startsWith(beginning)).flatMap(judged -> judged.cases().stream())
                .filter(each -> each.at().equals(at)).map(Judged.Case::number).map(TableCell.Measured.class::cast)
                .mapToDouble(TableCell.Measured::value).findFirst().orElseThrow();
    }

    /// Settings may name what was not asked for: what there are no numbers of has no figure.
    @Test
    void singleTruthWithoutCriticsHasFewerFigures() throws IOException {
        assertThat(figures(run("bare", Map.of("informations", "0", "dimensions", "3", "dear-seeds", "0"))))
                .containsExactly("share-right", "estimate-by-truth", "heavy-tails", "labels", "folded",
                        "infinite-by-size", "squares");
    }
}
