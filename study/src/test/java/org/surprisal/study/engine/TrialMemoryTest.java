package org.surprisal.study.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.settings.Settings;
import org.surprisal.study.autoencoder.AutoencoderStudy;
import org.surprisal.study.relativeentropy.RelativeEntropyStudy;

/// The memory that studies ask for, compared with what their trials hold.
class TrialMemoryTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> studies() {
        return Stream.of(
                Arguments.of(RelativeEntropyStudy.full(), Map.of("depth", "6", "train-samples", "64", "batch", "32",
                        "mc-samples", "2", "sigma-w2", "1.5", "distribution-layers", "1", "tail-widths", "10")),
                Arguments.of(new AutoencoderStudy(), Map.of("hidden-layers", "5", "train-samples", "40",
                        "test-samples", "40", "batch", "20", "mc-samples", "2", "probed-inputs", "1", "sigma-w2",
                        "1.5", "distribution-layers", "1", "epochs", "1")));
    }

    /// What is in use, garbage left out, at each step of a training, above what is in use before the network is built.
    @ParameterizedTest
    @MethodSource("studies")
    void memoryAskedForIsThatOfATrainingWithinAFactorOfTwo(Study study, Map<String, String> changes)
            throws IOException {
        Settings settings = Settings.of(study.settings(), changes);
        Design design = study.design(settings);
        long asked = design.bytes(design.cells(settings, 7, 1).getFirst());
        List<Long> used = new ArrayList<>();
        StudyContract.run(StudyContract.silent(study), changes, folder.resolve("run"), 1, () -> {
            System.gc();
            used.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            return false;
        });
        long held = used.stream().mapToLong(Long::longValue).max().orElseThrow() - used.getFirst();
        assertThat(held).isBetween(asked / 2, asked * 2).isGreaterThan(20_000_000);
    }
}
