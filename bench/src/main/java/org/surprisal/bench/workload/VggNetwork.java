package org.surprisal.bench.workload;

import java.io.IOException;
import java.util.ArrayList;
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
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Window;

/// A small network of VGG's kind (Simonyan and Zisserman 2015) on colour images of 32x32: three pairs of convolutions,
/// 3x3 with a border of zeros, of 16, 32 and 64 channels, ReLU behind each convolution and max-pooling by 2 behind each
/// pair, then one linear layer. The images are drawn, because speed does not depend on what they show.
public record VggNetwork() implements Workload {
    private static final int SIDE = 32;
    private static final int COLOURS = 3;
    private static final int CLASSES = 10;
    private static final int BATCH = 64;
    private static final int BATCHES = 4;
    private static final List<Integer> CHANNELS = List.of(16, 16, 32, 32, 64, 64);
    private static final double RATE = 0.01;
    private static final double MOMENTUM = 0.9;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of("""
                h = x
                for i in range(6):
                  kernels = w[torch.mul(2, i)]
                  h = torch.relu(torch.conv2d(h, kernels, w[torch.add(torch.mul(2, i), 1)], [1, 1], [1, 1]))
                  if torch.eq(torch.remainder(i, 2), 1):
                    h = torch.max_pool2d(h, [2, 2])
                loss = torch.cross_entropy_loss(torch.linear(torch.flatten(h, 1), w[12], w[13]), y)
            """, true);

    @Override
    public String name() {
        return "vgg";
    }

    @Override
    public String summary() {
        return "six convolutions, 3x3, of 16, 16, 32, 32, 64, 64 channels, pooling behind each pair, on 32x32 in three"
                + " colours, batch 64, SGD 0.01 with momentum 0.9";
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
        RandomStream stream = scene.stream().child("vgg");
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            float[] classes = new float[BATCH];
            for (int j = 0; j < BATCH; j++) {
                classes[j] = j % CLASSES;
            }
            batches.add(new Batch(
                    stream.child("images").child(i).gaussian(ElementType.FLOAT32, 0, 1, BATCH, COLOURS, SIDE, SIDE),
                    Tensor.of(classes, BATCH)));
        }
        return Training.contest(scene, network(stream.child("network")), new CrossEntropy(), new Sgd(RATE, MOMENTUM),
                OBJECTIVE, TorchOptimiser.sgd(RATE, MOMENTUM), batches, Optional.empty(),
                "drawn numbers of CIFAR-10's shape");
    }

    private static Network network(RandomStream stream) {
        Initialisation start = Start.relu();
        Map<String, Layer> layers = new LinkedHashMap<>();
        int channels = COLOURS;
        int side = SIDE;
        for (int i = 0; i < CHANNELS.size(); i++) {
            layers.put("convolution" + i, Convolution2d.start(start, ElementType.FLOAT32, channels, CHANNELS.get(i),
                    Window.of(3).same(), stream.child(i)));
            layers.put("relu" + i, Activation.RELU);
            channels = CHANNELS.get(i);
            if (i % 2 == 1) {
                layers.put("pooling" + i, MaxPooling2d.of(2));
                side /= 2;
            }
        }
        layers.put("flatten", new Flatten());
        layers.put("linear",
                start.linear(ElementType.FLOAT32, channels * side * side, CLASSES, stream.child("linear")));
        return new Network(new Sequential(layers));
    }
}
