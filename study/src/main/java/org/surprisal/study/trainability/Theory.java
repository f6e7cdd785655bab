package org.surprisal.study.trainability;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
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
/// @param columns    the fixed points of the grid's weight variances
record Theory(ActivationFunction activation, double sigmaB2, Map<Double, FixedPoint> columns) {

    /// @throws SettingException if theory has no answer to one of the variances
    static Theory of(Settings settings) {
        ActivationFunction activation = ActivationFunction.labelled(settings.get(TrainabilitySettings.ACTIVATION));
        double sigmaB2 = settings.get(TrainabilitySettings.SIGMA_B2);
        Map<Double, FixedPoint> columns = new HashMap<>();
        for (double sigmaW2 : settings.get(TrainabilitySettings.SIGMA_W2)) {
            try {
                columns.put(sigmaW2, new MeanField(activation, sigmaW2, sigmaB2).fixedPoint());
            } catch (IllegalArgumentException e) {
                throw SettingException.badValue(TrainabilitySettings.SIGMA_W2.key(), Double.toString(sigmaW2),
                        "variances that mean-field theory can answer: " + e.getMessage());
            }
        }
        return new Theory(activation, sigmaB2, columns);
    }

    /// The fixed point of a column.
    ///
    /// @throws IllegalArgumentException if the grid has no such weight variance
    FixedPoint at(double sigmaW2) {
        FixedPoint point = columns.get(sigmaW2);
        if (point == null) {
            throw new IllegalArgumentException(
                    "the grid has no σ_w² = " + sigmaW2 + "; there are " + columns.keySet());
        }
        return point;
    }

    /// ξ_c of a column in layers; absent at the critical point and where no variance settles.
    OptionalDouble correlationLength(double sigmaW2) {
        return length(at(sigmaW2));
    }

    /// ξ_c at each of these weight variances, in the grid or not, NaN where it is absent.
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
