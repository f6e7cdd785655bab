package org.surprisal.bench.harness;

import java.nio.file.Path;
import org.surprisal.tensor.RandomStream;

/// What workloads are set up from.
///
/// @param dataFolder where data sets lie; workloads do without those that are absent, and say so
/// @param seed       of weights and of data that is drawn
/// @param peer       whether the other library runs too
public record Scene(Path dataFolder, long seed, boolean peer) {
    /// The stream that weights and data are drawn from, at its beginning.
    public RandomStream stream() {
        return RandomStream.seeded(seed);
    }
}
