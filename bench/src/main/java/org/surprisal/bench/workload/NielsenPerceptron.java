package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.bench.pytorch.TorchTraining;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.AgainstOneHot;
import org.surprisal.network.loss.HalfSquaredError;
import org.surprisal.network.optimiser.Sgd;

/// The first network of Nielsen's *Neural Networks and Deep Learning* (chapter 1): sigmoids, half the squared error
/// against one-hot rows, ten images to a step.
public record NielsenPerceptron() implements Workload {
    private static final int INPUTS = 784;
    private static final List<Integer> WIDTHS = List.of(30, 10);
    private static final int BATCH = 10;
    private static final int BATCHES = 100;
    private static final double RATE = 3;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of("""
                h = torch.sigmoid(torch.linear(x, w[0], w[1]))
                h = torch.sigmoid(torch.linear(h, w[2], w[3]))
                d = torch.sub(h, torch.to(torch.one_hot(y, 10), 6))
                loss = torch.mul(torch.sum(torch.mul(d, d)), 0.05)
            """, true);

    @Override
    public String name() {
        return "nielsen";
    }

    @Override
    public String summary() {
        return "784-30-10, sigmoid, half the squared error, batch 10, SGD 3";
    }

    @Override
    public Work work() {
        return new Work(1, "steps");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(5));
    }

    @Override
    public Check check() {
        return new Check(10, 1e-4);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        Images data = Images.of(scene, BATCHES, BATCH);
        return Training.contest(scene,
                MultilayerPerceptron.of(Start.tanh(INPUTS, WIDTHS, scene.stream().child("nielsen")), Activation.SIGMOID,
                        Activation.SIGMOID),
                new AgainstOneHot(new HalfSquaredError()), new Sgd(RATE, 0), OBJECTIVE, TorchOptimiser.sgd(RATE, 0),
                data.batches(), Optional.empty(), data.source());
    }
}
