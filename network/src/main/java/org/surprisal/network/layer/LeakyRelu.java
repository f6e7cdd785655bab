package org.surprisal.network.layer;

import java.util.function.UnaryOperator;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// x for x > 0, slope x below: no unit dies (Maas et al. 2013). At 0 the derivative is the slope.
///
/// @param slope finite; between 0 and 1 it is max(slope x, x)
public record LeakyRelu(double slope) implements Layer, UnaryOperator<Tensor> {
    public LeakyRelu {
        if (!Double.isFinite(slope)) {
            throw new IllegalArgumentException("slope (=" + slope + ") must be finite");
        }
    }

    @Override
    public Tensor apply(Tensor x) {
        return x.relu().plus(x.negativePart().times(slope));
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return apply(input);
    }
}
