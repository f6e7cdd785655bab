package org.surprisal.study.knowntruths;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// How far along a family an estimator is right: where its bias is at most a tenth of the truth, or 0.05 nat where that
/// is more.
final class Reach {
    private static final double SHARE = 0.1;
    private static final double LEAST = 0.05;
    private static final double ROUNDING = 1e-12;

    private Reach() {
    }

    /// The truths of a curve, in nats, where the estimate is right, neighbours joined: `0 to 4`, `0, 2 to 6`, `all` or
    /// `none`.
    ///
    /// @param curve by ascending truth, at least one
    static String ofEstimates(List<Readings.At> curve) {
        return of(curve, i -> Math.abs(curve.get(i).bias()) <= Math.max(LEAST, SHARE * curve.get(i).truth()));
    }

    /// The truths that lie between the mean bounds, written as for estimates.
    ///
    /// @param lower by ascending truth, at least one
    /// @param upper of the same truths
    static String ofBrackets(List<Readings.At> lower, List<Readings.At> upper) {
        return of(lower, i -> lower.get(i).bias() <= ROUNDING && upper.get(i).bias() >= -ROUNDING);
    }

    private static String of(List<Readings.At> curve, IntPredicate holds) {
        if (IntStream.range(0, curve.size()).allMatch(holds)) {
            return "all";
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < curve.size()) {
            int to = from;
            while (to < curve.size() && holds.test(to)) {
                to++;
            }
            if (to > from) {
                String first = nats(curve.get(from).truth());
                parts.add(to - from == 1 ? first : first + " to " + nats(curve.get(to - 1).truth()));
            }
            from = to + 1;
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static String nats(double truth) {
        return KnownPair.text(Math.rint(truth * 100) / 100);
    }
}
