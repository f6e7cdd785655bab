package org.surprisal.information.task;

import org.surprisal.tensor.RandomStream;

/// The distribution of a pair of points (X, Y) whose mutual information has a closed form.
public sealed interface PairDistribution
        permits
        JointNormal,
        JointStudent,
        NoisyUniform {

    /// Coordinates of X, at least 1.
    int dimensionX();

    /// Coordinates of Y, at least 1.
    int dimensionY();

    /// Returns I(X;Y) in nats.
    double information();

    /// Draws independent pairs. The first of a longer drawing are those of a shorter one from the same stream.
    ///
    /// @param count how many, at least 1
    /// @return row by row, the coordinates of X and then those of Y, `count * (dimensionX + dimensionY)` numbers
    double[] draw(int count, RandomStream stream);
}
