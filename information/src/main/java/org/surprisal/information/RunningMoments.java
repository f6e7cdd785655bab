package org.surprisal.information;

/// Mean and variance of numbers that come one at a time (Welford 1962).
final class RunningMoments {

    private long count;
    private double mean;
    private double squares;

    void add(double x) {
        count++;
        double d = x - mean;
        mean += d / count;
        squares += d * (x - mean);
    }

    double mean() {
        return mean;
    }

    /// Of the mean; for two numbers or more.
    double standardError() {
        return Math.sqrt(squares / (count - 1) / count);
    }
}
