package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.bench.pytorch.TorchTraining;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.training.NarrowStep;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Workspace;

/// Training steps of our side: what [org.surprisal.network.training.Trainer] does in a step, on batches that are
/// already drawn.
final class Training implements Side {
    private final Network network;
    private final Loss loss;
    private final Optimiser optimiser;
    private final List<Batch> batches;
    private final List<Parameter> parameters;
    private final List<Tensor> variables;
    private final RandomStream draws;
    private final Workspace workspace = new Workspace();
    private final Optional<NarrowStep> narrow;
    private long steps;

    Training(Network network, Loss loss, Optimiser optimiser, List<Batch> batches) {
        this.network = network;
        this.loss = loss;
        this.optimiser = optimiser;
        this.batches = List.copyOf(batches);
        this.parameters = network.parameters();
        this.variables = parameters.stream().map(Parameter::value).toList();
        this.draws = RandomStream.seeded(0);
        this.narrow = NarrowStep.of(network, loss);
    }

    /// Our training beside PyTorch's, both from where the network is now.
    ///
    /// @param limit what the machine could do at best; empty where the task's work is no products
    static Contest contest(Scene scene, Network network, Loss loss, Optimiser optimiser,
            TorchTraining.Objective objective, TorchOptimiser torchOptimiser, List<Batch> batches, Optional<Side> limit,
            String data) throws IOException {
        return contest(scene, network, loss, optimiser, torch -> objective, torchOptimiser, batches, limit, data,
                List.of());
    }

    /// The same for an objective with constants.
    static Contest contest(Scene scene, Network network, Loss loss, Optimiser optimiser,
            Function<PyTorch, TorchTraining.Objective> objective, TorchOptimiser torchOptimiser, List<Batch> batches,
            Optional<Side> limit, String data, List<String> notes) throws IOException {
        Optional<Side> peer = Optional.empty();
        if (scene.peer()) {
            PyTorch torch = PyTorch.start();
            peer = Optional.of(TorchTraining.of(torch, objective.apply(torch), network.parameters(), torchOptimiser,
                    batches));
        }
        return new Contest(new Training(network, loss, optimiser, batches), peer, limit, data, notes);
    }

    @Override
    public double step() {
        Batch batch = batches.get((int) (steps % batches.size()));
        Optional<NarrowStep.Taken> computed = narrow.flatMap(perceptron -> perceptron.take(batch, false));
        double number = computed.isPresent() ? follow(computed.get()) : workspace.run(() -> take(batch));
        steps++;
        return number;
    }

    private double follow(NarrowStep.Taken computed) {
        Optimiser.Update update = optimiser.begin(parameters, optimiser.learningRate()).orElseThrow();
        for (int i = 0; i < parameters.size(); i++) {
            update.accept(i, computed.gradients().get(i));
        }
        return computed.loss();
    }

    private double take(Batch batch) {
        Tensor value = loss.of(network.forwardInTraining(batch.inputs(), draws.child(steps)), batch.targets());
        double number = value.item();
        double rate = optimiser.learningRate();
        Optional<Optimiser.Update> update = Workspace.outside(() -> optimiser.begin(parameters, rate));
        if (update.isPresent()) {
            Gradients.each(value, variables, Gradients.Unreached.ZERO_UNLESS_ALL, update.get()::accept);
        } else {
            optimiser.step(parameters, Gradients.of(value, variables, Gradients.Unreached.ZERO_UNLESS_ALL), rate);
        }
        return number;
    }
}
