package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows of trials as lines of rows.csv, and the lines of a file that was damaged or cut off.
class RowTest {
    private static final List<Row> ROWS = List.of(new Row(At.TRIAL, "accuracy", 0.1 + 0.2, "1"),
            new Row(At.step(12).and(Index.EPOCH, 1), "loss", -1e-300, "nat"),
            new Row(At.layer(-1).and(Index.STAGE, "before"), "relative-entropy", 2, "nat"));

    @TempDir
    private Path folder;

    private Path write(List<Row> rows) throws IOException {
        TrialFolder trial = TrialFolder.of(folder);
        trial.open();
        trial.append(rows);
        trial.close();
        return folder.resolve("rows.csv");
    }

    private List<Row> read() throws IOException {
        return TrialFolder.of(folder).rows();
    }

    @Test
    void rowsAreTidyAndReadBackAsTheyWere() throws IOException {
        assertThat(Files.readString(write(ROWS))).isEqualTo("""
                stage,epoch,step,layer,kind,quantity,value,unit
                ,,,,,accuracy,0.30000000000000004,1
                ,1,12,,,loss,-1.0E-300,nat
                before,,,-1,,relative-entropy,2.0,nat
                """);
        assertThat(read()).isEqualTo(ROWS);
    }

    static Stream<String> layers() {
        return Stream.of("a, b", "say \"hi\"", "\"", "block 1", "\",\"", "Größe κ", "-1", "007", "0");
    }

    /// RFC 4180, so that other programs read the same cells: Python's csv module reads `"say ""hi"""` as `say "hi"`.
    @ParameterizedTest
    @MethodSource("layers")
    void namesOfLayersReadBackAsTheyWere(String layer) {
        Row row = new Row(At.TRIAL.and(Index.LAYER, layer), "mean", 1, "1");
        assertThat(Row.parse(row.line())).isEqualTo(row);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"1,2,3,loss,0.5,nat;6 columns, not 8",
            ",,x,,,loss,0.5,nat;column step must be a whole number, or nothing",
            ",,,,,loss,,nat;column value must be a number", ",,,,,loss,1e,nat;column value must be a number",
            ",,,,,loss,NaN,nat;column value must be a finite number",
            ",,,,,loss,1e999,nat;column value must be a finite number",
            ",,,\"a,,loss,0.5,nat;a quote is not closed",
            ",,,\"a\"b,,loss,0.5,nat;a comma must follow the closing quote of a cell"})
    void damagedRowIsNamedByItsLine(String row, String told) throws IOException {
        Path file = write(ROWS);
        Files.writeString(file, Row.HEADER + "\n,,,,,loss,0.5,nat\n" + row + "\n");

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessage(file + ", line 3: " + told);
    }

    @Test
    void anotherHeaderIsRefused() throws IOException {
        Path file = write(ROWS);
        Files.writeString(file, "step,value\n");

        assertThatThrownBy(this::read).hasMessage(file + ", line 1: the header must be " + Row.HEADER);
    }

    @Test
    void lastRowThatWasCutOffIsLeftOut() throws IOException {
        Path file = write(ROWS);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 5));

        assertThat(read()).isEqualTo(ROWS.subList(0, 2));
    }

    @Test
    void lastRowCutInTheMiddleOfACharacterIsLeftOut() throws IOException {
        Path file = write(List.of(ROWS.getFirst(), new Row(At.kind("κ"), "mean", 1, "1")));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, Files.readString(file).indexOf('κ') + 1));

        assertThat(read()).isEqualTo(ROWS.subList(0, 1));
    }

    @Test
    void byteThatIsNotUtf8IsNamedWithItsLine() throws IOException {
        Path file = write(ROWS);
        byte[] bytes = Files.readAllBytes(file);
        bytes[Files.readString(file).indexOf("accuracy")] = (byte) 0xC3;
        Files.write(file, bytes);

        assertThatThrownBy(this::read).isInstanceOf(IOException.class)
                .hasMessage(file + " is damaged: line 2 has the byte 0xC3, which is not UTF-8 text");
    }
}
