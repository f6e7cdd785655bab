package org.surprisal.theory.meanfield;

import java.util.Optional;
import java.util.OptionalDouble;

/// What becomes of a signal's variance in a deep random network, and what follows for correlations and gradients. The
/// four cases are types because only in the first do all the numbers exist.
public sealed interface FixedPoint {

    /// The variance settles at q* > 0.
    ///
    /// @param qStar the variance, σ_w² E[φ(√q* z)²] + σ_b²
    /// @param chi1 χ_1 = σ_w² E[φ'(√q* z)²], by which a small distance and a gradient's mean square grow per layer
    /// @param cStar the correlation of two inputs far down, stable and in [0, 1]; 1 where χ_1 <= 1
    /// @param xiC ξ_c = -1/ln C'(c*) in layers, over which correlations approach c*; absent where it is infinite or
    /// not told from that
    /// @param xiQ ξ_q = -1/ln(χ_1 + σ_w² E[φ''φ]) in layers, over which variances approach q*; absent
    /// likewise
    record Settled(Estimate qStar, Estimate chi1, Estimate cStar, Optional<Estimate> xiC,
            Optional<Estimate> xiQ) implements FixedPoint {

        /// Order, chaos, or the border within χ_1's error.
        public Phase phase() {
            return Phase.of(chi1);
        }
    }

    /// The variance goes to 0: there are no biases, and weights too small. Nothing is left whose correlation could be
    /// measured.
    ///
    /// @param chi1 χ_1 = σ_w² φ'(0)² (for a kink, of the mean of both squared slopes), at most 1
    /// @param xiQ -1/ln χ_1 in layers, over which the variance vanishes; absent where χ_1 = 1 and it does so more
    /// slowly than any exponential
    record Vanishing(double chi1, Optional<Estimate> xiQ) implements FixedPoint {}

    /// Every variance stays as it is and χ_1 = 1: a piecewise linear function with critical weights and no biases, the
    /// ReLU at (σ_w², σ_b²) = (2, 0).
    record Marginal() implements FixedPoint {}

    /// No fixed point: the variance grows without end.
    ///
    /// @param growth the factor per layer, also χ_1 in every layer; 1 where biases add the same to each
    record Divergent(double growth) implements FixedPoint {}

    /// ξ_c in layers; absent at the critical point and where no variance settles.
    default OptionalDouble correlationLength() {
        return this instanceof Settled settled && settled.xiC().isPresent()
                ? OptionalDouble.of(settled.xiC().get().value())
                : OptionalDouble.empty();
    }

    /// `order`, `chaos` or `critical`; where no variance settles, what becomes of it.
    default String phaseName() {
        return switch (this) {
            case Settled settled when settled.phase() == Phase.ORDERED -> "order";
            case Settled settled when settled.phase() == Phase.CHAOTIC -> "chaos";
            case Settled _ -> "critical";
            case Marginal _ -> "critical";
            case Vanishing _ -> "variance vanishes";
            case Divergent _ -> "variance diverges";
        };
    }
}
