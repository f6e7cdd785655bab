package org.surprisal.study.knowntruths;

import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.information.mutual.Discrete;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// One of four labels, and a normal point of variance 1 in each of d coordinates whose first has its mean at the
/// label's place on a line. The other coordinates know nothing; the information is a quadrature in one dimension.
///
/// @param dimension d, at least 1
/// @param at distance of the means of neighbouring labels, at least 0
record LabelledMixture(int dimension, double at) implements KnownPair {
    static final int LABELS = 4;

    @Override
    public OptionalDouble information() {
        return OptionalDouble.of(GaussianSteps.information(LABELS, at));
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        int[] labels = new int[n];
        double[] numbers = new double[n];
        double[] means = new double[n * dimension];
        double[] points = new double[means.length];
        for (int i = 0; i < n; i++) {
            labels[i] = stream.nextInt(LABELS);
            numbers[i] = labels[i];
            means[i * dimension] = at * labels[i];
            for (int j = i * dimension; j < (i + 1) * dimension; j++) {
                points[j] = means[j] + stream.nextGaussian();
            }
        }
        Continuous y = Continuous.of("point", Tensor.of(points, n, dimension));
        return new DrawnPairs(Discrete.labels("label", labels), y, Continuous.of("label", Tensor.of(numbers, n, 1)), y,
                Optional.of(new DrawnPairs.Channel(Continuous.of("mean", Tensor.of(means, n, dimension)), 1)));
    }
}
