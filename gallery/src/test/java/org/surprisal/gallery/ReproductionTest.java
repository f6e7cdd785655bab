package org.surprisal.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Axis;
import org.surprisal.report.Chart;
import org.surprisal.report.Points;
import org.surprisal.report.Section;
import org.surprisal.report.Verdict;
import org.surprisal.settings.Setting;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.Studies;
import org.surprisal.study.engine.Citation;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Design;
import org.surprisal.study.engine.Quantity;
import org.surprisal.study.engine.Results;
import org.surprisal.study.engine.Rule;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.Trial;

/// Runs that exhibits share, and what becomes of exhibits whose runs cannot be made.
class ReproductionTest {
    @TempDir
    private Path folder;

    private final AtomicInteger trials = new AtomicInteger();

    /// Records the seed plus a setting; refuses to run at a negative one.
    private final class SeedStudy implements Study {
        private static final Setting<Double> SHIFT = Setting.decimal("shift", 0.5, -100, 100, "added to the seed");
        private static final Quantity NUMBER = Quantity.of("number", "1", "number");

        @Override
        public String name() {
            return "seeds";
        }

        @Override
        public String summary() {
            return "seeds";
        }

        @Override
        public String title() {
            return "Seeds";
        }

        @Override
        public String lead() {
            return "The number of each seed.";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of(SHIFT);
        }

        @Override
        public Design design(Settings settings) {
            return Design.grid().seeds(2);
        }

        @Override
        public void run(Trial trial) {
            trials.incrementAndGet();
            double shift = trial.get(SHIFT);
            if (shift < 0) {
                throw new IllegalStateException("a shift of " + shift + " cannot be");
            }
            trial.record(NUMBER, trial.seed() + shift);
        }

        @Override
        public List<Section> report(Results results) {
            return List.of(Section.of("Numbers").picture(new Chart("numbers", "Numbers", "", Axis.linear("x", ""),
                    Axis.linear("y", ""), List.of(new Points("", new double[]{1}, new double[]{2}, Color.BLACK)))));
        }

        @Override
        public List<Claim> claims() {
            return List.of(Claim.of("positive", "The number is positive", new Citation("test", "1"),
                    results -> results.of(NUMBER), new Rule.Above(0)));
        }
    }

    private static Exhibit exhibit(String id, String shift, List<String> figures, List<String> claims) {
        return new Exhibit(id, SourceDocument.SCHMIDT, "Fig 1", Exhibit.Kind.FIGURE, "Title", "A sentence.", "", "",
                "seeds", "", new Exhibit.Recipe(Map.of("shift", shift), 3, 10),
                new Exhibit.Recipe(Map.of("shift", shift), 5, 100), Optional.empty(), figures, claims, List.of());
    }

    private Gallery run(List<Exhibit> exhibits, Optional<Duration> budget, BooleanSupplier interruption)
            throws IOException {
        return Reproduction.run(
                new Reproduction.Request(new Exhibits(exhibits), exhibits, Size.QUICK, OptionalInt.empty(),
                        OptionalInt.of(1),
                        budget, folder, folder.resolve("gallery")),
                new Studies(List.of(new SeedStudy())), Progress.SILENT,
                interruption);
    }

    private Gallery run(Exhibit... exhibits) throws IOException {
        return run(List.of(exhibits), Optional.empty(), () -> false);
    }

    @Test
    void exhibitsOfTheSameSettingsShareARunAndASecondCallMakesNone() throws IOException {
        Exhibit drawn = exhibit("schmidt-1", "1", List.of("numbers"), List.of());
        Exhibit judged = exhibit("schmidt-2", "1.0", List.of(), List.of("positive"));
        Gallery gallery = run(drawn, judged);
        assertThat(trials).hasValue(3);
        assertThat(gallery.outcomes().getFirst().status()).isEqualTo(Outcome.Status.SHOWN);
        assertThat(gallery.outcomes().getLast().status()).isEqualTo(Outcome.Status.DECIDED);
        assertThat(gallery.outcomes().getLast().claims()).singleElement().satisfies(claim -> {
            assertThat(claim.verdict()).isEqualTo(Verdict.HELD);
            assertThat(claim.deciding().orElseThrow().estimate()).isEqualTo(3);
            assertThat(claim.deciding().orElseThrow().n()).isEqualTo(3);
        });
        assertThat(gallery.outcomes().getFirst().figures())
                .allMatch(figure -> Files.isRegularFile(folder.resolve("gallery").resolve(figure + ".svg")));
        run(drawn, judged);
        assertThat(trials).hasValue(3);
    }

    @Test
    void aRunThatFailsLeavesTheOthersAndSaysWhy() throws IOException {
        Gallery gallery = run(exhibit("schmidt-1", "-2", List.of(), List.of("positive")),
                exhibit("schmidt-2", "1", List.of(), List.of("positive")));
        assertThat(gallery.outcomes().getFirst().status()).isEqualTo(Outcome.Status.FAILED);
        assertThat(gallery.outcomes().getFirst().why()).contains("a shift of -2.0 cannot be");
        assertThat(gallery.outcomes().getLast().status()).isEqualTo(Outcome.Status.DECIDED);
    }

    @Test
    void aFigureOrClaimThatTheRunLacksIsAFailureThatNamesThoseThereAre() throws IOException {
        Gallery gallery = run(exhibit("schmidt-1", "1", List.of("curve"), List.of()),
                exhibit("schmidt-2", "1", List.of(), List.of("negative")));
        assertThat(gallery.outcomes().getFirst().why()).isEqualTo("its run has no figure 'curve'; it has numbers");
        assertThat(gallery.outcomes().getLast().why()).isEqualTo("its study has no claim 'negative'; it has positive");
    }

    @Test
    void aRunThatDoesNotFitTheBudgetIsSkippedUnlessItIsThereAlready() throws IOException {
        Exhibit exhibit = exhibit("schmidt-1", "1", List.of("numbers"), List.of());
        Gallery gallery = run(List.of(exhibit), Optional.of(Duration.ofSeconds(9)), () -> false);
        assertThat(gallery.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.status()).isEqualTo(Outcome.Status.SKIPPED);
            assertThat(outcome.why()).isEqualTo("its run takes about 10 s, more than is left of the budget");
            assertThat(outcome.command()).isEqualTo("./surprisal run seeds --set shift=1 --seeds 3");
        });
        run(exhibit);
        assertThat(run(List.of(exhibit), Optional.of(Duration.ZERO), () -> false).outcomes().getFirst().status())
                .isEqualTo(Outcome.Status.SHOWN);
    }

    @Test
    void anInterruptionSkipsWhatHasNotBegunAndTheNextCallMakesIt() throws IOException {
        Exhibit exhibit = exhibit("schmidt-1", "1", List.of("numbers"), List.of());
        assertThat(run(List.of(exhibit), Optional.empty(), () -> true).outcomes().getFirst().why())
                .isEqualTo("interrupted before its run began");
        assertThat(run(exhibit).outcomes().getFirst().status()).isEqualTo(Outcome.Status.SHOWN);
    }

    @Test
    void anExhibitWhoseDataAreMissingIsSkippedWithTheCommandThatFetchesThem() throws IOException {
        Exhibit there = exhibit("schmidt-1", "1", List.of("numbers"), List.of());
        Exhibit missing = new Exhibit("schmidt-2", there.document(), there.place(), there.kind(), there.title(),
                there.says(), "", "mnist", "seeds", "", there.quick(), there.full(), Optional.empty(), there.figures(),
                List.of(), List.of());
        Exhibit replaced = new Exhibit("schmidt-3", there.document(), there.place(), there.kind(), there.title(),
                there.says(), "", "mnist", "seeds", "", there.quick(), there.full(),
                Optional.of(Map.of("shift", "2")), there.figures(), List.of(), List.of());
        Gallery gallery = run(missing, replaced);
        assertThat(gallery.outcomes().getFirst().why()).isEqualTo("the files of mnist are not in " + folder
                + ": surprisal data fetch mnist");
        assertThat(gallery.outcomes().getLast().why())
                .isEqualTo("drawn without mnist, whose files are not in the data folder");
        assertThat(gallery.outcomes().getLast().command())
                .isEqualTo("./surprisal run seeds --set shift=2 --seeds 3");
    }

    @Test
    void aClaimOfTheExhibitsOwnIsJudgedByTheRunsNumbers() throws IOException {
        Exhibit plain = exhibit("schmidt-1", "1", List.of(), List.of());
        NumberClaim own = new NumberClaim("three", "The number is 3", "number", Map.of(), Optional.empty(), List.of(),
                List.of(), "within 5 of 3");
        Exhibit judged = new Exhibit("schmidt-1", plain.document(), plain.place(), plain.kind(), plain.title(),
                plain.says(), "", "", "seeds", "", plain.quick(), plain.full(), Optional.empty(), List.of(), List.of(),
                List.of(own));
        assertThat(run(judged).outcomes().getFirst().claims()).singleElement()
                .satisfies(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.HELD));
    }

    @Test
    void theRecordHasEstimateIntervalAndCasesOfEachClaim() throws IOException {
        String json = run(exhibit("schmidt-2", "1", List.of(), List.of("positive"))).json();
        assertThat(json).contains("\"id\" : \"schmidt-2\"", "\"status\" : \"decided\"", "\"verdict\" : \"held\"",
                "\"estimate\" : 3.0", "\"n\" : 3", "\"rule\" : \"above 0\"", "\"p\" : ");
        assertThat(Files.readString(folder.resolve("gallery/gallery.json"))).isEqualTo(json);
    }

    @Test
    void thePageNamesEachExhibitItsVerdictAndItsCommand() throws IOException {
        run(exhibit("schmidt-2", "1", List.of("numbers"), List.of("positive")));
        String page = Files.readString(folder.resolve("gallery/index.html"));
        assertThat(page).contains("<article id=\"schmidt-2\" data-words=\"decided held\">",
                "<span class=\"verdict held\">held</span> The number is positive.",
                "<code>./surprisal run seeds --set shift=1 --seeds 3</code>", "figures/numbers.svg");
    }

    @Test
    void aReversedVerdictIsToldFromOneThatBecameUndecided() throws IOException {
        Gallery gallery = run(exhibit("schmidt-2", "1", List.of(), List.of("positive")));
        Path record = folder.resolve("before.json");
        Files.writeString(record, gallery.json());
        assertThat(Comparison.of(gallery, record)).isEqualTo(new Comparison(List.of(), List.of(), List.of()));
        Files.writeString(record, gallery.json().replace("\"verdict\" : \"held\"", "\"verdict\" : \"not-held\""));
        assertThat(Comparison.of(gallery, record).reversed())
                .containsExactly("schmidt-2, positive: not-held on record, held now");
        Files.writeString(record, gallery.json().replace("\"verdict\" : \"held\"", "\"verdict\" : \"undecided\""));
        assertThat(Comparison.of(gallery, record).moved())
                .containsExactly("schmidt-2, positive: undecided on record, held now");
        assertThat(Comparison.of(new Gallery(List.of()), record).missing())
                .containsExactly("schmidt-2, positive: undecided on record, not judged now");
    }

    @Test
    void aFileThatIsNoRecordIsRefused() throws IOException {
        Path record = folder.resolve("record.json");
        Files.writeString(record, "{");
        assertThatThrownBy(() -> Comparison.of(new Gallery(List.of()), record)).isInstanceOf(IOException.class)
                .hasMessage(record + " is no record of a gallery: it is not JSON");
        Files.writeString(record, "{}");
        assertThatThrownBy(() -> Comparison.of(new Gallery(List.of()), record)).isInstanceOf(IOException.class)
                .hasMessage(record + " is no record of a gallery: it has no list 'exhibits'");
    }
}
