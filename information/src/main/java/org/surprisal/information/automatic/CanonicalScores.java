package org.surprisal.information.automatic;

/// Scores of two variables in canonical coordinates.
final class CanonicalScores {

    private final double[][] x;
    private final double[][] y;
    private final double[] correlations;

    private CanonicalScores(double[][] x, double[][] y, double[] correlations) {
        this.x = x;
        this.y = y;
        this.correlations = correlations;
    }

    /// The coordinates of columns of mean 0.
    static CanonicalScores of(double[][] x, double[][] y) {
        CanonicalAxes axes = CanonicalAxes.of(x, y);
        return new CanonicalScores(CanonicalAxes.along(axes.x(), x), CanonicalAxes.along(axes.y(), y),
                axes.correlations());
    }

    /// Coordinates of X: element `[j][i]` is coordinate j of sample i, the most correlated first.
    double[][] x() {
        return x;
    }

    /// Coordinates of Y.
    double[][] y() {
        return y;
    }

    /// Correlations of the pairs of coordinates, falling.
    double[] correlations() {
        return correlations;
    }
}
