package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.study.Studies;
import tools.jackson.databind.JsonNode;

/// `surprisal reproduce` and `surprisal list exhibits`.
class ReproduceCommandTest {
    @TempDir
    private Path folder;

    private CommandRun reproduce(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "reproduce";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--out";
        all[all.length - 1] = folder.resolve("gallery").toString();
        return CommandRun.of(Studies.builtIn(), all);
    }

    @Test
    void aNumberThatTheThesisPrintsIsMadeAgainAndThePageIsNamed() throws IOException {
        CommandRun run = reproduce("schmidt-critical-point", "--quiet");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(folder.resolve("gallery/index.html") + System.lineSeparator());
        assertThat(run.errorLines()).containsExactly("surprisal: 1 exhibit: 1 decided, 0 shown, 0 skipped, 0 failed;"
                + " claims: 1 held, 0 not held, 0 undecided");
        assertThat(Files.readString(folder.resolve("gallery/index.html"))).contains(
                "For tanh and σ<sub>b</sub>²\u00a0=\u00a00.05 the critical weight variance is about 1.76");
    }

    @Test
    void theRecordIsPrintedAsJson() {
        JsonNode exhibit = reproduce("schmidt-critical-temperature", "--json").json().path("exhibits").path(0);
        assertThat(exhibit.path("status").asString()).isEqualTo("decided");
        assertThat(exhibit.path("claims").path(0).path("verdict").asString()).isEqualTo("held");
        assertThat(exhibit.path("claims").path(0).path("estimate").asDouble()).isEqualTo(2.269185314213022);
    }

    @Test
    void aReversedVerdictFailsTheCheck() throws IOException {
        String json = reproduce("schmidt-critical-temperature", "--json").out();
        Path record = folder.resolve("record.json");
        Files.writeString(record, json);
        assertThat(reproduce("schmidt-critical-temperature", "--check", record.toString()).code()).isZero();
        Files.writeString(record, json.replace("\"held\"", "\"not-held\""));
        CommandRun run = reproduce("schmidt-critical-temperature", "--check", record.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errorLines()).contains("surprisal: verdict reversed: schmidt-critical-temperature,"
                + " critical-temperature: not-held on record, held now");
    }

    @Test
    void aSecondCallAddsItsExhibitsToTheFolder() throws IOException {
        reproduce("schmidt-critical-temperature", "--quiet");
        reproduce("schmidt-critical-point", "--quiet");
        assertThat(Files.readString(folder.resolve("gallery/index.html")))
                .contains("<article id=\"schmidt-critical-point\"", "<article id=\"schmidt-critical-temperature\"");
    }

    @Test
    void outcomesAreKeptInACheckoutWithAPageOfTheDocument() throws IOException {
        Path checkout = folder.resolve("checkout");
        Files.createDirectories(checkout.resolve("gallery"));
        Files.createDirectories(checkout.resolve("docs"));
        assertThat(reproduce("schmidt-5", "--quiet", "--record", checkout.toString()).code()).isZero();
        String page = Files.readString(checkout.resolve("docs/gallery/schmidt.md"));
        assertThat(page).contains("## The hyperbolic tangent",
                "![The hyperbolic tangent](figures/schmidt-5-quick-tanh.svg)");
        Files.delete(checkout.resolve("docs/gallery/schmidt.md"));
        assertThat(reproduce("--record", checkout.toString()).code()).isZero();
        assertThat(checkout.resolve("docs/gallery/schmidt.md")).hasContent(page);
    }

    @Test
    void aRecordOutsideACheckoutIsRefused() {
        CommandRun run = reproduce("schmidt-5", "--quiet", "--record", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errorLines()).containsExactly("surprisal: " + folder + " is no checkout of Surprisal: it has no"
                + " folders 'gallery' and 'docs'; --record DIR names one");
    }

    @Test
    void exhibitsWithoutTheirDataAreSkippedAndTheCommandSucceeds() {
        CommandRun run = reproduce("landsverk-5.1-5.3", "--data", folder.toString());
        assertThat(run.code()).isZero();
        assertThat(run.errorLines()).containsExactly("surprisal: 1 exhibit: 0 decided, 0 shown, 1 skipped, 0 failed;"
                + " claims: 0 held, 0 not held, 0 undecided");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "=> an ID, --document NAME or --all is needed; 'surprisal list exhibits' shows the exhibits",
            "schmidt-99 => schmidt-99: unknown exhibit; did you mean 'schmidt-9'?",
            "--all schmidt-12 => --all is every exhibit: neither ID nor --document can be given beside it",
            "--document schmitt => --document: unknown document 'schmitt'; did you mean 'schmidt'?",
            "schmidt-12 --size full => --size full; the sizes are quick, document",
            "schmidt-12 --budget 3d => --budget 3d: must be a number of seconds, minutes or hours, such as 90s, 45m or"
                    + " 8h",
            "schmidt-12 --seeds 0 => --seeds 0: must be at least 1", "schmidt-12 --jobs 0 => --jobs 0: must be at"
                    + " least 1"})
    void wrongUsageIsOneLine(String usage) {
        String[] parts = usage.split("=> ", 2);
        CommandRun run = reproduce(parts[0].isBlank() ? new String[0] : parts[0].strip().split(" "));
        assertThat(run.code()).isEqualTo(2);
        String stop = parts[1].endsWith("?") ? " " : "; ";
        assertThat(run.errorLines()).containsExactly("surprisal: " + parts[1] + stop
                + "try 'surprisal reproduce --help'");
    }

    @Test
    void theListHasTheClaimsOfEachExhibitAndWhatItTakes() {
        JsonNode exhibits = CommandRun.of(Studies.builtIn(), "list", "exhibits", "--document", "schmidt", "--json")
                .json().path("exhibits");
        assertThat(exhibits.size()).isGreaterThan(10);
        JsonNode figure = exhibits.valueStream().filter(each -> each.path("id").asString().equals("schmidt-12"))
                .findFirst().orElseThrow();
        assertThat(figure.path("document").asString()).isEqualTo("schmidt");
        assertThat(figure.path("kind").asString()).isEqualTo("figure");
        assertThat(figure.path("data").path(0).asString()).isEqualTo("mnist");
        assertThat(figure.path("claims").path(0).path("text").asString()).startsWith("The deepest networks are most");
        assertThat(figure.path("quickSeconds").asDouble()).isPositive();
        assertThat(figure.path("documentSeconds").asDouble()).isPositive();
    }

    @Test
    void aDocumentIsChosenAmongExhibitsOnly() {
        CommandRun run = CommandRun.of(Studies.builtIn(), "list", "--document", "schmidt");
        assertThat(run.errorLines()).containsExactly("surprisal: --document chooses among exhibits: surprisal list"
                + " exhibits --document schmidt; try 'surprisal list --help'");
    }
}
