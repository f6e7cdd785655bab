package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Numbers of one representation Z that were obtained apart from each other, from a file say, held against the identities that
/// all of them obey when they come from the same n samples and one kernel:
///
///     0 <= I(X;Z) <= ln n,      I(Y;Z) <= min(I(X;Z), H(Y)),      0 <= H(Y) <= ln n
///
/// Where one is violated, the numbers do not belong together (other samples, another noise, another unit, bounds of two kinds) or
/// one of them is wrong; it is no finding about the network. A negative I(Y;Z) is no violation: a difference of two
/// bounds of one kind may be.
///
/// @param inputInformation I(X;Z) in nats
/// @param labelInformation I(Y;Z) in nats, where it is known
/// @param labelEntropy H(Y) in nats, where it is known
/// @param n number of samples, at least 1
public record IdentityCheck(double inputInformation, OptionalDouble labelInformation, OptionalDouble labelEntropy,
        int n) {

    /// A check.
    ///
    /// @throws IllegalArgumentException if a number is not finite or n is below 1
    public IdentityCheck {
        requireFinite("I(X;Z)", inputInformation);
        labelInformation.ifPresent(value -> requireFinite("I(Y;Z)", value));
        labelEntropy.ifPresent(value -> requireFinite("H(Y)", value));
        if (n < 1) {
            throw new IllegalArgumentException("n = %d samples, at least 1 needed".formatted(n));
        }
    }

    private static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s = %s nat, a finite number needed".formatted(what, value));
        }
    }

    /// What is violated by more than the tolerance, one sentence each with both numbers; empty if the numbers may belong
    /// together.
    ///
    /// @param tolerance in nats, at least 0: 1e-9 for numbers in full precision, what was rounded off for others
    /// @throws IllegalArgumentException if `tolerance` is negative or not finite
    public List<String> violations(double tolerance) {
        if (!(tolerance >= 0 && Double.isFinite(tolerance))) {
            throw new IllegalArgumentException("tolerance = %s nat, a finite value >= 0 needed".formatted(tolerance));
        }
        List<String> found = new ArrayList<>();
        double most = Math.log(n);
        String ceiling = "ln n of %d samples".formatted(n);
        atMost(found, "I(X;Z)", inputInformation, ceiling, most, tolerance);
        atLeastZero(found, "I(X;Z)", inputInformation, tolerance);
        labelEntropy.ifPresent(entropy -> {
            atMost(found, "H(Y)", entropy, ceiling, most, tolerance);
            atLeastZero(found, "H(Y)", entropy, tolerance);
        });
        labelInformation.ifPresent(information -> {
            atMost(found, "I(Y;Z)", information, "I(X;Z)", inputInformation, tolerance);
            labelEntropy.ifPresent(
                    entropy -> atMost(found, "I(Y;Z)", information, "H(Y)", entropy, tolerance));
        });
        return found;
    }

    private static void atMost(List<String> found, String what, double value, String limit, double most,
            double tolerance) {
        if (value > most + tolerance) {
            found.add(
                    String.format(Locale.ROOT, "%s = %.6g nat exceeds %s = %.6g nat by %.3g: the numbers do not belong"
                            + " together, or one is wrong", what, value, limit, most, value - most));
        }
    }

    private static void atLeastZero(List<String> found, String what, double value, double tolerance) {
        if (value < -tolerance) {
            found.add(String.format(Locale.ROOT, "%s = %.6g nat is negative, which it cannot be", what, value));
        }
    }
}
