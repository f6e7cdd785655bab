package org.surprisal.network.layer;

import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// Images (n, channels, height, width): of what each window sees, the mean (lecture notes, Fig 178).
///
/// @param window how it moves; a border counts as zeros
public record AveragePooling2d(Window window) implements Layer {
    /// Windows of `length` x `length`, side by side.
    public static AveragePooling2d of(int length) {
        return new AveragePooling2d(Window.of(length).stride(length));
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return input.averagePool(window);
    }
}
