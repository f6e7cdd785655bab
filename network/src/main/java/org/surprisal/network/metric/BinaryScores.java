package org.surprisal.network.metric;

import java.util.Arrays;
import java.util.Locale;
import org.surprisal.tensor.Tensor;

/// Scores of positive and negative samples, and the confusion table of every threshold on them.
///
/// A sample is predicted positive when its score is at least the threshold. Samples of equal score are told apart by no
/// threshold, so each distinct score is one operating point. Scores may be on any scale: only their order matters.
/// Immutable.
public final class BinaryScores {
    private final double[] thresholds;
    private final long[] truePositives;
    private final long[] falsePositives;
    private final long positives;
    private final long negatives;

    /// @param positiveScores of the positive samples, rising
    /// @param negativeScores of the negative samples, rising
    private BinaryScores(double[] positiveScores, double[] negativeScores) {
        positives = positiveScores.length;
        negatives = negativeScores.length;
        double[] distinct = new double[positiveScores.length + negativeScores.length];
        long[] above = new long[distinct.length];
        long[] wronglyAbove = new long[distinct.length];
        int points = 0;
        int p = positiveScores.length;
        int q = negativeScores.length;
        while (p > 0 || q > 0) {
            double threshold = q == 0 || (p > 0 && positiveScores[p - 1] > negativeScores[q - 1])
                    ? positiveScores[p - 1]
                    : negativeScores[q - 1];
            while (p > 0 && positiveScores[p - 1] == threshold) {
                p--;
            }
            while (q > 0 && negativeScores[q - 1] == threshold) {
                q--;
            }
            distinct[points] = threshold;
            above[points] = positives - p;
            wronglyAbove[points] = negatives - q;
            points++;
        }
        thresholds = Arrays.copyOf(distinct, points);
        truePositives = Arrays.copyOf(above, points);
        falsePositives = Arrays.copyOf(wronglyAbove, points);
    }

    /// Scores with the samples' true answers.
    ///
    /// @param scores finite, at least one
    /// @param positive whether each sample is positive, as many
    /// @throws IllegalArgumentException if the lengths differ, are 0, or a score is not finite
    public static BinaryScores of(double[] scores, boolean[] positive) {
        if (scores.length != positive.length || scores.length == 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "scores has %d samples and positive %d: they must be as many, at least 1",
                    scores.length, positive.length));
        }
        double[] positiveScores = new double[scores.length];
        double[] negativeScores = new double[scores.length];
        int p = 0;
        int q = 0;
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "scores[%d] (=%s) must be finite", i, scores[i]));
            }
            if (positive[i]) {
                positiveScores[p++] = scores[i];
            } else {
                negativeScores[q++] = scores[i];
            }
        }
        Arrays.sort(positiveScores, 0, p);
        Arrays.sort(negativeScores, 0, q);
        return new BinaryScores(Arrays.copyOf(positiveScores, p), Arrays.copyOf(negativeScores, q));
    }

    /// The scores of one class against the rest: its output, and whether a sample is of that class.
    ///
    /// @param outputs shape (n, classes), finite in the column of `label`
    /// @param actual the class of each sample, n
    /// @param label the class that counts as positive
    /// @throws IllegalArgumentException if the shape does not fit, an output is not finite, or a class is out of range
    public static BinaryScores oneVersusRest(Tensor outputs, int[] actual, int label) {
        double[] values = ClassOutputs.require(outputs, actual);
        int classes = outputs.length(1);
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "label (=%d) must be a class from 0 to %d", label,
                            classes - 1));
        }
        double[] scores = new double[actual.length];
        boolean[] positive = new boolean[actual.length];
        for (int i = 0; i < actual.length; i++) {
            scores[i] = values[i * classes + label];
            positive[i] = actual[i] == label;
        }
        return of(scores, positive);
    }

    /// Number of positive samples.
    public long positives() {
        return positives;
    }

    /// Number of negative samples.
    public long negatives() {
        return negatives;
    }

    /// Share of positive samples.
    public double prevalence() {
        return (double) positives / (positives + negatives);
    }

    /// The distinct scores, falling, copied.
    public double[] thresholds() {
        return thresholds.clone();
    }

    /// The confusion table of the rule 'positive if score >= threshold' (Zahn, section 3.5.3).
    ///
    /// @param threshold any number; infinities answer negative or positive for all
    /// @throws IllegalArgumentException if it is NaN
    public BinaryCounts at(double threshold) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("threshold is NaN; it must be a number");
        }
        int low = 0;
        int high = thresholds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (thresholds[middle] >= threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return counts(low);
    }

    /// How many operating points there are besides that of predicting nothing positive: one a distinct score.
    int points() {
        return thresholds.length;
    }

    /// The threshold of an operating point: infinite for point 0, which predicts nothing positive, then the distinct
    /// scores, falling.
    double threshold(int point) {
        return point == 0 ? Double.POSITIVE_INFINITY : thresholds[point - 1];
    }

    /// The confusion table of an operating point, 0 … [#points].
    BinaryCounts counts(int point) {
        long tp = truePositives(point);
        long fp = falsePositives(point);
        return new BinaryCounts(tp, positives - tp, fp, negatives - fp);
    }

    long truePositives(int point) {
        return point == 0 ? 0 : truePositives[point - 1];
    }

    long falsePositives(int point) {
        return point == 0 ? 0 : falsePositives[point - 1];
    }
}
