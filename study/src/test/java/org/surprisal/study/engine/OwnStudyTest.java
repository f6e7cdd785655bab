package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.RunStatus;
import org.surprisal.study.Studies;

/// The study of docs/studies.md, compiled from the document and found on the class path as a user's study is.
class OwnStudyTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\n(import .*?)```");

    @TempDir
    private Path folder;

    private Path compiled() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/studies.md")));
        assertThat(example.find()).isTrue();
        Path source = Files.writeString(folder.resolve("WidthStudy.java"), example.group(1));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String classPath = System.getProperty("jdk.module.path", "") + File.pathSeparator
                + System.getProperty("java.class.path", "");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", classPath, "-d",
                classes.toString(), source.toString())).isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.surprisal.study.engine.Study"), "WidthStudy\n");
        return classes;
    }

    @Test
    void studyOfAUserIsFoundRunAndJudged() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[]{compiled().toUri().toURL()},
                OwnStudyTest.class.getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Study study = Studies.builtIn().find("width").orElseThrow();
            Settings settings = Settings.of(study.settings(),
                    Map.of("widths", "10,100", "train-samples", "256", "batch", "32"));
            RunFolder run = StudyRunner.execute(study,
                    new RunRequest(settings, 1, OptionalInt.of(3), folder, folder.resolve("run")), Progress.SILENT,
                    () -> false);

            assertThat(run.record().status()).isEqualTo(RunStatus.DONE);
            List<String> metrics = Files.readAllLines(run.path().resolve("metrics.csv"));
            assertThat(metrics.getFirst()).startsWith("widths,seed,stage,");
            assertThat(metrics).filteredOn(line -> line.contains(",test-accuracy,")).hasSize(6);
            assertThat(StudyRunner.report(study, run).found()).singleElement().asString()
                    .contains(": The wider network is more accurate.");
            assertThat(run.figures().resolve("accuracy-by-width.png")).isNotEmptyFile();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
