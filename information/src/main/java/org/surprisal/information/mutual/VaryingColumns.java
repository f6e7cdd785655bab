package org.surprisal.information.mutual;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.information.Moments;

/// The coordinates of a continuous variable that vary, float64. Constant ones carry no information and have no unit to be
/// measured in.
final class VaryingColumns {

    private final List<Integer> numbers;
    private final double[][] columns;
    private final List<Moments> moments;

    private VaryingColumns(List<Integer> numbers, double[][] columns, List<Moments> moments) {
        this.numbers = numbers;
        this.columns = columns;
        this.moments = moments;
    }

    /// @param warnings takes which coordinates are left out
    /// @throws IllegalArgumentException if the variance of a coordinate that varies is no number above 0 in float64
    static VaryingColumns of(Continuous variable, List<String> warnings) {
        double[][] all = variable.columns();
        List<Integer> numbers = new ArrayList<>();
        List<double[]> varying = new ArrayList<>();
        List<Moments> moments = new ArrayList<>();
        for (int j = 0; j < all.length; j++) {
            if (isConstant(all[j])) {
                continue;
            }
            numbers.add(j);
            varying.add(all[j]);
            moments.add(moments(variable.name(), j, all[j]));
        }
        if (varying.isEmpty()) {
            warnings.add("%s is constant: it carries no information".formatted(variable.name()));
        } else if (varying.size() < all.length) {
            warnings.add("%d of %d coordinates of %s are constant and left out".formatted(all.length - varying.size(),
                    all.length, variable.name()));
        }
        return new VaryingColumns(numbers, varying.toArray(double[][]::new), moments);
    }

    private static boolean isConstant(double[] column) {
        for (double value : column) {
            if (value != column[0]) {
                return false;
            }
        }
        return true;
    }

    private static Moments moments(String name, int j, double[] column) {
        Moments moments;
        try {
            moments = Moments.of(column);
        } catch (IllegalArgumentException overflow) {
            throw new IllegalArgumentException("coordinate %d of %s: %s".formatted(j, name, overflow.getMessage()),
                    overflow);
        }
        if (moments.variance() < Double.MIN_NORMAL) {
            throw new IllegalArgumentException(
                    "coordinate %d of %s varies by so little (variance %s) that it must be given in a smaller unit"
                            .formatted(j, name, moments.variance()));
        }
        return moments;
    }

    /// How many there are.
    int count() {
        return columns.length;
    }

    /// Which coordinate of the variable column `l` is.
    int number(int l) {
        return numbers.get(l);
    }

    /// The samples of column `l`.
    double[] column(int l) {
        return columns[l].clone();
    }

    /// The moments of column `l`, the variance above 0.
    Moments moments(int l) {
        return moments.get(l);
    }

    boolean isEmpty() {
        return columns.length == 0;
    }

    /// The columns with mean 0 and population variance 1.
    double[][] standardised() {
        double[][] standardised = new double[columns.length][];
        for (int l = 0; l < columns.length; l++) {
            standardised[l] = columns[l].clone();
            for (int i = 0; i < standardised[l].length; i++) {
                standardised[l][i] = (columns[l][i] - moments.get(l).mean()) / moments.get(l).standardDeviation();
            }
        }
        return standardised;
    }
}
