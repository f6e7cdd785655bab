package org.surprisal.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/// An immutable sequence of numbers: what a mark draws along one axis. Arrays are copied in and out, so a figure is a
/// value that equals another one with the same numbers.
public final class Values {

    private final double[] values;

    private Values(double[] own) {
        this.values = own;
    }

    /// A copy of `values`.
    public static Values of(double... values) {
        return new Values(values.clone());
    }

    /// A copy of `values`, widened.
    public static Values of(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return new Values(wide);
    }

    /// How many numbers there are.
    public int size() {
        return values.length;
    }

    /// The number at `index`, from 0.
    public double get(int index) {
        return values[index];
    }

    /// A fresh array of the numbers.
    public double[] toArray() {
        return values.clone();
    }

    /// The numbers in order.
    public DoubleStream stream() {
        return Arrays.stream(values);
    }

    /// Equal when both hold the same numbers in the same order (NaN equals NaN).
    @Override
    public boolean equals(Object other) {
        return other instanceof Values v && Arrays.equals(values, v.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length <= 8 ? Arrays.toString(values) : values.length + " values";
    }

    /// Refuses what cannot be drawn: an infinite number always, NaN unless it stands for a gap.
    void check(String owner, String argument, boolean gaps) {
        for (int i = 0; i < values.length; i++) {
            double v = values[i];
            if (Double.isInfinite(v) || (Double.isNaN(v) && !gaps)) {
                throw new IllegalArgumentException(owner + ": " + argument + "[" + i + "] is " + v + "; "
                        + (gaps ? "a finite number or NaN (a gap)" : "a finite number") + " is needed");
            }
        }
    }
}
