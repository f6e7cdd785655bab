package org.surprisal.data.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.data.ClassLabels;
import org.surprisal.data.DataException;
import org.surprisal.data.Dataset;
import org.surprisal.data.GraphData;
import org.surprisal.data.InMemory;
import org.surprisal.data.Mutations;
import org.surprisal.data.Parts;
import org.surprisal.data.SharedData;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

class CoraTest {
    private static final List<String> CLASSES = List.of("Ants", "Bees");
    private static final String CONTENT = "p1\t0\t1\t1\tBees\np2\t1\t0\t0\tAnts\np3\t0\t0\t0\tBees\n";
    private static final String CITES = "p1\tp2\np2\tp1\np3\tp1\n";

    @TempDir
    private Path folder;

    private GraphData read(String content, String cites) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), cites);
    }

    private GraphData read(byte[] content, String cites) throws IOException {
        return LinqsFiles.read("tiny", Files.write(folder.resolve("tiny.content"), content),
                Files.writeString(folder.resolve("tiny.cites"), cites), CLASSES, 3);
    }

    /// Counts of the published files; class counts from `cut -f 1435 cora.content | sort | uniq -c`.
    @Test
    void thePublishedFilesHoldWhatIsPublished() {
        GraphData cora = Cora.load(SharedData.folder("cora"));
        assertThat(cora.nodes().size()).isEqualTo(2708);
        assertThat(cora.nodes().inputShape()).isEqualTo(Shape.of(1433));
        assertThat(cora.nodes().classNames()).isEqualTo(Cora.CLASSES);
        assertThat(ClassLabels.counts(cora.nodes())).containsExactly(298, 418, 818, 426, 217, 180, 351);
        assertThat(cora.edges()).isEqualTo(5278);
        assertThat(cora.adjacency().entries()).isEqualTo(2 * 5278);
        assertThat(cora.ids().getFirst()).isEqualTo("31336");
        double[] features = cora.nodes().all().inputs().toDoubles();
        // grep -o for tab-1 over all lines of cora.content counts 49,216 ones.
        assertThat(Arrays.stream(features).sum()).isEqualTo(49_216);
        double[] normalised = cora.rowNormalised().nodes().batch(17).inputs().toDoubles();
        assertThat(Arrays.stream(normalised).sum()).isCloseTo(1, within(1e-5));
    }

    /// The split's own table in the shared data was derived from Planetoid's files beside this one.
    @Test
    void planetoidsSplitIsThePublishedOne() throws IOException {
        Path data = SharedData.folder("cora");
        GraphData cora = Cora.load(data);
        Parts parts = Cora.planetoid(cora);
        assertThat(parts.train().size()).isEqualTo(140);
        assertThat(parts.validation().size()).isEqualTo(500);
        assertThat(parts.test().size()).isEqualTo(1000);
        assertThat(ClassLabels.counts(parts.train())).containsOnly(20);
        Path table = data.resolve("cora").resolve("planetoid_order.tsv");
        assumeTrue(Files.exists(table), "no " + table);
        List<List<Integer>> rows = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : Files.readAllLines(table)) {
            String[] fields = line.split("\t", -1);
            int part = List.of("train", "val", "test").indexOf(fields[5]);
            if (part >= 0) {
                rows.get(part).add(Integer.parseInt(fields[2]));
            }
        }
        List<Dataset> found = List.of(parts.train(), parts.validation(), parts.test());
        for (int part = 0; part < 3; part++) {
            int[] wanted = rows.get(part).stream().mapToInt(i -> i).toArray();
            assertThat(found.get(part).all().inputs().toFloats())
                    .isEqualTo(cora.nodes().batch(wanted).inputs().toFloats());
        }
    }

    @Test
    void aSplitOfOnesOwnSharesNoPaper() {
        GraphData cora = Cora.load(SharedData.folder("cora"));
        Parts parts = Cora.likePlanetoid(cora, RandomStream.seeded(1));
        assertThat(ClassLabels.counts(parts.train())).containsOnly(20);
        assertThat(parts.validation().size()).isEqualTo(500);
        assertThat(parts.test().size()).isEqualTo(1000);
        assertThat(parts.test().batch(0, 1, 2).inputs().toFloats())
                .isEqualTo(Cora.likePlanetoid(cora, RandomStream.seeded(1)).test().batch(0, 1, 2).inputs().toFloats());
    }

    @Test
    void aGraphIsReadFromTwoFiles() throws IOException {
        GraphData graph = read(CONTENT, CITES);
        assertThat(graph.ids()).containsExactly("p1", "p2", "p3");
        assertThat(graph.nodes().all().inputs().toFloats()).containsExactly(0, 1, 1, 1, 0, 0, 0, 0, 0);
        assertThat(graph.nodes().all().targets().toFloats()).containsExactly(1, 0, 1);
        assertThat(graph.edges()).as("both directions are one edge").isEqualTo(2);
        assertThat(graph.from()).containsExactly(0, 0);
        assertThat(graph.to()).containsExactly(1, 2);
        assertThat(graph.adjacency().toDense().toDoubles()).containsExactly(0, 1, 1, 1, 0, 0, 1, 0, 0);
        assertThat(graph.rowNormalised().nodes().all().inputs().toFloats())
                .containsExactly(0, 0.5f, 0.5f, 1, 0, 0, 0, 0, 0);
        assertThat(graph.rowNormalised().edges()).isEqualTo(2);
        assertThatThrownBy(() -> Cora.planetoid(graph)).isInstanceOf(DataException.class)
                .hasMessageContaining("Planetoid's split is one of Cora");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"p1 0 1 Bees|line 1 has 4 fields|make 5",
            "p1 0 1 1 1 Bees|line 1 has 6 fields|make 5", "p1 0 2 1 Bees|line 1: word 2 is '2'|not 0 or 1",
            "p1 0 01 1 Bees|line 1: word 2 is '01'|not 0 or 1", "p1 0  1 Bees|line 1: word 2 is ''|not 0 or 1",
            "p1 0 1 1 Wasps|class 'Wasps'|Ants, Bees", "p1|line 1 has 1 fields|make 5"})
    void linesThatAreNoPapersAreNamed(String line, String where, String what) {
        assertThatThrownBy(() -> read(line.replace(' ', '\t') + "\n", "")).isInstanceOf(DataException.class)
                .hasMessageContainingAll("tiny.content", where, what);
    }

    @Test
    void brokenGraphsAreNamed() {
        assertThatThrownBy(() -> read(CONTENT + "p2\t1\t1\t1\tAnts\n", CITES)).isInstanceOf(DataException.class)
                .hasMessageContaining("line 4: paper 'p2' has the id of line 2");
        assertThatThrownBy(() -> read("\t1\t1\t1\tAnts\n", "")).isInstanceOf(DataException.class)
                .hasMessageContaining("line 1").hasMessageContaining("no id");
        assertThatThrownBy(() -> read("", "")).isInstanceOf(DataException.class).hasMessageContaining("holds no paper");
        assertThatThrownBy(() -> read(CONTENT, CITES + "p1\tp9\n")).isInstanceOf(DataException.class)
                .hasMessageContaining("tiny.cites line 4: paper 'p9' is not in tiny.content");
        assertThatThrownBy(() -> read(CONTENT, "p1\n")).isInstanceOf(DataException.class)
                .hasMessageContaining("tiny.cites line 1 is 'p1'");
        assertThatThrownBy(() -> read(CONTENT, "p1\tp1\n")).isInstanceOf(DataException.class)
                .hasMessageContaining("'p1' cites itself");
        assertThatThrownBy(() -> read(new byte[]{(byte) 0xFF, '\t', '0'}, "")).isInstanceOf(DataException.class)
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> LinqsFiles.read("x", folder.resolve("none"), folder.resolve("none"), CLASSES, 3))
                .isInstanceOf(DataException.class).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Cora.load(folder)).isInstanceOf(DataException.class)
                .hasMessageContaining("no cora.content, cora.cites").hasMessageContaining("surprisal data fetch cora");
    }

    @Test
    void aThousandDamagedFilesAreRefusedOrRead() throws Exception {
        byte[] content = CONTENT.getBytes(StandardCharsets.UTF_8);
        assertThat(Mutations.refused(content, 4, damaged -> read(damaged, CITES))).isGreaterThan(300);
    }

    @Test
    void graphsThatDoNotFitAreRefused() {
        Dataset two = InMemory.regression("g", Tensor.of(new double[2], 2, 1), Tensor.of(new double[2], 2, 1));
        List<String> ids = List.of("a", "b");
        assertThat(GraphData.of(two, ids, new int[0], new int[0]).adjacency().entries()).isZero();
        for (int[] ends : new int[][]{{0, 2}, {-1, 0}, {1, 1}}) {
            assertThatThrownBy(() -> GraphData.of(two, ids, new int[]{ends[0]}, new int[]{ends[1]}))
                    .isInstanceOf(DataException.class).hasMessageContaining("edge 0");
        }
        assertThatThrownBy(() -> GraphData.of(two, List.of("a", "a"), new int[0], new int[0]))
                .isInstanceOf(DataException.class).hasMessageContaining("1 of them distinct");
        assertThatThrownBy(() -> GraphData.of(two, ids, new int[1], new int[0])).isInstanceOf(DataException.class)
                .hasMessageContaining("an edge has two");
    }
}
