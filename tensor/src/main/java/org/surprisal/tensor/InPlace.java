package org.surprisal.tensor;

/// Writing into tensors, for optimisers: parameters and their moments keep their place in memory from step to step.
///
/// The one exception to 'tensors do not change'. Only tensors that no recorded operation made can be written; a graph
/// recorded before the write refuses to be differentiated after it. A write shows in every tensor that shares the
/// numbers: [Tensor#detached], [Tensor#reshape] and gradients of sums share them, [Tensor#tracked] copies them.
public final class InPlace {
    private InPlace() {
    }

    /// target = a x + b target. Shapes and element types must agree.
    public static void blend(Tensor target, double a, Tensor x, double b) {
        check("blend", target, x);
        target.claimForWriting().blend(a, x.storage(), b);
    }

    /// target = a x^2 + b target, element by element: the second moment of gradients.
    public static void blendSquare(Tensor target, double a, Tensor x, double b) {
        check("blendSquare", target, x);
        target.claimForWriting().blendSquare(a, x.storage(), b);
    }

    /// target = target + a x / (sqrt(s + inside) + outside), element by element: the step of optimisers that divide by
    /// the size of past gradients.
    public static void addOverRoot(Tensor target, double a, Tensor x, Tensor s, double inside, double outside) {
        check("addOverRoot", target, x);
        check("addOverRoot", target, s);
        target.claimForWriting().addOverRoot(a, x.storage(), s.storage(), inside, outside);
    }

    /// velocity = gradient + momentum velocity, then target = target - rate velocity: descent with momentum, in one
    /// pass.
    public static void followMomentum(Tensor target, double rate, double momentum, Tensor gradient, Tensor velocity) {
        check("followMomentum", target, gradient);
        check("followMomentum", target, velocity);
        target.claimForWriting().followMomentum(rate, momentum, gradient.storage(), velocity.claimForWriting());
    }

    /// mean = beta1 mean + (1 - beta1) gradient and meanSquare = beta2 meanSquare + (1 - beta2) gradient^2, then
    /// target = target - rate mean / (sqrt(meanSquare) + outside), element by element: the step of Adam, in one pass.
    public static void followAdam(Tensor target, double rate, double beta1, double beta2, double outside,
            Tensor gradient, Tensor mean, Tensor meanSquare) {
        check("followAdam", target, gradient);
        check("followAdam", target, mean);
        check("followAdam", target, meanSquare);
        target.claimForWriting().followAdam(rate, beta1, beta2, outside, gradient.storage(), mean.claimForWriting(),
                meanSquare.claimForWriting());
    }

    /// target = target + a sign(x), element by element, where sign(0) = 0.
    public static void addSign(Tensor target, double a, Tensor x) {
        check("addSign", target, x);
        target.claimForWriting().addSign(a, x.storage());
    }

    /// target = min(max(target, low), high), element by element; NaN stays NaN.
    public static void clamp(Tensor target, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clamp: low (=" + low + ") must not exceed high (=" + high + ")");
        }
        target.claimForWriting().clamp(low, high);
    }

    /// target = x, whatever target held. Shapes and element types must agree.
    public static void assign(Tensor target, Tensor x) {
        check("assign", target, x);
        target.claimForWriting().assign(x.storage());
    }

    /// Gives a tensor's numbers the name that error messages call them by, the path of a parameter for example. It
    /// changes nothing else; a later name replaces it.
    public static void name(Tensor target, String name) {
        target.storage().name(name);
    }

    private static void check(String operation, Tensor target, Tensor x) {
        if (!target.shape().equals(x.shape()) || target.type() != x.type()) {
            String name = target.storage().name();
            throw new IllegalArgumentException(operation + (name == null ? "" : " into '" + name + "'") + ": "
                    + target.type() + " " + target.shape() + " and " + x.type() + " " + x.shape() + " differ"
                    + (target.type() == x.type() ? "" : target.type().remedy("the second")));
        }
    }
}
