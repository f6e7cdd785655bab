package org.surprisal.theory.meanfield;

import java.util.List;

/// The line of critical points between two values of σ_b², as points near enough to each other to be joined by straight
/// lines: for a saturating function at evenly spaced q*, because σ_w² and σ_b² are smooth functions of q* while σ_w² is
/// steep in σ_b² near σ_b² = 0.
///
/// @param points by rising σ_b²
public record CriticalLine(List<Point> points) {
    private static final int INTERVALS = 400;

    /// A critical point.
    ///
    /// @param sigmaW2 σ_w² at which order ends, see [MeanField#critical]
    /// @param sigmaB2 σ_b²
    public record Point(double sigmaW2, double sigmaB2) {}

    /// A line with a copy of its points.
    public CriticalLine {
        points = List.copyOf(points);
    }

    /// The line from one σ_b² to another.
    ///
    /// @param from at least 0
    /// @param to above `from`
    /// @throws IllegalArgumentException if the values are not in this order, or one is refused by [MeanField#critical]
    public static CriticalLine of(ActivationFunction activation, double from, double to) {
        if (!(from >= 0 && from < to)) {
            throw new IllegalArgumentException(
                    "sigma_b2 from %s to %s, rising numbers of at least 0 needed".formatted(from, to));
        }
        return new CriticalLine(CriticalSearch.line(activation, from, to, INTERVALS));
    }
}
