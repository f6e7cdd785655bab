package org.surprisal.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.bench.harness.Harness;
import org.surprisal.bench.harness.Outcome;
import org.surprisal.bench.harness.Rounds;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;
import org.surprisal.tensor.RandomStream;

/// Both sides compute the same thing. Needs PyTorch's natives: `mvn verify -Dpeer`.
@Tag("peer")
class PeerAgreementTest {
    static Stream<Workload> workloads() {
        return Stream.of(new ThesisPerceptron(2), new InformationPlanePerceptron(), new Autoencoder(2, 49), new LeNet(),
                new NamesNetwork(), new CitationNetwork(), new RelativeEntropyLoop(3),
                new PairwiseBounds(200, 5, true, List.of()));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void agreesWithPyTorch(Workload workload, @TempDir Path noData) {
        Outcome outcome = new Harness(new Scene(noData, RandomStream.seeded(3), true), new Rounds(1, 1e-3, 1e-3))
                .measure(workload);
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.agreement().orElseThrow().holds()).isTrue();
        assertThat(outcome.data()).contains("drawn");
    }
}
