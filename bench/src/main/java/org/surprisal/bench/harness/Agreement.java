package org.surprisal.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether both sides compute the same thing: the numbers of their first steps.
///
/// @param ours      step by step
/// @param peer      step by step
/// @param tolerance largest |ours - peer| / max(|ours|, |peer|) that rounding explains
public record Agreement(List<Double> ours, List<Double> peer, double tolerance) {
    public Agreement {
        ours = List.copyOf(ours);
        peer = List.copyOf(peer);
        if (ours.size() != peer.size() || ours.isEmpty()) {
            throw new IllegalArgumentException(
                    "numbers of " + ours.size() + " and " + peer.size() + " steps cannot be held together");
        }
    }

    /// Runs both sides that many steps.
    public static Agreement of(Side ours, Side peer, int steps, double tolerance) {
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            a.add(ours.step());
            b.add(peer.step());
        }
        return new Agreement(a, b, tolerance);
    }

    /// The largest relative difference; NaN if a number is.
    public double largestDifference() {
        double largest = 0;
        for (int i = 0; i < ours.size(); i++) {
            largest = Math.max(largest, difference(i));
        }
        return largest;
    }

    private double difference(int step) {
        double a = ours.get(step);
        double b = peer.get(step);
        return a == b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
    }

    /// Whether every number is within the tolerance.
    public boolean holds() {
        return largestDifference() <= tolerance;
    }

    /// The first step that is beyond the tolerance, in a line.
    ///
    /// @throws IllegalStateException when none is
    public String mismatch() {
        for (int i = 0; i < ours.size(); i++) {
            if (!(difference(i) <= tolerance)) {
                return String.format(Locale.ROOT,
                        "step %d gives %.9g here and %.9g there; they may differ by %.1e of it",
                        i + 1, ours.get(i), peer.get(i), tolerance);
            }
        }
        throw new IllegalStateException("both sides agree");
    }
}
