package org.surprisal.study.trainability;

import java.util.OptionalDouble;
import org.surprisal.study.SettingException;
import org.surprisal.study.Settings;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.CriticalPoint;
import org.surprisal.theory.meanfield.Estimate;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.MeanField;
import org.surprisal.theory.meanfield.Phase;
import org.surprisal.theory.meanfield.PhaseDiagram;

/// What mean-field theory says of the grid's networks.
///
/// @param activation after the hidden layers
/// @param sigmaB2    bias variance
record Theory(ActivationFunction activation, double sigmaB2) {

    /// @throws SettingException if theory has no answer to one of the variances
    static Theory of(Settings settings) {
        Theory theory = new Theory(ActivationFunction.labelled(settings.get(TrainabilitySettings.ACTIVATION)),
                settings.get(TrainabilitySettings.SIGMA_B2));
        for (double sigmaW2 : settings.get(TrainabilitySettings.SIGMA_W2)) {
            try {
                theory.at(sigmaW2);
            } catch (IllegalArgumentException e) {
                throw SettingException.badValue(TrainabilitySettings.SIGMA_W2.key(), Double.toString(sigmaW2),
                        "variances that mean-field theory can answer: " + e.getMessage());
            }
        }
        return theory;
    }

    /// The fixed point at a weight variance.
    FixedPoint at(double sigmaW2) {
        return new MeanField(activation, sigmaW2, sigmaB2).fixedPoint();
    }

    /// ξ_c in layers; absent at the critical point and where no variance settles.
    OptionalDouble correlationLength(double sigmaW2) {
        return length(at(sigmaW2));
    }

    /// ξ_c at each of these weight variances, NaN where it is absent.
    double[] correlationLengths(double[] sigmaW2) {
        PhaseDiagram diagram = PhaseDiagram.of(activation, sigmaW2, new double[]{sigmaB2});
        double[] lengths = new double[sigmaW2.length];
        for (int w = 0; w < lengths.length; w++) {
            lengths[w] = length(diagram.at(0, w)).orElse(Double.NaN);
        }
        return lengths;
    }

    private static OptionalDouble length(FixedPoint point) {
        return point instanceof FixedPoint.Settled settled && settled.xiC().isPresent()
                ? OptionalDouble.of(settled.xiC().get().value())
                : OptionalDouble.empty();
    }

    /// `order`, `chaos` or `critical`; where no variance settles, what becomes of it.
    String phase(double sigmaW2) {
        return switch (at(sigmaW2)) {
            case FixedPoint.Settled settled when settled.phase() == Phase.ORDERED -> "order";
            case FixedPoint.Settled settled when settled.phase() == Phase.CHAOTIC -> "chaos";
            case FixedPoint.Settled _ -> "critical";
            case FixedPoint.Marginal _ -> "critical";
            case FixedPoint.Vanishing _ -> "variance vanishes";
            case FixedPoint.Divergent _ -> "variance diverges";
        };
    }

    /// The weight variance at which order ends.
    double criticalSigmaW2() {
        return switch (MeanField.critical(activation, sigmaB2)) {
            case CriticalPoint.Transition(Estimate sigmaW2) -> sigmaW2.value();
            case CriticalPoint.EdgeOfDivergence(double sigmaW2) -> sigmaW2;
        };
    }
}
