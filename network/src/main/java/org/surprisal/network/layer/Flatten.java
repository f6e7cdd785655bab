package org.surprisal.network.layer;

import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// Each sample's numbers in a row: (n, …) becomes (n, features).
public record Flatten() implements Layer {
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        if (input.rank() == 0) {
            throw new IllegalArgumentException("() given; a batch (n, …) is needed");
        }
        int features = 1;
        for (int axis = 1; axis < input.rank(); axis++) {
            features *= input.length(axis);
        }
        return input.reshape(input.length(0), features);
    }
}
