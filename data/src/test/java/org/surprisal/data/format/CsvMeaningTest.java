package org.surprisal.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// What the columns and the first line of a CSV file are: data, row numbers, names, comments.
class CsvMeaningTest {
    private static final String NAMES = " is taken for the names of the columns; if it is data, say that there is no"
            + " header"
            + " (--no-header, or 'header: false' in an experiment's file)";
    private static final String DATA = " is taken for data; if it names the columns, say that there is a header"
            + " (--header,"
            + " or 'header: true' in an experiment's file)";

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("x.csv"), text);
    }

    private Tensor read(String text, String... columns) throws IOException {
        notes.clear();
        return Csv.read(file(text), CsvLayout.DETECTED, List.of(columns), notes::add);
    }

    private void assertNotes(String... expected) {
        assertThat(notes).containsExactlyElementsOf(
                java.util.Arrays.stream(expected).map(note -> folder.resolve("x.csv") + ": " + note).toList());
    }

    /// As pandas, R (`write.csv`), a second round through pandas, and a part of a table (rows 100 to 102) write row
    /// numbers.
    @ParameterizedTest
    @ValueSource(strings = {",a,b\n0,1.5,2\n1,3,4.5\n2,5,6\n",
            "\"\",\"a\",\"b\"\n\"1\",1.5,2\n\"2\",3,4.5\n\"3\",5,6\n",
            "Unnamed: 0,a,b\n0,1.5,2\n1,3,4.5\n2,5,6\n", ",Unnamed: 0,a,b\n0,0,1.5,2\n1,1,3,4.5\n2,2,5,6\n",
            ";a;b\n100;1.5;2\n101;3;4.5\n102;5;6\n", ",0,1\n0,1.5,2\n1,3,4.5\n2,5,6\n"})
    void rowNumbersWithoutANameAreLeftOut(String text) throws IOException {
        Tensor matrix = read(text);
        assertThat(matrix.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(matrix.toDoubles()).containsExactly(1.5, 2, 3, 4.5, 5, 6);
        assertThat(notes).isNotEmpty().allMatch(note -> note.contains("left out as row numbers"));
    }

    @Test
    void rowNumbersAreNamedInANote() throws IOException {
        read(",a\n1,0.5\n2,0.25\n");
        assertNotes("column 1 has no name and counts 1, 2, ...: left out as row numbers (give it a name to keep it)");
    }

    @Test
    void rowNumbersAreDataWhereTheyAreAskedFor() throws IOException {
        assertThat(read(",a\n0,0.5\n1,0.25\n", "1", "a").toDoubles()).containsExactly(0, 0.5, 1, 0.25);
        assertThat(read("i,a\n0,0.5\n1,0.25\n").toDoubles()).containsExactly(0, 0.5, 1, 0.25);
        assertNotes();
    }

    @Test
    void rowNumbersAreNoInputs() throws IOException {
        Path table = file(",f,g,species\n0,0.5,1,a\n1,0.25,2,b\n2,0.75,3,a\n");
        Dataset classes = Csv.classification("x", table, CsvLayout.DETECTED, List.of(), "species", notes::add);
        assertThat(classes.inputShape()).isEqualTo(Shape.of(2));
        assertThat(classes.all().targets().toDoubles()).containsExactly(0, 1, 0);
        Dataset values = Csv.regression("x", file(",f,g\n0,0.5,1\n1,0.25,2\n"), CsvLayout.DETECTED, List.of(),
                List.of("g"), notes::add);
        assertThat(values.all().inputs().toDoubles()).containsExactly(0.5, 0.25);
        assertThat(values.all().targets().toDoubles()).containsExactly(1, 2);
        assertThat(notes).hasSize(2);
    }

    /// Row numbers of a shuffled table, or of chosen rows.
    @Test
    void numbersWithoutANameThatDifferAreRefused() {
        assertThatThrownBy(() -> read(",a,b\n17,0.5,1\n3,0.25,2\n8,0.75,3\n")).isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("x.csv")
                        + ": column 1 has no name, and its whole numbers differ from line to"
                        + " line, as the row numbers of chosen or shuffled lines do: give it a name if it is data, else"
                        + " leave it out (x.csv#2-3)");
    }

    /// Beyond 2^53 a double plus one is the same double: a constant column would count the lines.
    @ParameterizedTest
    @ValueSource(strings = {"3e38", "9007199254740992", "1e17", "1.7e308"})
    void constantColumnOfLargeNumbersDoesNotCountLines(String number) throws IOException {
        String lines = number + ",0.5\n" + number + ",0.25\n" + number + ",0.75\n";
        assertThat(read("a,b\n" + lines).shape()).isEqualTo(Shape.of(3, 2));
        assertNotes();
        assertThat(read(",b\n" + lines).shape()).isEqualTo(Shape.of(3, 2));
        assertNotes("column 1 has no name and does not count lines: taken as data (x.csv#2 leaves it out)");
    }

    @Test
    void rowNumbersUpToTheLastWholeNumberCountLines() throws IOException {
        assertThat(read(",b\n9007199254740989,0.5\n9007199254740990,0.25\n9007199254740991,0.75\n").shape())
                .isEqualTo(Shape.of(3, 1));
        assertNotes("column 1 has no name and counts 9007199254740989, 9007199254740990, ...: left out as row numbers"
                + " (give it a name to keep it)");
    }

    @Test
    void otherNumbersWithoutANameAreDataWithANote() throws IOException {
        assertThat(read(",a\n0.5,1\n0.25,2\n").shape()).isEqualTo(Shape.of(2, 2));
        assertNotes("column 1 has no name and does not count lines: taken as data (x.csv#2 leaves it out)");
    }

    @Test
    void wordsWithoutANameAreRefusedWithTheColumnsToAskFor() {
        assertThatThrownBy(() -> read(",a,b\nrose,1,2\n")).hasMessageContaining(
                "line 2, column 1 is 'rose': a number is needed; where a column without a name is no data, ask for the"
                        + " others (x.csv#2-3)");
        assertThatThrownBy(() -> read(",a\n")).hasMessageContaining("no line of data");
        assertThatThrownBy(() -> read("\"\",\"Unnamed: 0\"\n0,0\n1,1\n")).isInstanceOf(DataException.class)
                .hasMessageContaining("no column beside its row numbers");
    }

    /// As pandas writes a shuffled table of 784 pixels.
    @Test
    void adviceAboutManyColumnsIsARangeThatReadsThem() throws IOException {
        String names = IntStream.range(0, 784).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
        String pixels = "0.5,".repeat(783) + "0.25\n";
        Path table = file("," + names + "\n17," + pixels + "3," + pixels + "8," + pixels);
        assertThatThrownBy(() -> Csv.read(table)).hasMessageEndingWith("else leave it out (x.csv#2-785)");
        assertThat(ArrayFile.read(table + "#2-785").shape()).isEqualTo(Shape.of(3, 784));
        Path words = file(",a,b,c\nrose,1,2,3\n");
        assertThatThrownBy(() -> Csv.read(words)).hasMessageEndingWith("ask for the others (x.csv#2-4)");
        // Alone, 2 would be the column of this name.
        Path confusing = file(",x,Unnamed: 3,2\nrose,1,2,3\n");
        CsvLayout named = CsvLayout.DETECTED.withHeader(CsvLayout.Header.PRESENT);
        assertThatThrownBy(() -> Csv.read(confusing, named)).hasMessageEndingWith("the others (x.csv#2-2,4)");
        assertThat(Csv.read(confusing, named, List.of("2-2", "4"), notes::add).toDoubles()).containsExactly(1, 3);
        Path apart = file("a,Unnamed: 1,b,c,Unnamed: 4,d\n1,rose,1,2,3,4\n");
        assertThatThrownBy(() -> Csv.read(apart)).hasMessageContaining("ask for the others (x.csv#1,3-4,6)");
    }

    @Test
    void rangeIsOfColumnNumbers() throws IOException {
        assertThat(read("a,b,c,d\n1,2,3,4\n5,6,7,8\n", "2-3").toDoubles()).containsExactly(2, 3, 6, 7);
        assertThat(read("a,b,c,d\n1,2,3,4\n", "d", "1-2", "3-3").toDoubles()).containsExactly(4, 1, 2, 3);
        assertThat(read("a,2-3,c\n1,2,3\n4,5,6\n", "2-3").toDoubles()).as("a name goes first").containsExactly(2, 5);
        for (String wrong : new String[]{"0-1", "3-2", "2-4", "1-999999999"}) {
            assertThatThrownBy(() -> read("a,b,c\n1,2,3\n", wrong)).isInstanceOf(DataException.class)
                    .hasMessage(folder.resolve("x.csv") + " has no columns '" + wrong
                            + "': a range goes up, from a first to a last of the columns 1 to 3");
        }
        Path table = file("a,b,c,d\n1,2,3,4\n5,6,7,8\n");
        Dataset values = Csv.regression("x", table, CsvLayout.DETECTED, List.of("1-2"), List.of("3-4"), notes::add);
        assertThat(values.all().inputs().toDoubles()).containsExactly(1, 2, 5, 6);
        assertThat(values.all().targets().toDoubles()).containsExactly(3, 4, 7, 8);
    }

    @Test
    void countingColumnWithANameOrWithoutAHeaderIsDataWithANote() throws IOException {
        assertThat(read("sample,a\n0,0.5\n1,0.25\n2,0.75\n").shape()).isEqualTo(Shape.of(3, 2));
        assertNotes(
                "column 1 (sample) counts 0, 1, ..., as row numbers do, and is taken as data; x.csv#2 leaves it out");
        assertThat(read("5,0.5\n6,0.25\n7,0.75\n").shape()).isEqualTo(Shape.of(3, 2));
        assertNotes("column 1 counts 5, 6, ..., as row numbers do, and is taken as data; x.csv#2 leaves it out");
        read("1,2\n2,3\n3,1\n");
        assertNotes();
    }

    /// `DataFrame(array).to_csv(index=False)`, also with a column of labels; wavelengths over spectra.
    @ParameterizedTest
    @ValueSource(strings = {"0,1,2\n0.5,-1.5,2.5\n1.5,0.25,-3.0\n", "0,1,label\n0.5,-1.5,2.5\n1.5,0.25,-3.0\n",
            "sample,400,401.5,403\n1,0.5,-1.5,2.5\n1,1.5,0.25,-3.0\n"})
    void numbersThatCannotBeDataNameColumns(String text) throws IOException {
        assertThat(read(text).length(0)).isEqualTo(2);
        assertNotes("line 1 (" + text.lines().findFirst().orElseThrow().replace(",", ", ") + ")" + NAMES);
    }

    @Test
    void slipInTheFirstLineIsNoName() {
        assertThatThrownBy(() -> read("l.5,2,3,4\n1.5,2,3,4\n1.25,2,3,4\n")).isInstanceOf(DataException.class)
                .hasMessageContaining("line 1, column 1 is 'l.5': a number is needed");
    }

    @Test
    void manyNumbersInOrderNameColumnsOfWholeNumbers() throws IOException {
        String header = IntStream.range(0, 64).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String pixels = IntStream.range(0, 64).mapToObj(i -> "" + i * 7 % 17).collect(Collectors.joining(","));
        assertThat(read(header + "\n" + (pixels + "\n").repeat(3)).shape()).isEqualTo(Shape.of(3, 64));
        assertThat(notes).hasSize(1);
    }

    /// 0, 1 begins a table of angles and their cosines; (0, 1, 2), (3, 4, 5) is `arange(6)`.
    @Test
    void numbersThatMayBeDataAreData() throws IOException {
        assertThat(read("0,1\n0.1,0.995\n0.2,0.98\n").length(0)).isEqualTo(3);
        assertNotes("line 1 (0, 1)" + DATA);
        assertThat(read("0,1,2\n5,3,9\n7,8,2\n").length(0)).isEqualTo(3);
        assertNotes("line 1 (0, 1, 2)" + DATA);
        assertThat(read("400,401.5,403,404.5,406\n1,0.5,2,3,1\n2,1,0,3,3\n").length(0)).isEqualTo(3);
        assertNotes("line 1 (400, 401.5, 403, 404.5, 406)" + DATA);
        for (String sure : new String[]{"0,1,2\n3,4,5\n", "0\n1\n0\n1\n", "1,2,3,4,5\n2,3,4,5,6\n3,4,5,6,7\n",
                "0.0,1.0,2.0\n0.5,1.5,2.5\n0.5,1.5,3.5\n"}) {
            assertThat(read(sure).length(0)).isEqualTo((int) sure.lines().count());
            assertNotes();
        }
    }

    @Test
    void labelThatComesAgainIsNoName() throws IOException {
        Path labels = file("rose\nlily\nrose\nlily\n");
        assertThat(Csv.words(labels, CsvLayout.DETECTED, "", notes::add)).containsExactly("rose", "lily", "rose",
                "lily");
        assertNotes();
        Path named = file("flower\nlily\nrose\nlily\nrose\n");
        assertThat(Csv.words(named, CsvLayout.DETECTED, "", notes::add)).containsExactly("lily", "rose", "lily",
                "rose");
        assertNotes();
        Path open = file("tulip\nlily\nrose\nlily\n");
        assertThat(Csv.words(open, CsvLayout.DETECTED, "", notes::add)).hasSize(3);
        assertNotes("line 1 (tulip)" + NAMES);
        assertThat(Csv.words(open, CsvLayout.DETECTED.withHeader(CsvLayout.Header.ABSENT), "", notes::add)).hasSize(4);
    }

    @Test
    void wordsAreOfOneColumn() throws IOException {
        Path table = file(",flower,x\n0,rose,1\n1,lily,2\n");
        assertThat(Csv.words(table, CsvLayout.DETECTED, "flower", notes::add)).containsExactly("rose", "lily");
        assertThatThrownBy(() -> Csv.words(table, CsvLayout.DETECTED, "", notes::add)).isInstanceOf(DataException.class)
                .hasMessage(table + " has 3 columns: name one as x.csv#NAME, of , flower, x");
        assertThat(Csv.words(file(",flower\n0,rose\n1,lily\n"), CsvLayout.DETECTED, "", notes::add))
                .containsExactly("rose", "lily");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# made by a tool\n1.5,2\n3,4.5\n", "# made by a tool, in May\n# a,b\n1.5,2\n3,4.5\n",
            "# one, two\na,b\n1.5,2\n3,4.5\n", "# semicolons; within\n# a comment\na,b\n1.5,2\n3,4.5\n",
            "#\n1.5,2\n3,4.5\n"})
    void commentsBeforeTheDataAreNoData(String text) throws IOException {
        Tensor matrix = read(text);
        assertThat(matrix.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(matrix.toDoubles()).containsExactly(1.5, 2, 3, 4.5);
        assertNotes();
    }
}
