package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.bench.pytorch.TorchScripts;
import org.surprisal.bench.pytorch.TorchTraining;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;

/// The networks behind the relative entropy by depth: layers of 784, then 400 and 10, tanh after each, cross-entropy of
/// the outputs, SGD with momentum.
///
/// @param depth layers of 784
public record ThesisPerceptron(int depth) implements Workload {
    private static final int INPUTS = 784;
    private static final int BATCH = 128;
    private static final int BATCHES = 16;
    private static final double RATE = 0.005;
    private static final double MOMENTUM = 0.8;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of(TorchScripts.perceptron("""
                loss = torch.cross_entropy_loss(torch.tanh(h), y)
            """), true);

    @Override
    public String name() {
        return "mlp-" + depth;
    }

    @Override
    public String summary() {
        return depth + " layers of 784, then 400, 10, tanh, cross-entropy, batch 128, SGD 0.005 with momentum 0.8";
    }

    @Override
    public Work work() {
        return new Work(BATCH, "samples");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(2.4), new Target.OfLimit(0.9));
    }

    @Override
    public Check check() {
        return new Check(10, 1e-4);
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(depth, INPUTS));
        widths.add(400);
        widths.add(10);
        return widths;
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        List<Linear> layers = Start.tanh(INPUTS, widths(), scene.stream().child("mlp"));
        Images data = Images.of(scene, BATCHES, BATCH);
        Network network = MultilayerPerceptron.of(layers, Activation.TANH, Activation.TANH);
        return Training.contest(scene, network, new CrossEntropy(), new Sgd(RATE, MOMENTUM), OBJECTIVE,
                TorchOptimiser.sgd(RATE, MOMENTUM), data.batches(),
                Optional.of(Products.ofTraining(BATCH, INPUTS, widths())), data.source());
    }
}
