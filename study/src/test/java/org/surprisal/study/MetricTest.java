package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {
    private static final Case THIRD = Case.of("sigma-w2", "1.5").and("seed", 3);
    private static final List<Metric> METRICS = List.of(Metric.of("accuracy", 0.1 + 0.2, "1"),
            Metric.of("loss", -1e-300, "nat").step(12).epoch(1).in(THIRD),
            Metric.of("relative-entropy", 2, "nat").epoch(0).layer(5).in(THIRD));

    @TempDir
    private Path folder;

    private Path write(List<Metric> metrics) throws IOException {
        Path file = folder.resolve("metrics.csv");
        try (MetricsFile writer = MetricsFile.create(file, Optional.of(MetricRow.HEADER))) {
            for (Metric metric : metrics) {
                writer.add(metric);
            }
        }
        return file;
    }

    @Test
    void rowsAreTidy() throws IOException {
        assertThat(Files.readString(write(METRICS))).isEqualTo("""
                step,epoch,layer,name,value,unit,case
                ,,,accuracy,0.30000000000000004,1,
                12,1,,loss,-1.0E-300,nat,sigma-w2=1.5 seed=3
                ,0,5,relative-entropy,2.0,nat,sigma-w2=1.5 seed=3
                """);
    }

    @Test
    void rowsReadBackAsTheyWere() throws IOException {
        assertThat(MetricsFile.read(write(METRICS))).isEqualTo(METRICS);
    }

    @Test
    void aRowIsInTheFileAsSoonAsItIsAdded() throws IOException {
        Path file = folder.resolve("metrics.csv");
        try (MetricsFile writer = MetricsFile.create(file, Optional.of(MetricRow.HEADER))) {
            writer.add(METRICS.getFirst());

            assertThat(MetricsFile.read(file)).isEqualTo(METRICS.subList(0, 1));
        }
    }

    @Test
    void aCutLastRowIsLeftOut() throws IOException {
        Path file = write(METRICS);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 5));

        assertThat(MetricsFile.read(file)).isEqualTo(METRICS.subList(0, 2));
    }

    @Test
    void anExistingFileIsNotTouched() throws IOException {
        Path file = write(METRICS);

        assertThatThrownBy(() -> MetricsFile.create(file, Optional.of(MetricRow.HEADER)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(MetricsFile.read(file)).isEqualTo(METRICS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"1,2,3,loss,0.5,nat;6 columns, not 7",
            "x,,,loss,0.5,nat,;column step: 'x' must be a whole number, or nothing",
            ",9999999999,,loss,0.5,nat,;column epoch: '9999999999' must be a whole number, or nothing",
            ",,,loss,,nat,;column value: '' must be a number", ",,,loss,1e,nat,;column value: '1e' must be a number",
            ",,\"a,loss,0.5,nat,;a quote is not closed",
            ",,\"a\"b,loss,0.5,nat,;a comma must follow the closing quote of a cell",
            ",,,loss,NaN,nat,;NaN", ",,,loss,0.5,nat,seed;name=value"})
    void aDamagedRowIsNamed(String row, String told) throws IOException {
        Path file = folder.resolve("metrics.csv");
        Files.writeString(file, MetricRow.HEADER + "\n,,,loss,0.5,nat,\n" + row + "\n");

        assertThatThrownBy(() -> MetricsFile.read(file)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ", line 3: ").hasMessageContaining(told);
    }

    @Test
    void anotherHeaderIsRefused() throws IOException {
        Path file = folder.resolve("metrics.csv");
        Files.writeString(file, "step,value\n");

        assertThatThrownBy(() -> MetricsFile.read(file)).hasMessageContaining("line 1");
    }

    @Test
    void onlyFiniteNumbersAreKept() {
        assertThatThrownBy(
                () -> new Metric(OptionalLong.of(3), OptionalInt.of(2), "7", "loss", Double.NaN, "nat", THIRD))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(
                        "metric loss is NaN at step 3 after epoch 2, layer 7, sigma-w2=1.5 seed=3: only finite"
                                + " numbers are kept");
    }

    /// RFC 4180, so that other programs read the same cells: Python's csv module does (recorded: it reads this file to
    /// these rows and writes these rows to this file).
    @Test
    void commasAndQuotesStandInQuotes() throws IOException {
        List<Metric> metrics = List.of(Metric.of("mean", 1, "1").layer("a, b"),
                Metric.of("mean", 2, "1").layer("say \"hi\""),
                Metric.of("mean", 3, "1").layer("\""), Metric.of("mean", 4, "1").layer("block 1"),
                Metric.of("mean", 5, "1").layer("\",\""), Metric.of("mean", 6, "1").layer("Größe κ"));

        Path file = write(metrics);

        assertThat(Files.readString(file)).isEqualTo("""
                step,epoch,layer,name,value,unit,case
                ,,"a, b",mean,1.0,1,
                ,,"say ""hi""\",mean,2.0,1,
                ,,\"""\",mean,3.0,1,
                ,,block 1,mean,4.0,1,
                ,,\""","\"",mean,5.0,1,
                ,,Größe κ,mean,6.0,1,
                """);
        assertThat(MetricsFile.read(file)).isEqualTo(metrics);
    }

    @Test
    void lastRowCutInTheMiddleOfACharacterIsLeftOut() throws IOException {
        Path file = write(List.of(METRICS.getFirst(), Metric.of("mean", 1, "1").layer("κ")));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, Files.readString(file).indexOf('κ') + 1));

        assertThat(MetricsFile.read(file)).isEqualTo(METRICS.subList(0, 1));
    }

    @Test
    void byteThatIsNotUtf8IsNamedWithItsLine() throws IOException {
        Path file = write(METRICS);
        byte[] bytes = Files.readAllBytes(file);
        bytes[Files.readString(file).indexOf("accuracy")] = (byte) 0xC3;
        Files.write(file, bytes);

        assertThatThrownBy(() -> MetricsFile.read(file)).isInstanceOf(IOException.class)
                .hasMessage(file + " is damaged: line 2 has the byte 0xC3, which is not UTF-8 text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\tb", "a\u009bb", " "})
    void aNameThatWouldBreakARowIsRefused(String name) {
        assertThatThrownBy(() -> Metric.of(name, 1, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void casesReadBackAsTheyWere() {
        assertThat(Case.parse(THIRD.toString())).isEqualTo(THIRD);
        assertThat(Case.parse("")).isEqualTo(Case.WHOLE);
        assertThat(THIRD.get("seed")).isEqualTo("3");
        assertThatThrownBy(() -> THIRD.get("depth")).hasMessageContaining("depth");
        assertThatThrownBy(() -> Case.of("a", "1,5")).hasMessageContaining("a=1,5");
    }
}
