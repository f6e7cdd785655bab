package org.surprisal.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Workload;

class WorkloadsTest {
    @Test
    void namesAreUniqueAndPlain() {
        assertThat(Workloads.all()).extracting(Workload::name).doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
    }

    /// Multiplications and additions of 128 samples through 4-3-2: forward 2·128·(12 + 6), as many by the weights, and
    /// by the inputs of the second layer 2·128·6.
    @Test
    void productsOfTrainingAreCounted() {
        assertThat(Products.ofTraining(128, 4, List.of(3, 2)).operations()).isEqualTo(2.0 * 128 * (18 + 18 + 6));
        assertThat(Products.forward(5, List.of(4, 4, 4)).operations()).isEqualTo(2.0 * 5 * 32);
    }

    @Test
    void ourSideRunsWithoutAPeerAndWithoutData(@TempDir Path noData) throws IOException {
        Scene scene = new Scene(noData, 1, false);
        for (Workload workload : List.of(new ThesisPerceptron(1), new InformationPlanePerceptron(1),
                new InformationPlanePerceptron(3), new NielsenPerceptron(), new DigitPair(), new LeNet(),
                new NotesNetwork(), new VggNetwork(), new NamesNetwork(NamesNetwork.Kind.RNN),
                new NamesNetwork(NamesNetwork.Kind.LSTM), new NamesNetwork(NamesNetwork.Kind.GRU),
                new PairwiseBounds(50, 3, true, List.of()), new IsingSweeps(),
                new AdamUpdate(100), new Eigenvalues(30))) {
            try (Contest contest = workload.open(scene)) {
                assertThat(contest.peer()).isEmpty();
                assertThat(contest.ours().step()).isFinite();
            }
        }
    }

    @Test
    void trainingLearns(@TempDir Path noData) throws IOException {
        try (Contest contest = new InformationPlanePerceptron(1)
                .open(new Scene(noData, 1, false))) {
            double first = contest.ours().step();
            double last = first;
            for (int i = 0; i < 400; i++) {
                last = contest.ours().step();
            }
            assertThat(last).isLessThan(0.9 * first);
        }
    }
}
