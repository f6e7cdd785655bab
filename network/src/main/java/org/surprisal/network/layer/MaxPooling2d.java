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

    /// @throws IllegalArgumentException for an input of another shape, or one that the window does not fit
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        if (input.rank() != 4) {
            throw new IllegalArgumentException(
                    input.shape() + " given; a batch of images (n, channels, height, width) is needed");
        }
        return input.maxPool(window);
    }
}
