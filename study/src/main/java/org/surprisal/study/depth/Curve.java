package org.surprisal.study.depth;

import java.util.List;
import java.util.stream.IntStream;
import org.surprisal.information.Moments;

/// A number by depth, averaged over seeds.
///
/// @param seeds how many networks
/// @param mean one number a layer
/// @param error standard error of the mean over seeds; with a single seed, the Monte Carlo error it was given
public record Curve(int seeds, List<Double> mean, List<Double> error) {
    public Curve {
        mean = List.copyOf(mean);
        error = List.copyOf(error);
    }

    /// The average of one curve a seed.
    ///
    /// @param curves at least one, all of one length
    /// @param single the error of the only curve, where there is but one
    public static Curve over(List<double[]> curves, double[] single) {
        List<Moments> layers = IntStream.range(0, curves.getFirst().length)
                .mapToObj(m -> Moments.of(curves.stream().mapToDouble(curve -> curve[m]).toArray())).toList();
        int n = curves.size();
        return new Curve(n, layers.stream().map(Moments::mean).toList(),
                IntStream.range(0, layers.size())
                        .mapToObj(m -> n == 1 ? single[m] : Math.sqrt(layers.get(m).sampleVariance() / n)).toList());
    }

    /// The mean of the last layer.
    public double last() {
        return mean.getLast();
    }

    /// Its error.
    public double lastError() {
        return error.getLast();
    }

    /// One a layer.
    public double[] means() {
        return mean.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// Mean minus error, one a layer.
    public double[] lower() {
        return IntStream.range(0, mean.size()).mapToDouble(m -> mean.get(m) - error.get(m)).toArray();
    }

    /// Mean plus error, one a layer.
    public double[] upper() {
        return IntStream.range(0, mean.size()).mapToDouble(m -> mean.get(m) + error.get(m)).toArray();
    }

    /// 0, 1, …
    public double[] layers() {
        return IntStream.range(0, mean.size()).asDoubleStream().toArray();
    }
}
