package org.surprisal.network.optimiser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.surprisal.network.Parameter;
import org.surprisal.network.State;
import org.surprisal.tensor.Tensor;

/// What the optimisers share: each parameter is changed by its own gradient and by its moments, tensors of its shape
/// that start from 0.
abstract sealed class GradientMethod implements Optimiser
        permits
        AdaGrad,
        Adam,
        HeavyBall,
        Nesterov,
        RmsProp,
        Sgd {
    private final double learningRate;
    private final int momentCount;
    private final List<List<Tensor>> moments = new ArrayList<>();
    private long steps;

    GradientMethod(double learningRate, int momentCount) {
        this.learningRate = HyperParameter.positive("learningRate", learningRate);
        this.momentCount = momentCount;
    }

    @Override
    public final double learningRate() {
        return learningRate;
    }

    @Override
    public final void step(List<Parameter> parameters, List<Tensor> gradients, double rate) {
        if (gradients.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    gradients.size() + " gradients for " + parameters.size() + " parameters");
        }
        Update update = started(parameters, rate);
        for (int i = 0; i < gradients.size(); i++) {
            update.accept(i, gradients.get(i));
        }
    }

    @Override
    public final Optional<Update> begin(List<Parameter> parameters, double rate) {
        return Optional.of(started(parameters, rate));
    }

    private Update started(List<Parameter> parameters, double rate) {
        HyperParameter.notNegative("rate", rate);
        if (steps == 0) {
            parameters.forEach(parameter -> moments.add(zeros(parameter.value())));
        } else if (parameters.size() != moments.size()) {
            throw new IllegalArgumentException("an optimiser belongs to one training run: this one has moments of "
                    + moments.size() + " parameters and was given " + parameters.size());
        }
        steps++;
        return (index, gradient) -> update(parameters.get(index).value(), gradient, moments.get(index), rate, steps);
    }

    @Override
    public final void save(State to) {
        to.put(kind(), 1);
        to.put("steps", steps);
        to.put("parameters", moments.size());
        for (int i = 0; i < moments.size(); i++) {
            to.put("moments." + i, moments.get(i));
        }
    }

    @Override
    public final void restore(State from) {
        if (!from.has(kind())) {
            throw new IllegalArgumentException("the saved state is of another optimiser than " + kind());
        }
        steps = from.count("steps");
        moments.clear();
        for (long i = 0; i < from.count("parameters"); i++) {
            List<Tensor> kept = from.copies("moments." + i);
            if (kept.size() != momentCount) {
                throw new IllegalArgumentException("the saved state is of another optimiser: it keeps " + kept.size()
                        + " moments of a parameter, and this one " + momentCount);
            }
            moments.add(kept);
        }
    }

    /// Moments of other methods are as many, and mean something else.
    private String kind() {
        return getClass().getSimpleName();
    }

    private List<Tensor> zeros(Tensor like) {
        List<Tensor> zeros = new ArrayList<>();
        for (int i = 0; i < momentCount; i++) {
            zeros.add(Tensor.zeros(like.type(), like.shape().lengths()));
        }
        return zeros;
    }

    /// Changes one parameter and its moments in place.
    ///
    /// @param step from 1
    abstract void update(Tensor value, Tensor gradient, List<Tensor> moments, double rate, long step);
}
