package org.surprisal.network.optimiser;

import java.util.List;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Adam (Kingma and Ba 2015, algorithm 1): m <- beta1 m + (1 - beta1) g, v <- beta2 v + (1 - beta2) g^2, element by
/// element, w <- w - rate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon) at step t, m and v starting from 0.
///
/// Weight decay in its older form, lambda w added to the gradient and so divided by the root, is [Penalised] with an
/// [Penalty.L2] around it; [AdamW] is the decoupled form.
public final class Adam extends GradientMethod {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    /// The step whose corrections are known, and these: a power takes longer than a small parameter's whole step.
    private long corrected;
    private double first;
    private double root;

    /// @param learningRate positive
    /// @param beta1 the share of the mean that stays, in [0, 1)
    /// @param beta2 the share of the mean square that stays, in [0, 1)
    /// @param epsilon added to the root, positive
    public Adam(double learningRate, double beta1, double beta2, double epsilon) {
        super(learningRate, 2);
        this.beta1 = HyperParameter.share("beta1", beta1);
        this.beta2 = HyperParameter.share("beta2", beta2);
        this.epsilon = HyperParameter.positive("epsilon", epsilon);
    }

    /// With the paper's 0.9, 0.999 and 1e-8.
    public Adam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    void update(Tensor value, Tensor gradient, List<Tensor> moments, double rate, long step) {
        if (corrected != step) {
            first = 1 - StrictMath.pow(beta1, (double) step);
            root = Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
            corrected = step;
        }
        // Numerator and denominator times the root of the second correction: one pass instead of two corrected copies.
        InPlace.followAdam(value, rate * root / first, beta1, beta2, epsilon * root, gradient, moments.get(0),
                moments.get(1));
    }
}
