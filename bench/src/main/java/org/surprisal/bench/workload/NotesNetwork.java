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
import org.surprisal.network.layer.Border;
import org.surprisal.network.layer.Convolution2d;
import org.surprisal.network.layer.Flatten;
import org.surprisal.network.layer.MaxPooling2d;
import org.surprisal.network.layer.Sequential;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Window;

/// The lecture notes' convolutional network (Fig 179; 320,866 parameters), as `docs/results/notes-mnist.yaml` has it:
/// convolutions of 16 channels, 5x5, and 32 channels, 3x3, that see a mirrored border and keep the size, ReLU and
/// max-pooling by 2 behind each, 200 hidden units.
public record NotesNetwork() implements Workload {
    private static final int SIDE = 28;
    private static final int BATCH = 64;
    private static final int BATCHES = 16;
    private static final double RATE = 0.01;
    private static final double MOMENTUM = 0.9;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of("""
                a = torch.conv2d(torch.reflection_pad2d(x, [2, 2, 2, 2]), w[0], w[1])
                a = torch.max_pool2d(torch.relu(a), [2, 2])
                b = torch.conv2d(torch.reflection_pad2d(a, [1, 1, 1, 1]), w[2], w[3])
                b = torch.max_pool2d(torch.relu(b), [2, 2])
                h = torch.relu(torch.linear(torch.flatten(b, 1), w[4], w[5]))
                loss = torch.cross_entropy_loss(torch.linear(h, w[6], w[7]), y)
            """, true);

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public String summary() {
        return "convolutions of 16 channels, 5x5, and 32, 3x3, pooling, ReLU, 200 hidden (lecture notes, Fig 179),"
                + " batch 64, SGD 0.01 with momentum 0.9";
    }

    @Override
    public Work work() {
        return new Work(BATCH, "samples");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(1.3));
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
        return Training.contest(scene, network(scene.stream().child("notes")), new CrossEntropy(),
                new Sgd(RATE, MOMENTUM), OBJECTIVE, TorchOptimiser.sgd(RATE, MOMENTUM), batches, Optional.empty(),
                images.source());
    }

    static Network network(RandomStream stream) {
        Initialisation start = Start.relu();
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("convolution0", Convolution2d
                .start(start, ElementType.FLOAT32, 1, 16, Window.of(5).same(), stream.child(0)).border(Border.REFLECT));
        layers.put("relu0", Activation.RELU);
        layers.put("pooling0", MaxPooling2d.of(2));
        layers.put("convolution1", Convolution2d
                .start(start, ElementType.FLOAT32, 16, 32, Window.of(3).same(), stream.child(1))
                .border(Border.REFLECT));
        layers.put("relu1", Activation.RELU);
        layers.put("pooling1", MaxPooling2d.of(2));
        layers.put("flatten", new Flatten());
        layers.put("linear2", start.linear(ElementType.FLOAT32, 1568, 200, stream.child(2)));
        layers.put("relu2", Activation.RELU);
        layers.put("linear3", start.linear(ElementType.FLOAT32, 200, 10, stream.child(3)));
        return new Network(new Sequential(layers));
    }
}
