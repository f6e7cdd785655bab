package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The commands that tell what there is.
class ListDataDoctorTest {
    @TempDir
    private Path folder;

    @Test
    void everythingIsListed() {
        CommandRun run = CommandRun.of("list");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("studies:", "random-walk", "walks at random", "datasets:", "mnist", "digits",
                "estimators:", "relative-entropy").doesNotContain("how many");
    }

    @Test
    void studiesAreListedWithTheirSettings() {
        for (String kind : List.of("studies", "datasets", "estimators")) {
            assertThat(CommandRun.of("list", kind).out().lines()).allMatch(line -> line.length() <= 100);
        }
        assertThat(CommandRun.of("list", "studies").out()).contains("random-walk", "steps=3",
                "how many [an integer from 1 to 1000]").doesNotContain("datasets");

        JsonNode study = CommandRun.of("list", "studies", "--json").json().get("studies").get(0);
        assertThat(study.get("name").asString()).isEqualTo("random-walk");
        assertThat(study.get("summary").asString()).isEqualTo("walks at random");
        assertThat(study.get("settings").get(1).get("key").asString()).isEqualTo("lengths");
        assertThat(study.get("settings").get(1).get("default").asString()).isEqualTo("1,2.5");
    }

    @ParameterizedTest
    @CsvSource({"studies,random-walk", "datasets,mnist", "tasks,normal-1x1", "estimators,auto"})
    void aListAsJsonIsOneObject(String kind, String name) {
        CommandRun run = CommandRun.of("list", kind, "--json");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.json().propertyNames()).containsExactly(kind);
        assertThat(run.json().get(kind).get(0).get("name").asString()).isEqualTo(name);
        assertThat(CommandRun.of("list", "--json").json().propertyNames()).containsExactly("studies", "datasets",
                "tasks", "estimators");
    }

    @Test
    void tasksAreListedByGroupWithDataSetsAndOneByOneByThemselves() {
        assertThat(CommandRun.of("list", "datasets").out().lines()).contains("datasets:", "tasks:",
                "  normal           dense-2x2 3x3 5x5 25x25 50x50, 2-pair-2x2 3x3 5x5 25x25",
                "These are pairs whose mutual information is known, for 'measure mi --task NAME-DIMENSIONS'.");
        assertThat(CommandRun.of("list", "tasks").out().lines()).filteredOn(line -> line.contains(" nat, "))
                .hasSize(60).anyMatch(line -> line.matches(" *dense-50x50 +1\\.6243 nat, normal"))
                .anyMatch(line -> line.matches(" *student-2-5x1 +0\\.1801 nat, held-out"));
        JsonNode task = CommandRun.of("list", "tasks", "--json").json().get("tasks").get(9);
        assertThat(task.propertyNames()).containsExactly("name", "group", "dimensionX", "dimensionY", "information");
        assertThat(task.toString()).startsWith("{\"name\":\"swiss-roll-2x1\",\"group\":\"one-dimensional\","
                + "\"dimensionX\":2,\"dimensionY\":1,\"information\":0.41333928659");
    }

    @Test
    void estimatorsSayWhenNotToUseThem() {
        CommandRun run = CommandRun.of("list", "estimators");
        assertThat(run.out()).contains("assumes", "cost", "not to be used", "lower-bound (measure mi)",
                "estimate (measure entropy)", "estimate (measure relative-entropy)",
                "All assume rows that are independent of each other.", "--surrogates rotate");
        JsonNode all = CommandRun.of("list", "estimators", "--json").json().get("estimators");
        assertThat(all).hasSizeGreaterThan(12).allSatisfy(entry -> {
            for (String key : new String[]{"name", "measure", "summary", "kind", "assumes", "cost", "avoid"}) {
                assertThat(entry.get(key).asString()).isNotBlank();
            }
        });
    }

    @Test
    void aDataSetTellsWhichFilesAreThere() throws IOException {
        Files.createDirectories(folder.resolve("mnist"));
        Files.createFile(folder.resolve("mnist/train-labels-idx1-ubyte.gz"));
        Files.createFile(folder.resolve("mnist/t10k-labels-idx1-ubyte"));

        CommandRun run = CommandRun.of("data", "info", "mnist", "--data", folder.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(folder.resolve("mnist").toString(), "surprisal data fetch mnist");
        assertThat(run.out().lines().filter(line -> line.endsWith("there"))).hasSize(2);
        assertThat(run.out().lines().filter(line -> line.endsWith("bytes  missing"))).hasSize(2);

        JsonNode answer = CommandRun.of("data", "info", "mnist", "--data", folder.toString(), "--json").json();
        assertThat(answer.get("name").asString()).isEqualTo("mnist");
        assertThat(answer.get("embedded").asBoolean()).isFalse();
        assertThat(answer.get("folder").asString()).isEqualTo(folder.resolve("mnist").toString());
        assertThat(answer.get("files")).hasSize(4)
                .allSatisfy(file -> assertThat(file.get("present").asBoolean())
                        .isEqualTo(file.get("name").asString().contains("labels")))
                .allSatisfy(file -> assertThat(file.get("sha256").asString()).matches("[0-9a-f]{64}"));
    }

    @Test
    void anEmbeddedDataSetNeedsNoFile() {
        assertThat(CommandRun.of("data", "info", "digits").out()).contains("needs no file");
        assertThat(CommandRun.of("data", "info", "digits", "--json").json().get("embedded").asBoolean()).isTrue();
        CommandRun fetched = CommandRun.of("data", "fetch", "digits");
        assertThat(fetched.code()).isZero();
        assertThat(fetched.errorLines()).singleElement().asString().contains("digits", "needs no file");
    }

    @ParameterizedTest
    @CsvSource({"mnist,test,the test part as published", "cora,all,'training, validation and test as published'",
            "moons,none,all drawn from the seed"})
    void aDataSetTellsWhichPartsEverybodyUses(String name, String published, String words) {
        assertThat(CommandRun.of("data", "info", name, "--data", folder.toString()).out()).contains(words);
        assertThat(CommandRun.of("data", "info", name, "--json").json().get("published").asString())
                .isEqualTo(published);
    }

    @Test
    void aFileThatIsNotTheDataSetsIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("mnist"));
        Path wrong = Files.writeString(folder.resolve("mnist/train-images-idx3-ubyte.gz"), "something else");

        CommandRun run = CommandRun.of("data", "fetch", "mnist", "--data", folder.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errorLines()).singleElement().asString().contains(wrong.getFileName().toString());
        assertThat(wrong).hasContent("something else");
    }

    @Test
    void theDoctorTellsWhatToDo() {
        CommandRun run = CommandRun.of("doctor", "--data", folder.toString());

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("java", "processor", "memory", "products", "element-wise work", "GFLOP/s",
                "cache folder", "output folder", "'surprisal data fetch mnist'", folder.toString());
        assertThat(run.out().lines().filter(line -> !line.startsWith(" ")))
                .allMatch(line -> line.matches("(ok|warn) .*"));
    }

    @Test
    void theDoctorAnswersAsJson() {
        JsonNode answer = CommandRun.of("doctor", "--data", folder.toString(), "--json").json();

        assertThat(answer.get("status").asString()).isEqualTo("warn");
        assertThat(answer.get("checks")).allSatisfy(check -> {
            assertThat(check.get("status").asString()).isIn("ok", "warn");
            assertThat(check.has("advice")).isEqualTo(check.get("status").asString().equals("warn"));
        }).anySatisfy(check -> {
            assertThat(check.get("name").asString()).isEqualTo("product rate");
            assertThat(check.get("gigaflopPerSecond").asDouble()).isPositive();
        });
    }

    @Test
    void theCompletionScriptKnowsCommandsOptionsAndNames() {
        CommandRun run = CommandRun.of("completion");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("#!").contains("complete -F", "relative-entropy", "--sigma-w2", "quickstart",
                "mnist");
    }
}
