package org.surprisal.network.optimiser;

import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// AdaGrad (Duchi, Hazan, Singer 2011): s <- s + g^2, w <- w - rate g / (sqrt(s) + epsilon), element by element, s
/// starting from 0.
public final class AdaGrad extends GradientMethod {
    /// What is added outside the root where nothing else is chosen; PyTorch's.
    public static final double EPSILON = 1e-10;

    private final Epsilon epsilon;

    /// @param learningRate positive
    public AdaGrad(double learningRate, Epsilon epsilon) {
        super(learningRate, 1);
        this.epsilon = epsilon;
    }

    /// With epsilon [#EPSILON] outside the root.
    public AdaGrad(double learningRate) {
        this(learningRate, Epsilon.outsideRoot(EPSILON));
    }

    @Override
    void update(Tensor value, Tensor gradient, List<Tensor> moments, double rate, long step) {
        Tensor squares = moments.getFirst();
        InPlace.blendSquare(squares, 1, gradient, 1);
        InPlace.addOverRoot(value, -rate, gradient, squares, epsilon.inside(), epsilon.outside());
    }
}
