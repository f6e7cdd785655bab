package org.surprisal.bench.workload;

import java.io.IOException;
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
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.MeanSquaredError;
import org.surprisal.network.optimiser.Adam;

/// An autoencoder as wide as its input throughout.
///
/// @param hidden layers of 784 before the output layer
/// @param width  of every layer
public record Autoencoder(int hidden, int width) implements Workload {
    private static final int BATCH = 128;
    private static final int BATCHES = 16;
    private static final double RATE = 3e-4;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of(TorchScripts.perceptron("""
                loss = torch.mse_loss(h, y)
            """), false);

    @Override
    public String name() {
        return "autoencoder";
    }

    @Override
    public String summary() {
        return hidden + " hidden layers of " + width + ", tanh, mean squared error, batch 128, Adam 3e-4";
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

    @Override
    public Contest open(Scene scene) throws IOException {
        List<Integer> widths = Collections.nCopies(hidden + 1, width);
        Network network = MultilayerPerceptron.of(Start.tanh(width, widths, scene.stream().child("autoencoder")),
                Activation.TANH, Activation.IDENTITY);
        Images images = Images.of(scene, BATCHES, BATCH);
        List<Batch> batches = images.batches().stream().map(batch -> batch.inputs().slice(1, 0, width))
                .map(pixels -> new Batch(pixels, pixels)).toList();
        return Training.contest(scene, network, new MeanSquaredError(), new Adam(RATE), OBJECTIVE,
                TorchOptimiser.adam(RATE), batches, Optional.of(Products.ofTraining(BATCH, width, widths)),
                images.source());
    }
}
