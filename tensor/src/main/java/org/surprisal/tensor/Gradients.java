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

    /// What is answered for a variable that a result does not depend on through the record: because it truly does not,
    /// or because the record was cut, which the numbers alone do not tell. A gradient that is zero in spite of a
    /// dependence, that of a dead ReLU or of `x.times(0)`, is zero whatever is chosen here.
    public enum Unreached {
        /// A [MissingGradientException], as in PyTorch. What is chosen where nothing else is.
        REFUSED,
        /// Zero, where the result depends on another one of the variables; else a [MissingGradientException]. For the
        /// parameters of a network, some of which may serve no purpose.
        ZERO_UNLESS_ALL,
        /// Zero, as in JAX and as PyTorch's `materialize_grads`.
        ZERO
    }

    /// The gradients of the scalar `y` by each of `xs`, as constants.
    ///
    /// Gradients may share their numbers with one another (those of `a` and `b` in `a.plus(b)` do): do not write into
    /// them.
    ///
    /// @throws IllegalArgumentException if `y` is not one number, or an `x` is not tracked: what was made from it was
    /// not recorded, and zero would be wrong
    /// @throws MissingGradientException if `y` does not depend on an `x` through the record
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
        return of(y, xs, Unreached.REFUSED);
    }

    /// As [#of(Tensor, Tensor...)], with a choice of what is answered for a variable that `y` does not depend on.
    public static List<Tensor> of(Tensor y, List<Tensor> xs, Unreached unreached) {
        return Tracking.off(() -> walk(y, one(y), xs, unreached));
    }

    /// The gradients of the scalar `y`, themselves recorded, so that they can be differentiated again. The gradient of
    /// a linear function is a constant all the same.
    ///
    /// @throws IllegalArgumentException as [#of(Tensor, Tensor...)]
    /// @throws IllegalStateException inside [Tracking#off], where nothing is recorded
    public static List<Tensor> differentiable(Tensor y, List<Tensor> xs) {
        return differentiable(y, xs, Unreached.REFUSED);
    }

    /// As [#differentiable(Tensor, List)], with a choice of what is answered for a variable that `y` does not depend
    /// on.
    public static List<Tensor> differentiable(Tensor y, List<Tensor> xs, Unreached unreached) {
        Tracking.requireOn("Gradients.differentiable");
        return walk(y, one(y), xs, unreached);
    }

    /// Takes the gradients as they come.
    @FunctionalInterface
    public interface Receiver {
        /// The gradient by variable `index`. In a run of a [Workspace] it is valid during this call only.
        void accept(int index, Tensor gradient);
    }

    /// The gradients of the scalar `y` by each of `xs`, one after the other, as constants: each is handed over as soon
    /// as it is complete and no operation is left whose backward pass needs the variable's numbers, so the receiver may
    /// overwrite the variable, and no more gradients are in memory than there have to be. They come in an order of
    /// their own.
    ///
    /// @throws IllegalArgumentException as [#of(Tensor, List)], and when a variable is named twice; before the first
    /// gradient
    public static void each(Tensor y, List<Tensor> xs, Receiver receiver) {
        each(y, xs, Unreached.REFUSED, receiver);
    }

    /// As [#each(Tensor, List, Receiver)], with a choice of what is answered for a variable that `y` does not depend
    /// on.
    public static void each(Tensor y, List<Tensor> xs, Unreached unreached, Receiver receiver) {
        Tracking.off(() -> {
            new GradientWalk(y, inputsFirst(y), xs, unreached, Workspace.current(), receiver).run(y, one(y));
            return xs;
        });
    }

    /// @param reached what `y` was made from, the variables among it at least
    static void requireReached(Tensor y, List<Tensor> xs, Unreached unreached, Set<Tensor> reached) {
        if (unreached == Unreached.ZERO || reached.containsAll(xs)) {
            return;
        }
        List<Tensor> missing = xs.stream().filter(x -> !reached.contains(x)).toList();
        if (unreached == Unreached.REFUSED || missing.size() == xs.size()) {
            throw MissingGradientException.of(y, xs, missing,
                    unreached == Unreached.REFUSED ? " (for zeros instead, pass Gradients.Unreached.ZERO)" : "");
        }
    }

    static Tensor one(Tensor y) {
        if (y.size() != 1) {
            throw new IllegalArgumentException("gradients are taken of one number, not of a tensor of shape "
                    + y.shape() + ": sum it first, or take its Jacobian");
        }
        return Tensor.full(y.type(), 1, y.shape().lengths());
    }

    /// The products of `seed`, of the shape of `y`, with the Jacobians of `y` by each of `xs`.
    static List<Tensor> walk(Tensor y, Tensor seed, List<Tensor> xs, Unreached unreached) {
        return RecordedResult.of(y).walk(seed, xs, unreached);
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
