package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.TorchOptimiser;
import org.surprisal.bench.pytorch.TorchTraining;
import org.surprisal.data.Batch;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Convolution2d;
import org.surprisal.network.layer.Flatten;
import org.surprisal.network.layer.MaxPooling2d;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Window;

/// LeNet as `docs/results/lenet-mnist.yaml` has it: convolutions of 10 and 20 channels, 5x5, max-pooling by 2 and ReLU
/// behind each, 50 hidden units.
public record LeNet() implements Workload {
    private static final int SIDE = 28;
    private static final int BATCH = 64;
    private static final int BATCHES = 16;
    private static final double RATE = 0.01;
    private static final double MOMENTUM = 0.9;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of("""
                a = torch.relu(torch.max_pool2d(torch.conv2d(x, w[0], w[1]), [2, 2]))
                b = torch.relu(torch.max_pool2d(torch.conv2d(a, w[2], w[3]), [2, 2]))
                h = torch.relu(torch.linear(torch.flatten(b, 1), w[4], w[5]))
                loss = torch.cross_entropy_loss(torch.linear(h, w[6], w[7]), y)
            """, true);

    @Override
    public String name() {
        return "lenet";
    }

    @Override
    public String summary() {
        return "convolutions of 10 and 20 channels, 5x5, pooling, ReLU, 50 hidden, batch 64, SGD 0.01 with momentum"
                + " 0.9";
    }

    @Override
    public Work work() {
        return new Work(BATCH, "samples");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(2));
    }

    @Override
    public Check check() {
        return new Check(10, 1e-3);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        Images images = Images.of(scene, BATCHES, BATCH);
        List<Batch> batches = images.batches().stream()
                .map(batch -> new Batch(batch.inputs().reshape(BATCH, 1, SIDE, SIDE), batch.targets())).toList();
        return Training.contest(scene, network(scene.stream().child("lenet")), new CrossEntropy(),
                new Sgd(RATE, MOMENTUM), OBJECTIVE, TorchOptimiser.sgd(RATE, MOMENTUM), batches, Optional.empty(),
                images.source());
    }

    private static Network network(RandomStream stream) {
        Initialisation start = Start.relu();
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("convolution0",
                Convolution2d.start(start, ElementType.FLOAT32, 1, 10, Window.of(5), stream.child(0)));
        layers.put("pooling0", MaxPooling2d.of(2));
        layers.put("relu0", Activation.RELU);
        layers.put("convolution1",
                Convolution2d.start(start, ElementType.FLOAT32, 10, 20, Window.of(5), stream.child(1)));
        layers.put("pooling1", MaxPooling2d.of(2));
        layers.put("relu1", Activation.RELU);
        layers.put("flatten", new Flatten());
        layers.put("linear2", start.linear(ElementType.FLOAT32, 320, 50, stream.child(2)));
        layers.put("relu2", Activation.RELU);
        layers.put("linear3", start.linear(ElementType.FLOAT32, 50, 10, stream.child(3)));
        return new Network(new Sequential(layers));
    }
}
