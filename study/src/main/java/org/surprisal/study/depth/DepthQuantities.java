package org.surprisal.study.depth;

import org.surprisal.study.engine.Index;
import org.surprisal.study.engine.Quantity;

/// What is measured of a network layer by layer.
public final class DepthQuantities {
    /// D_m, mean over the probed inputs.
    public static final Quantity VALUE = byLayer("relative-entropy", "nat", "relative entropy");
    /// Monte Carlo standard error of [#VALUE].
    public static final Quantity ERROR = byLayer("relative-entropy-standard-error", "nat", "Monte Carlo standard"
            + " error");
    /// [#VALUE] / ((N/2) ln(2πe σ_w²)).
    public static final Quantity NORMALISED = byLayer("relative-entropy-normalised", "1", "relative entropy,"
            + " normalised");
    /// [#ERROR] likewise.
    public static final Quantity NORMALISED_ERROR = byLayer("relative-entropy-normalised-standard-error", "1",
            "Monte Carlo standard error, normalised");
    /// Sample standard deviation of D_m over the probed inputs.
    public static final Quantity SPREAD = byLayer("relative-entropy-spread-over-inputs", "nat", "spread over inputs");
    /// (N/2) ln(σ_m²/σ_0²) of the measured variances, normalised likewise.
    public static final Quantity ENTROPY_DIFFERENCE = byLayer("entropy-difference-normalised", "1",
            "difference of Gaussian entropies, normalised");
    /// Mean over the neurons, averaged over the probed inputs.
    public static final Quantity MEAN = byLayer("pre-activation-mean", "1", "mean of the pre-activations");
    /// σ_m² over the neurons, averaged over the probed inputs.
    public static final Quantity VARIANCE = byLayer("pre-activation-variance", "1", "variance of the pre-activations");
    /// The reference code's form of D_m, normalised likewise.
    public static final Quantity REFERENCE_CODE = byLayer("reference-code-form-normalised",
            "1", "relative entropy, normalised");

    private DepthQuantities() {
    }

    private static Quantity byLayer(String name, String unit, String label) {
        return Quantity.of(name, unit, label, Index.STAGE, Index.LAYER);
    }
}
