package org.surprisal.network.optimiser;

import java.util.List;
import java.util.Optional;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.tensor.InPlace;
import org.surprisal.tensor.Tensor;

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019): w <- (1 - rate decay) w, then the step of [Adam],
/// whose moments know nothing of the decay. The decay follows the schedule of the rate, as in PyTorch.
public final class AdamW implements Optimiser {
    private final Adam adam;
    private final double decay;
    private final Regularised decayed;

    /// @param decay not negative; 0 is Adam
    /// @param decayed the parameters that decay
    public AdamW(Adam adam, double decay, Regularised decayed) {
        this.adam = adam;
        this.decay = HyperParameter.notNegative("decay", decay);
        this.decayed = decayed;
    }

    /// Adam with its usual betas and epsilon; weights decay, biases do not.
    public AdamW(double learningRate, double decay) {
        this(new Adam(learningRate), decay, Regularised.WEIGHTS);
    }

    @Override
    public double learningRate() {
        return adam.learningRate();
    }

    @Override
    public void step(List<Parameter> parameters, List<Tensor> gradients, double rate) {
        HyperParameter.notNegative("rate", rate);
        parameters.forEach(parameter -> decay(parameter, rate));
        adam.step(parameters, gradients, rate);
    }

    @Override
    public Optional<Update> begin(List<Parameter> parameters, double rate) {
        return adam.begin(parameters, rate).map(update -> (index, gradient) -> {
            decay(parameters.get(index), rate);
            update.accept(index, gradient);
        });
    }

    private void decay(Parameter parameter, double rate) {
        if (decayed.test(parameter)) {
            Tensor value = parameter.value();
            InPlace.blend(value, -rate * decay, value, 1);
        }
    }

    @Override
    public void save(State to) {
        adam.save(to);
    }

    @Override
    public void restore(State from) {
        adam.restore(from);
    }
}
