package org.surprisal.study.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.information.mutual.Binning;
import org.surprisal.information.noisy.MixtureError;
import org.surprisal.information.noisy.NoisyLayerInformation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Activation;
import org.surprisal.report.Judged;
import org.surprisal.report.TableCell;
import org.surprisal.settings.SettingException;
import org.surprisal.study.RunFolder;
import org.surprisal.study.engine.StudyRunner;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The study as a whole, on 60 points and two hidden layers, and what it measures.
class NoisyInformationStudyTest {
    @TempDir
    private Path folder;

    private SmallRun small() {
        return new SmallRun(new NoisyInformationStudy(), folder,
                Map.of("data", "moons", "widths", "4,3", "epochs", "6", "measured-epochs", "3", "batch", "100",
                        "learning-rate", "0.01", "points", "60", "passes", "4"));
    }

    @Test
    void runDrawsInformationOtherEstimatesAndClusters() throws IOException {
        SmallRun small = small();
        RunFolder run = small.run("whole", Map.of());

        assertThat(small.figures(run)).containsExactly("noisy-information-by-epoch", "other-estimates-by-epoch",
                "clusters-by-epoch", "loss-and-accuracy");
        List<List<String>> rows = small.table(run, "information-at-the-end");
        assertThat(rows).hasSize(2 * 2);
        assertThat(rows).extracting(row -> row.get(2)).containsExactly("1", "2", "1", "2");
        // The bound of the error of 2n passes, which ReLU has none of and the first layer needs none.
        List<String> bounds = Files.readAllLines(run.path().resolve("metrics.csv")).stream()
                .filter(line -> line.contains("bound-of-the-error") && line.startsWith("tanh,1,7,")).toList();
        assertThat(bounds).hasSize(4);
        assertThat(bounds.get(2)).endsWith("too low,bound-of-the-error," + MixtureError.most(3, 0.1, 1, 120) + ",nat");
        assertThat(bounds.get(3)).endsWith("too high,bound-of-the-error," + MixtureError.most(3, 0.1, 1, 8) + ",nat");
    }

    /// I(X;T) of a layer by epoch, in the order of the epochs.
    private static double[] information(RunFolder run, String activation, int seed, int layer, String kind)
            throws IOException {
        return Files.readAllLines(run.path().resolve("metrics.csv")).stream().map(line -> line.split(",", -1))
                .filter(cells -> cells[0].equals(activation) && cells[2].equals("" + seed)
                        && cells[6].equals("" + layer) && cells[7].equals(kind)
                        && cells[8].equals("noisy-input-information"))
                .sorted(Comparator.comparingInt(cells -> Integer.parseInt(cells[4])))
                .mapToDouble(cells -> Double.parseDouble(cells[9])).toArray();
    }

    /// What is left of a fall less 0.1 nat, nearer to 0 by what doubling the passes moves.
    @Test
    void fallIsJudgedBeyondWhatDoublingThePassesMoves() throws IOException {
        RunFolder run = small().run("falls", Map.of("epochs", "12", "learning-rate", "0.05"));
        List<Double> expected = new ArrayList<>();
        for (String activation : List.of("tanh", "relu")) {
            for (int layer = 1; layer <= 2; layer++) {
                double sum = 0;
                for (int seed = 7; seed <= 8; seed++) {
                    double[] twice = information(run, activation, seed, layer, "2n passes");
                    double[] once = information(run, activation, seed, layer, "n passes");
                    int last = twice.length - 1;
                    int top = last;
                    for (int e = 0; e < last; e++) {
                        top = twice[e] > twice[top] ? e : top;
                    }
                    double moved = Math.max(Math.abs(twice[top] - once[top]), Math.abs(twice[last] - once[last]));
                    double beyond = twice[top] - twice[last] - 0.1;
                    sum += beyond > moved ? beyond - moved : beyond < -moved ? beyond + moved : 0;
                }
                expected.add(sum / 2);
            }
        }
        Judged falls = StudyRunner.report(new NoisyInformationStudy(), run).verdicts().get(1);
        assertThat(falls.claim()).contains("beyond the estimator's own error");
        assertThat(falls.cases()).extracting(each -> ((TableCell.Measured) each.number()).value())
                .usingElementComparator(Comparator.comparingDouble(value -> Math.rint(value * 1e9)))
                .containsExactlyElementsOf(expected);
        assertThat(expected).anyMatch(value -> value == 0).anyMatch(value -> value != 0);
    }

    @Test
    void layersThatAreTooWideAreRefusedAndLeaveNoFolder() {
        assertThatThrownBy(() -> small().run("wide", Map.of("widths", "4,13"))).isInstanceOf(SettingException.class)
                .hasMessage("setting widths=4,13: must be widths of at most 12: what the estimate of a noisy layer"
                        + " takes grows exponentially with its units");
        assertThat(folder).isEmptyDirectory();
    }

    private static NoisyNetwork network(Activation activation, double deviation) {
        return NoisyNetwork.random(3, List.of(5, 4), 2, activation, deviation, VarianceScaling.fanInUniform(),
                RandomStream.seeded(1));
    }

    private static final Tensor INPUTS = RandomStream.seeded(2).gaussian(ElementType.FLOAT32, 0, 2, 30, 3);

    @Test
    void passesDifferBehindTheFirstLayerAndNoiseIsThatOfTheLayer() {
        List<NoisyNetwork.Seen> seen = network(Activation.TANH, 0.2).observe(INPUTS, 40, RandomStream.seeded(3));
        assertThat(seen).extracting(NoisyNetwork.Seen::layer).containsExactly(1, 2);
        for (NoisyNetwork.Seen layer : seen) {
            Tensor first = layer.centres().slice(1, 0, 1);
            Tensor last = layer.centres().slice(1, 39, 40);
            assertThat(first.minus(last).euclideanNorm() == 0).isEqualTo(layer.layer() == 1);
            assertThat(layer.centre().toDoubles()).isEqualTo(layer.preActivation().tanh().toDoubles())
                    .isEqualTo(first.toDoubles());
            double n = layer.noisy().size();
            assertThat(layer.noisy().minus(layer.centre()).square().sum().item() / n)
                    .isCloseTo(0.04, within(4 * 0.04 * Math.sqrt(2 / n)));
        }
        // The same passes, the same numbers, and the first layer takes no passes.
        NoisyLayerInformation first = seen.getFirst().information(20, 2, RandomStream.seeded(4));
        assertThat(first.passes()).isEqualTo(1);
        assertThat(seen.getLast().information(20, 2, RandomStream.seeded(4)).passes()).isEqualTo(20);
        assertThat(network(Activation.TANH, 0.2).observe(INPUTS, 40, RandomStream.seeded(3)).getLast()
                .information(20, 2, RandomStream.seeded(4)))
                .isEqualTo(seen.getLast().information(20, 2, RandomStream.seeded(4)));
    }

    /// Over all pairs, one by one.
    @Test
    void distancesAreRootMeanSquaresInUnitsOfTheNoise() {
        NoisyNetwork.Seen layer = network(Activation.TANH, 0.2).observe(INPUTS, 2, RandomStream.seeded(3)).getLast();
        double[] labels = new double[30];
        for (int i = 0; i < 30; i++) {
            labels[i] = i % 7 == 0 ? 1 : 0;
        }
        double all = 0;
        double within = 0;
        int pairs = 0;
        int pairsWithin = 0;
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < i; j++) {
                double squared = 0;
                for (int l = 0; l < 4; l++) {
                    squared += Math.pow(layer.noisy().at(i, l) - layer.noisy().at(j, l), 2);
                }
                all += squared;
                pairs++;
                within += labels[i] == labels[j] ? squared : 0;
                pairsWithin += labels[i] == labels[j] ? 1 : 0;
            }
        }
        assertThat(layer.distance()).isCloseTo(Math.sqrt(all / pairs) / 0.2, within(1e-9));
        assertThat(layer.distance(labels)).isCloseTo(Math.sqrt(within / pairsWithin) / 0.2, within(1e-9));
    }

    @Test
    void binsAreThoseOfTanhsRangeOrOfTheLayers() {
        NoisyNetwork.Seen tanh = network(Activation.TANH, 0.2).observe(INPUTS, 2, RandomStream.seeded(3)).getFirst();
        assertThat(tanh.bins(30)).isEqualTo(new Binning.Bins.Equal(30, -1, 1));
        NoisyNetwork.Seen relu = network(Activation.RELU, 0.2).observe(INPUTS, 2, RandomStream.seeded(3)).getFirst();
        double[] values = Arrays.stream(relu.noisy().toDoubles()).sorted().toArray();
        assertThat(relu.bins(7)).isEqualTo(new Binning.Bins.Equal(7, values[0], values[values.length - 1]));
    }

    /// tanh' = 1 - tanh² is below 0.1 where |tanh| is above √0.9, ReLU' where the unit is at 0.
    @Test
    void saturatedUnitsAreThoseWithoutSlope() {
        for (Activation activation : List.of(Activation.TANH, Activation.RELU)) {
            for (NoisyNetwork.Seen layer : network(activation, 0.2).observe(INPUTS, 2, RandomStream.seeded(3))) {
                double flat = Arrays.stream(layer.centre().toDoubles())
                        .filter(s -> activation == Activation.TANH ? Math.abs(s) > Math.sqrt(0.9) : s == 0).count();
                assertThat(layer.saturated()).isCloseTo(flat / layer.centre().size(), within(1e-12));
            }
        }
    }
}
