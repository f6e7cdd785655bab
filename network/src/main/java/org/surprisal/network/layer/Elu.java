package org.surprisal.network.layer;

import java.util.function.UnaryOperator;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// The exponential linear unit: x for x > 0, alpha (e^x - 1) below, where it saturates at -alpha (Clevert et al. 2016).
/// At 0 the derivative is alpha, that from the left; it is continuous for alpha 1.
///
/// @param alpha finite
public record Elu(double alpha) implements Layer, UnaryOperator<Tensor> {
    public Elu {
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("alpha (=" + alpha + ") must be finite");
        }
    }

    @Override
    public Tensor apply(Tensor x) {
        // The exponential sees no positive number, so that it cannot overflow into either pass.
        return x.relu().plus(x.negativePart().expm1().times(alpha));
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return apply(input);
    }
}
