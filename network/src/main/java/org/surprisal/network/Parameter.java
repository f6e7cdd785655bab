package org.surprisal.network;

import org.surprisal.tensor.Tensor;

/// A tensor that training changes, in place, so that every layer and optimiser that holds it sees the same numbers.
///
/// @param name the name within its layer, `weight` say
/// @param value an independent variable: gradients are taken by it
public record Parameter(String name, Tensor value) {
    /// @throws IllegalArgumentException when the value is a constant, which training would leave as it is
    public Parameter {
        if (!value.isTracked()) {
            throw new IllegalArgumentException(
                    "parameter " + name + ", shape " + value.shape() + ", must be tracked: Parameter.of makes it so");
        }
    }

    /// A parameter that starts from a copy of these numbers.
    public static Parameter of(String name, Tensor start) {
        return new Parameter(name, start.detached().tracked());
    }

    /// The same parameter under another name, a path from the root of a network say.
    Parameter named(String other) {
        return new Parameter(other, value);
    }
}
