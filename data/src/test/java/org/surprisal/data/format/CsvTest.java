package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.Mutations;
import org.surprisal.data.Split;
import org.surprisal.data.format.CsvLayout.Header;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class CsvTest {
    private static final String FLOWERS = """
            sepal,petal,species
            5.1,1.4,setosa
            7.0,4.7,versicolor
            6.3,6.0,"virginica"
            4.9,1.4,setosa
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("x.csv"), text);
    }

    private Tensor read(String text) throws IOException {
        return Csv.read(file(text));
    }

    private void assertRefused(String text, String... words) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Csv.read(file)).as(text).isInstanceOf(DataException.class)
                .hasMessageContainingAll(words).hasMessageContaining("x.csv");
    }

    private Dataset classes(String text, String target, String... known) throws IOException {
        return known.length == 0
                ? Csv.classification("x", file(text), CsvLayout.DETECTED, target)
                : Csv.classification("x", file(text), CsvLayout.DETECTED, target, List.of(known));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5,-2,3e0\n4,5.25,-6\n", "1.5;-2;3\n4;5.25;-6", "1.5\t-2\t3\r\n4\t5.25\t-6\r\n",
            "\uFEFF1.5,-2,3\n4,5.25,-6\n\n\n", "a,b,c\n1.5,-2,3\n4,5.25,-6",
            "\uFEFF\"a\",\"b\",\"c\"\r1.5,-2,3\r4,5.25,-6",
            " 1.5, \"-2\" ,+3.\n4,525e-2,\"-6\"", "\"1.5\";\"-2\";\"3\"\n\"4\";\"5.25\";\"-6\"",
            ",b,c\n1.5,-2,3\n4,5.25,-6", "# a,b,c\n1.5,-2,3\n4,5.25,-6", "\"two\nlines\",b,c\n1.5,-2,3\n4,5.25,-6",
            "\"a, b\";\"c;d\";\"e \"\"f\"\"\"\n1.5;-2;3\n4;5.25;-6"})
    void everyLayoutOfOneMatrixReadsTheSame(String text) throws IOException {
        Tensor matrix = read(text);
        assertThat(matrix.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(matrix.toDoubles()).containsExactly(1.5, -2, 3, 4, 5.25, -6);
    }

    @Test
    void filesThatNumpyWroteAreRead() throws IOException {
        // numpy.savetxt(file, [[0.1, 1e-300], [-1/3, 12345678.9]], delimiter=',', header='a,b')
        Tensor matrix = read("""
                # a,b
                1.000000000000000056e-01,1.000000000000000025e-300
                -3.333333333333333148e-01,1.234567890000000037e+07
                """);
        assertThat(matrix.toDoubles()).containsExactly(0.1, 1e-300, -1.0 / 3, 12345678.9);
    }

    @Test
    void oneColumnAndOneLineAreMatrices() throws IOException {
        assertThat(read("1\n2\n3\n").shape()).isEqualTo(Shape.of(3, 1));
        assertThat(read("y\n1\n2\n").shape()).isEqualTo(Shape.of(2, 1));
        assertThat(read("1,2,3").shape()).isEqualTo(Shape.of(1, 3));
    }

    @Test
    void manyLinesKeepTheirOrder() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append(i).append(',').append(-i).append('\n');
        }
        Tensor matrix = read(text.toString());
        assertThat(matrix.shape()).isEqualTo(Shape.of(3000, 2));
        assertThat(matrix.at(2999, 1)).isEqualTo(-2999);
    }

    @Test
    void wrongFieldsAreToldByLineAndColumn() throws IOException {
        assertRefused("a,b\n1,2\n3,\n", "line 3, column 2 (b) is empty", "a value is missing");
        assertRefused("1,2\n3,NA\n", "line 2, column 2 is 'NA'", "a value is missing");
        assertRefused("1,2\nNaN,4\n", "line 2, column 1 is 'NaN'", "a value is missing");
        assertRefused("1,2\n3,inf\n", "line 2, column 2 is 'inf'", "a number is needed");
        assertRefused("a;b\n1;2\n3,5;4\n", "line 3, column 1 (a) is '3,5'", "decimal point");
        assertRefused("1,2\n3,1e999\n", "'1e999'", "1.8e308");
        assertRefused("1,x\n3,4\n", "line 1, column 2 is 'x'",
                "say that there is a header (--header, or 'header: true' in an experiment's file)");
        assertRefused("1,2\n3,0x10\n", "'0x10'");
        assertRefused("1,2\n3,1f\n", "'1f'");
        assertRefused("1,2\n3,NaN(1)\n", "'NaN(1)'");
        assertRefused("1,2\n3," + "z".repeat(100_000) + "\n", "'" + "z".repeat(40) + "...'");
        assertRefused("a,\"b\n\nc\"\n1,2\n3,x\n", "line 5, column 2");
        assertRefused("1.5x\n2\n", "line 1, column 1 is '1.5x'", "a header");
        assertRefused("NA,NA\n1,2\n", "line 1, column 1 is 'NA'");
        assertRefused(",\n1,2\n", "line 1, column 1 is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0", "+7", "007", ".5", "-.5", "5.", "1e3", "1E+3", "1.5e-3", ".5e0", "5.e1",
            "123456789012345678901234567890", "4.9e-324", "1e-999"})
    void decimalNumbersAreThoseOfJava(String number) throws IOException {
        assertThat(read(number + "," + number).toDoubles()).containsOnly(Double.parseDouble(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "-", "+", "e", "e5", ".e5", "1e", "1e+", "1e5.", "1.2.3", "--1", "1-", "1 2", "1f",
            "1d",
            "0x1", "1_000", "Infinity", "١"})
    void otherWordsAreNoNumbers(String word) throws IOException {
        assertRefused("1,2\n3," + word + "\n", "line 2, column 2 is '" + word + "'", "a number is needed");
    }

    @Test
    void raggedAndBrokenFilesAreToldByLine() throws IOException {
        assertRefused("1,2\n3,4\n5\n6,7\n", "line 3 has 1 field, but the first line has 2");
        assertRefused("1,2\n3,4,5\n", "line 2 has 3 fields, but the first line has 2");
        assertRefused("1,2\n\n3,4\n", "line 2 is empty");
        assertRefused("1\n\n3\n", "line 2 is empty");
        assertRefused("\n1,2\n", "line 1 is empty");
        String quotes = "cannot be read as CSV, line 2: a field that begins with a quotation mark does not end with"
                + " one";
        assertRefused("1,2\n3,\"4\n5,6\n", quotes);
        assertRefused("1,2\n3,\"4\"5\n", quotes);
        assertRefused("1,2\n3," + "4".repeat(1 << 21) + "\n",
                "cannot be read as CSV, line 2: a field is longer than 1048576"
                        + " characters, or a record longer than 16777216 characters or 1048576 fields");
        assertRefused("", "is empty");
        assertRefused("\n\n\n", "is empty");
        assertRefused("a,b\n", "no line of data");
        assertThatThrownBy(() -> Csv.read(folder.resolve("none.csv"))).hasMessageContaining("none.csv does not exist");
        assertThatThrownBy(() -> Csv.read(folder)).isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be read");
        for (String word : new String[]{"Größe", "a".repeat(200_000) + "ö"}) {
            Path latin = Files.write(folder.resolve("x.csv"),
                    (word + ",b\n1,2\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> Csv.read(latin)).isInstanceOf(DataException.class)
                    .hasMessageContaining("x.csv is not UTF-8 text");
        }
    }

    @Test
    void layoutsCanBeTold() throws IOException {
        Path numbers = file("0,1,2\n3,4,5\n");
        assertThat(Csv.read(numbers).length(0)).isEqualTo(2);
        assertThat(Csv.read(numbers, CsvLayout.DETECTED.withHeader(Header.PRESENT)).toDoubles())
                .containsExactly(3, 4, 5);
        Path words = file("a,b\n3,4\n");
        assertThatThrownBy(() -> Csv.read(words, CsvLayout.DETECTED.withHeader(Header.ABSENT)))
                .isInstanceOf(DataException.class).hasMessageContaining("line 1, column 1 is 'a'");
        assertThat(Csv.read(file("1|2\n3|4\n"), CsvLayout.DETECTED.delimitedBy('|')).toDoubles())
                .containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> CsvLayout.DETECTED.delimitedBy('5')).isInstanceOf(DataException.class);
    }

    @Test
    void namesBecomeClassesInTheirOrder() throws IOException {
        for (String target : new String[]{"species", "3", "-1"}) {
            Dataset flowers = classes(FLOWERS, target);
            assertThat(flowers.classNames()).containsExactly("setosa", "versicolor", "virginica");
            assertThat(flowers.classes()).isEqualTo(3);
            assertThat(flowers.inputShape()).isEqualTo(Shape.of(2));
            assertThat(flowers.all().targets().toDoubles()).containsExactly(0, 1, 2, 0);
            assertThat(flowers.all().inputs().toDoubles()).containsExactly(5.1, 1.4, 7, 4.7, 6.3, 6, 4.9, 1.4);
            assertThat(flowers.rows(1).classNames()).isEqualTo(flowers.classNames());
        }
        assertThat(classes("b,1\na,2\n", "1").all().targets().toDoubles()).containsExactly(1, 0);
    }

    @Test
    void wholeNumbersAreTheClassesOwn() throws IOException {
        Dataset digits = classes("0.5,3\n0.25,0\n1,03.0\n", "2");
        assertThat(digits.classes()).isEqualTo(4);
        assertThat(digits.classNames()).containsExactly("0", "1", "2", "3");
        assertThat(digits.all().targets().toDoubles()).containsExactly(3, 0, 3);
        Dataset signs = classes("0.5,1\n0.25,-1\n", "2");
        assertThat(signs.classNames()).containsExactly("-1", "1");
        assertThat(signs.all().targets().toDoubles()).containsExactly(1, 0);
        Dataset codes = classes("1,1000000\n2,70000\n", "2");
        assertThat(codes.classNames()).containsExactly("70000", "1000000");
    }

    @Test
    void aNamedColumnMakesTheFirstLineAHeader() throws IOException {
        Dataset data = classes("0,1,target\n5,6,a\n7,8,b\n", "target");
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.classNames()).containsExactly("a", "b");
    }

    @Test
    void testSamplesTakeTheClassesOfTheTrainingSamples() throws IOException {
        Dataset train = classes(FLOWERS, "species");
        Dataset test = classes("sepal,petal,species\n6,5,virginica\n", "species",
                train.classNames().toArray(String[]::new));
        assertThat(test.all().targets().item()).isEqualTo(2);
        assertThat(new Split(train, test).test().classes()).isEqualTo(3);
        assertThatThrownBy(() -> classes("a,b\n1,rose\n", "b", "setosa", "virginica"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("line 2, column 2 (b) is 'rose'", "setosa, virginica");
        Dataset other = classes("a,b,c\n1,1,x\n1,1,y\n1,1,z\n", "c");
        assertThatThrownBy(() -> new Split(train, other)).isInstanceOf(DataException.class)
                .hasMessageContaining("differ in their classes");
        assertThat(classes("1,07\n2,3\n", "2", "7", "5", "03").all().targets().toDoubles()).containsExactly(0, 2);
        assertThatThrownBy(() -> classes("1,2\n", "1", "a", "a")).hasMessageContaining("'a' is named twice");
    }

    @Test
    void targetsThatDoNotFitAreRefused() throws IOException {
        assertThatThrownBy(() -> classes(FLOWERS, "colour")).isInstanceOf(DataException.class)
                .hasMessageContainingAll("no column 'colour'", "sepal, petal, species", "1 to 3");
        assertThatThrownBy(() -> classes(FLOWERS, "4")).hasMessageContaining("no column '4'");
        assertThatThrownBy(() -> classes(FLOWERS, "0")).hasMessageContaining("no column '0'");
        assertThatThrownBy(() -> classes(FLOWERS, "-4")).hasMessageContaining("no column '-4'");
        assertThatThrownBy(() -> classes("a,a\n1,2\n", "a")).hasMessageContaining("two columns 'a'");
        assertThatThrownBy(() -> classes("a\n1\n", "a")).hasMessageContaining("no column beside its targets");
        assertThatThrownBy(() -> classes("a,b\n1,0.5\n", "b"))
                .hasMessageContainingAll("line 2, column 2 (b) is '0.5'", "regression");
        assertThatThrownBy(() -> classes("a,b\n1,1e-3\n", "b")).hasMessageContaining("'1e-3'");
        assertThatThrownBy(() -> classes("a,b\n1,x\n2,\n", "b")).hasMessageContaining("line 3, column 2 (b) is empty");
        assertThatThrownBy(() -> classes("a,b\n1,x\nq,y\n", "b")).hasMessageContaining("line 3, column 1 (a) is 'q'");
    }

    @Test
    void valuesToPredictAreColumns() throws IOException {
        Path file = file("a;y;b;z\n1;2;3;4\n5;6;7;8\n");
        Dataset data = Csv.regression("x", file, CsvLayout.DETECTED, List.of("z", "y"));
        assertThat(data.all().targets().toDoubles()).containsExactly(4, 2, 8, 6);
        assertThat(data.all().inputs().toDoubles()).containsExactly(1, 3, 5, 7);
        assertThat(data.classes()).isZero();
        assertThat(data.classNames()).isEmpty();
        assertThatThrownBy(() -> Csv.regression("x", file, CsvLayout.DETECTED, List.of("y", "2")))
                .isInstanceOf(DataException.class).hasMessageContaining("each once");
        assertThatThrownBy(() -> Csv.regression("x", file, CsvLayout.DETECTED, List.of()))
                .isInstanceOf(DataException.class).hasMessageContaining("one or more");
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        Path file = folder.resolve("x.csv");
        byte[] matrix = "a;b;c\r\n1.5;-2;3e0\r\n4;\"5.25\";-6\r\n7;8;9\r\n".getBytes(StandardCharsets.UTF_8);
        int refused = Mutations.refused(matrix, 14,
                damaged -> assertThat(Csv.read(Mutations.write(file, damaged)).isFinite()).isTrue());
        refused += Mutations.refused(FLOWERS.getBytes(StandardCharsets.UTF_8), 15, damaged -> assertThat(
                Csv.classification("x", Mutations.write(file, damaged), CsvLayout.DETECTED, "-1").all().inputs()
                        .isFinite())
                .isTrue());
        assertThat(refused).isGreaterThan(800);
    }
}
