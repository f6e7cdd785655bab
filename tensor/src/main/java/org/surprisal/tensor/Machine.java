package org.surprisal.tensor;

import org.surprisal.tensor.kernel.Provider;
import org.surprisal.tensor.kernel.Workers;

/// What does the arithmetic in this process.
///
/// @param products what computes float32 matrix products, with the reason if it is the plain loop
/// @param elementwise what computes float32 element-wise work, with the reason if it is the plain loop
/// @param threads threads that share the work out
public record Machine(String products, String elementwise, int threads) {
    /// This process.
    public static Machine current() {
        return new Machine(Provider.product(), Provider.loops(), Workers.threads());
    }

    /// Sets the number of threads, at least 1. Results do not depend on it.
    public static void setThreads(int threads) {
        Workers.setThreads(threads);
    }
}
