package org.surprisal.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.surprisal.report.Verdict;

/// The record of the repository and the pages made from it.
class RecordedGalleryTest {
    private static final Path REPOSITORY = Path.of("..");

    @TempDir
    private Path folder;

    private static Exhibit exhibit(String id) {
        return new Exhibit(id, SourceDocument.SCHMIDT, "Fig 1, L10", Exhibit.Kind.FIGURE, "A title", "A sentence.", "",
                "", "", "", new Exhibit.Recipe(Map.of(), 1, 1), new Exhibit.Recipe(Map.of(), 1, 1), Optional.empty(),
                List.of("curve"), List.of(), List.of());
    }

    private static Outcome outcome(String id, Size size, Verdict verdict, double p) {
        ClaimOutcome.Case only = new ClaimOutcome.Case("", 2, OptionalDouble.of(1.5), OptionalDouble.of(2.5),
                OptionalDouble.of(p), 3, verdict);
        return new Outcome(exhibit(id), size, Outcome.Status.DECIDED, "", 12,
                List.of(new ClaimOutcome("positive", "The number is positive", verdict, "above 0", List.of(only))), "",
                List.of("figures/curve"), "./surprisal reproduce " + id, new Origin("1", "abc", "a machine"));
    }

    /// Nobody edits a page by hand: `./surprisal reproduce --record` writes it again.
    @ParameterizedTest
    @EnumSource
    void thePagesOfTheDocumentationAreThoseOfTheRecord(SourceDocument document) throws IOException {
        RecordedGallery recorded = new RecordedGallery(REPOSITORY, Exhibits.builtIn());
        Optional<String> page = RecordedGallery.page(recorded.read(), document);
        Path file = recorded.pageOf(document);
        assertThat(Files.exists(file)).isEqualTo(page.isPresent());
        if (page.isPresent()) {
            assertThat(Files.readString(file)).isEqualTo(page.get());
        }
    }

    @Test
    void everyFigureOfThePagesIsThereAndNoneIsLeftOver() throws IOException {
        RecordedGallery recorded = new RecordedGallery(REPOSITORY, Exhibits.builtIn());
        Path pages = REPOSITORY.resolve("docs/gallery");
        List<Path> drawn = recorded.read().outcomes().stream().flatMap(outcome -> outcome.figures().stream())
                .map(pages::resolve).toList();
        assertThat(drawn).allMatch(Files::isRegularFile);
        try (Stream<Path> files = Files.list(pages.resolve("figures"))) {
            assertThat(files).allMatch(drawn::contains);
        }
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws IOException {
        Exhibits known = new Exhibits(List.of(exhibit("schmidt-1"), exhibit("schmidt-2")));
        List<Outcome> outcomes = List.of(outcome("schmidt-1", Size.QUICK, Verdict.HELD, 0.01),
                outcome("schmidt-1", Size.DOCUMENT, Verdict.NOT_HELD, 0.02),
                outcome("schmidt-2", Size.QUICK, Verdict.UNDECIDED, 0.4));
        Path file = folder.resolve("record.json");
        Files.writeString(file, GalleryFile.text(outcomes));
        assertThat(GalleryFile.read(file, known)).isEqualTo(outcomes);
        assertThat(GalleryFile.read(file, new Exhibits(List.of(exhibit("schmidt-2"))))).hasSize(1);
    }

    @Test
    void aRecordWithAnUnknownWordIsRefused() throws IOException {
        Path file = folder.resolve("record.json");
        Files.writeString(file, GalleryFile.text(List.of(outcome("schmidt-1", Size.QUICK, Verdict.HELD, 0.1)))
                .replace("\"held\"", "\"upheld\""));
        assertThatThrownBy(() -> GalleryFile.read(file, new Exhibits(List.of(exhibit("schmidt-1")))))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ", exhibit 'schmidt-1': verdict 'upheld' must be held,"
                        + " not-held or undecided");
    }

    @Test
    void outcomesReplaceThoseOfTheSameExhibitAndSize() throws IOException {
        Files.createDirectories(folder.resolve("gallery"));
        Files.createDirectories(folder.resolve("docs"));
        Path run = Files.createDirectories(folder.resolve("run/figures"));
        Files.writeString(run.resolve("curve.svg"), "<svg/>");
        Files.writeString(run.resolve("curve.png"), "a longer file");
        Exhibits known = new Exhibits(List.of(exhibit("schmidt-1"), exhibit("schmidt-2")));
        RecordedGallery recorded = new RecordedGallery(folder, known);
        recorded.keep(new Gallery(List.of(outcome("schmidt-2", Size.QUICK, Verdict.HELD, 0.1),
                outcome("schmidt-1", Size.QUICK, Verdict.HELD, 0.1))), folder.resolve("run"));
        recorded.keep(new Gallery(List.of(outcome("schmidt-1", Size.QUICK, Verdict.NOT_HELD, 0.1),
                Outcome.skipped(exhibit("schmidt-2"), Size.QUICK, "no data", ""))), folder.resolve("run"));
        assertThat(recorded.read().outcomes()).extracting(each -> each.exhibit().id() + " "
                + each.claims().getFirst().verdict()).containsExactly("schmidt-1 NOT_HELD", "schmidt-2 HELD");
        recorded.writePages();
        assertThat(Files.readString(recorded.pageOf(SourceDocument.SCHMIDT))).contains("## A title",
                "![A title](figures/schmidt-1-quick-curve.svg)",
                "- **not held** The number is positive. 2.00 (1.50 to 2.50, n = 3); held if above 0.",
                "Quick size, 12 s on a machine, commit abc.");
        assertThat(folder.resolve("docs/gallery/figures/schmidt-1-quick-curve.svg")).hasContent("<svg/>");
    }

    @Test
    void aFolderThatIsNoCheckoutIsRefused() {
        assertThatThrownBy(() -> new RecordedGallery(folder, Exhibits.builtIn())).isInstanceOf(IOException.class)
                .hasMessage(
                        folder + " is no checkout of Surprisal: it has no folders 'gallery' and 'docs'; --record DIR"
                                + " names one");
    }

    /// The worked example of Benjamini and Hochberg (1995, table 1): fifteen p-values of which four are significant.
    @Test
    void adjustedValuesAreThoseOfBenjaminiAndHochberg() {
        double[] p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                0.6528, 0.7590, 1.0000};
        double[] q = FalseDiscoveries.adjusted(p);
        assertThat(q[3]).isEqualTo(0.0095 * 15 / 4);
        assertThat(Arrays.stream(q).filter(each -> each <= 0.05).count()).isEqualTo(4);
        assertThat(q[5]).isEqualTo(0.0298 * 15 / 7);
        assertThat(q[14]).isEqualTo(1);
    }

    @Test
    void theOrderOfPValuesDoesNotMatter() {
        assertThat(FalseDiscoveries.adjusted(0.04, 0.01, 0.03)).containsExactly(0.04, 0.03, 0.04);
    }
}
