package org.surprisal.tensor;

import org.surprisal.tensor.kernel.Provider;
import org.surprisal.tensor.kernel.Workers;

/// What does the arithmetic in this process.
///
/// @param products what computes float32 matrix products, with the reason if it is the plain loop
/// @param elementwise what computes float32 element-wise work, with the reason if it is the plain loop
/// @param threads threads of work without a share of its own ([Processors])
public record Machine(String products, String elementwise, int threads) {
    /// This process.
    public static Machine current() {
        return new Machine(Provider.product(), Provider.loops(), Workers.threadsOfProcess());
    }

    /// Sets the number of threads of work without a share of its own, at least 1; until then it is the number of
    /// processors. Results do not depend on it.
    public static void setThreads(int threads) {
        Workers.setThreads(threads);
    }
}
