package org.surprisal.bench.workload;

import ai.djl.pytorch.engine.PtNDArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.surprisal.bench.harness.Contest;
import org.surprisal.bench.harness.Scene;
import org.surprisal.bench.harness.Side;
import org.surprisal.bench.harness.Target;
import org.surprisal.bench.harness.Workload;
import org.surprisal.bench.pytorch.PyTorch;
import org.surprisal.bench.pytorch.TorchMeasure;
import org.surprisal.information.DenseLayer;
import org.surprisal.information.RelativeEntropy;
import org.surprisal.information.RelativeEntropyProfile;
import org.surprisal.network.layer.Linear;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The relative entropy of every layer of a network of 784, 1,000 Monte Carlo samples pushed through its weights. The
/// number that is compared is the mean over the layers.
///
/// @param depth layers
public record RelativeEntropyLoop(int depth) implements Workload {
    private static final int WIDTH = 784;
    private static final int SAMPLES = 1000;
    /// The samples are given, so that both sides push the same ones; as many are drawn beside them, because drawing is
    /// part of the task.
    private static final String SCRIPT = """
                z = self.z[0]
                f = torch.linear(x, self.w[0], self.b[0])
                drawn = torch.normal(0., 1., torch.size(z))
                reference = torch.var(f, False)
                total = torch.mul(reference, 0.)
                n = torch.len(self.w)
                for i in range(torch.sub(n, 1)):
                  l = torch.add(i, 1)
                  f = torch.linear(torch.tanh(f), self.w[l], self.b[l])
                  mean = torch.mean(f)
                  variance = torch.var(f, False)
                  z = torch.linear(torch.tanh(z), self.w[l], self.b[l])
                  q = torch.div(torch.sum(torch.square(torch.sub(z, mean))), torch.size(z, 0))
                  d = torch.sub(torch.log(torch.div(variance, reference)), 1.)
                  d = torch.mul(d, torch.mul(0.5, torch.size(z, 1)))
                  total = torch.add(total, torch.add(d, torch.div(q, torch.mul(variance, 2.))))
                return torch.div(total, n)
            """;

    @Override
    public String name() {
        return "relative-entropy";
    }

    @Override
    public String summary() {
        return depth + " layers of 784, tanh, 1,000 samples";
    }

    @Override
    public Work work() {
        return new Work(1, "profiles");
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target.OfPeer(2.2), new Target.OfLimit(0.85));
    }

    @Override
    public Check check() {
        return new Check(2, 1e-3);
    }

    @Override
    public Contest open(Scene scene) throws IOException {
        RandomStream stream = scene.stream().child("relative-entropy");
        List<Linear> layers = Start.tanh(WIDTH, Collections.nCopies(depth, WIDTH), stream.child("layers"));
        Images images = Images.of(scene, 1, 1);
        Tensor image = images.batches().getFirst().inputs();
        RelativeEntropy measure = RelativeEntropy
                .of(layers.stream().map(layer -> new DenseLayer(layer.weight().value(), layer.bias().value())).toList(),
                        Tensor::tanh)
                .withSamples(SAMPLES);
        Side ours = () -> measure.profile(image.reshape(WIDTH), samples(stream)).layers().stream()
                .mapToDouble(RelativeEntropyProfile.Layer::value).sum() / depth;
        Optional<Side> peer = scene.peer() ? Optional.of(peer(layers, image, measure, stream)) : Optional.empty();
        return new Contest(ours, peer, Optional.of(Products.forward(SAMPLES, Collections.nCopies(depth, WIDTH))),
                images.source(), List.of());
    }

    private static RandomStream samples(RandomStream stream) {
        return stream.child("samples");
    }

    private static Side peer(List<Linear> layers, Tensor image, RelativeEntropy measure, RandomStream stream)
            throws IOException {
        PyTorch torch = PyTorch.start();
        RelativeEntropyProfile.Layer reference = measure.profile(image.reshape(WIDTH), samples(stream)).layers()
                .getFirst();
        // The measure draws the samples of an input's profile from the child of the input's number.
        Tensor samples = samples(stream).child(0).gaussian(ElementType.FLOAT32, reference.mean(),
                Math.sqrt(reference.variance()), SAMPLES, WIDTH);
        List<PtNDArray> weights = new ArrayList<>();
        List<PtNDArray> biases = new ArrayList<>();
        for (Linear layer : layers) {
            weights.add(torch.array(layer.weight().value()));
            biases.add(torch.array(layer.bias().value()));
        }
        Map<String, List<PtNDArray>> kept = new LinkedHashMap<>();
        kept.put("w", weights);
        kept.put("b", biases);
        kept.put("z", List.of(torch.array(samples)));
        return TorchMeasure.of(torch, SCRIPT, torch.array(image), kept);
    }
}
