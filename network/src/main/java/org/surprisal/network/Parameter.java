package org.surprisal.network;

import org.surprisal.tensor.Tensor;

/// A tensor that training changes, in place, so that every layer and optimiser that holds it sees the same numbers.
///
/// @param name the name within its layer, `weight` say
/// @param value an independent variable: gradients are taken by it
public record Parameter(String name, Tensor value) {
    /// A parameter that starts from a copy of these numbers.
    public static Parameter of(String name, Tensor start) {
        return new Parameter(name, start.tracked());
    }

    /// The same parameter under another name, a path from the root of a network say.
    Parameter named(String other) {
        return new Parameter(other, value);
    }
}
