package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// A result with all that it was made from, found by one walk through the record: for several questions about the
/// gradients of one result. [Gradients] answers a single one.
public final class RecordedResult {
    private final Tensor result;
    /// Each tensor after its inputs.
    private final List<Tensor> order;
    private final Set<Tensor> reached = Collections.newSetFromMap(new IdentityHashMap<>());

    private RecordedResult(Tensor result) {
        this.result = result;
        this.order = Gradients.inputsFirst(result);
        reached.addAll(order);
    }

    /// Walks through the record of a result.
    public static RecordedResult of(Tensor result) {
        return new RecordedResult(result);
    }

    /// The result itself.
    public Tensor result() {
        return result;
    }

    /// Refuses what [#gradients(List, Gradients.Unreached)] would refuse, and computes nothing.
    ///
    /// @throws MissingGradientException where this choice refuses the variables that the result does not depend on
    /// through the record
    public void requireReached(List<Tensor> xs, Gradients.Unreached unreached) {
        Gradients.requireReached(result, xs, unreached, reached);
    }

    /// Whether the record leads to this variable, and to no other.
    boolean dependsOnlyOn(Tensor variable) {
        return reached.contains(variable)
                && order.stream().noneMatch(x -> x != variable && x.isTracked() && x.node() == null);
    }

    /// The gradients of the result, one number, by each of `xs`, as [Gradients#of(Tensor, List, Gradients.Unreached)]
    /// takes them.
    public List<Tensor> gradients(List<Tensor> xs, Gradients.Unreached unreached) {
        return Tracking.off(() -> walk(Gradients.one(result), xs, unreached));
    }

    /// The products of `seed`, of the shape of the result, with the Jacobians of the result by each of `xs`.
    List<Tensor> walk(Tensor seed, List<Tensor> xs, Gradients.Unreached unreached) {
        IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
        List<Tensor> distinct = new ArrayList<>();
        for (Tensor x : xs) {
            if (gradients.putIfAbsent(x, x) == null) {
                distinct.add(x);
            }
        }
        new GradientWalk(result, order, distinct, unreached, null,
                (i, gradient) -> gradients.put(distinct.get(i), gradient)).run(result, seed);
        return xs.stream().map(gradients::get).toList();
    }
}
