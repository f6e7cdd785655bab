package org.surprisal.study.knowntruths;

import java.util.OptionalDouble;
import org.surprisal.information.task.JointStudent;
import org.surprisal.tensor.RandomStream;

/// Two vectors of d coordinates that are one Student t vector of 2 d coordinates: [CorrelatedNormals] divided by the
/// square root of one χ²_ν / ν for all coordinates of a pair. The information is -d/2 ln (1 - ρ²) and that of the
/// common divisor ([JointStudent]), which is left without any correlation.
///
/// @param dimension d of each of the two, at least 1
/// @param degrees ν, at least 1; without a mean at 1, without a variance at 2
/// @param at the first term, in nats; at least 0
record StudentPair(int dimension, int degrees, double at) implements KnownPair {

    @Override
    public OptionalDouble information() {
        return OptionalDouble.of(at + JointStudent.uncorrelated(dimension, dimension, degrees).information());
    }

    @Override
    public DrawnPairs draw(int n, RandomStream stream) {
        double rho = CorrelatedNormals.correlation(dimension, at);
        double noise = Math.exp(-at / dimension);
        double[] x = new double[n * dimension];
        double[] y = new double[x.length];
        for (int i = 0; i < n; i++) {
            double chiSquare = 0;
            for (int k = 0; k < degrees; k++) {
                double normal = stream.nextGaussian();
                chiSquare += normal * normal;
            }
            double scale = Math.sqrt(degrees / chiSquare);
            for (int j = i * dimension; j < (i + 1) * dimension; j++) {
                double normal = stream.nextGaussian();
                x[j] = scale * normal;
                y[j] = scale * (rho * normal + noise * stream.nextGaussian());
            }
        }
        return DrawnPairs.ofPoints(x, y, dimension);
    }
}
