package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surprisal.data.Dataset;
import org.surprisal.data.sets.Digits;
import org.surprisal.settings.SettingException;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// What an experiment makes of `data`: classes, parts, folds, pools, normalisation.
class DataEntriesTest {
    private static final String FLOWERS = "{csv: flowers.csv, target: species, ";

    @TempDir
    private Path folder;

    @BeforeEach
    void usersFiles() throws IOException {
        UserFiles.table(folder.resolve("flowers.csv"));
        UserFiles.graph(folder.resolve("people.csv"), folder.resolve("friends.csv"));
        UserFiles.arrays(folder.resolve("data.npz"));
    }

    private static Path dataFolder() {
        String set = System.getenv("SURPRISAL_DATA");
        return Path.of(set == null || set.isBlank() ? "../../shared/data" : set);
    }

    private static RandomStream stream() {
        return RandomStream.seeded(1).child("data");
    }

    private static Entry entry(String data) {
        return Entry.read("my.yaml", "title: T\ndata: " + data + "\n").fields("title", "data").require("data");
    }

    private ExperimentData read(String data) {
        return read(data, 1);
    }

    private ExperimentData read(String data, int fold) {
        return new DataEntries(folder, dataFolder(), ElementType.FLOAT64, stream(), _ -> {
        }).read(entry(data), fold);
    }

    private static double[] inputs(Dataset samples) {
        return samples.all().inputs().toDoubles();
    }

    private static double[] targets(Dataset samples) {
        return samples.all().targets().toDoubles();
    }

    private static List<Double> firstFeatures(Optional<Dataset> samples) {
        return samples.map(part -> {
            double[] all = inputs(part);
            int width = all.length / part.size();
            return IntStream.range(0, part.size()).mapToObj(i -> all[i * width]).toList();
        }).orElse(List.of());
    }

    private static List<Integer> sizes(ExperimentData data) {
        return List.of(data.train().size(), data.validation().map(Dataset::size).orElse(0),
                data.test().map(Dataset::size).orElse(0));
    }

    // Flower i of the file is of species i mod 3: setosa, versicolor, virginica.
    @ParameterizedTest
    @ValueSource(strings = {"[virginica, setosa]", "[2, 0]", "[virginica, 0]"})
    void classesAreNumberedInTheOrderGiven(String classes) {
        Dataset all = read("{csv: flowers.csv, target: species}").train();
        Dataset chosen = read(FLOWERS + "classes: " + classes + "}").train();
        assertThat(chosen.classNames()).containsExactly("virginica", "setosa");
        assertThat(chosen.size()).isEqualTo(80);
        assertThat(targets(chosen)).startsWith(1, 0, 1, 0).contains(1, 0);
        double[] whole = inputs(all);
        assertThat(Arrays.copyOf(inputs(chosen), 8)).containsExactly(whole[0], whole[1], whole[2], whole[3], whole[8],
                whole[9], whole[10], whole[11]);
    }

    @Test
    void drawnDigitsOfSomeClassesAreAsManyAsAskedFor() {
        ExperimentData data = read("{set: digits, train: 30, test: 10, classes: [7, 1]}");
        assertThat(sizes(data)).containsExactly(30, 0, 10);
        Dataset drawn = Digits.generate(600, 10, stream().child("set").nextLong()).train();
        double[] classes = targets(drawn);
        int[] rows = IntStream.range(0, 600).filter(i -> classes[i] == 1 || classes[i] == 7).limit(30).toArray();
        assertThat(inputs(data.train())).isEqualTo(inputs(drawn.rows(rows)));
        assertThat(targets(data.train()))
                .isEqualTo(IntStream.of(rows).mapToDouble(i -> classes[i] == 7 ? 0 : 1).toArray());
    }

    // 120 flowers.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{validation: 0.15, test: 0.15}|84|18|18", "{test: 30}|90|0|30",
            "{validation: 12}|108|12|0", "{train: 50, test: 40}|50|0|40",
            "{train: 50, validation: 7, test: 40}|50|7|40",
            "{validation: 10, test: 0.25}|80|10|30", "{train: 0.1, test: 0.2}|12|0|24",
            "{train: 0.5, validation: 0.25, test: 0.25}|60|30|30", "{test: 1.0}|119|0|1",
            "{train: 0.3375, validation: 0.3375, test: 0.325}|41|40|39"})
    void splitTakesSharesAndCounts(String split, int train, int validation, int test) {
        assertThat(sizes(read(FLOWERS + "split: " + split + "}"))).containsExactly(train, validation, test);
    }

    @Test
    void countsGiveTheSamplesThatSharesGive() {
        ExperimentData shares = read(FLOWERS + "split: {validation: 0.15, test: 0.15}}");
        ExperimentData counts = read(FLOWERS + "split: {validation: 18, test: 18}}");
        assertThat(inputs(counts.train())).isEqualTo(inputs(shares.train()));
        assertThat(firstFeatures(counts.test())).isEqualTo(firstFeatures(shares.test()));
    }

    @Test
    void partsHaveTheClassesInProportionUnlessToldOtherwise() {
        assertThat(counts(read(FLOWERS + "split: {test: 60}}").train())).containsExactly(20, 20, 20);
        assertThat(counts(read(FLOWERS + "split: {test: 60, stratified: false}}").train()))
                .isNotEqualTo(new int[]{20, 20, 20});
    }

    private static int[] counts(Dataset samples) {
        int[] counts = new int[samples.classes()];
        DoubleStream.of(targets(samples)).forEach(label -> counts[(int) label]++);
        return counts;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"folds: 5|96|0", "folds: 5, split: {validation: 0.125}|84|12",
            "folds: 5, split: {validation: 6, stratified: false}|90|6"})
    void everySampleIsInOneFold(String keys, int train, int validation) {
        List<Double> all = firstFeatures(Optional.of(read("{csv: flowers.csv, target: species}").train()));
        List<Double> tested = new ArrayList<>();
        for (int fold = 1; fold <= 5; fold++) {
            ExperimentData data = read(FLOWERS + keys + "}", fold);
            assertThat(sizes(data)).containsExactly(train, validation, 24);
            List<Double> whole = new ArrayList<>(firstFeatures(Optional.of(data.train())));
            whole.addAll(firstFeatures(data.validation()));
            whole.addAll(firstFeatures(data.test()));
            assertThat(whole).containsExactlyInAnyOrderElementsOf(all);
            tested.addAll(firstFeatures(data.test()));
        }
        assertThat(tested).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void foldsAreCounted() {
        assertThat(DataEntries.folds(entry(FLOWERS + "folds: 5}"))).isEqualTo(5);
        assertThat(DataEntries.folds(entry("{set: digits}"))).isEqualTo(1);
        assertThatThrownBy(() -> DataEntries.folds(entry(FLOWERS + "folds: 1}"))).hasMessage(
                "my.yaml, line 2: data.folds is '1': must be an integer of at least 2");
        assertThatThrownBy(() -> read(FLOWERS + "folds: 5}", 6)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fold 6 is not one of 1 … 5");
    }

    // 600, 200 and 200 points; 60 and 40 digits.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{set: moons, pool: true, split: {test: 0.3}}|700|0|300",
            "{set: moons, pool: true, folds: 4}|750|0|250", "{set: moons, pool: false}|600|200|200",
            "{set: digits, train: 60, test: 40, pool: true, split: {validation: 20, test: 0.5}}|30|20|50",
            "{set: moons, train: 100, pool: true, split: {test: 0.5}}|250|0|250"})
    void poolPutsThePartsTogetherToBeDivided(String data, int train, int validation, int test) {
        assertThat(sizes(read(data))).containsExactly(train, validation, test);
    }

    @Test
    void normalisationOverAllFeaturesHasOneShiftAndOneScale() {
        String table = FLOWERS + "split: {test: 20}";
        double[] plain = inputs(read(table + "}").train());
        double mean = DoubleStream.of(plain).average().orElseThrow();
        double variance = DoubleStream.of(plain).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        double least = DoubleStream.of(plain).min().orElseThrow();
        double width = DoubleStream.of(plain).max().orElseThrow() - least;

        assertThat(inputs(read(table + ", normalise: {standard: all}}").train()))
                .containsExactly(each(plain, x -> (x - mean) / Math.sqrt(variance)), within(1e-12));
        assertThat(inputs(read(table + ", normalise: {min-max: all}}").train()))
                .containsExactly(each(plain, x -> (x - least) / width), within(1e-12));
        assertThat(inputs(read(table + ", normalise: {symmetric: all}}").train()))
                .containsExactly(each(plain, x -> 2 * (x - least) / width - 1), within(1e-12));
        double[] tested = inputs(read(table + "}").test().orElseThrow());
        assertThat(inputs(read(table + ", normalise: {symmetric: all}}").test().orElseThrow()))
                .containsExactly(each(tested, x -> 2 * (x - least) / width - 1), within(1e-12));
    }

    private static double[] each(double[] numbers, DoubleUnaryOperator change) {
        return DoubleStream.of(numbers).map(change).toArray();
    }

    @Test
    void normalisationWithoutScopeIsFeatureByFeature() {
        for (String normalise : List.of("symmetric", "{symmetric: each}")) {
            double[] values = inputs(read(FLOWERS + "normalise: " + normalise + "}").train());
            for (int feature = 0; feature < 4; feature++) {
                int column = feature;
                double[] own = IntStream.range(0, 120).mapToDouble(i -> values[4 * i + column]).toArray();
                assertThat(DoubleStream.of(own).min()).hasValue(-1);
                assertThat(DoubleStream.of(own).max()).hasValue(1);
            }
        }
        assertThat(inputs(read(FLOWERS + "normalise: {standard: each}}").train()))
                .isEqualTo(inputs(read(FLOWERS + "normalise: standard}").train()));
        assertThat(inputs(read(FLOWERS + "normalise: {min-max: each}}").train()))
                .isEqualTo(inputs(read(FLOWERS + "normalise: min-max}").train()));
    }

    @Test
    void featuresOfNodesAreNormalisedByThoseOfTheTrainingNodes() {
        String graph = "{nodes: people.csv, edges: friends.csv, target: club, split: {test: 0.5}";
        ExperimentData data = read(graph + ", normalise: standard}");
        assertThat(data.train().classNames()).containsExactly("chess", "rowing");
        double[] nodes = inputs(data.train());
        assertThat(nodes).isEqualTo(inputs(read(graph + "}").train()));
        Tensor features = data.graph().orElseThrow().features();
        for (int feature = 0; feature < 2; feature++) {
            int column = feature;
            double[] own = DoubleStream.of(nodes).map(node -> features.at((int) node, column)).toArray();
            assertThat(DoubleStream.of(own).average().orElseThrow()).isCloseTo(0, within(1e-12));
            assertThat(DoubleStream.of(own).map(x -> x * x).average().orElseThrow()).isCloseTo(1, within(1e-12));
        }
        assertThat(read(graph + ", classes: [rowing, chess]}").train().classNames()).containsExactly("rowing", "chess");
    }

    @Test
    void coraHasItsPublicSplitUnlessAnotherIsAskedFor() {
        assumeThat(dataFolder().resolve("cora")).isDirectory();
        assertThat(sizes(read("{set: cora}"))).containsExactly(140, 500, 1000);
        assertThat(sizes(read("{set: cora, split: {train: 1000, test: 140}}"))).containsExactly(1000, 0, 140);
        assertThat(sizes(read("{set: cora, split: {validation: 0.1, test: 0.2, stratified: false}}")))
                .containsExactly(1896, 270, 542);
        assertThat(sizes(read("{set: cora, folds: 4}", 4))).containsExactly(2031, 0, 677);
        ExperimentData two = read("{set: cora, classes: [Theory, Neural_Networks], split: {test: 0.2}}");
        assertThat(two.train().classNames()).containsExactly("Theory", "Neural_Networks");
        // 351 papers on theory and 818 on neural networks, by the file.
        assertThat(two.train().size() + two.test().orElseThrow().size()).isEqualTo(351 + 818);
        assertThat(two.graph().orElseThrow().features().length(0)).isEqualTo(2708);
        assertThatThrownBy(() -> read("{set: cora, pool: true}")).hasMessage("my.yaml, line 2: data.pool: there is"
                + " nothing to pool: 'split' divides all papers of 'cora'");
        assertThatThrownBy(() -> read("{set: cora, train: 10}")).hasMessage("my.yaml, line 2: data.train: the papers of"
                + " 'cora' are divided by 'split', as in 'split: {train: 1000, test: 140}'");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "{csv: flowers.csv, target: species, classes: [setosa, rose]}|classes[1]: there is no class 'rose'; the"
                    + " classes are setosa, versicolor, virginica",
            "{csv: flowers.csv, target: species, classes: [setosa, virginia]}|classes[1]: there is no class 'virginia';"
                    + " did you mean 'virginica'?",
            "{csv: flowers.csv, target: species, classes: [setosa, 3]}|classes[1]: there is no class '3'; the classes"
                    + " are setosa, versicolor, virginica",
            "{csv: flowers.csv, target: species, classes: [setosa, 0]}|classes[1] is '0', which is chosen already: each"
                    + " class is named once",
            "{csv: flowers.csv, target: species, classes: [setosa]}|classes: at least 2 classes are needed",
            "{csv: flowers.csv, target: species, classes: setosa}|classes is 'setosa': must be a list",
            "{inputs: 'data.npz#x', targets: 'data.npz#value', task: regression, classes: [0, 1]}|classes are chosen,"
                    + " and the targets are values: leave them out",
            "{csv: flowers.csv, target: species, split: {train: 60}}|split: needs 'validation' or 'test', a share of"
                    + " all samples below 1 or a number of samples",
            "{csv: flowers.csv, target: species, split: {test: 1.5}}|split.test is '1.5': must be a share of the"
                    + " samples above 0 and below 1, or a whole number of samples",
            "{csv: flowers.csv, target: species, split: {test: 0}}|split.test is '0': must be a share of the samples"
                    + " above 0 and below 1, or a whole number of samples",
            "{csv: flowers.csv, target: species, split: {test: many}}|split.test is 'many': must be a share of the"
                    + " samples above 0 and below 1, or a whole number of samples",
            "{csv: flowers.csv, target: species, split: {test: 120}}|split: data set flowers.csv: parts of [0, 120]"
                    + " samples cannot be made from 120; each needs at least 1",
            "{csv: flowers.csv, target: species, split: {train: 0.9, test: 0.2}}|split: data set flowers.csv: parts of"
                    + " [108, 24] samples cannot be made from 120; each needs at least 1",
            "{csv: flowers.csv, target: species, folds: 121}|folds: data set flowers.csv: its 120 samples cannot make"
                    + " 121 folds; 2 to 120 can be made",
            "{csv: flowers.csv, target: species, folds: 3, split: {test: 0.1}}|split.test: with 'folds' the test"
                    + " samples are one fold and the training samples all others: leave it out",
            "{csv: flowers.csv, target: species, pool: true}|pool: there is nothing to pool: the samples come in one"
                    + " piece, which 'split' divides",
            "{set: moons, folds: 5}|folds: the data set comes in parts already: 'pool: true' puts them together to be"
                    + " divided",
            "{set: digits, folds: 5}|folds: the data set comes in parts already: 'pool: true' puts them together to be"
                    + " divided",
            "{set: digits, train: 9, test: 9, split: {test: 0.5}}|split.test: the data set has test samples of its own:"
                    + " leave it out, or say 'pool: true' to divide all samples",
            "{set: digits, train: 9, test: 9, split: {stratified: true}}|split: needs the key 'validation'",
            "{set: moons, split: {test: 0.1}}|split: the data set comes in parts already: 'pool: true' puts them"
                    + " together to be divided",
            "{set: moons, pool: true}|pool: training and test samples are put together to be divided: say how, by"
                    + " 'split: {test: 0.2}' or 'folds: 5'",
            "{set: moons, pool: maybe}|pool is 'maybe': must be true or false",
            "{set: moons, normalise: {standart: all}}|normalise.standart: there is no such method; did you mean"
                    + " 'standard'?",
            "{set: moons, normalise: {standard: both}}|normalise.standard is 'both': must be one of each, all",
            "{set: moons, normalise: {standard: all, min-max: all}}|normalise must have one method, one of standard,"
                    + " min-max, symmetric",
            "{set: moons, normalise: unit}|normalise is 'unit': must be one of none, standard, min-max, symmetric",
            "{nodes: people.csv, edges: friends.csv, target: club, shape: [1]}|shape: the samples are nodes of a graph,"
                    + " which keep their features and their classes: leave it out",
            "{nodes: people.csv, edges: friends.csv, target: club, reconstruct: true}|reconstruct: the samples are"
                    + " nodes of a graph, which keep their features and their classes: leave it out"})
    void wrongDataAreAnsweredWithTheirPlace(String data, String answer) {
        assertThatThrownBy(() -> read(data)).isInstanceOf(SettingException.class)
                .hasMessage("my.yaml, line 2: data." + answer);
    }

    @Test
    void tableOfNumbersHasClassesByTheirNumbers() throws IOException {
        Files.writeString(folder.resolve("numbers.csv"), "x,kind\n" + "1,0\n2,1\n3,2\n".repeat(4));
        Dataset chosen = read("{csv: numbers.csv, target: kind, classes: [2, 0]}").train();
        assertThat(inputs(chosen)).startsWith(1, 3, 1, 3);
        assertThat(targets(chosen)).startsWith(1, 0, 1, 0);
    }
}
