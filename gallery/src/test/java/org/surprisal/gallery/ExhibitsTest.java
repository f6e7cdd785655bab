package org.surprisal.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Studies;
import org.surprisal.study.dataset.Datasets;
import org.surprisal.study.engine.Claim;
import org.surprisal.study.engine.Study;

/// The exhibits that come with Surprisal, and the reading of their files.
class ExhibitsTest {
    private static final double QUICK_SECONDS = 60;

    static Stream<Exhibit> exhibits() {
        return Exhibits.builtIn().all().stream();
    }

    static Stream<Exhibit> exhibitsOfRuns() {
        return exhibits().filter(exhibit -> !exhibit.isComputed());
    }

    @ParameterizedTest
    @MethodSource("exhibitsOfRuns")
    void settingsOfBothSizesAreAcceptedByTheStudy(Exhibit exhibit) {
        Study study = Studies.builtIn().find(exhibit.study()).orElseThrow();
        for (Size size : Size.values()) {
            SharedRun run = SharedRun.of(study, exhibit, exhibit.at(size), 3);
            assertThat(run.folder()).startsWith("runs/");
        }
        exhibit.instead().ifPresent(others -> assertThat(Settings.of(study.settings(),
                exhibit.quick().with(others).settings())).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("exhibitsOfRuns")
    void claimsAreThoseOfTheStudy(Exhibit exhibit) {
        if (exhibit.file().isEmpty()) {
            assertThat(Studies.builtIn().find(exhibit.study()).orElseThrow().claims().stream().map(Claim::id))
                    .containsAll(exhibit.claims());
        }
    }

    @ParameterizedTest
    @MethodSource("exhibitsOfRuns")
    void anExhibitWithClaimsHasAtLeastThreeSeedsAndAQuickRunOfAMinute(Exhibit exhibit) {
        assertThat(exhibit.quick().seconds()).isLessThanOrEqualTo(QUICK_SECONDS);
        assertThat(exhibit.quick().seeds()).isGreaterThanOrEqualTo(3);
        assertThat(exhibit.full().seeds()).isGreaterThanOrEqualTo(3);
        assertThat(exhibit.figures().size() + exhibit.claims().size() + exhibit.judged().size()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("exhibitsOfRuns")
    void aDataSetThatNeedsFilesIsNamedSoThatItsAbsenceIsNoticed(Exhibit exhibit) {
        String used = exhibit.quick().settings().getOrDefault("data", "");
        if (!used.isEmpty() && !Datasets.named(used).embedded()) {
            assertThat(exhibit.dataset()).isEqualTo(used);
        }
    }

    @Test
    void anExhibitWithoutAStudyIsComputedOrDrawn() {
        assertThat(exhibits().filter(Exhibit::isComputed)).isNotEmpty()
                .allMatch(exhibit -> ComputedExhibits.isKnown(exhibit.id()));
    }

    @Test
    void anUnknownExhibitNamesTheNearest() {
        assertThatThrownBy(() -> Exhibits.builtIn().named("schmidt-12a")).isInstanceOf(SettingException.class)
                .hasMessage("schmidt-12a: unknown exhibit; did you mean 'schmidt-12'?");
    }

    @Test
    void anUnknownDocumentNamesTheNearest() {
        assertThatThrownBy(() -> SourceDocument.of("schmitt")).isInstanceOf(SettingException.class)
                .hasMessage("--document: unknown document 'schmitt'; did you mean 'schmidt'?");
    }

    private static final String WHOLE = """
            - id: schmidt-1
              place: Fig 1
              kind: figure
              title: A title
              says: A sentence.
              study: relative-entropy
              quick: {seeds: 3, seconds: 5, sigma-w2: [1, 2], learning-rate: 5e-5}
            """;

    @Test
    void settingsKeepTheirTextAndListsAreJoined() {
        List<Exhibit> exhibits = ExhibitFile.of("f", SourceDocument.SCHMIDT, WHOLE);
        assertThat(exhibits).singleElement().satisfies(exhibit -> {
            assertThat(exhibit.quick()).isEqualTo(new Exhibit.Recipe(Map.of("sigma-w2", "1,2", "learning-rate", "5e-5"),
                    3, 5));
            assertThat(exhibit.full()).isEqualTo(exhibit.quick());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "place: Fig 1 => place: '' => f, exhibit 'schmidt-1': place is missing",
            "id: schmidt-1 => id: notes-1 => f, exhibit 'notes-1': the id does not begin with 'schmidt-'",
            "kind: figure => kind: drawing => f, exhibit 'schmidt-1': unknown kind 'drawing'",
            "seeds: 3 => seeds: x => f, exhibit 'schmidt-1': quick: seeds and seconds must be numbers",
            "title: => tittle: => f, exhibit 'schmidt-1': unknown key 'tittle'",
            "quick: => document: => f, exhibit 'schmidt-1': quick is missing"})
    void aWrongFileIsRefusedWithFileAndId(String change) {
        String[] parts = change.split(" => ", -1);
        assertThatThrownBy(() -> ExhibitFile.of("f", SourceDocument.SCHMIDT, WHOLE.replace(parts[0], parts[1])))
                .isInstanceOf(IllegalStateException.class).hasMessage(parts[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"above 0", "below -1e-3", "within 0.03 of 0.53", "further than 0.1 from 1"})
    void aRuleIsReadAndWrittenAlike(String rule) {
        NumberClaim claim = new NumberClaim("id", "text", "number", Map.of(), Optional.empty(), List.of(),
                List.of(), rule);
        assertThat(claim.region().words().replace('\u2212', '-')).isEqualTo(rule.replace("-1e-3", "-0.001"));
    }

    @Test
    void aRuleThatCannotBeReadIsRefused() {
        NumberClaim claim = new NumberClaim("accuracy", "text", "number", Map.of(), Optional.empty(),
                List.of(), List.of(), "more than 3");
        assertThatThrownBy(claim::region).hasMessage("claim 'accuracy': the rule 'more than 3' must be 'above X',"
                + " 'below X', 'within D of X' or 'further than D from X'");
    }
}
