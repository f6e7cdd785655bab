package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.tensor.RandomStream;

/// Every study, killed by SIGKILL at three random moments, ends with the bytes of a run that nothing happened to.
class KilledStudiesTest {
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyStudyKilledThreeTimesEndsWithTheSameBytes() throws Exception {
        List<StudyContract.Subject> subjects = StudyContract.subjects().toList();
        Map<String, Map<String, String>> expected = new HashMap<>();
        Map<String, Integer> asked = new HashMap<>();
        for (StudyContract.Subject subject : subjects) {
            AtomicInteger questions = new AtomicInteger();
            Path whole = folder.resolve("whole").resolve(subject.toString());
            StudyContract.run(StudyContract.small(subject), subject.tiny(), whole, 2,
                    () -> questions.incrementAndGet() < 0).close();
            expected.put(subject.toString(), StudyContract.contents(whole));
            asked.put(subject.toString(), questions.get());
        }

        RandomStream moments = RandomStream.seeded(23);
        Path killed = Files.createDirectory(folder.resolve("killed"));
        for (int kill = 1; kill <= KILLS; kill++) {
            List<String> arguments = new ArrayList<>(List.of(killed.toString()));
            for (StudyContract.Subject subject : subjects) {
                int all = Objects.requireNonNull(asked.get(subject.toString()));
                // Each kill after at most a quarter of the whole run, so that hardly a study ends before the last one.
                arguments.add(subject + "=" + (1 + (int) (moments.nextDouble() * all / (KILLS + 1))));
            }
            List<String> atWork = killed(arguments);
            if (kill == 1) {
                assertThat(atWork).containsExactlyInAnyOrderElementsOf(expected.keySet());
            }
        }

        for (StudyContract.Subject subject : subjects) {
            Path run = killed.resolve(subject.toString());
            if (!StudyContract.isDone(run)) {
                StudyContract.resume(StudyContract.small(subject), run, 2).close();
            }
            assertThat(StudyContract.contents(run)).as(subject.toString())
                    .isEqualTo(expected.get(subject.toString()));
        }
    }

    /// Starts all studies in a process and kills it when all have come to their moments.
    ///
    /// @return the studies that came to their moments, and had not ended before
    private List<String> killed(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx1g",
                "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "--add-modules", "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED", "-cp",
                tests() + File.pathSeparator + System.getProperty("jdk.module.path", "") + File.pathSeparator
                        + System.getProperty("java.class.path"),
                StudiesToKill.class.getName()));
        command.addAll(arguments);
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> atWork = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.equals(StudiesToKill.READY)) {
                atWork.add(line);
                line = lines.readLine();
            }
            assertThat(line).as(Files.readString(errors)).isEqualTo(StudiesToKill.READY);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).isEqualTo(137);
        return atWork;
    }

    /// The folder of the test classes, which may be a patch of a module and on no path.
    private static Path tests() {
        try {
            Path file = Path.of(Objects.requireNonNull(KilledStudiesTest.class.getResource("KilledStudiesTest.class"))
                    .toURI());
            return file.resolve("../../../../..").normalize();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
