package org.surprisal.theory.meanfield;

/// Where, as σ_w² rises at one σ_b², order ends.
public sealed interface CriticalPoint {

    /// χ_1 rises through 1.
    ///
    /// @param sigmaW2 σ_w² with χ_1 = 1 at its fixed point
    record Transition(Estimate sigmaW2) implements CriticalPoint {}

    /// χ_1 is below 1 as long as there is a fixed point: a piecewise linear function with biases, where q* grows beyond
    /// all bounds as χ_1 nears 1.
    ///
    /// @param sigmaW2 σ_w² from which on there is no fixed point
    record EdgeOfDivergence(double sigmaW2) implements CriticalPoint {}

    /// The weight variance at which order ends.
    default double end() {
        return switch (this) {
            case Transition(Estimate sigmaW2) -> sigmaW2.value();
            case EdgeOfDivergence(double sigmaW2) -> sigmaW2;
        };
    }
}
