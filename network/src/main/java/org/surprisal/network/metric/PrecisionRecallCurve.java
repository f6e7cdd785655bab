package org.surprisal.network.metric;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Precision over recall as the threshold falls (Zahn, section 3.5.3, Figs 65 and 66).
///
/// One point for each distinct score: recall never falls, precision may go either way. The last point predicts
/// everything positive, with recall 1 and precision the prevalence, which is also the precision of a score that knows
/// nothing. Nothing predicted positive has no precision, so there is no point of recall 0 unless the highest
/// scores are all negative.
///
/// @param scores of at least one positive sample
public record PrecisionRecallCurve(BinaryScores scores) {

    /// One threshold's measures.
    ///
    /// @param threshold the least score predicted positive
    /// @param recall share of the positive samples predicted positive
    /// @param precision share of the samples predicted positive that are
    public record Point(double threshold, double recall, double precision) {}

    /// @throws IllegalArgumentException if no sample is positive
    public PrecisionRecallCurve {
        if (scores.positives() == 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "scores have 0 positive and %d negative samples; a precision-recall curve needs a"
                                    + " positive one",
                            scores.negatives()));
        }
    }

    /// The points in the order of falling thresholds.
    public List<Point> points() {
        return IntStream.rangeClosed(1, scores.points()).mapToObj(this::point).toList();
    }

    /// Average precision: the sum over points of (recall - recall before) · precision, the area under steps without
    /// interpolation. It is what scikit-learn calls average precision.
    public double averagePrecision() {
        double sum = 0;
        double recall = 0;
        for (Point point : points()) {
            sum += (point.recall() - recall) * point.precision();
            recall = point.recall();
        }
        return sum;
    }

    /// The area by the trapezoid rule, the curve begun at recall 0 and precision 1. Choosing at random between two
    /// thresholds moves along a hyperbola here, not a straight line, so this area is biased where points are few (Davis
    /// and Goadrich 2006, DOI 10.1145/1143844.1143874).
    public double trapezoidArea() {
        double sum = 0;
        double recall = 0;
        double precision = 1;
        for (Point point : points()) {
            sum += (point.recall() - recall) * (point.precision() + precision) / 2;
            recall = point.recall();
            precision = point.precision();
        }
        return sum;
    }

    private Point point(int i) {
        long hits = scores.truePositives(i);
        return new Point(scores.threshold(i), (double) hits / scores.positives(),
                (double) hits / (hits + scores.falsePositives(i)));
    }
}
