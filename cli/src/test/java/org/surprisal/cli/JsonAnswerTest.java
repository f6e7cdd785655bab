package org.surprisal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.format.Npy;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

class JsonAnswerTest {
    @TempDir
    private Path folder;

    private static String printed(Map<String, ?> answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        JsonAnswer.print(new Console(stream, stream, false, 80), answer);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void entriesKeepTheirOrder() {
        assertThat(printed(JsonAnswer.ordered("z", 1, "a", List.of(JsonAnswer.ordered("y", 2, "b", 3)))))
                .isEqualToIgnoringWhitespace("{\"z\": 1, \"a\": [{\"y\": 2, \"b\": 3}]}");
        assertThat(printed(Map.of("one", 1))).isEqualToIgnoringWhitespace("{\"one\": 1}");
    }

    @Test
    void aMapWithoutAnOrderIsRefusedByItsPlace() {
        assertThatThrownBy(() -> printed(JsonAnswer.ordered("points", List.of(Map.of("x", 1, "y", 2)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("answer.points[] is a map without an order: a LinkedHashMap is needed");
        assertThatThrownBy(() -> printed(JsonAnswer.ordered("settings", new HashMap<>(Map.of("x", 1, "y", 2)))))
                .hasMessage("answer.settings is a map without an order: a LinkedHashMap is needed");
    }

    /// Two starts of the program, which draw other orders for `Map.of`, print the same bytes.
    @ParameterizedTest
    @ValueSource(strings = {"ising --size 4 --temperature 2 --sweeps 64", "theory ib-curve --joint p.npy --beta 2,9",
            "measure distances --x x.npy --pairs 100", "measure gaussianity --x rows.npy",
            "measure mi --estimator ksg --x x.npy --y y.npy", "list estimators"})
    void twoStartsPrintTheSameBytes(String words) throws IOException, InterruptedException {
        Npy.write(folder.resolve("p.npy"), Tensor.of(new double[]{0.45, 0.05, 0.05, 0.45}, 2, 2));
        Npy.write(folder.resolve("x.npy"), normal(1, 40, 2));
        Npy.write(folder.resolve("y.npy"), normal(2, 40, 1));
        Npy.write(folder.resolve("rows.npy"), normal(3, 2, 40));

        String once = start(words);
        assertThat(once).startsWith("{");
        assertThat(start(words)).isEqualTo(once);
    }

    private static Tensor normal(long seed, int rows, int columns) {
        RandomStream random = RandomStream.seeded(seed);
        double[] numbers = new double[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextGaussian();
        }
        return Tensor.of(numbers, rows, columns);
    }

    private String start(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx512m",
                "-Djava.awt.headless=true", "-Dsurprisal.native=off", "-cp",
                System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path"),
                "org.surprisal.cli.Main"));
        command.addAll(List.of(words.split(" ")));
        command.add("--json");
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile()).start();
        assertThat(process.waitFor()).as(() -> read(folder.resolve("err"))).isZero();
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
