package org.surprisal.tensor;

/// Writing into tensors, for optimisers: parameters and their moments keep their place in memory from step to step.
///
/// The one exception to 'tensors do not change'. Only tensors that no recorded operation made can be written; a graph
/// recorded before the write refuses to be differentiated after it.
public final class InPlace {
    private InPlace() {
    }

    /// target = a x + b target. Shapes and element types must agree.
    public static void blend(Tensor target, double a, Tensor x, double b) {
        if (!target.shape().equals(x.shape())) {
            throw new IllegalArgumentException("blend: shapes " + target.shape() + " and " + x.shape() + " differ");
        }
        target.claimForWriting().blend(a, x.storage(), b);
    }

    /// target = x.
    public static void assign(Tensor target, Tensor x) {
        blend(target, 1, x, 0);
    }
}
