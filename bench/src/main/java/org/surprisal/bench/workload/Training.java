package org.surprisal.bench.workload;

import java.util.List;
import org.surprisal.bench.harness.Side;
import org.surprisal.data.Batch;
import org.surprisal.network.Loss;
import org.surprisal.network.Network;
import org.surprisal.network.Optimiser;
import org.surprisal.network.Parameter;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// Training steps of our side: what [org.surprisal.network.Trainer] does in a step, on batches that are already drawn.
final class Training implements Side {
    private final Network network;
    private final Loss loss;
    private final Optimiser optimiser;
    private final List<Batch> batches;
    private final List<Parameter> parameters;
    private final List<Tensor> variables;
    private final RandomStream draws;
    private long steps;

    Training(Network network, Loss loss, Optimiser optimiser, List<Batch> batches) {
        this.network = network;
        this.loss = loss;
        this.optimiser = optimiser;
        this.batches = List.copyOf(batches);
        this.parameters = network.parameters();
        this.variables = parameters.stream().map(Parameter::value).toList();
        this.draws = RandomStream.seeded(0);
    }

    @Override
    public double step() {
        Batch batch = batches.get((int) (steps % batches.size()));
        Tensor value = loss.of(network.forwardInTraining(batch.inputs(), draws.child(steps)), batch.targets());
        double number = value.item();
        optimiser.step(parameters, Gradients.of(value, variables));
        steps++;
        return number;
    }
}
