package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.RecordedFiles;
import org.surprisal.data.SharedData;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class ArrayFileTest {
    private static final double[] MATRIX = {1.5, -2, 3, 4, 5.25, -6};

    @TempDir
    Path folder;

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    private void writeAll() throws IOException {
        NumpyFixtures.file(folder, "f8", ".npy");
        NumpyFixtures.file(folder, "npz", ".npz");
        Files.write(folder.resolve("t.safetensors"), RecordedFiles.bytes("safetensors-fixtures.txt", "all"));
        Files.write(folder.resolve("m.mat"), RecordedFiles.bytes("mat-fixtures.txt", "plain"));
        Files.writeString(folder.resolve("c.csv"), "a,b,c\n1.5,-2,3\n4,5.25,-6\n");
        Files.writeString(folder.resolve("C.TSV"), "1.5\t-2\t3\n4\t5.25\t-6\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f8.npy", "npz.npz#W1", "t.safetensors#d", "t.safetensors#bf", "m.mat#d", "m.mat#s",
            "c.csv", "C.TSV"})
    void everyFormatIsReadByItsName(String reference) throws IOException {
        writeAll();
        String whole = folder.resolve(reference).toString();
        assertThat(ArrayFile.read(whole).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(ArrayFile.read(whole).toDoubles()).containsExactly(MATRIX);
        int mark = whole.lastIndexOf('#');
        Path file = Path.of(mark < 0 ? whole : whole.substring(0, mark));
        String name = mark < 0 ? "" : whole.substring(mark + 1);
        assertThat(ArrayFile.read(file, name).toDoubles()).containsExactly(MATRIX);
        assertThat(ArrayFile.names(file)).contains(name);
        assertThat(ArrayFile.readAll(file).keySet()).containsExactlyElementsOf(ArrayFile.names(file));
    }

    @Test
    void namesMayHoldTheMark() throws IOException {
        writeAll();
        assertThat(ArrayFile.read(folder.resolve("t.safetensors") + "#größe/weight#1").item()).isEqualTo(9);
        Path marked = Files.copy(folder.resolve("m.mat"), folder.resolve("run#3.mat"));
        assertThat(ArrayFile.read(marked + "#scalar").item()).isEqualTo(2.5);
    }

    @Test
    void columnsAreNamedByNameOrNumber() throws IOException {
        writeAll();
        String table = folder.resolve("c.csv").toString();
        assertThat(ArrayFile.read(table + "#c,a").toDoubles()).containsExactly(3, 1.5, -6, 4);
        assertThat(ArrayFile.read(table + "#-1, 1").toDoubles()).containsExactly(3, 1.5, -6, 4);
        assertThat(ArrayFile.read(folder.resolve("C.TSV") + "#2").shape()).isEqualTo(Shape.of(2, 1));
        assertThat(ArrayFile.read(Path.of(table), "b").toDoubles()).containsExactly(-2, 5.25);
    }

    /// `scipy.io.savemat({'x': numpy.zeros(4096)})` writes shape (1, 4096).
    @Test
    void lineOfAMatFileIsSamplesWhereSamplesAreAskedFor() {
        List<String> notes = new ArrayList<>();
        String labels = SharedData.folder("tishby").resolve("tishby/var_u.mat") + "#y";
        assertThat(ArrayFile.read(labels).shape()).isEqualTo(Shape.of(1, 4096));
        assertThat(ArrayFile.samples(labels, CsvLayout.DETECTED, notes::add).shape()).isEqualTo(Shape.of(4096));
        assertThat(notes)
                .containsExactly(labels + " of shape (1, 4096) is taken for 4096 samples of one number, not for"
                        + " one sample: a MAT-file has no arrays of one axis");
    }

    @Test
    void matricesAndScalarsOfAMatFileStayAsTheyAre() throws IOException {
        writeAll();
        List<String> notes = new ArrayList<>();
        assertThat(ArrayFile.samples(folder.resolve("m.mat") + "#d", CsvLayout.DETECTED, notes::add).shape())
                .isEqualTo(Shape.of(2, 3));
        assertThat(ArrayFile.samples(folder.resolve("m.mat") + "#scalar", CsvLayout.DETECTED, notes::add).size())
                .isEqualTo(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void onlyAMatFileHoldsVectorsInTwoAxes() {
        Tensor row = Tensor.zeros(ElementType.FLOAT64, 1, 3);
        Tensor matrix = Tensor.zeros(ElementType.FLOAT64, 2, 3);
        assertThat(ArrayFile.vector(Path.of("w.MAT"), row).shape()).isEqualTo(Shape.of(3));
        assertThat(ArrayFile.vector(Path.of("w.mat"), row.reshape(3, 1)).shape()).isEqualTo(Shape.of(3));
        assertThat(ArrayFile.vector(Path.of("w.mat"), matrix)).isSameAs(matrix);
        assertThat(ArrayFile.vector(Path.of("w.npz"), row)).isSameAs(row);
    }

    @Test
    void labelsAreNumbersOrWords() throws IOException {
        List<String> notes = new ArrayList<>();
        Path table = Files.writeString(folder.resolve("t.csv"), "x,kind,code,mixed\n0.5,a,3,1\n0.25,b,03.0,b\n");
        ArrayFile.Labels words = ArrayFile.labels(table + "#kind", CsvLayout.DETECTED, notes::add);
        assertThat(words.words()).containsExactly("a", "b");
        assertThat(words.numbers()).isEmpty();
        ArrayFile.Labels numbers = ArrayFile.labels(table + "#code", CsvLayout.DETECTED, notes::add);
        assertThat(numbers.words()).isEmpty();
        assertThat(numbers.numbers().orElseThrow().shape()).isEqualTo(Shape.of(2));
        assertThat(numbers.numbers().orElseThrow().toDoubles()).containsExactly(3, 3);
        assertThat(notes).isEmpty();
        assertThat(ArrayFile.labels(table + "#mixed", CsvLayout.DETECTED, notes::add).words())
                .containsExactly("1", "b");
        assertThat(notes).containsExactly(table
                + "#mixed holds numbers and words, 1 for example: each is taken for the name of a class");
    }

    @Test
    void columnsWithoutANameBesideTheLabelsAreLeftOutWithANote() throws IOException {
        List<String> notes = new ArrayList<>();
        Path table = Files.writeString(folder.resolve("y.csv"), ",y\n7,1\n3,0\n");
        assertThat(ArrayFile.labels(table.toString(), CsvLayout.DETECTED, notes::add).numbers().orElseThrow()
                .toDoubles()).containsExactly(1, 0);
        assertThat(notes).containsExactly(table + ": column 1 has no name: left out (name the column of the labels as"
                + " y.csv#COLUMN for another one)");
    }

    @Test
    void aFileWithOneArrayNeedsNoName() throws IOException {
        Path mat = Files.write(folder.resolve("one.mat"), RecordedFiles.bytes("mat-fixtures.txt", "one"));
        assertThat(ArrayFile.read(mat.toString()).toDoubles()).containsExactly(MATRIX);
        Path tensors = Files.write(folder.resolve("one.safetensors"),
                RecordedFiles.bytes("safetensors-fixtures.txt", "one"));
        assertThat(ArrayFile.read(tensors.toString()).shape()).isEqualTo(Shape.of(4, 2));
    }

    @Test
    void whatIsNotThereIsAnsweredWithWhatThereIs() throws IOException {
        writeAll();
        assertRefused(() -> ArrayFile.read(folder.resolve("m.mat") + "#w"), "no array 'w'", "d, s, i1");
        assertRefused(() -> ArrayFile.read(folder.resolve("t.safetensors") + "#w"), "no array 'w'", "d, s, h, bf");
        assertRefused(() -> ArrayFile.read(folder.resolve("npz.npz") + "#w"), "no array 'w'", "W1, b1");
        assertRefused(() -> ArrayFile.read(folder.resolve("m.mat").toString()), "holds 14 arrays",
                "name one as m.mat#NAME", "cube");
        assertRefused(() -> ArrayFile.read(folder.resolve("f8.npy") + "#a"), "f8.npy' holds one array",
                "takes no #NAME");
        assertRefused(() -> ArrayFile.read(folder.resolve("f8.npy"), "a"), "takes no #NAME");
        assertRefused(() -> ArrayFile.read(folder.resolve("c.csv") + "#d"), "no column 'd'", "columns a, b, c",
                "1 to 3");
        assertRefused(() -> ArrayFile.read(folder.resolve("c.csv") + "#a,,b"), "a column without a name",
                "by its number");
        assertRefused(() -> ArrayFile.read(folder.resolve("none.mat") + "#a"), "none.mat does not exist");
        assertRefused(() -> ArrayFile.read(folder.resolve("none.csv").toString()), "none.csv does not exist");
        assertRefused(() -> ArrayFile.read("x.txt#a"), "x.txt' is no array file", "FILE.npy", "FILE.npz#NAME",
                "FILE.safetensors#NAME", "FILE.mat#NAME", "FILE.csv[#COLUMN,...]", "FILE.tsv[#COLUMN,...]");
    }

    @Test
    void manyNamesAreCut() throws IOException {
        SequencedMap<String, Tensor> many = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put("layer" + i, Tensor.of(new double[]{i}));
        }
        Path file = folder.resolve("many.safetensors");
        Safetensors.write(file, many);
        assertRefused(() -> ArrayFile.read(file + "#x"), "layer39, ... (1000 in all)");
    }
}
