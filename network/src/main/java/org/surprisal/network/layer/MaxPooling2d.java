package org.surprisal.network.layer;

import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// Images (n, channels, height, width): of what each window sees, the largest (lecture notes, Fig 178).
///
/// @param window how it moves; a border is never the largest
public record MaxPooling2d(Window window) implements Layer {
    /// Windows of `length` x `length`, side by side.
    public static MaxPooling2d of(int length) {
        return new MaxPooling2d(Window.of(length).stride(length));
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return input.maxPool(window);
    }
}
