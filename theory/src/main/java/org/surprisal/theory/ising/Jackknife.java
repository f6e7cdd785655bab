package org.surprisal.theory.ising;

import java.util.function.ToDoubleFunction;

/// Averages and their standard errors from independent groups of measurements: an average of all, and how it varies
/// when one group is left out (Tukey's jackknife). It holds for smooth functions of the moments, not for means alone.
final class Jackknife {
    private final Moments total;
    private final Moments[] without;

    Jackknife(Moments[] groups) {
        Moments sum = new Moments();
        for (Moments group : groups) {
            sum = sum.plus(group, 1);
        }
        total = sum;
        without = new Moments[groups.length];
        for (int i = 0; i < groups.length; i++) {
            without[i] = total.plus(groups[i], -1);
        }
    }

    Measured estimate(ToDoubleFunction<Moments> function) {
        int count = without.length;
        double[] values = new double[count];
        double mean = 0;
        for (int i = 0; i < count; i++) {
            values[i] = function.applyAsDouble(without[i]);
            mean += values[i] / count;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Measured(function.applyAsDouble(total), Math.sqrt(squares * (count - 1) / count), count - 1);
    }
}
