package org.surprisal.network.metric;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The receiver operating characteristic: true positive rate over false positive rate as the threshold falls (Zahn,
/// section 3.5.3, Fig 67).
///
/// It runs from (0, 0), threshold infinite, to (1, 1), with one point for each distinct score and straight lines
/// between. A score that knows nothing of the answer gives the diagonal, a perfect one the corner (0, 1).
///
/// @param scores of at least one positive and one negative sample
public record RocCurve(BinaryScores scores) {

    /// One threshold's rates.
    ///
    /// @param threshold the least score predicted positive
    /// @param falsePositiveRate share of the negative samples predicted positive
    /// @param truePositiveRate share of the positive samples predicted positive
    public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

    /// @throws IllegalArgumentException if no sample is positive, or none negative
    public RocCurve {
        if (scores.positives() == 0 || scores.negatives() == 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "scores have %d positive and %d negative samples; a ROC curve needs at least one of each",
                            scores.positives(), scores.negatives()));
        }
    }

    /// The corners of the curve in the order of falling thresholds; neither rate ever falls.
    public List<Point> points() {
        return IntStream.rangeClosed(0, scores.points())
                .mapToObj(i -> new Point(scores.threshold(i), (double) scores.falsePositives(i) / scores.negatives(),
                        (double) scores.truePositives(i) / scores.positives()))
                .toList();
    }

    /// The area under the curve (AUC) by the trapezoid rule. It is the probability that a random positive sample has a
    /// higher score than a random negative one, equal scores counted half: U / (P N) of Mann and Whitney (1947),
    /// DOI 10.1214/aoms/1177730491. The pairs are counted as integers.
    public double area() {
        long twicePairs = 0;
        for (int i = 1; i <= scores.points(); i++) {
            twicePairs += (scores.falsePositives(i) - scores.falsePositives(i - 1))
                    * (scores.truePositives(i) + scores.truePositives(i - 1));
        }
        return (double) twicePairs / (2 * scores.positives() * scores.negatives());
    }

    /// The equal error rate (EER): the false positive rate at the point of the curve where it equals the false negative
    /// rate, interpolated on the line between two corners. That point is unique: every step of the curve raises the
    /// difference of the two.
    public double equalErrorRate() {
        int after = 1;
        while (excess(after) < 0) {
            after++;
        }
        long before = scores.falsePositives(after - 1);
        double step = (double) excess(after - 1) / (excess(after - 1) - excess(after));
        return (before + step * (scores.falsePositives(after) - before)) / scores.negatives();
    }

    /// False positive rate less false negative rate, times P N to stay an integer; from -P N at point 0 to P N.
    private long excess(int point) {
        return scores.falsePositives(point) * scores.positives()
                - (scores.positives() - scores.truePositives(point)) * scores.negatives();
    }
}
