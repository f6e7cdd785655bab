package org.surprisal.study.controls;

import org.surprisal.study.Case;

/// What the study keeps under which name.
final class Measured {
    /// D_m from the first forward pass, and from the standardised input, in units of (N/2) ln(2πe σ_w²).
    static final String FROM_FIRST = "relative-entropy-from-first-pass";
    static final String FROM_INPUT = "relative-entropy-from-input";
    static final String ERROR = "-standard-error";
    /// (N/2) ln σ_m² from the measured variances, in the same units: what is left of the second in a wide random
    /// network.
    static final String ENTROPY_FROM_INPUT = "entropy-difference-from-input";
    /// What mean-field theory makes of both before training.
    static final String THEORY_FROM_FIRST = "mean-field-from-first-pass";
    static final String THEORY_FROM_INPUT = "mean-field-from-input";
    /// The least divergence of a layer from the first over rotations of the neurons.
    static final String ALIGNED = "divergence-aligned";
    /// Said of a network once a stage is whole.
    static final String WHOLE = "stage-measured";
    /// Neurons of a layer that one of two kinds of input leaves constant.
    static final String NEURONS_LEFT_OUT = "neurons-left-out";
    /// Before the name of a measure that could not be taken at a layer.
    static final String REFUSED = "refused-";
    static final String DIVERGED = "diverged";
    static final String TEST_ACCURACY = "test-accuracy";

    static final String SIGMA_W2 = "sigma-w2";
    static final String SEED = "seed";
    private static final String INPUT = "input";
    private static final String P = "p";
    private static final String Q = "q";

    private Measured() {
    }

    /// One network.
    static Case network(double sigmaW2, long seed) {
        return Case.of(SIGMA_W2, Double.toString(sigmaW2)).and(SEED, seed);
    }

    /// One network on one kind of input.
    static Case on(Case network, Stimulus kind) {
        return network.and(INPUT, kind.label());
    }

    /// One network, inputs of two kinds in the same layer.
    static Case between(Case network, Stimulus p, Stimulus q) {
        return network.and(P, p.label()).and(Q, q.label());
    }

    /// One network, one kind of input after training against the same before, in the same layer.
    static Case afterAgainstBefore(Case network, Stimulus kind) {
        return network.and(P, kind.label()).and(Q, "before-training");
    }

    /// One network, one kind of input, a layer against the first.
    static Case againstFirstLayer(Case network, Stimulus kind) {
        return network.and(P, kind.label()).and(Q, "first-layer");
    }
}
