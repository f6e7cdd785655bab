package org.surprisal.study.images;

import java.util.OptionalDouble;
import org.surprisal.settings.SettingException;
import org.surprisal.settings.Settings;
import org.surprisal.study.engine.Factor;
import org.surprisal.theory.meanfield.ActivationFunction;
import org.surprisal.theory.meanfield.FixedPoint;
import org.surprisal.theory.meanfield.MeanField;

/// Mean-field theory of the networks of a study, one weight variance each.
///
/// @param network whose activation, which theory has to know, and bias variance are theory's
/// @param sigmaW2 weight variance times fan-in
public record MeanFieldTheory(ImageClassifier network, Factor<Double> sigmaW2) {

    /// Refuses weight variances that theory cannot answer.
    ///
    /// @throws SettingException in one line
    public void check(Settings settings) {
        for (double variance : sigmaW2.in(settings)) {
            try {
                fixedPoint(settings, variance);
            } catch (IllegalArgumentException e) {
                throw SettingException.badValue(sigmaW2.values().key(), sigmaW2.text(variance),
                        "variances that mean-field theory can answer: " + e.getMessage());
            }
        }
    }

    /// What becomes of a signal in networks of a weight variance.
    public FixedPoint fixedPoint(Settings settings, double variance) {
        return network.theory(settings, variance).orElseThrow().fixedPoint();
    }

    /// ξ_c in layers; absent where it is infinite or there is none.
    public OptionalDouble correlationLength(Settings settings, double variance) {
        return fixedPoint(settings, variance).correlationLength();
    }

    /// The weight variance at which order ends.
    public double critical(Settings settings) {
        return MeanField.critical(ActivationFunction.labelled(settings.get(network.activation())),
                settings.get(network.sigmaB2())).end();
    }
}
