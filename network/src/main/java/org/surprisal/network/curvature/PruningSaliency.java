package org.surprisal.network.curvature;

import org.surprisal.tensor.Tensor;

/// By how much a loss at its minimum rises, to second order, when one parameter is set to zero: the smallest may go
/// first. Vectors are over all parameters, in the order of [LossHessian].
public final class PruningSaliency {
    private PruningSaliency() {
    }

    /// H_kk w_k^2 / 2, when the other parameters stay: optimal brain damage (LeCun, Denker, Solla 1990). Shape (size).
    public static Tensor brainDamage(LossHessian loss) {
        Tensor w = loss.parameters();
        return diagonal(loss.hessian().matrix()).times(w.square()).times(0.5);
    }

    /// w_k^2 / (2 (H^-1)_kk), when the others follow as in [#surgeonStep]: optimal brain surgeon (Hassibi, Stork 1993).
    /// Shape (size).
    ///
    /// @param damping added to the eigenvalues of H before it is inverted, see [org.surprisal.tensor.Hessian#inverse]
    public static Tensor brainSurgeon(LossHessian loss, double damping) {
        Tensor w = loss.parameters();
        return w.square().times(0.5).over(diagonal(loss.hessian().inverse(damping)));
    }

    /// The step that sets parameter `index` to zero at the least cost, -w_k / (H^-1)_kk times column k of H^-1. Shape
    /// (size).
    ///
    /// @param damping as in [#brainSurgeon]
    public static Tensor surgeonStep(LossHessian loss, int index, double damping) {
        Tensor inverse = loss.hessian().inverse(damping);
        Tensor column = inverse.rows(index).reshape(inverse.length(1));
        return column.times(-loss.parameters().at(index) / column.at(index));
    }

    private static Tensor diagonal(Tensor matrix) {
        double[] diagonal = new double[matrix.length(0)];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = matrix.at(i, i);
        }
        return Tensor.of(diagonal);
    }
}
