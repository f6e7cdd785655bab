package org.surprisal.network;

import org.surprisal.tensor.Tensor;

/// Numbers of a layer that training changes without gradients, in place: the running averages of batch normalisation.
/// They belong to the trained network as parameters do.
///
/// @param name the name within its layer, `running-mean` say
/// @param value a constant
public record Buffer(String name, Tensor value) {
    /// @throws IllegalArgumentException when the value is tracked: gradients are taken by parameters
    public Buffer {
        if (value.isTracked()) {
            throw new IllegalArgumentException("buffer " + name + ", shape " + value.shape() + ", must not be tracked");
        }
    }

    /// The same buffer under another name, a path from the root of a network say.
    Buffer named(String other) {
        return new Buffer(other, value);
    }
}
