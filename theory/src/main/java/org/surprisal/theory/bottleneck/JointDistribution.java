package org.surprisal.theory.bottleneck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.surprisal.tensor.SymmetricEigen;
import org.surprisal.tensor.Tensor;

/// A joint distribution p(x, y) of two discrete variables.
public final class JointDistribution {

    /// How far from 1 a table's sum may be; what is left is divided out.
    private static final double SUM_TOLERANCE = 1e-9;

    /// Conditional probabilities that differ by rounding only are one.
    private static final double SAME_CONDITIONAL = 1e-12;

    /// Squared correlations below this are rounding.
    private static final double INDEPENDENT = 1e-13;

    private final double[][] joint;
    private final double[] x;
    private final double[] y;

    /// A table whose elements are no probabilities because of their sum; [#normalised] takes those.
    public static final class SumException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private SumException(double sum) {
            super("the joint's elements sum to %s, 1 needed".formatted(sum));
        }
    }

    /// @param joint numbers from 0 on with a positive sum, kept and divided by it
    private JointDistribution(double[][] joint) {
        double total = sum(joint);
        this.joint = joint;
        x = new double[joint.length];
        y = new double[joint[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                joint[i][j] /= total;
                x[i] += joint[i][j];
                y[j] += joint[i][j];
            }
        }
    }

    /// The distribution of a table of probabilities.
    ///
    /// @param table shape (x, y): element (i, j) is p(x = i, y = j)
    /// @throws IllegalArgumentException if the shape is another or empty, or an element is negative or not finite; the
    /// message has the element
    /// @throws SumException if the sum differs from 1 by more than 1e-9
    public static JointDistribution of(Tensor table) {
        double[][] joint = rows(table);
        double sum = sum(joint);
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new SumException(sum);
        }
        return new JointDistribution(joint);
    }

    /// The distribution of a table of numbers that are proportional to probabilities: counts, or probabilities rounded
    /// to few digits. Each element is divided by the sum of all.
    ///
    /// @param table shape (x, y): element (i, j) is proportional to p(x = i, y = j)
    /// @throws IllegalArgumentException if the shape is another or empty, an element is negative or not finite, or the
    /// sum is not a positive finite number; the message has the element or the sum
    public static JointDistribution normalised(Tensor table) {
        double[][] joint = rows(table);
        double sum = sum(joint);
        if (!(sum > 0 && Double.isFinite(sum))) {
            throw new IllegalArgumentException(
                    "the joint's elements sum to %s, a positive finite sum needed".formatted(sum));
        }
        return new JointDistribution(joint);
    }

    private static double[][] rows(Tensor table) {
        if (table.rank() != 2 || table.size() == 0) {
            throw new IllegalArgumentException(
                    "joint of shape %s, a table (x, y) with at least one element needed".formatted(table.shape()));
        }
        double[] values = table.toDoubles();
        int columns = table.length(1);
        double[][] joint = new double[table.length(0)][columns];
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0) || values[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "joint[%d, %d] = %s, a probability needed",
                                i / columns, i % columns, values[i]));
            }
            joint[i / columns][i % columns] = values[i];
        }
        return joint;
    }

    private static double sum(double[][] joint) {
        return Arrays.stream(joint).flatMapToDouble(Arrays::stream).sum();
    }

    /// The deterministic task that gives each of n equally likely inputs a class: p(x, y) = 1/n where y is the label of
    /// x.
    ///
    /// @param labels of each input, at least one; y are the labels that occur, in rising order
    /// @throws IllegalArgumentException if there are none
    public static JointDistribution ofLabels(int... labels) {
        if (labels.length == 0) {
            throw new IllegalArgumentException("no labels, at least one needed");
        }
        int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
        double[][] joint = new double[labels.length][classes.length];
        for (int i = 0; i < labels.length; i++) {
            joint[i][Arrays.binarySearch(classes, labels[i])] = 1;
        }
        return new JointDistribution(joint);
    }

    /// The number of values of x, those of probability 0 too.
    public int xCount() {
        return x.length;
    }

    /// The number of values of y, those of probability 0 too.
    public int yCount() {
        return y.length;
    }

    /// p(x).
    public double probabilityOfX(int xIndex) {
        return x[xIndex];
    }

    /// p(y).
    public double probabilityOfY(int yIndex) {
        return y[yIndex];
    }

    /// p(y | x); p(y) for an x of probability 0.
    double[] conditional(int xIndex) {
        if (x[xIndex] == 0) {
            return y.clone();
        }
        double[] conditional = joint[xIndex].clone();
        for (int j = 0; j < conditional.length; j++) {
            conditional[j] /= x[xIndex];
        }
        return conditional;
    }

    /// H(X) in nats.
    public double entropyOfX() {
        return entropy(x);
    }

    /// H(Y) in nats.
    public double entropyOfY() {
        return entropy(y);
    }

    /// I(X;Y) in nats.
    public double mutualInformation() {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                if (joint[i][j] > 0) {
                    sum += joint[i][j] * Math.log(joint[i][j] / (x[i] * y[j]));
                }
            }
        }
        return Math.max(sum, 0);
    }

    static double entropy(double[] probabilities) {
        double sum = 0;
        for (double p : probabilities) {
            if (p > 0) {
                sum -= p * Math.log(p);
            }
        }
        return Math.max(sum, 0);
    }

    /// The minimal sufficient statistic X̃ of X for Y: values of x with the same p(y|x), to 1e-12 in each probability,
    /// are one; values of probability 0 are left out.
    public SufficientStatistic sufficientStatistic() {
        List<double[]> conditionals = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        int[] symbols = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            symbols[i] = SufficientStatistic.NO_SYMBOL;
            if (x[i] > 0) {
                double[] conditional = conditional(i);
                symbols[i] = indexOf(conditionals, conditional);
                if (symbols[i] == conditionals.size()) {
                    conditionals.add(conditional);
                    rows.add(new double[y.length]);
                }
                double[] row = rows.get(symbols[i]);
                for (int j = 0; j < row.length; j++) {
                    row[j] += joint[i][j];
                }
            }
        }
        return new SufficientStatistic(new JointDistribution(rows.toArray(double[][]::new)), symbols);
    }

    private static int indexOf(List<double[]> conditionals, double[] wanted) {
        for (int k = 0; k < conditionals.size(); k++) {
            double[] known = conditionals.get(k);
            boolean same = true;
            for (int j = 0; same && j < wanted.length; j++) {
                same = Math.abs(known[j] - wanted[j]) <= SAME_CONDITIONAL;
            }
            if (same) {
                return k;
            }
        }
        return conditionals.size();
    }

    /// The β from which on the bottleneck that keeps nothing is unstable: 1/σ_2², with σ_2 the second largest singular
    /// value of p(x, y)/√(p(x) p(y)), the maximal correlation of X and Y. At least 1; absent if X and Y are
    /// independent. The best bottleneck can leave (0, 0) sooner, by a jump: see [WorthKeeping].
    public OptionalDouble criticalBeta() {
        // the Gram matrix of the smaller side has the squared singular values
        boolean overY = y.length <= x.length;
        double[] side = overY ? y : x;
        double[] other = overY ? x : y;
        double[][] gram = new double[side.length][side.length];
        for (int a = 0; a < side.length; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int k = 0; k < other.length; k++) {
                    double first = overY ? joint[k][a] : joint[a][k];
                    double second = overY ? joint[k][b] : joint[b][k];
                    sum += first > 0 ? first / other[k] * second : 0;
                }
                double entry = sum > 0 ? sum / Math.sqrt(side[a]) / Math.sqrt(side[b]) : 0;
                gram[a][b] = entry;
                gram[b][a] = entry;
            }
        }
        double[] squares = SymmetricEigen.values("the Gram matrix of p(x, y)/√(p(x) p(y))", gram);
        double second = squares.length < 2 ? 0 : squares[squares.length - 2];
        return second > INDEPENDENT ? OptionalDouble.of(Math.max(1 / second, 1)) : OptionalDouble.empty();
    }
}
