package org.surprisal.information.conditional;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.information.mutual.Variable;

/// What of two time series a transfer entropy looks at. At time t, of the target y_t; of its past
/// y_(t-1), y_(t-1-τ), …, `targetHistory` values with `targetDelay` τ between them; and of the source x_(t-u),
/// x_(t-u-σ), …, `sourceHistory` values with `sourceDelay` σ between them, the last of them `lag` u before t.
///
/// @param targetHistory values of the target's past, at least 1
/// @param targetDelay rows between them, at least 1
/// @param sourceHistory values of the source, at least 1
/// @param sourceDelay rows between them, at least 1
/// @param lag rows from the source's latest value to the target's present one, at least 1
public record Embedding(int targetHistory, int targetDelay, int sourceHistory, int sourceDelay, int lag) {

    /// @throws IllegalArgumentException if a number is below 1
    public Embedding {
        require("target history", targetHistory);
        require("target delay", targetDelay);
        require("source history", sourceHistory);
        require("source delay", sourceDelay);
        require("lag", lag);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s = %d, at least 1 needed", name, value));
        }
    }

    /// One value of each series, the last ones before the present: Schreiber's k = l = 1.
    public static Embedding ofOne() {
        return new Embedding(1, 1, 1, 1, 1);
    }

    /// The same number of values of both series, one row apart.
    public static Embedding ofHistories(int target, int source) {
        return new Embedding(target, 1, source, 1, 1);
    }

    /// Rows of a series before the first that has all it needs.
    int first() {
        return Math.max(1 + (targetHistory - 1) * targetDelay, lag + (sourceHistory - 1) * sourceDelay);
    }

    /// The variables of a transfer entropy, one row for each time that has all it needs.
    ///
    /// @param source past of the source
    /// @param present of the target
    /// @param past of the target
    public record Series(Variable source, Variable present, Variable past) {}

    /// The variables of the transfer entropy from one series to another.
    ///
    /// @param source n rows in the order of time
    /// @param target n rows, row i at the time of row i of `source`
    /// @throws IllegalArgumentException if the lengths differ, or no two times have all they need
    public Series of(Variable source, Variable target) {
        int n = Variable.requirePairs(source, target, 1);
        int first = first();
        if (n < first + 2) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s has %d rows, and histories reach %d rows back: at least %d rows needed", source.name(), n,
                    first, first + 2));
        }
        return new Series(lagged("past of " + source.name(), source, first, sourceHistory, sourceDelay, lag),
                lagged(target.name(), target, first, 1, 1, 0),
                lagged("past of " + target.name(), target, first, targetHistory, targetDelay, 1));
    }

    private static Variable lagged(String name, Variable series, int first, int history, int delay, int lag) {
        int n = series.count() - first;
        Variable[] parts = IntStream.range(0, history)
                .mapToObj(h -> series.take(IntStream.range(first, first + n).map(t -> t - lag - h * delay).toArray()))
                .toArray(Variable[]::new);
        if (series instanceof Discrete) {
            return Arrays.stream(parts).map(Discrete.class::cast).reduce(Discrete::joint).orElseThrow().named(name);
        }
        return Continuous.of(name, Triples.joint(Arrays.stream(parts).map(Continuous.class::cast)
                .toArray(Continuous[]::new)).values());
    }
}
