package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.Batch;
import org.surprisal.data.ClassLabels;
import org.surprisal.data.DataException;
import org.surprisal.data.SharedData;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;

class NamesTest {
    @TempDir
    private Path folder;

    private NameSet read(String first, String second) throws IOException {
        return Names.read(List.of(Files.writeString(folder.resolve("Elvish.txt"), first),
                Files.writeString(folder.resolve("Orkish.txt"), second)));
    }

    private static NameSet set(List<String> first, List<String> second) {
        SequencedMap<String, List<String>> names = new LinkedHashMap<>();
        names.put("Elvish", first);
        names.put("Orkish", second);
        return NameSet.of(names);
    }

    /// Counted by a Python script of its own with `unicodedata`: NFD without category Mn, symbols of the 57, blanks
    /// made single, distinct in a language, at most 12.
    @Test
    void thePublishedFilesHoldSoManyNames() {
        NameSet names = Names.load(SharedData.folder("names"));
        assertThat(names.languages()).hasSize(18).startsWith("Arabic", "Chinese").endsWith("Vietnamese");
        assertThat(ClassLabels.counts(names.symbols())).containsExactly(108, 246, 500, 283, 3666, 271, 684, 178, 224,
                698, 990, 94, 138, 74, 9186, 100, 293, 71);
        assertThat(names.name(0)).isEqualTo("Khoury");
        for (int row = 0; row < names.size(); row++) {
            assertThat(names.name(row)).isNotEqualTo("To The First Page").isEqualTo(names.name(row).strip());
        }
    }

    @Test
    void sixtyOfEachLanguageAreOneThousandAndEightyDistinctNames() {
        NameSet names = Names.load(SharedData.folder("names"));
        for (int seed = 0; seed < 20; seed++) {
            NameSet sample = names.sample(60, RandomStream.seeded(seed));
            Set<String> distinct = new HashSet<>();
            for (int row = 0; row < sample.size(); row++) {
                distinct.add(sample.name(row));
            }
            assertThat(distinct).hasSize(1080);
            assertThat(ClassLabels.counts(sample.symbols())).hasSize(18).containsOnly(60);
        }
        NameSet sample = names.sample(60, RandomStream.seeded(3));
        assertThat(sample.symbols().all().inputs().toFloats())
                .isEqualTo(names.sample(60, RandomStream.seeded(3)).symbols().all().inputs().toFloats())
                .isNotEqualTo(names.sample(60, RandomStream.seeded(4)).symbols().all().inputs().toFloats());
        assertThat(sample.flat().inputShape()).isEqualTo(Shape.of(684));
    }

    @ParameterizedTest
    @CsvSource({"Ślusàrski, Slusarski", "O'Néàl, O'Neal", "Groß, Gro", "Au-Yong, AuYong", "Lu:, Lu",
            "'  De  la Fuente ', De la Fuente",
            "Marszałek, Marszaek", "'To The First\u00a0 Page', To The First Page"})
    void namesAreFoldedToTheAlphabet(String line, String name) {
        assertThat(Names.folded(line)).isEqualTo(name);
    }

    @Test
    void doubleLongAndJunkLinesAreLeftOut() throws IOException {
        NameSet names = read("Ada\nBéa\n\nAda\nBea \nTo The First  Page\nAbcdefghijkl\nAbcdefghijklm\n",
                "\uFEFFUgh\nAda");
        assertThat(names.size()).isEqualTo(5);
        assertThat(List.of(names.name(0), names.name(1), names.name(2), names.name(3), names.name(4)))
                .containsExactly("Ada", "Bea", "Abcdefghijkl", "Ugh", "Ada");
        assertThat(names.symbols().all().targets().toFloats()).containsExactly(0, 0, 0, 1, 1);
        assertThat(names.symbols().classNames()).containsExactly("Elvish", "Orkish");
    }

    @Test
    void filesThatHoldNoNamesAreNamed() throws IOException {
        assertThatThrownBy(() -> read("Ada\nИванов\n", "x")).isInstanceOf(DataException.class)
                .hasMessageContaining("Elvish.txt line 2").hasMessageContaining("Иванов");
        assertThatThrownBy(() -> read("Ada", "\n\n")).isInstanceOf(DataException.class)
                .hasMessageContaining("Orkish.txt holds no name");
        Path latin = Files.write(folder.resolve("Latin.txt"), "Béa\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Names.read(List.of(latin))).isInstanceOf(DataException.class)
                .hasMessageContaining("Latin.txt is not UTF-8");
        assertThatThrownBy(() -> Names.load(folder)).isInstanceOf(DataException.class)
                .hasMessageContaining("no Arabic.txt, Chinese.txt").hasMessageContaining("data fetch names");
    }

    /// The alphabet's places, counted by hand: a is 0, z 25, A 26, Z 51, the blank 52, the apostrophe 56.
    @Test
    void symbolsAreNumberedAndPadded() {
        NameSet names = set(List.of("aZ 'z"), List.of("A"));
        assertThat(NameSet.ALPHABET).hasSize(57);
        assertThat(names.symbols().batch(0, 1).inputs().toFloats()).containsExactly(0, 51, 52, 56, 25, -1, -1, -1, -1,
                -1, -1, -1, 26, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
        Batch oneHot = names.oneHot().batch(1, 0);
        assertThat(oneHot.inputs().shape()).isEqualTo(Shape.of(2, 12, 57));
        assertThat(oneHot.targets().toFloats()).containsExactly(1, 0);
        double[] numbers = oneHot.inputs().toDoubles();
        int[] ones = IntStream.range(0, numbers.length).filter(i -> numbers[i] != 0).toArray();
        assertThat(ones).containsExactly(26, 684, 684 + 57 + 51, 684 + 2 * 57 + 52, 684 + 3 * 57 + 56,
                684 + 4 * 57 + 25);
        assertThat(numbers[26]).isEqualTo(1);
        assertThat(names.flat().batch(1, 0).inputs().toDoubles()).isEqualTo(numbers);
        for (String wrong : List.of("", "abcdefghijklm", "a-b", "é")) {
            assertThatThrownBy(() -> set(List.of(wrong), List.of("x"))).isInstanceOf(DataException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }

    @Test
    void theLanguageWithTheFewestNamesChoosesFirst() {
        NameSet names = set(List.of("a", "b", "c", "d"), List.of("a", "b"));
        for (int seed = 0; seed < 10; seed++) {
            NameSet sample = names.sample(2, RandomStream.seeded(seed));
            assertThat(List.of(sample.name(0), sample.name(1), sample.name(2), sample.name(3)))
                    .containsExactly("c", "d", "a", "b");
        }
        assertThatThrownBy(() -> names.sample(3, RandomStream.seeded(1))).isInstanceOf(DataException.class)
                .hasMessageContaining("Orkish has 2").hasMessageContaining("3 are wanted");
        assertThatThrownBy(() -> names.sample(0, RandomStream.seeded(1))).isInstanceOf(DataException.class);
    }
}
