package org.surprisal.study.knowntruths;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.report.TableCell;
import org.surprisal.study.engine.Estimate;

/// An estimator on a pair: what the mean over seeds is off by, and whether that is right.
///
/// @param truth in nats
/// @param bias  of an estimate, or of the lower of two bounds
/// @param right where the bias is at most a tenth of the truth, or 0.05 nat where that is more; of bounds, where the
///              truth lies between their means
record Reach(double truth, Estimate bias, boolean right) {
    private static final double SHARE = 0.1;
    private static final double LEAST = 0.05;
    private static final double ROUNDING = 1e-12;

    static Reach ofEstimate(double truth, Estimate bias) {
        return new Reach(truth, bias, Math.abs(bias.mean()) <= Math.max(LEAST, SHARE * truth));
    }

    static Reach ofBounds(double truth, Estimate lowerBias, Estimate upperBias) {
        return new Reach(truth, lowerBias, lowerBias.mean() <= ROUNDING && upperBias.mean() >= -ROUNDING);
    }

    /// The truths where the estimator is right, for a table; missing where it was not tried.
    ///
    /// @param tried by ascending truth
    static TableCell cell(List<Reach> tried) {
        return tried.isEmpty() ? TableCell.missing() : TableCell.text(text(tried));
    }

    /// The truths, in nats, where the estimator is right, neighbours joined: `0 to 4`, `0, 2 to 6`, `all` or `none`.
    ///
    /// @param tried by ascending truth, at least one
    static String text(List<Reach> tried) {
        if (tried.stream().allMatch(Reach::right)) {
            return "all";
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < tried.size()) {
            int to = from;
            while (to < tried.size() && tried.get(to).right()) {
                to++;
            }
            if (to > from) {
                String first = nats(tried.get(from).truth());
                parts.add(to - from == 1 ? first : first + " to " + nats(tried.get(to - 1).truth()));
            }
            from = to + 1;
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static String nats(double truth) {
        return Family.text(Math.rint(truth * 100) / 100);
    }
}
