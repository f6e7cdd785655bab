package org.surprisal.study.knowntruths;

import java.util.Optional;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.Tensor;

/// Drawn pairs, in the forms that estimators take.
///
/// @param x        symbols or points
/// @param y        symbols or points
/// @param numbersX x as numbers, for estimators that take no symbols
/// @param numbersY y as numbers
/// @param channel  how y comes from x, where that is Gaussian noise
record DrawnPairs(Variable x, Variable y, Continuous numbersX, Continuous numbersY, Optional<Channel> channel) {

    /// Y = means + Gaussian noise, independent in each coordinate.
    ///
    /// @param means    what the noise is added to, a function of x
    /// @param variance of the noise
    record Channel(Continuous means, double variance) {}

    /// Pairs of points, row by row.
    ///
    /// @param dimension coordinates of each
    static DrawnPairs ofPoints(double[] x, double[] y, int dimension) {
        int n = x.length / dimension;
        return of(Continuous.of("x", Tensor.of(x, n, dimension)), Continuous.of("y", Tensor.of(y, n, dimension)));
    }

    /// Pairs of points.
    static DrawnPairs of(Continuous x, Continuous y) {
        return new DrawnPairs(x, y, x, y, Optional.empty());
    }

    /// The same pairs with what is known of their channel.
    DrawnPairs through(Continuous means, double variance) {
        return new DrawnPairs(x, y, numbersX, numbersY, Optional.of(new Channel(means, variance)));
    }
}
