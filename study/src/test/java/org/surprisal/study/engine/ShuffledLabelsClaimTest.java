package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.report.Verdict;
import org.surprisal.settings.Settings;
import org.surprisal.study.Progress;
import org.surprisal.study.RunFolder;
import org.surprisal.study.RunRequest;
import org.surprisal.study.bottleneck.InformationPlaneStudy;
import org.surprisal.study.experiment.ExperimentStudy;
import org.surprisal.study.measure.PlaneQuantities;

/// What a layer is said to know of labels is what it knows more of them than of shuffled ones.
class ShuffledLabelsClaimTest {
    private static final String KIND = "bhattacharyya";
    private static final String NAME = "lower bound (Bhattacharyya)";

    @TempDir
    private Path folder;

    /// Thirty patterns and little noise: as the network's scale grows, its last hidden layer tells all patterns apart,
    /// and so 'gains' what there is to know of any labels.
    @Test
    void gainThatShuffledLabelsHaveTooIsNotHeld() throws IOException {
        InformationPlaneStudy study = new InformationPlaneStudy();
        RunFolder run = StudyRunner.execute(Unpainted.of(study), new RunRequest(Settings.of(study.settings(),
                Map.of("data", "spheres", "activations", "relu", "widths", "16,16", "epochs", "10", "planes", "2",
                        "batch", "100", "learning-rate", "0.02", "noise-variance", "0.01", "permutations", "2",
                        "points", "30")),
                1, OptionalInt.of(5), folder, folder.resolve("run")), Progress.SILENT, () -> false);
        Results results = Results.read(study, run);
        Claim claim = study.claims().stream().filter(each -> each.id().endsWith("last-hidden-layer-gains")).findFirst()
                .orElseThrow();

        Sample labels = results.of(new PlaneQuantities("").labels()).at(Index.LAYER, 2).at(Index.KIND, KIND);
        Sample gain = labels.at(Index.EPOCH, 10).minus(labels.at(Index.EPOCH, 0))
                .combine(results.of(PlaneQuantities.LABEL_ENTROPY), (gained, entropy) -> gained / entropy);
        Claim alone = Claim.of("gain", "Training adds a tenth of H(Y)", claim.source(), all -> gain, claim.rule())
                .forEach(claim.each().stream().filter(each -> each != Index.KIND).toArray(Coordinate[]::new));
        assertThat(alone.judge(results).verdict()).isEqualTo(Verdict.HELD);
        assertThat(claim.judge(results).cases()).filteredOn(each -> each.at().contains(NAME)).singleElement()
                .satisfies(each -> assertThat(each.verdict()).isEqualTo(Verdict.NOT_HELD));
        assertThat(claim.text()).isEqualTo("Training adds at least a tenth of H(Y) to what I(T;Y) of the last hidden"
                + " layer has over shuffled labels");
    }

    /// Classes of points in a plane that lie apart are learnt; with next to no noise a layer tells all points apart
    /// before training and after it, whatever their labels.
    @Test
    void layersOfAnExperimentAreJudgedAgainstShuffledLabels() throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), """
                data: {set: moons, train: 200, test: 40}
                network: [{linear: 6}, tanh, {linear: 2}]
                loss: cross-entropy
                optimiser: {adam: 0.03}
                training: {epochs: 8, batch-size: 20}
                probes:
                  - {layer: output, measure: mutual-information, noise-variance: 0.01, every: 8}
                  - {layer: tanh0, measure: mutual-information, noise-variance: 1e-9, every: 8}
                unit: bit
                """);
        ExperimentStudy study = new ExperimentStudy();
        RunFolder run = StudyRunner.execute(Unpainted.of(study), new RunRequest(Settings.of(study.settings(),
                ExperimentStudy.settings(file, Map.of())), 1, OptionalInt.of(3), folder, folder.resolve("run")),
                Progress.SILENT, () -> false);
        Study read = study.in(run);
        Finding finding = read.claims().getFirst().judge(Results.read(read, run));

        assertThat(finding.cases()).filteredOn(each -> each.at().equals(NAME + ", noise variance 0.01, output"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.verdict()).isEqualTo(Verdict.HELD);
                    assertThat(each.estimate().mean()).isBetween(0.3, 1.0);
                });
        assertThat(finding.cases()).filteredOn(each -> each.at().equals(NAME + ", noise variance 1e-9, tanh0"))
                .singleElement()
                .satisfies(each -> assertThat(each.verdict()).isEqualTo(Verdict.NOT_HELD));
        assertThat(finding.verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(study.claims()).isEmpty();
    }
}
