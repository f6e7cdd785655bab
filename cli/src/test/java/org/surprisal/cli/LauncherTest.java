package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
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

    @ParameterizedTest
    @ValueSource(strings = {"surprisal", ".ci/run"})
    void scriptsPassShellcheck(String script) throws IOException, InterruptedException {
        assumeTrue(isInstalled("shellcheck"), "shellcheck is not installed");
        assertThat(check("shellcheck", ROOT.resolve(script).toString())).isEmpty();
    }
}
