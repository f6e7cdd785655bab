package org.surprisal.network.curvature;

import java.util.Map;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.loss.Loss;
import org.surprisal.tensor.Tensor;

/// Error bars of a network's predictions from the curvature of its loss (MacKay 1992): the parameters are taken as
/// normal about the minimum with covariance C = (n H + precision I)^-1, where n H is the Hessian of the summed negative
/// log-likelihood of the n training samples; the variance of an output with gradient g by the parameters is g C g.
///
/// It is the uncertainty that comes from the parameters alone, without the noise of the targets.
public final class LaplaceErrorBars {
    private final Network network;
    private final Tensor covariance;

    /// @param loss a negative log-likelihood in nats, mean over the samples: the cross-entropies; a squared error
    /// divided by twice the noise variance
    /// @param training what the network was trained on, to the minimum
    /// @param precision of the normal prior of every parameter, 1 / variance, not negative
    /// @throws ArithmeticException if n H + precision I is not positive definite: the network is at no minimum, or has
    /// flat directions that the prior must hold
    public LaplaceErrorBars(Network network, Loss loss, Batch training, double precision) {
        if (!(precision >= 0) || Double.isInfinite(precision)) {
            throw new IllegalArgumentException("precision (=" + precision + ") must be finite and not negative");
        }
        this.network = network;
        int n = training.size();
        this.covariance = new LossHessian(network, loss, training).hessian().inverse(precision / n).times(1.0 / n);
    }

    /// The covariance of the parameters, shape (size, size) in the order of [LossHessian].
    public Tensor covariance() {
        return covariance;
    }

    /// The standard deviation of each output, shape (samples, outputs).
    public Tensor standardDeviations(Tensor inputs) {
        Map<String, Tensor> jacobians = NetworkJacobian.byParameter(network, inputs);
        Tensor first = jacobians.values().iterator().next();
        int rows = first.length(0) * first.length(1);
        int size = covariance.length(0);
        double[] joined = new double[Math.multiplyExact(rows, size)];
        int start = 0;
        for (Tensor jacobian : jacobians.values()) {
            double[] values = jacobian.toDoubles();
            int width = jacobian.length(2);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(values, row * width, joined, row * size + start, width);
            }
            start += width;
        }
        Tensor g = Tensor.of(joined, rows, size);
        // A variance that is 0 may come out a rounding below.
        return g.matmul(covariance).times(g).sum(1).relu().sqrt().reshape(first.length(0), first.length(1));
    }
}
