package org.surprisal.bench.workload;

import java.util.List;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;

/// Every task there is.
public final class Workloads {
    private Workloads() {
    }

    /// In the order of tables and figures.
    public static List<Workload> all() {
        return List.of(new ThesisPerceptron(20), new ThesisPerceptron(50), new InformationPlanePerceptron(1),
                new InformationPlanePerceptron(50), new NielsenPerceptron(), new DigitPair(),
                new Autoencoder(18, 784), new LeNet(), new NotesNetwork(), new VggNetwork(),
                new NamesNetwork(NamesNetwork.Kind.RNN), new NamesNetwork(NamesNetwork.Kind.LSTM),
                new NamesNetwork(NamesNetwork.Kind.GRU), new CitationNetwork(),
                new RelativeEntropyLoop(50), new PairwiseBounds(4096, 20, true, List.of(new Target.OfPeer(4))),
                new PairwiseBounds(10_000, 1024, true, List.of(new Target.OfPeer(1.3))),
                new PairwiseBounds(60_000, 20, false, List.of()), new IsingSweeps(),
                new AdamUpdate(20 * 784 * 784), new Eigenvalues(1293));
    }
}
