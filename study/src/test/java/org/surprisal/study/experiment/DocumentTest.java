package org.surprisal.study.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surprisal.settings.SettingException;

/// Where lists of values vary, and where they are one value.
class DocumentTest {
    private static final String TEXT = """
            data: {csv: a.csv, target: [x, y], normalise: [none, standard]}
            network:
              - convolution: {channels: [2, 4], kernel: [3, 5]}
              - &activation [tanh, relu]
              - linear: 8
              - *activation
              - max-pooling: [[2, 2], [1, 3]]
            loss: cross-entropy
            optimiser: [{adam: 1e-3}, {sgd: {learning-rate: 0.1, momentum: 0.9}}]
            training: {epochs: 3}
            probes: [{layer: [a, b], measure: [entropy, gaussianity]}]
            metrics: [f1]
            """;

    private static List<String> columns(Document document) {
        return document.variations().stream().map(Variation::column).toList();
    }

    private static Entry get(Map<String, Entry> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static Document read(String text) {
        return Document.read("my.yaml", text, Map.of());
    }

    @Test
    void listsVaryWhereASingleValueIsNeeded() {
        Document document = read(TEXT);
        assertThat(columns(document)).containsExactly("normalise", "channels", "activation", "max-pooling",
                "optimiser");
        assertThat(document.variations().stream().map(v -> v.values().stream().map(Variation::text).toList()))
                .containsExactly(List.of("none", "standard"), List.of("2", "4"), List.of("tanh", "relu"),
                        List.of("2x2", "1x3"),
                        List.of("adam: 1e-3", "sgd: {learning-rate: 0.1, momentum: 0.9}"));
    }

    @Test
    void anAnchorsListVariesInAllPlacesAtOnce() {
        Document document = read(TEXT);
        Map<Variation, Integer> chosen = new LinkedHashMap<>();
        document.variations().forEach(variation -> chosen.put(variation, 1));
        Map<String, Entry> made = document.with(chosen).map();
        List<Entry> layers = get(made, "network").items();
        assertThat(layers.get(1).text()).isEqualTo("relu");
        assertThat(layers.get(3).text()).isEqualTo("relu");
        assertThat(get(get(layers.get(0).map(), "convolution").map(), "channels").text()).isEqualTo("4");
        assertThat(get(made, "optimiser").map()).containsOnlyKeys("sgd");
        // Places are those of the values in the file.
        assertThat(layers.get(1).refusal(" is wrong")).hasMessage("my.yaml, line 4: network[1] is wrong");
    }

    @Test
    void valuesOfTheCommandLineTakeThePlaceOfTheFiles() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("training.epochs", "1,20");
        given.put("training.batch-size", "7");
        given.put("network[2].linear", "16");
        given.put("data.normalise", "min-max");
        Document document = Document.read("my.yaml", TEXT, given);
        assertThat(columns(document)).containsExactly("channels", "activation", "max-pooling", "optimiser", "epochs");
        Map<Variation, Integer> chosen = new LinkedHashMap<>();
        document.variations().forEach(variation -> chosen.put(variation, 0));
        Map<String, Entry> made = document.with(chosen).map();
        assertThat(get(get(made, "training").map(), "epochs").text()).isEqualTo("1");
        assertThat(get(get(made, "training").map(), "batch-size").text()).isEqualTo("7");
        assertThat(get(get(made, "network").items().get(2).map(), "linear").text()).isEqualTo("16");
        assertThat(get(get(made, "data").map(), "normalise").text()).isEqualTo("min-max");
        assertThat(get(get(made, "data").map(), "normalise").refusal(" is wrong"))
                .hasMessage("--set data.normalise: data.normalise is wrong");
        assertThat(document.text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "training.epochs[0]|3|--set training.epochs[0]=3: the file has no entry [0] there",
            "network[9].linear|3|--set network[9].linear=3: the file has no entry [9] there: it has 5",
            "network[2].linear.outputs|3|--set network[2].linear.outputs=3: the file has no map there that could hold"
                    + " 'outputs'",
            "[0]|3|--set [0]=3: must be the path of a value in the experiment's file, such as training.epochs or"
                    + " network[0].linear",
            "training..epochs|3|--set training..epochs=3: must be the path of a value in the experiment's file, such as"
                    + " training.epochs or network[0].linear",
            "training.epochs|''|--set training.epochs=: a value is needed",
            "epochs|3|--set epochs: epochs: there is no such key; the keys are title, data, network, networks,"})
    void pathsThatTheFileDoesNotHaveAreRefused(String path, String value, String answer) {
        assertThatThrownBy(() -> Document.read("my.yaml", TEXT, Map.of(path, value)))
                .isInstanceOf(SettingException.class).hasMessageStartingWith(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "epochs: 3|epochs: []|line 10: training.epochs is an empty list: a value is needed, or several",
            "epochs: 3|epochs: [1, 1.0]|line 10: training.epochs[1] is '1' like training.epochs[0]: different values"
                    + " are needed, each makes networks of its own",
            "metrics: [f1]|seed: [1, 2]|line 12: seed is a list: must be one seed; --seeds N runs as many from there",
            "metrics: [f1]|unit: [nat, bit]|line 12: unit is a list: there is one for the whole run",
            "metrics: [f1]|networks: {a: [relu]}|line 12: networks: there is 'network' too: name all networks here",
            "epochs: 3|epochs: [1, \"a\\tb\"]|line 10: training.epochs[1] has a control character: one of several"
                    + " values is printable text"})
    void listsThatMakeNoExperimentAreRefused(String right, String wrong, String answer) {
        assertThat(TEXT).contains(right);
        assertThatThrownBy(() -> read(TEXT.replace(right, wrong))).isInstanceOf(SettingException.class)
                .hasMessage("my.yaml, " + answer);
    }

    /// A list that is one value in one place and varies in another would vary in both.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{channels: 2, kernel: &k [3, 5], stride: *k}|stride is several values, and the list of its anchor is one"
                    + " at network[0].convolution.kernel",
            "{channels: 2, stride: &k [3, 5], kernel: *k}|kernel is one value, and the list of its anchor is several"
                    + " at network[0].convolution.stride"})
    void anchorsListThatVariesInOnePlaceOnlyIsRefused(String convolution, String answer) {
        assertThatThrownBy(() -> read("network: [{convolution: " + convolution + "}]\n"))
                .isInstanceOf(SettingException.class).hasMessage("my.yaml, line 1: network[0].convolution." + answer
                        + ": write the list out in both places");
    }

    @Test
    void anchorsListThatVariesInAnotherPlaceThanProbesIsRefused() {
        assertThatThrownBy(() -> read("""
                network: [{dropout: &n [0.1, 0.2]}]
                probes: [{layer: a, measure: mutual-information, noise-variance: *n}]
                """)).hasMessage("my.yaml, line 1: probes[0].noise-variance is one value, and the list of its anchor"
                + " is several at network[0].dropout: write the list out in both places");
    }

    @Test
    void networksHaveLayersAndKeysOfTheirOwn() {
        String text = """
                data: {set: digits}
                networks:
                  small: [{linear: 10}]
                  large:
                    network: [{linear: 99}, relu, {linear: 10}]
                    optimiser: {sgd: 1}
                loss: cross-entropy
                optimiser: {adam: 1}
                """;
        Document document = read(text);
        Variation networks = document.variations().getFirst();
        assertThat(networks.column()).isEqualTo("network");
        assertThat(networks.values()).containsExactly("small", "large");
        Map<String, Entry> small = document.with(Map.of(networks, 0)).map();
        Map<String, Entry> large = document.with(Map.of(networks, 1)).map();
        assertThat(get(small, "network").items()).hasSize(1);
        assertThat(get(small, "optimiser").map()).containsOnlyKeys("adam");
        assertThat(get(large, "network").items()).hasSize(3);
        assertThat(get(large, "optimiser").map()).containsOnlyKeys("sgd");
        assertThatThrownBy(() -> read(text.replace("linear: 99", "linear: [1, 2]"))).hasMessage(
                "my.yaml, line 3: networks: networks.large.network[0].linear is a list of values: name a network for"
                        + " each instead");
        assertThatThrownBy(() -> read(text.replace("    optimiser: {sgd: 1}", "    data: {set: mnist}")))
                .hasMessageStartingWith("my.yaml, line 6: networks.large.data: there is no such key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'': [relu]}|networks: a network's name is printable text, and not empty",
            "{\"a\\tb\": [relu]}|networks: a network's name is printable text, and not empty",
            "{Net: [relu], net: [tanh]}|networks: the names 'Net' and 'net' differ in capitals only, and some systems"
                    + " take their folders for one",
            "{a: [relu], b: {network: [tanh], optimiser: {adam: 1}}}|networks.b.optimiser: the values of"
                    + " optimiser.adam.learning-rate make no difference to this network: leave one of the two out"})
    void networksThatCannotBeToldApartAreRefused(String networks, String answer) {
        assertThatThrownBy(() -> read("networks: " + networks + "\noptimiser: {adam: {learning-rate: [1, 2]}}\n"))
                .isInstanceOf(SettingException.class).hasMessage("my.yaml, line 1: " + answer);
    }

    @Test
    void moreCombinationsThanCanBeCheckedAreRefused() {
        String ten = "{linear: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}";
        assertThat(read("network: [" + (ten + ", ").repeat(4) + "relu]\n").variations()).hasSize(4);
        assertThatThrownBy(() -> read("network: [" + (ten + ", ").repeat(5) + "relu]\n")).hasMessage("my.yaml: the"
                + " lists of values make more than 10000 combinations, each a network: network[0].linear has 10,"
                + " network[1].linear has 10, network[2].linear has 10, network[3].linear has 10, network[4].linear"
                + " has 10");
    }

    /// A column is also a word on axes, and part of the names of folders and figures.
    @Test
    void columnsAreLettersAndDigitsWhateverTheAnchor() {
        assertThat(columns(read("network: [{linear: &größe- [1, 2]}, {linear: &- [3, 4]}, {linear: &- [5, 6]}]\n")))
                .containsExactly("gr-e", "linear", "network-2-linear");
    }

    /// Two lists behind equal keys have different columns in metrics.csv.
    @Test
    void columnsAreAsLongAsTheyMustBe() {
        assertThat(columns(read("""
                network: [{linear: [1, 2]}, {linear: [3, 4]}, {dropout: {probability: [0.1, 0.2]}}]
                schedule: [{step: {period: [1, 2]}}]
                """))).containsExactly("linear", "network-1-linear", "probability", "period");
        assertThat(columns(read("training: {epochs: [1, 2]}\nschedule: [{step: {unit: [step, epoch]}}]\n")))
                .containsExactly("epochs", "step-unit");
    }
}
