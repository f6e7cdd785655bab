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

    /// @throws IllegalArgumentException for an input of another shape, or one that the window does not fit
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        if (input.rank() != 4) {
            throw new IllegalArgumentException(
                    input.shape() + " given; a batch of images (n, channels, height, width) is needed");
        }
        return input.averagePool(window);
    }
}
