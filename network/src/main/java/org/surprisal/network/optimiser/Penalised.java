package org.surprisal.network.optimiser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;

/// An optimiser that minimises the loss plus a [Penalty]: its gradient is added before the step. The loss that training
/// reports stays the one without.
///
/// ```java
/// // PyTorch's Adam(lr=3e-4, weight_decay=1e-8)
/// Optimiser optimiser = new Penalised(new Adam(3e-4), new Penalty.L2(1e-8, Regularised.ALL));
/// ```
public final class Penalised implements Optimiser {
    private final Optimiser inner;
    private final Penalty penalty;
    /// Gradients are left to those who listen to training: sums are written here.
    private final List<Tensor> sums = new ArrayList<>();
    /// Where gradients come one after the other, one of each shape does.
    private final Map<Shape, Tensor> passing = new HashMap<>();

    public Penalised(Optimiser inner, Penalty penalty) {
        this.inner = inner;
        this.penalty = penalty;
    }

    @Override
    public double learningRate() {
        return inner.learningRate();
    }

    @Override
    public void step(List<Parameter> parameters, List<Tensor> gradients, double rate) {
        List<Tensor> total = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            if (i == sums.size()) {
                sums.add(zeros(gradients.get(i)));
            }
            total.add(total(parameters.get(i), gradients.get(i), sums.get(i)));
        }
        inner.step(parameters, total, rate);
    }

    @Override
    public Optional<Update> begin(List<Parameter> parameters, double rate) {
        return inner.begin(parameters, rate).map(update -> (index, gradient) -> {
            Tensor sum = passing.computeIfAbsent(gradient.shape(), shape -> zeros(gradient));
            update.accept(index, total(parameters.get(index), gradient, sum));
        });
    }

    private static Tensor zeros(Tensor like) {
        return Tensor.zeros(like.type(), like.shape().lengths());
    }

    /// The gradient with the penalty's, written to `sum` where there is one.
    private Tensor total(Parameter parameter, Tensor gradient, Tensor sum) {
        if (!penalty.scope().test(parameter)) {
            return gradient;
        }
        InPlace.assign(sum, gradient);
        penalty.addGradient(sum, parameter.value());
        return sum;
    }

    @Override
    public void save(State to) {
        inner.save(to);
    }

    @Override
    public void restore(State from) {
        inner.restore(from);
    }
}
