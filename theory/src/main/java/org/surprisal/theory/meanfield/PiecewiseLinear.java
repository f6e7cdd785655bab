package org.surprisal.theory.meanfield;

/// x above 0 and `negativeSlope` · x below: ReLU, leaky ReLU, the identity.
///
/// φ(√q z) = √q φ(z), so E[φ(√q z)²]/q and E[φ'(√q z)²] are the same number whatever q is: half of 1 + negativeSlope².
///
/// @param label what users call it
/// @param negativeSlope the slope below 0, from -1 to 1
public record PiecewiseLinear(String label, double negativeSlope) implements ActivationFunction {

    /// max(x, 0).
    public static final PiecewiseLinear RELU = new PiecewiseLinear("relu", 0);

    /// Slope 0.01 below 0.
    public static final PiecewiseLinear LEAKY_RELU = leaky(0.01);

    /// x itself: a deep linear network.
    public static final PiecewiseLinear IDENTITY = new PiecewiseLinear("identity", 1);

    /// A function of a slope that was checked.
    ///
    /// @throws IllegalArgumentException if `negativeSlope` is not in [-1, 1]
    public PiecewiseLinear {
        if (!(Math.abs(negativeSlope) <= 1)) {
            throw new IllegalArgumentException("slope below 0 = %s, -1 to 1 needed".formatted(negativeSlope));
        }
    }

    /// The leaky ReLU of this slope.
    public static PiecewiseLinear leaky(double negativeSlope) {
        return new PiecewiseLinear("leaky-relu", negativeSlope);
    }

    @Override
    public double value(double x) {
        return x > 0 ? x : negativeSlope * x;
    }

    @Override
    public double derivative(double x) {
        return x > 0 ? 1 : negativeSlope;
    }

    @Override
    public double secondDerivative(double x) {
        return 0;
    }

    /// E[φ(√q z)²] / q = E[φ'(√q z)²] for every q.
    double meanSquareSlope() {
        return 0.5 * (1 + negativeSlope * negativeSlope);
    }
}
