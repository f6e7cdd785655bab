package org.surprisal.bench.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import java.io.IOException;
import java.util.List;
import org.surprisal.bench.harness.Side;
import org.surprisal.data.Batch;
import org.surprisal.network.Linear;

/// Fully connected networks that PyTorch trains.
public final class PerceptronTraining {
    private PerceptronTraining() {
    }

    /// Tanh after every layer, cross-entropy, SGD with momentum.
    ///
    /// @throws IOException when PyTorch cannot be loaded
    public static Side classifier(List<Linear> start, List<Batch> batches, double rate, double momentum)
            throws IOException {
        PyTorch torch = PyTorch.start();
        TorchPerceptron network = new TorchPerceptron(torch, start, true);
        List<PtNDArray> inputs = batches.stream().map(batch -> torch.array(batch.inputs())).toList();
        List<PtNDArray> classes = batches.stream().map(batch -> torch.classes(batch.targets())).toList();
        return new TorchTraining(torch, batches.size(),
                i -> TorchPerceptron.crossEntropy(network.forward(inputs.get(i)), classes.get(i)),
                new TorchSgd(torch, network.parameters(), rate, momentum));
    }
}
