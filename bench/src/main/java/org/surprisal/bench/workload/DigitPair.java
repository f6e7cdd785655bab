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
import org.surprisal.data.Batch;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.BinaryCrossEntropy;
import org.surprisal.network.optimiser.Sgd;
import org.surprisal.tensor.Tensor;

/// One unit that tells two kinds of images apart (logistic regression), all of them in each step. The kind is
/// whether an image's class is odd; there are as many images as MNIST has of two digits.
public record DigitPair() implements Workload {
    private static final int INPUTS = 784;
    private static final int IMAGES = 12_000;
    private static final double RATE = 0.1;
    private static final TorchTraining.Objective OBJECTIVE = TorchTraining.Objective.of("""
                h = torch.linear(x, w[0], w[1])
                loss = torch.binary_cross_entropy_with_logits(h, y)
            """, false);

    @Override
    public String name() {
        return "digit-pair";
    }

    @Override
    public String summary() {
        return "784-1, logistic regression of 12,000 images in one batch, SGD 0.1";
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
        Images data = Images.of(scene, 1, IMAGES);
        Batch images = data.batches().getFirst();
        double[] kinds = images.targets().toDoubles();
        float[] odd = new float[kinds.length];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = (float) (kinds[i] % 2);
        }
        Batch whole = new Batch(images.inputs(), Tensor.of(odd, odd.length, 1));
        return Training.contest(scene,
                MultilayerPerceptron.of(Start.tanh(INPUTS, List.of(1), scene.stream().child("pair")),
                        Activation.TANH, Activation.IDENTITY),
                new BinaryCrossEntropy(), new Sgd(RATE, 0), OBJECTIVE, TorchOptimiser.sgd(RATE, 0), List.of(whole),
                Optional.empty(), data.source());
    }
}
