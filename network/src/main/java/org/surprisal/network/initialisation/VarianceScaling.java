package org.surprisal.network.initialisation;

import java.util.function.DoubleSupplier;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Independent weights of mean 0 and variance scale / n, where n counts connections; biases 0. So signals, or
/// gradients, keep their size from layer to layer.
///
/// | name | weights | as |
/// |---|---|---|
/// | LeCun's rule of thumb | U(±1/sqrt n_in) | `fanInUniform()` |
/// | forward-preserving | U(±sqrt(3/n_in)) | `new VarianceScaling(1, Fan.IN, Distribution.UNIFORM)` |
/// | backward-preserving | U(±sqrt(3/n_out)) | `new VarianceScaling(1, Fan.OUT, Distribution.UNIFORM)` |
/// | Xavier, for tanh | U(±sqrt(6/(n_in + n_out))), N(0, 2/(n_in + n_out)) | `xavier(distribution)` |
/// | Xavier, for sigmoid | 4 times these | `xavierForSigmoid(distribution)` |
/// | He, for ReLU | N(0, 2/n_in) forward, N(0, 2/n_out) backward, sqrt 2 Xavier between | `he(fan, distribution)` |
///
/// Sources: Glorot and Bengio 2010, (12) and (16); He et al. 2015, (10) and (14).
///
/// @param scale variance times n, positive
public record VarianceScaling(double scale, Fan fan, Distribution distribution) implements Initialisation {
    /// Which connections n counts. Those of a weight of shape (out, in, …) number `in` into a unit and `out` out of it,
    /// times the product of the axes that follow, the size of a convolution's kernel.
    public enum Fan {
        /// Into a unit: the forward pass keeps its variance.
        IN,
        /// Out of a unit: the backward pass keeps its variance.
        OUT,
        /// The mean of both.
        AVERAGE;

        /// n of a weight of this shape, which has at least two axes.
        double of(Shape weight) {
            if (weight.rank() < 2) {
                throw new IllegalArgumentException(
                        "a weight of shape " + weight + " has no fan: (out, in, …) is needed");
            }
            double kernel = 1;
            for (int axis = 2; axis < weight.rank(); axis++) {
                kernel *= weight.length(axis);
            }
            double in = weight.length(1) * kernel;
            double out = weight.length(0) * kernel;
            return switch (this) {
                case IN -> in;
                case OUT -> out;
                case AVERAGE -> (in + out) / 2;
            };
        }
    }

    /// The shape of the distribution whose variance is given.
    public enum Distribution {
        /// Uniform between ± sqrt(3 variance).
        UNIFORM,
        /// Normal.
        NORMAL,
        /// Normal of this variance, cut off (drawn again) beyond two standard deviations, and not corrected for it: the
        /// standard deviation of what is left is 0.8796 of the nominal one.
        TRUNCATED_NORMAL,
        /// Normal, cut off beyond two of its standard deviations, and wider by 1 / 0.8796 before, so that what is left
        /// has this variance; its bounds are ±2.2737 times the nominal standard deviation.
        CORRECTED_TRUNCATED_NORMAL
    }

    /// Where normal distributions are cut off, in standard deviations.
    private static final double CUT = 2;

    /// The standard deviation of a standard normal number within ±2: sqrt(1 - 4 phi(2) / (2 Phi(2) - 1)).
    private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

    public VarianceScaling {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale (=" + scale + ") must be positive and finite");
        }
    }

    /// U(±1/sqrt n_in), variance 1/(3 n_in).
    public static VarianceScaling fanInUniform() {
        return new VarianceScaling(1.0 / 3, Fan.IN, Distribution.UNIFORM);
    }

    /// Variance 2/(n_in + n_out): between forward- and backward-preserving for activations of slope 1 at 0, tanh say.
    public static VarianceScaling xavier(Distribution distribution) {
        return new VarianceScaling(1, Fan.AVERAGE, distribution);
    }

    /// Four times the weights of [#xavier]: the slope of the logistic function at 0 is 1/4.
    public static VarianceScaling xavierForSigmoid(Distribution distribution) {
        return new VarianceScaling(16, Fan.AVERAGE, distribution);
    }

    /// Variance 2/n: half of the units of a ReLU layer are silent.
    public static VarianceScaling he(Fan fan, Distribution distribution) {
        return new VarianceScaling(2, fan, distribution);
    }

    @Override
    public Tensor weight(ElementType type, Shape shape, RandomStream stream) {
        double deviation = Math.sqrt(scale / fan.of(shape));
        return switch (distribution) {
            case UNIFORM -> {
                double bound = Math.sqrt(3 * scale / fan.of(shape));
                yield draw(type, shape, () -> stream.nextDouble(-bound, bound));
            }
            case NORMAL -> stream.gaussian(type, 0, deviation, shape.lengths());
            case TRUNCATED_NORMAL -> draw(type, shape, () -> deviation * truncated(stream));
            case CORRECTED_TRUNCATED_NORMAL ->
                draw(type, shape, () -> deviation / TRUNCATED_DEVIATION * truncated(stream));
        };
    }

    private static double truncated(RandomStream stream) {
        double z = stream.nextGaussian();
        while (Math.abs(z) > CUT) {
            z = stream.nextGaussian();
        }
        return z;
    }

    private static Tensor draw(ElementType type, Shape shape, DoubleSupplier number) {
        double[] values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number.getAsDouble();
        }
        return Tensor.of(values, shape.lengths()).to(type);
    }
}
