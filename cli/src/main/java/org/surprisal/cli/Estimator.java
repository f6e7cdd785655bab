package org.surprisal.cli;

import java.util.List;

/// A way in which `measure` computes something.
///
/// @param name    as answers call it
/// @param measure the command of `measure` that uses it
/// @param summary a line
record Estimator(String name, String measure, String summary) {
    /// Of the relative entropy of a network.
    static final Estimator MONTE_CARLO = new Estimator("monte-carlo", "relative-entropy",
            "Gaussian samples pushed through a network's own weights, layer by layer; with standard errors");

    /// In the order in which they are listed.
    static final List<Estimator> ALL = List.of(MONTE_CARLO);
}
