package org.surprisal.theory.ising;

import java.util.Locale;
import org.surprisal.tensor.RandomStream;

/// How states are sampled.
public enum Algorithm {
    /// [RandomSiteMetropolis].
    METROPOLIS,
    /// [CheckerboardMetropolis]; even L only.
    CHECKERBOARD,
    /// [MultiSpinMetropolis].
    MULTISPIN,
    /// [WolffClusters].
    WOLFF;

    /// The name as users write it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// A sampler in its start state.
    ///
    /// @throws IllegalArgumentException if it cannot sample this model
    public IsingSampler sampler(IsingModel model, Start start, RandomStream stream) {
        return switch (this) {
            case METROPOLIS -> new RandomSiteMetropolis(model, start, stream);
            case CHECKERBOARD -> new CheckerboardMetropolis(model, start, stream);
            case MULTISPIN -> new MultiSpinMetropolis(model, start, stream);
            case WOLFF -> new WolffClusters(model, start, stream);
        };
    }
}
