package org.surprisal.bench.pytorch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.surprisal.network.Linear;

/// Fully connected layers with tanh after each, or each but the last, as PyTorch computes them: its fused product and bias.
final class TorchPerceptron {
    private final List<PtNDArray> weights = new ArrayList<>();
    private final List<PtNDArray> biases = new ArrayList<>();
    private final boolean outputTanh;

    TorchPerceptron(PyTorch torch, List<Linear> start, boolean outputTanh) {
        for (Linear layer : start) {
            weights.add(torch.parameter(layer.weight().value()));
            biases.add(torch.parameter(layer.bias().value()));
        }
        this.outputTanh = outputTanh;
    }

    List<PtNDArray> parameters() {
        List<PtNDArray> parameters = new ArrayList<>(weights);
        parameters.addAll(biases);
        return parameters;
    }

    PtNDArray forward(PtNDArray input) {
        PtNDArray x = input;
        for (int layer = 0; layer < weights.size(); layer++) {
            x = JniUtils.linear(x, weights.get(layer), biases.get(layer));
            if (outputTanh || layer < weights.size() - 1) {
                x = JniUtils.tanh(x);
            }
        }
        return x;
    }

    /// The mean of -ln softmax(outputs) at the classes, shape (n, 1).
    static PtNDArray crossEntropy(PtNDArray outputs, PtNDArray classes) {
        return JniUtils.neg(JniUtils.mean(
                JniUtils.gather(JniUtils.logSoftmax(outputs, 1, DataType.FLOAT32), classes, 1)));
    }

    /// The mean of the squared differences.
    static PtNDArray meanSquaredError(PtNDArray outputs, PtNDArray targets) {
        return JniUtils.mean(JniUtils.square(JniUtils.sub(outputs, targets)));
    }
}
