package org.surprisal.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Reverse-mode differentiation: one walk back through the recorded operations.
public final class Gradients {
    private Gradients() {
    }

    /// The gradients of the scalar `y` by each of `xs`, as constants. An `x` that `y` does not depend on has gradient zero.
    ///
    /// Gradients may share their numbers with one another (those of `a` and `b` in `a.plus(b)` do): do not write into them.
    ///
    /// @throws IllegalArgumentException if `y` is not one number, or an `x` is not tracked: what was made from it was not
    /// recorded, and zero would be wrong
    ///
    /// ```java
    /// Tensor x = Tensor.of(new double[] {3}).tracked();
    /// Tensor dy = Gradients.of(x.square().sum(), x).getFirst(); // 6
    /// ```
    public static List<Tensor> of(Tensor y, Tensor... xs) {
        return of(y, List.of(xs));
    }

    /// As [#of(Tensor, Tensor...)].
    public static List<Tensor> of(Tensor y, List<Tensor> xs) {
        return Tracking.off(() -> walk(y, one(y), xs));
    }

    /// The gradients of the scalar `y`, themselves recorded, so that they can be differentiated again.
    public static List<Tensor> differentiable(Tensor y, List<Tensor> xs) {
        return walk(y, one(y), xs);
    }

    /// Takes the gradients as they come.
    @FunctionalInterface
    public interface Receiver {
        /// The gradient by variable `index`. In a run of a [Workspace] it is valid during this call only.
        void accept(int index, Tensor gradient);
    }

    /// The gradients of the scalar `y` by each of `xs`, one after the other, as constants: each is handed over as soon as it is
    /// complete and no operation is left whose backward pass needs the variable's numbers, so the receiver may overwrite the
    /// variable, and no more gradients are in memory than there have to be. They come in an order of their own.
    ///
    /// @throws IllegalArgumentException as [#of(Tensor, List)], and when a variable is named twice
    public static void each(Tensor y, List<Tensor> xs, Receiver receiver) {
        Tracking.off(() -> {
            new GradientWalk(y, xs, Workspace.current(), receiver).run(y, one(y));
            return xs;
        });
    }

    private static Tensor one(Tensor y) {
        if (y.size() != 1) {
            throw new IllegalArgumentException("gradients are taken of one number, not of shape " + y.shape()
                    + ": sum it first, or take its Jacobian");
        }
        return Tensor.full(y.type(), 1, y.shape().lengths());
    }

    /// The products of `seed`, of the shape of `y`, with the Jacobians of `y` by each of `xs`.
    static List<Tensor> walk(Tensor y, Tensor seed, List<Tensor> xs) {
        IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
        List<Tensor> distinct = new ArrayList<>();
        for (Tensor x : xs) {
            if (gradients.putIfAbsent(x, x) == null) {
                distinct.add(x);
            }
        }
        new GradientWalk(y, distinct, null, (i, gradient) -> gradients.put(distinct.get(i), gradient)).run(y, seed);
        return xs.stream().map(gradients::get).toList();
    }

    /// Every recorded tensor that `y` was made from, each after its inputs. Iterative: networks are deeper than stacks.
    static List<Tensor> inputsFirst(Tensor y) {
        List<Tensor> order = new ArrayList<>();
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        record Visit(Tensor tensor, boolean inputsDone) {}
        Deque<Visit> stack = new ArrayDeque<>();
        stack.push(new Visit(y, false));
        while (!stack.isEmpty()) {
            Visit visit = stack.pop();
            if (visit.inputsDone()) {
                order.add(visit.tensor());
                continue;
            }
            if (!seen.add(visit.tensor())) {
                continue;
            }
            stack.push(new Visit(visit.tensor(), true));
            Node node = visit.tensor().node();
            if (node != null) {
                for (Tensor input : node.inputs()) {
                    stack.push(new Visit(input, false));
                }
            }
        }
        return order;
    }
}
