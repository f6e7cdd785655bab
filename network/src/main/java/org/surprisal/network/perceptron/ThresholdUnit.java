package org.surprisal.network.perceptron;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rosenblatt's perceptron (1958), the linear threshold unit: y = H(w · x + b) with H(0) = 1 (Zahn, section 2.2.2).
///
/// The points with w · x + b = 0 form a plane with normal vector w; the unit says on which side a point lies.
/// Immutable.
public final class ThresholdUnit {
    private final double[] weights;
    private final double bias;

    /// @param bias b, finite
    /// @param weights w, finite, one an input
    public ThresholdUnit(double bias, double... weights) {
        if (weights.length == 0) {
            throw new IllegalArgumentException("a threshold unit needs at least one weight");
        }
        this.bias = requireFinite("bias", bias);
        this.weights = weights.clone();
        for (int k = 0; k < weights.length; k++) {
            requireFinite("weight " + k, this.weights[k]);
        }
    }

    /// w, copied.
    public double[] weights() {
        return weights.clone();
    }

    /// b.
    public double bias() {
        return bias;
    }

    /// Number of inputs.
    public int inputs() {
        return weights.length;
    }

    /// w · x + b.
    ///
    /// @throws IllegalArgumentException if x has another length than w, or the result is NaN
    public double logit(double... x) {
        if (x.length != weights.length) {
            throw new IllegalArgumentException(x.length + " inputs for " + weights.length + " weights");
        }
        double sum = bias;
        for (int k = 0; k < x.length; k++) {
            sum += weights[k] * x[k];
        }
        if (Double.isNaN(sum)) {
            throw new IllegalArgumentException(
                    "w · x + b is NaN for x = " + Arrays.toString(x) + ": inputs must be finite numbers");
        }
        return sum;
    }

    /// 1 on the plane and on the side to which w points, else 0.
    public int output(double... x) {
        return logit(x) >= 0 ? 1 : 0;
    }

    /// On which side of the plane x lies: 1 where w points, -1 opposite, 0 on the plane.
    public int side(double... x) {
        return (int) Math.signum(logit(x));
    }

    /// The distance of x from the plane, (w · x + b) / ||w||, negative where the output is 0.
    ///
    /// @throws IllegalStateException if all weights are 0: there is no plane
    public double distance(double... x) {
        return logit(x) / norm();
    }

    /// The distance of the origin from the plane, b / ||w||, with the sign of b.
    ///
    /// @throws IllegalStateException if all weights are 0: there is no plane
    public double distanceOfOrigin() {
        return bias / norm();
    }

    private double norm() {
        double norm = 0;
        for (double weight : weights) {
            norm = Math.hypot(norm, weight);
        }
        if (norm == 0) {
            throw new IllegalStateException("all weights are 0: there is no plane to have a distance from");
        }
        return norm;
    }

    /// w · x + b and the output, for all inputs of 0 and 1.
    public TruthTable truthTable() {
        return TruthTable.of(weights.length).with("w.x+b", x -> logit(real(x))).with("y", x -> output(real(x)));
    }

    private static double[] real(int[] x) {
        return IntStream.of(x).asDoubleStream().toArray();
    }

    private static double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " (=" + value + ") must be finite");
        }
        return value;
    }

    /// The unit as a formula.
    @Override
    public String toString() {
        return IntStream.range(0, weights.length).mapToObj(k -> weights[k] + " x" + (k + 1))
                .collect(Collectors.joining(" + ", "H(", " + " + bias + ")"));
    }
}
