package org.surprisal.network.layer;

import java.util.List;
import org.surprisal.network.Buffer;
import org.surprisal.network.Layer;
import org.surprisal.network.Parameter;
import org.surprisal.network.Pass;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// gamma (x - mean) / sqrt(variance + epsilon) + beta, feature by feature of (n, features) or channel by channel of (n,
/// channels, height, width) (Ioffe and Szegedy 2015; lecture notes, section 5.4 and annex 8.1).
///
/// In training, mean and variance (1/m) are those of the batch, over samples and places, and the running averages take
/// a step towards them: towards the unbiased variance (1/(m-1)), as in PyTorch. Otherwise the running averages
/// themselves are used, and stay as they are. The notes print sigma + epsilon once (Eq 15): their derivation, like
/// this, has the root of variance + epsilon.
///
/// @param gamma the scale, shape (features)
/// @param beta the shift, shape (features)
/// @param runningMean shape (features)
/// @param runningVariance shape (features)
/// @param momentum the part of the running averages that one batch replaces, above 0 and at most 1, as PyTorch's
/// `momentum` (the complement of Keras's)
/// @param epsilon added to variances, positive
public record BatchNormalisation(Parameter gamma, Parameter beta, Buffer runningMean, Buffer runningVariance,
        double momentum, double epsilon) implements Layer {
    /// The part of the running averages that one batch replaces unless another is given, PyTorch's.
    public static final double MOMENTUM = 0.1;

    /// What is added to variances unless another number is given, PyTorch's.
    public static final double EPSILON = 1e-5;

    /// @throws IllegalArgumentException when shapes differ or a number is out of range
    public BatchNormalisation {
        Shape features = gamma.value().shape();
        if (features.rank() != 1 || !features.equals(beta.value().shape())
                || !features.equals(runningMean.value().shape()) || !features.equals(runningVariance.value().shape())) {
            throw new IllegalArgumentException(
                    "gamma " + features + ", beta " + beta.value().shape() + ", running mean "
                            + runningMean.value().shape() + " and running variance " + runningVariance.value().shape()
                            + " must all be (features)");
        }
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException("momentum (=" + momentum + ") must be above 0 and at most 1");
        }
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon (=" + epsilon + ") must be positive and finite");
        }
    }

    /// Scale 1, shift 0, running mean 0 and variance 1, [#MOMENTUM] and [#EPSILON].
    ///
    /// @param features features or channels
    public static BatchNormalisation start(ElementType type, int features) {
        return start(type, features, MOMENTUM, EPSILON);
    }

    /// Scale 1, shift 0, running mean 0 and variance 1.
    ///
    /// @param features features or channels
    /// @throws IllegalArgumentException when momentum or epsilon is out of range
    public static BatchNormalisation start(ElementType type, int features, double momentum, double epsilon) {
        return new BatchNormalisation(Parameter.of("gamma", Tensor.full(type, 1, features)),
                Parameter.of("beta", Tensor.zeros(type, features)),
                new Buffer("running-mean", Tensor.zeros(type, features)),
                new Buffer("running-variance", Tensor.full(type, 1, features)), momentum, epsilon);
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        int features = gamma.value().size();
        if ((input.rank() != 2 && input.rank() != 4) || input.length(1) != features) {
            throw new IllegalArgumentException("batch normalisation of " + features + " features needs shape (n, "
                    + features + ") or (n, " + features + ", height, width), not " + input.shape());
        }
        // Features or channels along axis 1, and all places of a channel along axis 2.
        int[] perFeature = input.rank() == 2 ? new int[]{features} : new int[]{features, 1, 1};
        Tensor mean = runningMean.value();
        Tensor variance = runningVariance.value();
        if (pass.isTraining()) {
            int count = input.size() / Math.max(1, features);
            if (count < 2) {
                throw new IllegalArgumentException("batch normalisation in training needs 2 numbers or more of each"
                        + " feature, and shape " + input.shape() + " has " + count
                        + ": choose a batch size that leaves no last batch of 1");
            }
            mean = average(input, count);
            variance = average(input.minus(mean.reshape(perFeature)).square(), count);
            follow(mean, variance, count);
        }
        Tensor scale = gamma.value().over(variance.plus(epsilon).sqrt());
        return input.minus(mean.reshape(perFeature)).times(scale.reshape(perFeature))
                .plus(beta.value().reshape(perFeature));
    }

    /// The mean of each feature over samples and places.
    private static Tensor average(Tensor x, int count) {
        Tensor rows = x.rank() == 2 ? x : x.reshape(x.length(0), x.length(1), x.length(2) * x.length(3)).sum(2);
        return rows.sum(0).times(1.0 / count);
    }

    private void follow(Tensor mean, Tensor variance, int count) {
        InPlace.blend(runningMean.value(), momentum, mean.detached(), 1 - momentum);
        InPlace.blend(runningVariance.value(), momentum * count / (count - 1.0), variance.detached(), 1 - momentum);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(gamma, beta);
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(runningMean, runningVariance);
    }
}
