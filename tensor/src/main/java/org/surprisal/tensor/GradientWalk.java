package org.surprisal.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One walk back through the operations that made a tensor. It hands out the gradient by each variable once it is
/// complete and the variable's numbers have served their last backward pass.
final class GradientWalk {
    private final List<Tensor> order;
    private final Set<Tensor> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    /// The variables whose gradients have not been handed out, with their numbers.
    private final IdentityHashMap<Tensor, Integer> wanted = new IdentityHashMap<>();
    private final IdentityHashMap<Storage<?>, Uses> uses = new IdentityHashMap<>();
    private final Gradients.Receiver receiver;
    private final IdentityHashMap<Tensor, Tensor> pending = new IdentityHashMap<>();
    private final @Nullable Workspace lender;
    private final long loansBefore;
    /// How many pending gradients keep their numbers in a storage: those of `a` and `b` in `a.plus(b)` share one.
    private final IdentityHashMap<Storage<?>, Integer> holders = new IdentityHashMap<>();

    /// Of the variables that keep their numbers in one storage: how many operations that use it are still to come.
    private static final class Uses {
        private final List<Tensor> variables = new ArrayList<>();
        private int left;
    }

    /// @param order what `y` was made from, each tensor after its inputs
    /// @param lender whom a gradient's memory goes back to once it has been passed on, if it came from there
    GradientWalk(Tensor y, List<Tensor> order, List<Tensor> variables, Gradients.Unreached unreached,
            @Nullable Workspace lender, Gradients.Receiver receiver) {
        for (int i = 0; i < variables.size(); i++) {
            Tensor variable = variables.get(i);
            if (!variable.isTracked()) {
                throw new IllegalArgumentException("variable " + i + ", shape " + variable.shape()
                        + ", is not tracked: call tracked() on it before the computation, and compute with the"
                        + " tensor that tracked() returns");
            }
            Integer before = wanted.putIfAbsent(variable, i);
            if (before != null) {
                throw new IllegalArgumentException(
                        "variable " + i + ", shape " + variable.shape() + ", is variable " + before + " again");
            }
            uses.computeIfAbsent(variable.storage(), key -> new Uses()).variables.add(variable);
        }
        this.receiver = receiver;
        this.lender = lender;
        this.loansBefore = lender == null ? 0 : lender.loans();
        this.order = order;
        for (Tensor tensor : order) {
            Node node = tensor.node();
            if (wanted.containsKey(tensor) || (node != null && leadsBack(node))) {
                needed.add(tensor);
                countUses(node);
            }
        }
        Gradients.requireReached(y, variables, unreached, needed);
    }

    private boolean leadsBack(Node node) {
        for (Tensor input : node.inputs()) {
            if (needed.contains(input)) {
                return true;
            }
        }
        return false;
    }

    private void countUses(@Nullable Node node) {
        if (node != null) {
            for (Tensor input : node.inputs()) {
                Uses there = uses.get(input.storage());
                if (there != null) {
                    there.left++;
                }
            }
        }
    }

    /// @param seed the gradient of `y`, of its shape
    void run(Tensor y, Tensor seed) {
        add(y, seed);
        for (Tensor output : order.reversed()) {
            Node node = output.node();
            if (node != null && needed.contains(output)) {
                visit(output, node);
                for (Tensor input : node.inputs()) {
                    Uses there = uses.get(input.storage());
                    if (there != null && --there.left == 0) {
                        there.variables.forEach(this::handOutLeaf);
                    }
                }
            }
        }
        for (Tensor rest : List.copyOf(wanted.keySet())) {
            Tensor gradient = pending.remove(rest);
            handOut(rest, gradient != null ? gradient : Tensor.zeros(rest.type(), rest.shape().lengths()));
        }
    }

    /// All uses of `output` have been visited, so its gradient is complete.
    private void visit(Tensor output, Node node) {
        Tensor gradient = pending.remove(output);
        if (gradient == null) {
            return;
        }
        handOut(output, gradient);
        node.checkVersions(output);
        List<Tensor> inputs = node.inputs();
        node.backward().pass(gradient, i -> needed.contains(inputs.get(i)), (i, part) -> add(inputs.get(i), part));
        release(gradient);
    }

    private void add(Tensor tensor, Tensor gradient) {
        holders.merge(gradient.storage(), 1, Integer::sum);
        Tensor before = pending.get(tensor);
        if (before == null) {
            pending.put(tensor, gradient);
            return;
        }
        Tensor sum = before.plus(gradient);
        holders.merge(sum.storage(), 1, Integer::sum);
        pending.put(tensor, sum);
        release(before);
        release(gradient);
    }

    private void handOutLeaf(Tensor variable) {
        Tensor gradient = variable.node() == null ? pending.remove(variable) : null;
        if (gradient != null) {
            handOut(variable, gradient);
            release(gradient);
        }
    }

    private void handOut(Tensor variable, Tensor gradient) {
        Integer index = wanted.remove(variable);
        if (index != null) {
            Tensor given = gradient.isTracked()
                    ? gradient
                    : gradient.constant(Tracking.isOn() ? Origin.CONSTANT_GRADIENT : Origin.GRADIENT);
            Workspace.outside(() -> {
                receiver.accept(index, given);
                return index;
            });
        }
    }

    private void release(Tensor gradient) {
        Storage<?> storage = gradient.storage();
        boolean shared = holders.merge(storage, -1, Integer::sum) > 0;
        if (!shared) {
            holders.remove(storage);
        }
        if (lender != null && !shared && storage.loan() > loansBefore) {
            lender.takeBack(storage);
        }
    }
}
