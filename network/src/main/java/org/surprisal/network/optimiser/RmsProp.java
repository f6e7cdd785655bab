package org.surprisal.network.optimiser;

import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// RMSProp (Hinton 2012): s <- decay s + (1 - decay) g^2, w <- w - rate g / (sqrt(s) + epsilon), element by element, s
/// starting from 0 and not corrected for it: the first steps are long.
public final class RmsProp extends GradientMethod {
    private final double decay;
    private final Epsilon epsilon;

    /// @param learningRate positive
    /// @param decay the share of the mean square that stays, in [0, 1)
    public RmsProp(double learningRate, double decay, Epsilon epsilon) {
        super(learningRate, 1);
        this.decay = HyperParameter.share("decay", decay);
        this.epsilon = epsilon;
    }

    /// With decay 0.9 (PyTorch has 0.99) and epsilon 1e-8 outside the root.
    public RmsProp(double learningRate) {
        this(learningRate, 0.9, Epsilon.outsideRoot(1e-8));
    }

    @Override
    void update(Tensor value, Tensor gradient, List<Tensor> moments, double rate, long step) {
        Tensor meanSquare = moments.getFirst();
        InPlace.blendSquare(meanSquare, 1 - decay, gradient, decay);
        InPlace.addOverRoot(value, -rate, gradient, meanSquare, epsilon.inside(), epsilon.outside());
    }
}
