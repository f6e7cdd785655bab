package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.report.Chart;
import org.surprisal.report.Figure;
import org.surprisal.report.ReferenceLine;
import org.surprisal.report.Report;
import org.surprisal.report.Section;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;

/// What every study of the engine has to keep, whatever it measures.
class StudyContractTest {
    /// Kinds in metrics.csv that no reader should meet elsewhere.
    private static final String RAW_KIND = "bhattacharyya|kullback-leibler|kde(-lower|-upper)?|ksg-.*|.*-corrected|"
            + "binning-.*|other-noise|.*-against-before";

    @TempDir
    private Path folder;

    static Stream<StudyContract.Subject> subjects() {
        return StudyContract.subjects();
    }

    /// The study, whose runs end without a picture.
    private static Study silent(StudyContract.Subject subject) {
        return StudyContract.silent(subject.study());
    }

    private Path out(String name) {
        return folder.resolve(name);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void runsGiveEqualBytesTwiceAndWithTrialsSideBySideAndFiguresThatCanBeRead(StudyContract.Subject subject)
            throws IOException {
        StudyContract.run(silent(subject), subject.tiny(), out("serial"), 1, () -> false);
        StudyContract.run(silent(subject), subject.tiny(), out("again"), 1, () -> false);
        assertThat(StudyContract.contents(out("serial"))).containsKey("metrics.csv");
        assertThat(StudyContract.contents(out("again"))).isEqualTo(StudyContract.contents(out("serial")));

        RunFolder parallel = StudyContract.run(subject.study(), subject.tiny(), out("parallel"), 3, () -> false);
        try (RunFolder serial = RunFolder.open(out("serial"))) {
            StudyRunner.draw(subject.study(), serial);
        }
        assertThat(StudyContract.contents(out("parallel"))).isEqualTo(StudyContract.contents(out("serial")));
        for (Section section : StudyRunner.report(subject.study(), parallel).sections()) {
            for (Figure figure : section.figures()) {
                assertThat(parallel.figures().resolve(figure.id() + ".png")).isNotEmptyFile();
                Path svg = parallel.figures().resolve(figure.id() + ".svg");
                assertThat(SvgWords.faults(svg)).as(svg.toString()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aRunCutOffAfterAnyNumberGoesOnToTheSameBytesAndItsReportRenders(StudyContract.Subject subject)
            throws IOException {
        AtomicInteger recorded = new AtomicInteger();
        Study study = StudyContract.small(subject);
        StudyContract.run(study, subject.rows(), out("whole"), 1, () -> false, recorded::incrementAndGet);
        Map<String, String> expected = StudyContract.contents(out("whole"));
        assertThat(recorded.get()).as("numbers of the smallest settings").isBetween(1, subject.most());

        for (int numbers = 1; numbers <= recorded.get(); numbers++) {
            Path cut = out("cut-" + numbers);
            Runnable end = StudyContract.cutOff(numbers);
            assertThatThrownBy(() -> StudyContract.run(study, subject.rows(), cut, 1, () -> false, end))
                    .isInstanceOf(StudyContract.Cut.class);
            if (!Files.exists(cut)) {
                continue;
            }
            try (RunFolder left = RunFolder.open(cut)) {
                assertThat(left.record().status()).isEqualTo(RunStatus.FAILED);
                assertThat(StudyRunner.report(subject.study(), left).found()).as(numbers + " numbers")
                        .isNotEmpty();
            }
            StudyContract.resume(study, cut, 2).close();
            assertThat(StudyContract.contents(cut)).as("cut off after %d numbers", numbers).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void anInterruptedRunKeepsWhatItHasAndGoesOnToTheSameBytes(StudyContract.Subject subject) throws IOException {
        Study study = StudyContract.small(subject);
        int asked = StudyContract.questions(study, subject.tiny(), out("whole"));
        Map<String, String> expected = StudyContract.contents(out("whole"));
        for (double share : new double[]{0, 0.2, 0.5, 0.9}) {
            AtomicInteger left = new AtomicInteger((int) (share * asked));
            Path stopped = out("stopped-" + share);
            RunFolder run = StudyContract.run(study, subject.tiny(), stopped, 1,
                    () -> left.decrementAndGet() < 0);
            assertThat(run.record().status()).as("interrupted after %s", share).isEqualTo(RunStatus.INTERRUPTED);
            try (RunFolder begun = RunFolder.open(stopped)) {
                Report report = StudyRunner.report(subject.study(), begun);
                assertThat(report.subtitle()).contains("interrupted");
                assertThat(report.found()).isNotEmpty();
                assertThat(report.sections()).as("no heading without content").allMatch(
                        section -> !section.figures().isEmpty() || !section.tables().isEmpty());
                assertThat(report.sections()).flatExtracting(Section::tables).noneMatch(
                        table -> table.rows().isEmpty());
            }
            StudyContract.resume(study, stopped, 3).close();
            assertThat(StudyContract.contents(stopped)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aLargerRunHoldsTheTrialsOfASmallerOne(StudyContract.Subject subject) throws IOException {
        Study study = StudyContract.small(subject);
        StudyContract.run(study, subject.tiny(), out("two"), 2, () -> false);
        StudyRunner.execute(study,
                new RunRequest(Settings.of(study.settings(), subject.tiny()), 8, OptionalInt.of(1),
                        folder.resolve("data"), out("one")),
                Progress.SILENT, () -> false);
        Map<String, String> two = StudyContract.contents(out("two"));
        Map<String, String> one = StudyContract.contents(out("one"));
        assertThat(one.keySet()).anyMatch(name -> name.startsWith("trials/"));
        one.forEach((name, bytes) -> {
            if (name.startsWith("trials/")) {
                assertThat(two.get(name)).as(name).isEqualTo(bytes);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void figuresHaveLabelsAndUnitsAndClaimsHaveSourcesAndVerdicts(StudyContract.Subject subject) throws IOException {
        RunFolder run = StudyContract.run(StudyContract.small(subject), subject.tiny(), out("whole"), 2, () -> false);
        List<Section> sections = StudyRunner.report(subject.study(), run).sections();
        List<Figure> figures = sections.stream().map(Section::figures).flatMap(List::stream).toList();
        assertThat(figures).isNotEmpty();
        for (Figure figure : figures) {
            assertThat(figure.title()).isNotBlank();
            assertThat(figure.caption()).as(figure.id()).isNotBlank();
            if (figure instanceof Chart chart) {
                assertThat(chart.marks().stream().filter(mark -> !(mark instanceof ReferenceLine))).isNotEmpty();
            }
        }
        Results results = Results.read(subject.study().in(run), run);
        assertThat(results.isComplete()).isTrue();
        assertThat(subject.study().claims()).extracting(Claim::id).doesNotHaveDuplicates();
        for (Claim claim : subject.study().claims()) {
            assertThat(claim.source().document()).isNotBlank();
            assertThat(claim.source().place()).isNotBlank();
            Finding finding = claim.judge(results);
            assertThat(finding.sentence()).as(claim.id()).containsAnyOf("Held: ", "Not held: ", "Undecided: ");
        }
        if (!subject.study().claims().isEmpty()) {
            assertThat(StudyRunner.report(subject.study(), run).found()).isNotEmpty().doesNotContain("");
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void captionsAreShortAndKindsHaveNames(StudyContract.Subject subject) throws IOException {
        RunFolder run = StudyContract.run(StudyContract.small(subject), subject.tiny(), out("whole"), 2, () -> false);
        Report report = StudyRunner.report(subject.study(), run);
        List<String> captions = new ArrayList<>();
        List<String> words = new ArrayList<>();
        report.verdicts().forEach(judged -> judged.cases().forEach(each -> words.add(each.at())));
        for (Section section : report.sections()) {
            section.figures().forEach(figure -> {
                captions.add(figure.caption());
                words.addAll(StudyContract.words(figure));
            });
            section.tables().forEach(table -> {
                captions.add(table.caption());
                if (table.columns().stream().noneMatch(column -> column.endsWith("in metrics.csv"))) {
                    table.rows().forEach(row -> row.forEach(cell -> words.add(cell.text())));
                }
            });
        }
        assertThat(captions).allMatch(caption -> caption.split("\\.(?= |$)", -1).length <= 4);
        words.addAll(captions);
        Set<String> kinds = Files.readAllLines(run.path().resolve("metrics.csv")).stream().skip(1)
                .flatMap(line -> Stream.of(line.split(",", -1))).filter(field -> field.matches(RAW_KIND))
                .collect(Collectors.toSet());
        // A benchmark of estimators calls them as the command line takes them, which is what its reader does next.
        if (subject.study().name().equals("estimator-benchmark")) {
            kinds = Set.of();
        }
        Set<String> raw = kinds;
        assertThat(words).allMatch(text -> raw.stream().noneMatch(text::contains))
                .noneMatch(text -> text.contains("parameter ="));
        // Two hidden layers and the output behind them.
        if (Objects.equals(subject.tiny().get("widths"), "4,3")) {
            assertThat(words).noneMatch(text -> text.contains("layer 3"));
            // Of networks with noise, and where the order of layers is asked for, hidden layers alone are measured.
            if (!Set.of("noisy-information", "plane-flip").contains(subject.study().name())) {
                assertThat(words).contains("output");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void settingsSurviveTheRecord(StudyContract.Subject subject) throws IOException {
        RunFolder run = StudyContract.run(StudyContract.small(subject), subject.tiny(), out("whole"), 2, () -> false);
        Settings asked = Settings.of(subject.study().settings(), subject.tiny());
        RunFolder kept = RunFolder.open(run.path());
        assertThat(Results.read(subject.study().in(kept), kept).settings()).isEqualTo(asked);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aValueGivenTwiceIsRefusedAndLeavesNothing(StudyContract.Subject subject) {
        Map<String, String> settings = new HashMap<>(subject.tiny());
        settings.put(subject.twice().getKey(), subject.twice().getValue());
        assertThatThrownBy(() -> StudyContract.run(subject.study(), settings, out("twice"), 2, () -> false))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(subject.refusal());
        assertThat(out("twice")).doesNotExist();
    }
}
