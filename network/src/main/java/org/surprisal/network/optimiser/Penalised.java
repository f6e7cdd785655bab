package org.surprisal.network.optimiser;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.network.Optimiser;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// An optimiser that minimises the loss plus a [Penalty]: its gradient is added before the step. The loss that training reports
/// stays the one without.
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
            Tensor gradient = gradients.get(i);
            if (i == sums.size()) {
                sums.add(Tensor.zeros(gradient.type(), gradient.shape().lengths()));
            }
            if (penalty.scope().test(parameters.get(i))) {
                InPlace.assign(sums.get(i), gradient);
                penalty.addGradient(sums.get(i), parameters.get(i).value());
                total.add(sums.get(i));
            } else {
                total.add(gradient);
            }
        }
        inner.step(parameters, total, rate);
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
