package org.surprisal.theory.meanfield;

/// A number found by quadrature, and how far it may be off.
///
/// @param value the number
/// @param error the difference between two orders of quadrature, carried through the whole calculation, and some
/// rounding: the order of magnitude of the value's error, not a bound
public record Estimate(double value, double error) {

    /// What summing some thousand products loses, in units of the last place.
    private static final int ROUNDING_ULPS = 8;

    /// An estimate of finite numbers.
    ///
    /// @throws IllegalArgumentException if `value` is not finite or `error` is not a number from 0 on
    public Estimate {
        if (!Double.isFinite(value) || !(error >= 0) || Double.isInfinite(error)) {
            throw new IllegalArgumentException(
                    "estimate %s with error %s, finite numbers and an error of at least 0 needed".formatted(value,
                            error));
        }
    }

    /// A number from a closed form.
    static Estimate closedForm(double value) {
        return new Estimate(value, ROUNDING_ULPS * Math.ulp(value));
    }

    /// The number that a finer quadrature gave, with its distance from that of a coarser one as error.
    static Estimate of(double coarse, double fine) {
        return new Estimate(fine, Math.abs(fine - coarse) + ROUNDING_ULPS * Math.ulp(fine));
    }

    /// Whether `number` is within the error of the value.
    public boolean covers(double number) {
        return Math.abs(value - number) <= error;
    }
}
