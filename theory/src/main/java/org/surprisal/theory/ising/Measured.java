package org.surprisal.theory.ising;

/// A number from a simulation.
///
/// @param value the number
/// @param standardError its standard deviation over repetitions, estimated
/// @param degreesOfFreedom of that estimate
public record Measured(double value, double standardError, int degreesOfFreedom) {
    private static final double NORMAL = 1.959963984540054;

    /// Half the width of the 95 % interval: the standard error times the quantile of Student's t, by Cornish and
    /// Fisher's expansion about the normal one (off by less than 1e-4 from ten degrees of freedom on).
    public double halfWidth() {
        double z = NORMAL;
        double v = degreesOfFreedom;
        double square = z * z;
        double quantile = z + z * (square + 1) / (4 * v) + z * ((5 * square + 16) * square + 3) / (96 * v * v)
                + z * (((3 * square + 19) * square + 17) * square - 15) / (384 * v * v * v);
        return standardError * quantile;
    }
}
