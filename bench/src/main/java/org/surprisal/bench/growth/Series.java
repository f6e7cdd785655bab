package org.surprisal.bench.growth;

import java.util.List;
import java.util.function.IntFunction;
import org.surprisal.bench.harness.Side;

/// One task in several sizes.
///
/// @param name     what grows: `depth`
/// @param summary  the rest of the task, in words
/// @param expected the exponent of the arithmetic alone
/// @param sizes    ascending
/// @param side     the task in one size
public record Series(String name, String summary, double expected, List<Integer> sizes, IntFunction<Side> side) {
    public Series {
        sizes = List.copyOf(sizes);
    }
}
