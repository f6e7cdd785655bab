package org.surprisal.information.neighbour;

import java.util.Locale;

/// Points of a time series that are left out of a point's neighbourhood because they are near in time (Theiler 1986):
/// those of the `width` rows before it and behind it. They are near in space for that reason alone, and say nothing of
/// how densely the space is filled.
///
/// @param width at least 0; 0 leaves out nothing but the point itself
public record TheilerWindow(int width) {

    /// @throws IllegalArgumentException if `width` is negative
    public TheilerWindow {
        requireWidth(width);
    }

    /// Refuses a negative width.
    ///
    /// @throws IllegalArgumentException if `width` is negative
    public static void requireWidth(int width) {
        if (width < 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Theiler window = %d rows, at least 0 needed", width));
        }
    }

    /// Refuses a window that leaves a point fewer than `k` others.
    ///
    /// @throws IllegalArgumentException if so
    public void requireNeighbours(int k, int n) {
        // A point in the middle loses most.
        if (width > 0 && n - Math.min((long) n, 2L * width + 1) < k) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "a Theiler window of %d rows leaves some of %d points fewer than k = %d others", width, n, k));
        }
    }

    /// Asks for the k nearest outside the window of point i.
    public void ask(NearestNeighbours found, int k, int i, int n) {
        found.ask(k, Math.max(0, i - width), Math.min(n - 1, i + width));
    }

    /// How many points lie nearer to point `i` than `radius`, itself counted and the rest of the window not.
    public int below(NeighbourSearch search, double radius, int i) {
        int count = search.below(radius, i);
        if (width == 0) {
            return count;
        }
        NeighbourSpace space = search.space();
        int last = Math.min(space.count() - 1, i + width);
        for (int j = Math.max(0, i - width); j <= last; j++) {
            count -= j != i && space.distance(i, j) < radius ? 1 : 0;
        }
        return count;
    }

    /// The mean over points of ψ(m + 1), m being the number of others outside the window of a point.
    public double meanOfOthers(IntegerDigamma digamma, int n) {
        if (width == 0) {
            return digamma.of(n);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += digamma.of(n - (Math.min(n - 1, i + width) - Math.max(0, i - width)));
        }
        return sum / n;
    }
}
