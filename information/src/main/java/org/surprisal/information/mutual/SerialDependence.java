package org.surprisal.information.mutual;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Rows that depend on the row before, as in time series and sorted files.
public final class SerialDependence {

    /// Standard deviations under independence from which on a correlation of neighbouring rows counts.
    private static final double SIGNIFICANT = 4;
    /// By (1 + ab) / (1 - ab) the variance of a correlation of two AR(1) series with lag-1 correlations a and b is
    /// larger than that of independent rows; from 10 % on there is a warning.
    private static final double NOTEWORTHY = 0.05;

    private SerialDependence() {
    }

    /// What is to be said where rows of x and rows of y both depend on the row before: then they are not exchangeable,
    /// and shuffled rows are another kind of data. One dependent variable alone does no harm.
    public static Optional<String> warning(Variable x, Variable y) {
        double ofX = lagCorrelation(x);
        double ofY = lagCorrelation(y);
        double significant = SIGNIFICANT / Math.sqrt(x.count());
        if (Math.abs(ofX) < significant || Math.abs(ofY) < significant || Math.abs(ofX * ofY) < NOTEWORTHY) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT,
                "rows of %s and of %s depend on the row before (lag-1 correlations %.2f and %.2f), as in time series"
                        + " and sorted"
                        + " files: shuffled rows do not, so the p-value of time series is too small; --surrogates"
                        + " rotate keeps"
                        + " their order",
                x.name(), y.name(), ofX, ofY));
    }

    /// The correlation of a coordinate with itself one row later, of the coordinate where it is largest; of symbols the
    /// excess of equal neighbours over chance, relative to the largest possible excess.
    private static double lagCorrelation(Variable variable) {
        return switch (variable) {
            case Discrete discrete -> lagCorrelation(discrete);
            case Continuous continuous -> {
                double largest = 0;
                for (double[] column : continuous.columns()) {
                    double r = lagCorrelation(column);
                    largest = Math.abs(r) > Math.abs(largest) ? r : largest;
                }
                yield largest;
            }
        };
    }

    private static double lagCorrelation(double[] column) {
        // Divided by the largest value, squares of extreme ones stay finite.
        double size = Arrays.stream(column).map(Math::abs).max().orElseThrow();
        if (size == 0) {
            return 0;
        }
        double mean = Arrays.stream(column).map(x -> x / size).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < column.length; i++) {
            double deviation = column[i] / size - mean;
            squares += deviation * deviation;
            products += i == 0 ? 0 : deviation * (column[i - 1] / size - mean);
        }
        return squares > 0 ? products / squares : 0;
    }

    private static double lagCorrelation(Discrete variable) {
        int n = variable.count();
        double equal = IntStream.range(1, n).filter(i -> variable.code(i) == variable.code(i - 1)).count();
        double chance = Arrays.stream(variable.counts()).mapToDouble(c -> (double) c / n * c / n).sum();
        return chance < 1 ? (equal / (n - 1) - chance) / (1 - chance) : 0;
    }
}
