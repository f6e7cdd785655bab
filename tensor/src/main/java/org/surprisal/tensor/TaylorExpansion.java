package org.surprisal.tensor;

/// The terms of f(x + d) = f(x) + g d + d H d / 2 + O(|d|^3) for one step d.
///
/// @param constant f(x)
/// @param linear g d, the gradient's share
/// @param quadratic d H d / 2, the Hessian's share
public record TaylorExpansion(double constant, double linear, double quadratic) {

    /// The expansion up to the linear term.
    public double firstOrder() {
        return constant + linear;
    }

    /// The expansion up to the quadratic term.
    public double secondOrder() {
        return constant + linear + quadratic;
    }

    /// What the expansion to second order misses, f(x + d) less the expansion. For a smooth f it falls by 8 when the
    /// step is halved, until the rounding of f shows.
    ///
    /// @param exact f(x + d)
    public double error(double exact) {
        return exact - secondOrder();
    }
}
