package org.surprisal.network.layer;

import java.util.stream.IntStream;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// Each sample's numbers in another shape: (n, 784) becomes (n, 1, 28, 28), say.
///
/// @param sample the shape of one sample
public record Reshape(Shape sample) implements Layer {
    @Override
    public Tensor forward(Tensor input, Pass pass) {
        if (input.rank() == 0) {
            throw new IllegalArgumentException("() given; a batch (n, …) is needed");
        }
        if (input.size() != (long) input.length(0) * sample.size()) {
            throw new IllegalArgumentException(input.shape() + " given; a batch (n, …) of samples of " + sample.size()
                    + " numbers is needed, for shape " + sample);
        }
        return input.reshape(IntStream.concat(IntStream.of(input.length(0)), IntStream.of(sample.lengths())).toArray());
    }
}
