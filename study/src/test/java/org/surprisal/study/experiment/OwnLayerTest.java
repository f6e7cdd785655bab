package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.format.Safetensors;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.engine.Study;
import org.surprisal.study.engine.StudyRunner;

/// The layer of docs/extending.md, compiled from the document and found on the class path as a user's layer is.
class OwnLayerTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(import [^`]*class ScaleKind.*?)```");
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

    @BeforeEach
    void usersFiles() throws IOException {
        UserFiles.table(folder.resolve("flowers.csv"));
    }

    /// The classes of the document's example, and the file that names the kind.
    private Path compiled(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("ScaleKind.java"), source);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String classPath = System.getProperty("jdk.module.path", "") + File.pathSeparator
                + System.getProperty("java.class.path", "");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", classPath, "-d",
                classes.toString(), file.toString())).isZero();
        return service(classes, "ScaleKind");
    }

    private static Path service(Path classes, String name) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.surprisal.network.architecture.LayerKind"), name + "\n");
        return classes;
    }

    private static String documented() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/extending.md")));
        assertThat(example.find()).isTrue();
        return example.group(1);
    }

    /// What an action gives while the classes are on the class path.
    private static <T> T with(Path classes, Callable<T> action) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[]{classes.toUri().toURL()},
                OwnLayerTest.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return action.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private String summary(String experiment) throws IOException {
        return ExperimentStudy.summary(Files.writeString(folder.resolve("my.yaml"), experiment), Map.of(), folder,
                _ -> {
                });
    }

    @Test
    void layerOfAUserTrainsIsHeardAndSaved() throws Exception {
        Path classes = compiled(documented());
        Path file = Files.writeString(folder.resolve("my.yaml"), EXPERIMENT);
        Study study = new ExperimentStudy();
        RunFolder run = with(classes, () -> StudyRunner.execute(study, new RunRequest(
                Settings.of(study.settings(), Map.of("file", file.toString())), 1, OptionalInt.of(1), folder,
                folder.resolve("run")), Progress.SILENT, () -> false));

        assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
        assertThat(Files.readString(run.path().resolve("metrics.csv"))).contains("scale0");
        try (var saved = Files.list(run.path().resolve("trials/seed=1/weights"))) {
            assertThat(Safetensors.names(saved.findFirst().orElseThrow()))
                    .containsExactlyInAnyOrder("scale0.factors", "linear0.weight", "linear0.bias");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"scale: {start: 0.5}", "scale: 2", "scale", "scale: "})
    void summaryCountsTheLayersParameters(String layer) throws Exception {
        assertThat(with(compiled(documented()), () -> summary(EXPERIMENT.replace("scale: {start: 0.5}", layer))))
                .isEqualTo("""
                        layer    output  parameters
                        input    4
                        scale0   4                4
                        linear0  3               15
                        total                    19""");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "scale: {start: many}|network[0].scale.start is 'many': must be a number from -1000000 to 1000000",
            "scale: many|network[0].scale is 'many': must be a number from -1000000 to 1000000",
            "scale: {begin: 1}|network[0].scale.begin: there is no such key; the keys are start",
            "scael|network[0]: there is no layer 'scael'; did you mean 'scale'?",
            "reshape: [2, 2]}, {scale: 2|network[1]: scale: samples of shape (features) are needed, not (2, 2)"})
    void wrongSettingOfTheLayerIsAnsweredWithItsPlace(String layers, String answer) throws Exception {
        String experiment = EXPERIMENT.replace("network:\n  - scale: {start: 0.5}\n  - linear: 3",
                layers.startsWith("scael")
                        ? "network: [scael, {linear: 3}]"
                        : "network: [{" + layers
                                + "}, {linear: 3}]");
        Path classes = compiled(documented());
        assertThatThrownBy(() -> with(classes, () -> summary(experiment))).isInstanceOf(SettingException.class)
                .hasMessage(folder.resolve("my.yaml") + ", line 2: " + answer);
    }

    @Test
    void kindThatCannotBeUsedIsNamed() throws Exception {
        Path relu = compiled(documented().replace("return \"scale\"; }\n    public List<Setting",
                "return \"relu\"; }\n    public List<Setting"));
        assertThatThrownBy(() -> with(relu, () -> summary(EXPERIMENT))).isInstanceOf(IllegalStateException.class)
                .hasMessage("two kinds of layers are called 'relu': give that of ScaleKind another name");
        Path capital = compiled(documented().replace("return \"scale\"; }\n    public List<Setting",
                "return \"Scale\"; }\n    public List<Setting"));
        assertThatThrownBy(() -> with(capital, () -> summary(EXPERIMENT))).hasMessage("ScaleKind calls a layer 'Scale':"
                + " a name is lower-case letters and digits joined by hyphens");
        Path missing = service(Files.createDirectories(folder.resolve("missing")), "NoKind");
        assertThatThrownBy(() -> with(missing, () -> summary(EXPERIMENT))).hasMessage("a layer of your own cannot be"
                + " loaded: org.surprisal.network.architecture.LayerKind: Provider NoKind not found");
    }
}
