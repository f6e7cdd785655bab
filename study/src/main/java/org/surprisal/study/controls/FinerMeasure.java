package org.surprisal.study.controls;

/// How far apart two samples of one layer's neurons are, finer than by one Gaussian a layer.
enum FinerMeasure {
    /// Each neuron a Gaussian over the inputs, divergences summed; without bias for normal neurons.
    PER_NEURON("per neuron", "divergence-per-neuron"),
    /// Full covariances, each shrunk.
    COVARIANCE("full covariance, shrunk", "divergence-covariance"),
    /// Gaussians with full covariance on the leading components of both samples together; without bias.
    COMPONENTS("Gaussian on leading components", "divergence-components"),
    /// Nearest neighbours on the same components.
    NEIGHBOURS("nearest neighbours", "divergence-neighbours"),
    /// Nearest neighbours on as many draws from the two Gaussians of [#COMPONENTS]: what they make of Gaussian layers,
    /// bias and all.
    NEIGHBOURS_OF_NORMALS("nearest neighbours of normal samples", "divergence-neighbours-of-normals");

    private final String label;
    private final String metric;

    FinerMeasure(String label, String metric) {
        this.label = label;
        this.metric = metric;
    }

    String label() {
        return label;
    }

    /// The name in files.
    String metric() {
        return metric;
    }
}
