package org.surprisal.information.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.surprisal.information.Moments;
import org.surprisal.information.SampleBasis;

/// The coordinates of a continuous variable that vary, float64. Constant ones carry no information and have no unit to
/// be measured in.
public final class VaryingColumns {

    /// Rounding of a mean, in standard deviations, that would show in a correlation.
    private static final double LOST = 1e-9;

    private final List<Integer> numbers;
    private final double[][] columns;
    private final String name;
    private final List<Spread> spreads;

    private VaryingColumns(String name, List<Integer> numbers, double[][] columns, List<Spread> spreads) {
        this.name = name;
        this.numbers = numbers;
        this.columns = columns;
        this.spreads = spreads;
    }

    /// The coordinates of a variable that vary.
    ///
    /// @param name of the variable
    /// @param all its coordinates, element `[j][i]` being coordinate j of sample i
    /// @param warnings takes which coordinates are left out
    /// @throws IllegalArgumentException if the variance of a coordinate that varies is not a number above 0 in float64
    public static VaryingColumns of(String name, double[][] all, List<String> warnings) {
        List<Integer> numbers = new ArrayList<>();
        List<double[]> varying = new ArrayList<>();
        List<Spread> spreads = new ArrayList<>();
        for (int j = 0; j < all.length; j++) {
            if (isConstant(all[j])) {
                continue;
            }
            numbers.add(j);
            varying.add(all[j]);
            spreads.add(spread(name, j, all[j]));
        }
        if (varying.isEmpty()) {
            warnings.add("%s is constant: it carries no information".formatted(name));
        } else if (varying.size() < all.length) {
            warnings.add(String.format(Locale.ROOT, "%d of %d coordinates of %s are constant and left out",
                    all.length - varying.size(),
                    all.length, name));
        }
        return new VaryingColumns(name, numbers, varying.toArray(double[][]::new), spreads);
    }

    private static boolean isConstant(double[] column) {
        for (double value : column) {
            if (value != column[0]) {
                return false;
            }
        }
        return true;
    }

    private static Spread spread(String name, int j, double[] column) {
        Spread spread;
        try {
            spread = Spread.of(column);
        } catch (IllegalArgumentException overflow) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "coordinate %d of %s: %s", j, name, overflow.getMessage()),
                    overflow);
        }
        double variance = spread.deviation() * spread.deviation();
        if (variance < Double.MIN_NORMAL) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "coordinate %d of %s varies by so little (variance %s) that it must be given in a"
                                    + " smaller unit",
                            j, name, variance));
        }
        return spread;
    }

    /// How many there are.
    public int count() {
        return columns.length;
    }

    /// Which coordinate of the variable column `l` is.
    public int number(int l) {
        return numbers.get(l);
    }

    /// The samples of column `l`.
    public double[] column(int l) {
        return columns[l].clone();
    }

    /// The rounding of the stored values of each column in units of its standard deviation.
    public double[] resolution() {
        return Arrays.stream(columns).mapToDouble(SampleBasis::resolution).toArray();
    }

    /// Centre and spread of column `l`, the deviation above 0.
    public Spread spread(int l) {
        return spreads.get(l);
    }

    /// A warning about values that lie far from the others, in one sentence; empty without such values.
    ///
    /// @param consequence how they are dealt with, or what they do
    public Optional<String> farValues(String consequence) {
        SortedMap<Integer, Spread> far = new TreeMap<>();
        for (int l = 0; l < columns.length; l++) {
            if (spreads.get(l).far() > 0) {
                far.put(numbers.get(l), spreads.get(l));
            }
        }
        return far.isEmpty()
                ? Optional.empty()
                : Optional.of(Spread.sentence(name, columns[0].length, far) + ": " + consequence);
    }

    public boolean isEmpty() {
        return columns.length == 0;
    }

    /// The columns with mean 0 and population variance 1, far values included.
    ///
    /// @throws IllegalArgumentException if a variance overflows
    public double[][] standardised() {
        double[][] standardised = new double[columns.length][];
        for (int l = 0; l < columns.length; l++) {
            if (spreads.get(l).far() == 0) {
                standardised[l] = scaled(l);
                continue;
            }
            Moments moments = moments(name, numbers.get(l), columns[l]);
            standardised[l] = Arrays.stream(columns[l])
                    .map(x -> (x - moments.mean()) / moments.standardDeviation()).toArray();
        }
        return standardised;
    }

    private static Moments moments(String name, int j, double[] column) {
        try {
            return Moments.of(column);
        } catch (IllegalArgumentException overflow) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "coordinate %d of %s: %s", j, name, overflow.getMessage()),
                    overflow);
        }
    }

    /// Column `l` less its centre, in units of its spread.
    public double[] scaled(int l) {
        Spread spread = spreads.get(l);
        double[] scaled = columns[l].clone();
        double sum = 0;
        for (int i = 0; i < scaled.length; i++) {
            // Without the centre: noise added to a coordinate far from 0 would be lost in its last digits.
            scaled[i] = (columns[l][i] - spread.centre()) / spread.deviation();
            sum += scaled[i];
        }
        double rest = sum / scaled.length;
        if (spread.far() == 0 && Math.abs(rest) > LOST) {
            // Far from 0 the mean itself is rounded to the last digits of the numbers.
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] -= rest;
            }
        }
        return scaled;
    }
}
