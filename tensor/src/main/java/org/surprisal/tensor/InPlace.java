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
        check("blend", target, x);
        target.claimForWriting().blend(a, x.storage(), b);
    }

    /// target = x, whatever target held. Shapes and element types must agree.
    public static void assign(Tensor target, Tensor x) {
        check("assign", target, x);
        target.claimForWriting().assign(x.storage());
    }

    private static void check(String operation, Tensor target, Tensor x) {
        if (!target.shape().equals(x.shape()) || target.type() != x.type()) {
            throw new IllegalArgumentException(operation + ": " + target.type() + " " + target.shape() + " and "
                    + x.type() + " " + x.shape() + " differ");
        }
    }
}
