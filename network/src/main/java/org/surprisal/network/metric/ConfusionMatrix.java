package org.surprisal.network.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.surprisal.tensor.Tensor;

/// How many samples of each class were predicted as each class: rows are the actual classes, columns the predicted ones
/// (Zahn, section 3.5.1).
///
/// Immutable: arrays are copied in and out. At least one sample and two classes, so accuracy and error rate always
/// exist.
public final class ConfusionMatrix {
    private final long[][] counts;
    private final long[] actualTotals;
    private final long[] predictedTotals;
    private final long total;

    private ConfusionMatrix(long[][] counts) {
        double sum = Arrays.stream(counts).flatMapToLong(LongStream::of).asDoubleStream().sum();
        if (sum < 1) {
            throw new IllegalArgumentException("a confusion matrix needs at least one sample, not 0");
        }
        if (sum > BinaryCounts.MAXIMUM_TOTAL) {
            throw new IllegalArgumentException("counts sum to %s; they must not exceed 2^52".formatted(sum));
        }
        this.counts = counts;
        this.actualTotals = new long[counts.length];
        this.predictedTotals = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                actualTotals[i] += counts[i][j];
                predictedTotals[j] += counts[i][j];
            }
        }
        this.total = LongStream.of(actualTotals).sum();
    }

    /// Counts samples.
    ///
    /// @param actual the class of each sample, from 0
    /// @param predicted the predicted class of each sample, as many
    /// @param classes number of classes, at least 2
    /// @throws IllegalArgumentException if the lengths differ, are 0, or a class is not from 0 to `classes` - 1
    public static ConfusionMatrix of(int[] actual, int[] predicted, int classes) {
        if (classes < 2) {
            throw new IllegalArgumentException("classes (=" + classes + ") must be at least 2");
        }
        if (actual.length != predicted.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "actual has %d samples and predicted %d: they must be as many",
                            actual.length, predicted.length));
        }
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            counts[requireClass("actual", actual, i, classes)][requireClass("predicted", predicted, i, classes)]++;
        }
        return new ConfusionMatrix(counts);
    }

    /// Counts samples whose predicted class is that of their largest output, the first of equals.
    ///
    /// @param outputs shape (n, classes), without NaN
    /// @param actual the class of each sample, n
    /// @throws IllegalArgumentException if the shape does not fit, an output is NaN, or a class is out of range
    public static ConfusionMatrix of(Tensor outputs, int[] actual) {
        ClassOutputs.require(outputs, actual);
        return of(actual, outputs.argmaxRows(), outputs.length(1));
    }

    /// A matrix of known counts.
    ///
    /// @param counts square, two classes or more; `counts[a][b]` samples of class a were predicted as b
    /// @throws IllegalArgumentException if it is not square, a count is negative, or they do not sum to 1 … 2^52
    public static ConfusionMatrix ofCounts(long[][] counts) {
        if (counts.length < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "counts have %d rows; there must be 2 or more", counts.length));
        }
        long[][] copy = new long[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i].length != counts.length) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "counts[%d] has %d columns; a square matrix of %d rows has %d",
                                i, counts[i].length, counts.length, counts.length));
            }
            for (int j = 0; j < counts.length; j++) {
                if (counts[i][j] < 0) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "counts[%d][%d] (=%d) must not be negative", i, j,
                                    counts[i][j]));
                }
            }
            copy[i] = counts[i].clone();
        }
        return new ConfusionMatrix(copy);
    }

    /// The matrix of both sets of samples together, of two batches say.
    ///
    /// @throws IllegalArgumentException if the numbers of classes differ
    public ConfusionMatrix plus(ConfusionMatrix other) {
        if (other.classes() != classes()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "other has %d classes, this matrix %d: they must be as many",
                            other.classes(), classes()));
        }
        long[][] sums = counts();
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[i][j] += other.counts[i][j];
            }
        }
        return new ConfusionMatrix(sums);
    }

    /// Number of classes.
    public int classes() {
        return counts.length;
    }

    /// How many samples of class `actual` were predicted as `predicted`.
    public long count(int actual, int predicted) {
        return counts[requireClass("actual", actual)][requireClass("predicted", predicted)];
    }

    /// All counts, rows actual, columns predicted, copied.
    public long[][] counts() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /// Row sum: how many samples are of this class.
    public long actualTotal(int label) {
        return actualTotals[requireClass("label", label)];
    }

    /// Column sum: how many samples were predicted as this class.
    public long predictedTotal(int label) {
        return predictedTotals[requireClass("label", label)];
    }

    /// Number of samples.
    public long total() {
        return total;
    }

    /// Sum of the diagonal: how many samples were predicted right.
    public long correct() {
        return IntStream.range(0, counts.length).mapToLong(k -> counts[k][k]).sum();
    }

    /// Share of samples predicted right. Compare it with [#majorityShare] where classes are unbalanced.
    public double accuracy() {
        return (double) correct() / total;
    }

    /// Share of samples predicted wrong, 1 - accuracy.
    public double errorRate() {
        return (double) (total - correct()) / total;
    }

    /// Share of the most frequent class: the accuracy of always answering that class.
    public double majorityShare() {
        return (double) LongStream.of(actualTotals).max().orElseThrow() / total;
    }

    /// The confusion table of one class (positive) against all others (negative), from which the class measures follow.
    public BinaryCounts oneVersusRest(int label) {
        long truePositives = counts[requireClass("label", label)][label];
        long falseNegatives = actualTotals[label] - truePositives;
        long falsePositives = predictedTotals[label] - truePositives;
        return new BinaryCounts(truePositives, falseNegatives, falsePositives,
                total - truePositives - falseNegatives - falsePositives);
    }

    /// The system measures, empty where a class has none ([UndefinedRatio#MAKES_EMPTY]).
    public SystemMeasures system() {
        return system(UndefinedRatio.MAKES_EMPTY);
    }

    /// The system measures.
    ///
    /// @param undefined what a class does whose ratio is 0/0
    public SystemMeasures system(UndefinedRatio undefined) {
        return SystemMeasures.of(this, undefined);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix matrix && Arrays.deepEquals(counts, matrix.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    /// A table with margins: a row for each actual class and its sum, then the column sums.
    @Override
    public String toString() {
        int width = Math.max("actual".length(), Long.toString(total).length()) + 1;
        String cell = "%" + width + "s";
        StringBuilder table = new StringBuilder(cell.formatted("actual"));
        IntStream.range(0, counts.length).forEach(j -> table.append(cell.formatted(j)));
        table.append(cell.formatted("sum"));
        for (int i = 0; i < counts.length; i++) {
            table.append('\n').append(cell.formatted(i));
            LongStream.of(counts[i]).forEach(count -> table.append(cell.formatted(count)));
            table.append(cell.formatted(actualTotals[i]));
        }
        table.append('\n').append(cell.formatted("sum"));
        LongStream.of(predictedTotals).forEach(sum -> table.append(cell.formatted(sum)));
        return table.append(cell.formatted(total)).toString();
    }

    private int requireClass(String argument, int label) {
        if (label < 0 || label >= counts.length) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s (=%d) must be a class from 0 to %d", argument, label,
                            counts.length - 1));
        }
        return label;
    }

    private static int requireClass(String argument, int[] labels, int i, int classes) {
        if (labels[i] < 0 || labels[i] >= classes) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s[%d] (=%d) must be a class from 0 to %d", argument, i,
                            labels[i], classes - 1));
        }
        return labels[i];
    }
}
