package org.surprisal.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.surprisal.information.internal.LogMeanExp;
import org.surprisal.information.mutual.EstimatorDescription;
import org.surprisal.information.mutual.MutualInformation;
import org.surprisal.information.mutual.Variable;
import org.surprisal.tensor.Tensor;

/// MINE (Belghazi et al. 2018): the Donsker–Varadhan bound with a trained critic,
///
///     I >= E_joint[T] - ln E_marginal[e^T].
///
/// The gradient of the logarithm is that of the batch's mean over a moving average of such means (rate 0.01), which
/// corrects the bias of a ratio of batch means; it is kept as a logarithm, so it does not overflow. The marginal pairs
/// of a batch are all its pairs (x_i, y_j), i != j. The number is the bound on pairs not trained on. Components:
/// `joint`, E[T], and `logMarginal`, ln E[e^T].
///
/// The ceiling is ln N of the N marginal pairs that were scored: no larger bound can be relied on (McAllester & Stratos
/// 2020), and a value beyond it is an error. The standard error is that of both means, the held-out samples taken as
/// independent.
///
/// @param training how the critic is trained
public record Mine(CriticTraining training) implements CriticEstimator {

    /// What a person should know before believing this estimator.
    public static final EstimatorDescription DESCRIPTION = new EstimatorDescription("mine",
            "Donsker–Varadhan lower bound with a trained critic (Belghazi et al. 2018)",
            EstimatorDescription.Kind.LOWER_BOUND,
            "a small perceptron can learn the dependence from two thirds of the pairs",
            "steps × batch² passes through the critic: about half a minute for 3,000 steps of 64 pairs on two cores",
            "for more than a few nats, wide or sparse variables: the marginal mean hangs on a few pairs and"
                    + " scatters; for few"
                    + " samples, where the bound falls below 0; as an estimate: it is a lower bound");

    private static final double AVERAGING_RATE = 0.01;

    @Override
    public EstimatorDescription description() {
        return DESCRIPTION;
    }

    /// A lower bound of I(X;Y), of variables of any kind.
    ///
    /// @throws IllegalArgumentException if the numbers of samples differ or are below 15
    /// @throws org.surprisal.network.DivergenceException if training leaves the finite numbers, or the value what its
    /// samples can tell
    @Override
    public MutualInformation estimate(Variable x, Variable y) {
        List<String> warnings = new ArrayList<>();
        return answer(training.train(DESCRIPTION.name(), x, y, new MovingAverage(), warnings), x.count(), warnings);
    }

    @Override
    public MutualInformation estimate(PairSource source, int scored) {
        return answer(training.train(DESCRIPTION.name(), source, scored, new MovingAverage()), scored,
                new ArrayList<>());
    }

    private MutualInformation answer(CriticTraining.Trained trained, int pairs, List<String> warnings) {
        ScoreMeans means = ScoreMeans.of(trained);
        double ceiling = means.logMarginalPairs();
        double value = CriticTraining.requireSupported(DESCRIPTION.name(), means.joint() - means.logMarginal(),
                ceiling);
        if (value < 0) {
            warnings.add("the bound lies below 0, and no mutual information does: it is no use as a bound");
        }
        Map<String, Object> settings = training.settings();
        settings.put("heldOut", means.pairs());
        return MutualInformation.of(DESCRIPTION.name(), pairs, value, settings, warnings).withLower(value)
                .withCeiling(ceiling).withStandardError(means.standardError())
                .withComponent("joint", means.joint()).withComponent("logMarginal", means.logMarginal());
    }

    /// The loss whose gradient is that of -(E_joint[T] - E[e^T]/average), the average a constant.
    private static final class MovingAverage implements CriticTraining.Objective {
        private double logAverage = Double.NaN;

        @Override
        public Tensor loss(Tensor scores) {
            Tensor joint = BatchScores.joint(scores);
            Tensor marginal = BatchScores.marginal(scores);
            double logMean = LogMeanExp.of(marginal.toDoubles());
            logAverage = Double.isNaN(logAverage)
                    ? logMean
                    // ln of the sum of both shares, which is twice their mean.
                    : Math.log(2) + LogMeanExp.of(new double[]{Math.log(AVERAGING_RATE) + logMean,
                            Math.log1p(-AVERAGING_RATE) + logAverage});
            return marginal.plus(-logAverage).exp().mean().minus(joint.mean());
        }
    }
}
