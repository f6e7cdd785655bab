package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The shell scripts, as far as they can be checked without a build within the build.
class LauncherTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static String check(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : output;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"surprisal", ".ci/run"})
    void scriptsAreExecutableAndWellFormed(String script) throws IOException, InterruptedException {
        Path file = ROOT.resolve(script);
        assertThat(file).isExecutable();
        assumeTrue(isInstalled("bash"), "bash is not installed");
        assertThat(check("bash", "-n", file.toString())).isEmpty();
    }

    /// Names of files are ASCII to a JVM without a locale. The launcher is copied beside a build and a JDK that only
    /// tell what they are started with.
    @ParameterizedTest
    @CsvSource({"C, '', '', C.UTF-8|", "POSIX, '', '', C.UTF-8|", "'', C, '', |C.UTF-8", "'', '', C, |C.UTF-8",
            "'', '', '', |C.UTF-8", "de_DE.UTF-8, C, C, de_DE.UTF-8|C", "'', '', fr_FR.UTF-8, |",
            "'', en_GB.UTF-8, C, |en_GB.UTF-8"})
    void launcherGivesTheJvmALocaleWhereThereIsNone(String all, String characters, String language, String expected,
            @TempDir Path root) throws IOException, InterruptedException {
        assumeTrue(isInstalled("bash"), "bash is not installed");
        Path build = root.resolve("cli/target/app/b1");
        Files.createDirectories(build.resolve("lib"));
        Files.writeString(build.resolveSibling("current"), "b1\n");
        Files.writeString(build.resolve("stamp"), "");
        Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/usr/bin/env bash\necho \"${LC_ALL:-}|${LC_CTYPE:-}\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        Path launcher = Files.copy(ROOT.resolve("surprisal"), root.resolve("surprisal"),
                StandardCopyOption.COPY_ATTRIBUTES);
        ProcessBuilder builder = new ProcessBuilder("bash", launcher.toString(), "list")
                .redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(root.resolve("out").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        Map.of("LC_ALL", all, "LC_CTYPE", characters, "LANG", language).forEach((name, value) -> {
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });

        assertThat(builder.start().waitFor()).isZero();
        assertThat(root.resolve("out")).content().isEqualTo(expected + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"surprisal", ".ci/run"})
    void scriptsPassShellcheck(String script) throws IOException, InterruptedException {
        assumeTrue(isInstalled("shellcheck"), "shellcheck is not installed");
        assertThat(check("shellcheck", ROOT.resolve(script).toString())).isEmpty();
    }
}
