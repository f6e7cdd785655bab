package org.surprisal.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.surprisal.bench.harness.Agreement;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;

/// Both sides compute the same thing. Needs PyTorch's natives: `mvn verify -Dpeer`.
@Tag("peer")
class PeerAgreementTest {
    static Stream<Workload> workloads() {
        return Stream.of(new ThesisPerceptron(2), new InformationPlanePerceptron(1),
                new InformationPlanePerceptron(3), new NielsenPerceptron(), new DigitPair(), new Autoencoder(2, 49),
                new LeNet(), new NotesNetwork(), new VggNetwork(), new NamesNetwork(NamesNetwork.Kind.RNN),
                new NamesNetwork(NamesNetwork.Kind.LSTM), new NamesNetwork(NamesNetwork.Kind.GRU),
                new CitationNetwork(), new RelativeEntropyLoop(3),
                new PairwiseBounds(200, 5, true, List.of()), new AdamUpdate(1000), new Eigenvalues(120));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void agreesWithPyTorch(Workload workload, @TempDir Path noData) throws IOException {
        try (Contest contest = workload.open(new Scene(noData, 3, true))) {
            Agreement agreement = Agreement.of(contest.ours(), contest.peer().orElseThrow(), workload.check().steps(),
                    workload.check().tolerance());
            assertThat(agreement.largestDifference()).isLessThanOrEqualTo(agreement.tolerance());
            assertThat(contest.data()).contains("drawn");
        }
    }
}
