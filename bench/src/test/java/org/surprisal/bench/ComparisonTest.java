package org.surprisal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.bench.harness.FakeWorkload;
import org.surprisal.bench.harness.Harness;
import org.surprisal.bench.harness.Rounds;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.page.SpeedRecord;
import org.surprisal.bench.workload.Workloads;
import org.surprisal.cli.Console;
import org.surprisal.cli.UsageException;
import org.surprisal.study.Studies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8), false, 80);

    private Comparison comparison() {
        return new Comparison(console, new Harness(new Scene(Path.of("nowhere"), 1, true),
                new Rounds(3, 1e-4, 1e-4), 1, OptionalDouble::empty),
                Map.of("name", "none", "version", "0"));
    }

    private static Workload workload(String name, double factor) {
        return new FakeWorkload(name, factor, new ArrayList<>());
    }

    @Test
    void aMissedTargetFailsNothing() throws IOException {
        assertThat(comparison().run(List.of(workload("slow", 1)), List.of(), null, null)).isEqualTo(0);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("slow", "not reached", "load average");
    }

    @Test
    void differentValuesFailAndTheOthersGoOn() throws IOException {
        assertThat(comparison().run(List.of(workload("bad", 2), workload("good", 1)), List.of(), null, null))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("DIFFER", "good");
    }

    @Test
    void writesFigureAndJson(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("new").resolve("b.json");
        assertThat(comparison().run(List.of(workload("one", 1), workload("two", 1)), List.of(), json, folder))
                .isEqualTo(0);
        assertThat(folder.resolve("bench-against-pytorch.png")).isNotEmptyFile();
        assertThat(folder.resolve("bench-against-pytorch.svg")).isNotEmptyFile();
        JsonNode read = JsonMapper.builder().build().readTree(Files.readString(json));
        assertThat(read.get("outcomes")).hasSize(2);
        assertThat(read.get("machine").get("cores").asInt()).isPositive();
        assertThat(read.get("machine").get("began").asString()).matches("20..-..-..T..:..:..Z");
        assertThat(read.get("rounds").asInt()).isEqualTo(3);
        assertThat(SpeedRecord.read(json).rows()).extracting(SpeedRecord.Row::name).containsExactly("one", "two");
    }

    @Test
    void namesTheFileThatCannotBeWritten(@TempDir Path folder) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> comparison().run(List.of(workload("good", 1)), List.of(), folder, null))
                .withMessageContaining("cannot write " + folder);
    }

    @Test
    void anUnknownWorkloadIsWrongUsage() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Comparison.chosen(List.of("aksed"), List.of(workload("asked", 1))))
                .withMessage("unknown workload 'aksed'; did you mean 'asked'?");
    }

    @Test
    void theCommandTellsWrongUsageInALine() {
        assertThat(run("bench")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("surprisal: nothing to measure").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--against", "pytroch")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean 'pytorch'?").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--against", "pytorch", "--only", "lenett")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("did you mean 'lenet'?").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--growth", "--against", "pytorch")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("too much to measure at once").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--growth", "--only", "lenet")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--only names workloads").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--memory", "--output", "x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--output is for figures").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--memory", "--markdown")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it goes with --against, or alone").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--against", "pytorch", "--markdown", "--only", "lenet")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it goes without --json and --only").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--kernels", "Nothing")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--kernels Nothing: matches none of").hasLineCount(1);
        err.reset();
        assertThat(run("bench", "--against", "pytorch", "--repeats", "0")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--repeats 0: must be at least 1").hasLineCount(1);
    }

    @Test
    void thePageIsWrittenAgainFromItsRecord(@TempDir Path folder) throws IOException {
        assertThat(run("bench", "--markdown", folder.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("surprisal: there is no record " + folder.resolve("performance.json")
                        + ": surprisal bench --against pytorch --markdown measures one" + System.lineSeparator());
        comparison().run(List.of(workload("one", 1)), List.of(), folder.resolve("performance.json"), null);
        assertThat(run("bench", "--markdown", folder.toString())).isEqualTo(0);
        assertThat(folder.resolve("performance.md")).content().contains("| `one`: nothing |");
        assertThat(folder.resolve("images").resolve("performance.svg")).isNotEmptyFile();
    }

    @Test
    void helpNamesEveryWorkload() {
        assertThat(run("bench", "--help")).isEqualTo(0);
        assertThat(Workloads.all()).allSatisfy(
                workload -> assertThat(out.toString(StandardCharsets.UTF_8)).contains(workload.name()));
    }

    private int run(String... arguments) {
        return org.surprisal.cli.Main.runWith(new BenchCommand(console), console, Studies.builtIn(), arguments);
    }
}
