package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.format.Safetensors;

/// The layer of docs/extending.md, compiled from the document and found on the class path as a user's layer is.
class OwnLayerTest {
    private static final String SERVICE = "org.surprisal.network.architecture.LayerKind";
    private static final String EXPERIMENT = """
            data: {csv: flowers.csv, target: species, split: {test: 0.25}, normalise: standard}
            network:
              - scale: {start: 0.5}
              - linear: 3
            loss: cross-entropy
            optimiser: {adam: 0.05}
            training: {epochs: 5, batch-size: 16}
            probes: [scale0]
            """;

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    /// Three species, which differ in one of four numbers each.
    @BeforeEach
    void table() throws IOException {
        StringBuilder text = new StringBuilder("a,b,c,d,species\n");
        for (int i = 0; i < 48; i++) {
            int kind = i % 3;
            for (int j = 0; j < 4; j++) {
                text.append((j == kind ? 3 : 0) + (i * (7 + j)) % 10 / 10.0).append(',');
            }
            text.append(new String[]{"setosa", "versicolor", "virginica"}[kind]).append('\n');
        }
        Files.writeString(folder.resolve("flowers.csv"), text);
        file = folder.resolve("my.yaml");
    }

    private UserClasses compiled(String source) throws IOException {
        return UserClasses.of(folder, "ScaleKind", source, SERVICE);
    }

    private static String documented() throws IOException {
        return UserClasses.documented("extending.md", "ScaleKind");
    }

    private CommandRun summary(UserClasses classes, String experiment) throws IOException {
        return classes.run("run", Files.writeString(file, experiment).toString(), "--summary");
    }

    @Test
    void layerOfAUserTrainsIsHeardAndSaved() throws IOException {
        Path out = folder.resolve("run");
        CommandRun run = compiled(documented()).run("run", Files.writeString(file, EXPERIMENT).toString(), "--out",
                out.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(out.resolve("metrics.csv"))).contains("scale0");
        try (var saved = Files.list(out.resolve("trials/seed=1/weights"))) {
            assertThat(Safetensors.names(saved.findFirst().orElseThrow()))
                    .containsExactlyInAnyOrder("scale0.factors", "linear0.weight", "linear0.bias");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"scale: {start: 0.5}", "scale: 2", "scale", "scale: "})
    void summaryCountsTheLayersParameters(String layer) throws IOException {
        assertThat(summary(compiled(documented()), EXPERIMENT.replace("scale: {start: 0.5}", layer)).out())
                .isEqualToNormalizingNewlines("""
                        layer    output  parameters
                        input    4
                        scale0   4                4
                        linear0  3               15
                        total                    19
                        """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "scale: {start: many}|network[0].scale.start is 'many': must be a number from -1000000 to 1000000",
            "scale: many|network[0].scale is 'many': must be a number from -1000000 to 1000000",
            "scale: {begin: 1}|network[0].scale.begin: there is no such key; the keys are start",
            "scael|network[0]: there is no layer 'scael'; did you mean 'scale'?",
            "reshape: [2, 2]}, {scale: 2|network[1]: scale: samples of shape (features) are needed, not (2, 2)"})
    void wrongSettingOfTheLayerIsAnsweredWithItsPlace(String layers, String answer) throws IOException {
        String experiment = EXPERIMENT.replace("network:\n  - scale: {start: 0.5}\n  - linear: 3",
                layers.startsWith("scael")
                        ? "network: [scael, {linear: 3}]"
                        : "network: [{" + layers + "}, {linear: 3}]");
        CommandRun run = summary(compiled(documented()), experiment);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.errorLines()).first().isEqualTo("surprisal: " + file + ", line 2: " + answer
                + (answer.endsWith("?") ? "" : ";") + " try 'surprisal run --help'");
    }

    @Test
    void kindThatCannotBeUsedIsNamed() throws IOException {
        UserClasses relu = compiled(documented().replace("return \"scale\"; }\n    public List<Setting",
                "return \"relu\"; }\n    public List<Setting"));
        assertThat(summary(relu, EXPERIMENT).errorLines()).containsExactly(
                "surprisal: two kinds of layers are called 'relu': give that of ScaleKind another name");
        UserClasses capital = compiled(documented().replace("return \"scale\"; }\n    public List<Setting",
                "return \"Scale\"; }\n    public List<Setting"));
        assertThat(summary(capital, EXPERIMENT).errorLines()).containsExactly("surprisal: ScaleKind calls a layer"
                + " 'Scale': a name is lower-case letters and digits joined by hyphens");
        UserClasses missing = UserClasses.named(Files.createDirectories(folder.resolve("missing")), "NoKind", SERVICE);
        assertThat(summary(missing, EXPERIMENT).errorLines()).containsExactly("surprisal: a layer of your own cannot be"
                + " loaded: org.surprisal.network.architecture.LayerKind: Provider NoKind not found");
    }
}
