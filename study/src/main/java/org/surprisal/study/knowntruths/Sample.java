package org.surprisal.study.knowntruths;

import java.util.Optional;
import java.util.stream.IntStream;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Variable;

/// Drawn pairs, in the forms that estimators take.
///
/// @param x symbols or points
/// @param y symbols or points
/// @param numbersX x as numbers, for estimators that take no symbols
/// @param numbersY y as numbers
/// @param channel how y comes from x, where that is Gaussian noise
record Sample(Variable x, Variable y, Continuous numbersX, Continuous numbersY, Optional<Channel> channel) {

    /// Y = means + Gaussian noise, independent in each coordinate.
    ///
    /// @param means what the noise is added to, a function of x
    /// @param variance of the noise
    record Channel(Continuous means, double variance) {}

    /// Pairs of points.
    static Sample ofPoints(Continuous x, Continuous y) {
        return new Sample(x, y, x, y, Optional.empty());
    }

    Sample through(Continuous means, double variance) {
        return new Sample(x, y, numbersX, numbersY, Optional.of(new Channel(means, variance)));
    }

    int count() {
        return x.count();
    }

    /// The first n pairs.
    Sample first(int n) {
        int[] kept = IntStream.range(0, n).toArray();
        return new Sample(x.take(kept), y.take(kept), numbersX.take(kept), numbersY.take(kept),
                channel.map(through -> new Channel(through.means().take(kept), through.variance())));
    }
}
