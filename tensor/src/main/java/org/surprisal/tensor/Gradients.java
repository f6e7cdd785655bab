package org.surprisal.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    private static Tensor one(Tensor y) {
        if (y.size() != 1) {
            throw new IllegalArgumentException("gradients are taken of one number, not of shape " + y.shape()
                    + ": sum it first, or take its Jacobian");
        }
        return Tensor.full(y.type(), 1, y.shape().lengths());
    }

    /// The products of `seed`, of the shape of `y`, with the Jacobians of `y` by each of `xs`.
    static List<Tensor> walk(Tensor y, Tensor seed, List<Tensor> xs) {
        for (int i = 0; i < xs.size(); i++) {
            if (!xs.get(i).isTracked()) {
                throw new IllegalArgumentException("variable " + i + ", shape " + xs.get(i).shape()
                        + ", is a constant: gradients are taken by tracked tensors");
            }
        }
        Set<Tensor> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(xs);
        List<Tensor> order = inputsFirst(y);
        Set<Tensor> needed = leadingTo(wanted, order);
        IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
        gradients.put(y, seed);
        for (Tensor output : order.reversed()) {
            Node node = output.node();
            if (node == null || !needed.contains(output)) {
                continue;
            }
            // A gradient that was not asked for is let go as soon as it has been passed on.
            Tensor gradient = wanted.contains(output) ? gradients.get(output) : gradients.remove(output);
            if (gradient == null) {
                continue;
            }
            node.checkVersions(output);
            for (int i = 0; i < node.inputs().size(); i++) {
                Tensor input = node.inputs().get(i);
                if (needed.contains(input)) {
                    gradients.merge(input, node.backward().get(i).apply(gradient), Tensor::plus);
                }
            }
        }
        List<Tensor> result = new ArrayList<>(xs.size());
        for (Tensor x : xs) {
            @Nullable
            Tensor gradient = gradients.get(x);
            result.add(gradient != null ? gradient : Tensor.zeros(x.type(), x.shape().lengths()));
        }
        return result;
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

    /// Those tensors of `order` that are wanted or were made from one that is.
    private static Set<Tensor> leadingTo(Set<Tensor> wanted, List<Tensor> order) {
        Set<Tensor> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Tensor tensor : order) {
            Node node = tensor.node();
            if (wanted.contains(tensor) || (node != null && node.inputs().stream().anyMatch(needed::contains))) {
                needed.add(tensor);
            }
        }
        return needed;
    }
}
