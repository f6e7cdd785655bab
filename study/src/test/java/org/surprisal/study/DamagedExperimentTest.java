package org.surprisal.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.data.format.Npz;
import org.surprisal.study.experiment.ExperimentStudy;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Files of experiments with seeded damage, read as `surprisal run FILE --summary` reads them: each is summed up, or
/// refused in one line that names a file.
class DamagedExperimentTest {
    private static final List<String> EXPERIMENTS = List.of(
            """
                    title: A table
                    data: {csv: points.csv, target: kind, split: {validation: 0.2, test: 0.2, stratified: true}, \
                    normalise: standard}
                    network:
                      - {linear: 6, name: first}
                      - tanh
                      - dropout: 0.1
                      - residual: {body: [{linear: 6}, relu], shortcut: [{linear: 6}]}
                      - linear: 2
                    initialisation: {gaussian: {sigma-w2: 1.5, sigma-b2: 0.05}}
                    loss: cross-entropy
                    optimiser: {adam: {learning-rate: 0.01, l2: 0.001, clip-norm: 1}}
                    schedule:
                      - cosine: {period: 5, floor: 0.1}
                    training: {epochs: 2, batch-size: 8, early-stopping: 3, precision: float64}
                    probes: [{layer: tanh0, every: 2, samples: 5, keep: true}]
                    metrics: [f1, top-2]
                    seed: 3
                    """,
            """
                    data:
                      inputs: arrays.npz#images
                      targets: arrays.npz#classes
                      split: {test: 0.25}
                    network:
                      - convolution: {channels: 3, kernel: 3, stride: 1, padding: same, dilation: 1, border: zeros, \
                    bias: true}
                      - batch-normalisation
                      - max-pooling: {kernel: 2, stride: 2}
                      - relu
                      - flatten
                      - linear: 3
                    initialisation: he
                    loss: cross-entropy
                    optimiser:
                      sgd: {learning-rate: 0.05, momentum: 0.9}
                    training:
                      epochs: 6
                      batch-size: 4
                    """,
            """
                    data: {inputs: arrays.npz#words, targets: arrays.npz#classes}
                    network: [{embedding: {symbols: 9, dimension: 4}}, {lstm: 5}, last-step, {linear: 3}]
                    loss: cross-entropy
                    optimiser: {rmsprop: 0.01}
                    """, """
                    # A graph
                    data:
                      nodes: nodes.csv
                      edges: edges.csv
                      target: kind
                      split: {test: 0.5}
                    network: [{graph-convolution: 8}, relu, {graph-convolution: 2}]
                    initialisation: {xavier: {distribution: normal}}
                    loss: cross-entropy
                    optimiser: {adamw: {learning-rate: 0.02, weight-decay: 0.0005}}
                    training: {epochs: 60, batch-size: 1000}
                    """, """
                    data: &all
                      set: digits
                      train: 20
                      test: 10
                    network: [&layer {linear: 16}, relu, *layer, sigmoid, {linear: 10}]
                    loss: cross-entropy
                    optimiser: {adagrad: 0.02}
                    """);

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        StringBuilder points = new StringBuilder("x,y,kind\n");
        StringBuilder edges = new StringBuilder("from,to\n");
        for (int i = 0; i < 40; i++) {
            points.append(Math.sin(i)).append(',').append(Math.cos(3 * i)).append(',').append(i % 2 == 0 ? "a" : "b")
                    .append('\n');
            if (i > 0) {
                edges.append(i).append(',').append(i / 2).append('\n');
            }
        }
        Files.writeString(folder.resolve("points.csv"), points);
        Files.writeString(folder.resolve("nodes.csv"), points);
        Files.writeString(folder.resolve("edges.csv"), edges);
        SequencedMap<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("images", RandomStream.seeded(1).gaussian(ElementType.FLOAT32, 0, 1, 12, 1, 6, 6));
        double[] words = new double[12 * 5];
        double[] classes = new double[12];
        for (int i = 0; i < words.length; i++) {
            words[i] = i % 9;
            classes[i % 12] = i % 3;
        }
        arrays.put("words", Tensor.of(words, 12, 5));
        arrays.put("classes", Tensor.of(classes, 12));
        Npz.write(folder.resolve("arrays.npz"), arrays);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void damagedExperimentIsSummedUpOrRefusedInOneLine() throws IOException {
        assertAnswered(1_000);
    }

    @Test
    @Tag("slow")
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyDamagedExperimentsAreSummedUpOrRefusedInOneLine() throws IOException {
        System.out.println(assertAnswered(30_000));
    }

    /// Returns the counts, in words.
    private String assertAnswered(int mutants) throws IOException {
        Path file = folder.resolve("my.yaml");
        for (String right : EXPERIMENTS) {
            Files.writeString(file, right);
            assertThat(ExperimentStudy.summary(file, Map.of(), folder, _ -> {
            })).contains("total");
        }
        int refused = 0;
        for (int i = 0; i < mutants; i++) {
            byte[] right = EXPERIMENTS.get(i % EXPERIMENTS.size()).getBytes(StandardCharsets.UTF_8);
            RandomStream random = RandomStream.seeded(11).child(i);
            byte[] damaged = FileDamage.drawn(right, random);
            // Two kinds of damage at once, in one of four files.
            damaged = random.nextInt(4) == 0 && damaged.length > 0 ? FileDamage.drawn(damaged, random) : damaged;
            Files.write(file, damaged);
            String what = "mutant " + i + ":\n" + new String(damaged, StandardCharsets.ISO_8859_1);
            try {
                assertThat(
                        ExperimentStudy.summary(file, Map.of(), folder,
                                note -> assertThat(note).as(what).doesNotContain("\n")))
                        .as(what).contains("total");
            } catch (IOException | RuntimeException e) {
                Refusal.assertForUsers(what, Failures.reason(e), folder);
                refused++;
            }
        }
        assertThat(refused).isBetween(mutants / 3, mutants - mutants / 20);
        return mutants + " experiments, " + refused + " refused";
    }
}
