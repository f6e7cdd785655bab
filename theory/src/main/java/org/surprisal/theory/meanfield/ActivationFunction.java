package org.surprisal.theory.meanfield;

import java.util.List;
import java.util.stream.Collectors;

/// The function φ between two layers, with the derivatives that the theory asks for.
///
/// There are two kinds, because two things can happen to a signal in a deep network: a function that saturates holds it
/// below a ceiling; one that is linear on either side of 0 multiplies its variance by the same factor in every layer,
/// for better or worse.
public sealed interface ActivationFunction
        permits
        SaturatingActivation,
        PiecewiseLinear {

    /// φ(x).
    double value(double x);

    /// φ'(x); at a kink the derivative from the left.
    double derivative(double x);

    /// φ''(x) away from kinks. The point mass that a kink at 0 adds never counts where it is multiplied by φ(0) = 0.
    double secondDerivative(double x);

    /// What users call it: `tanh`, `leaky-relu`.
    String label();

    /// The functions that have a label: tanh, erf, sigmoid, relu, leaky-relu (of slope 0.01), identity.
    static List<ActivationFunction> all() {
        return List.of(SaturatingActivation.TANH, SaturatingActivation.ERF, SaturatingActivation.SIGMOID,
                PiecewiseLinear.RELU, PiecewiseLinear.LEAKY_RELU, PiecewiseLinear.IDENTITY);
    }

    /// The function of this label.
    ///
    /// @throws IllegalArgumentException for an unknown label; the message lists those there are
    static ActivationFunction labelled(String label) {
        for (ActivationFunction activation : all()) {
            if (activation.label().equals(label)) {
                return activation;
            }
        }
        throw new IllegalArgumentException("no activation '" + label + "' in mean-field theory; there are "
                + all().stream().map(ActivationFunction::label).collect(Collectors.joining(", ")));
    }
}
