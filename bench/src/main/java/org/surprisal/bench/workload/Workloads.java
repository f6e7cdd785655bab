package org.surprisal.bench.workload;

import java.util.List;
import org.surprisal.bench.harness.Workload;

/// Every task there is.
public final class Workloads {
    private Workloads() {
    }

    /// In the order of tables and figures.
    public static List<Workload> all() {
        return List.of(new ThesisPerceptron(20), new ThesisPerceptron(50));
    }
}
