package org.surprisal.information.automatic;

/// Scores of two variables in canonical coordinates.
///
/// @param x element `[j][i]` is coordinate j of sample i, the most correlated first
/// @param y those of Y
/// @param correlations of the pairs of coordinates, falling
record CanonicalScores(double[][] x, double[][] y, double[] correlations) {

    /// The coordinates of columns of mean 0.
    static CanonicalScores of(double[][] x, double[][] y) {
        CanonicalAxes axes = CanonicalAxes.of(x, y);
        return new CanonicalScores(CanonicalAxes.along(axes.x(), x), CanonicalAxes.along(axes.y(), y),
                axes.correlations());
    }
}
