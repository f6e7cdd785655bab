package org.surprisal.bench.workload;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.layer.Linear;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Where networks start: numbers both sides copy.
final class Start {
    private static final double SIGMA_W2 = 1.5;
    private static final double SIGMA_B2 = 0.05;

    private Start() {
    }

    /// Normal weights of variance 2 / inputs, biases 0: as suits ReLU.
    static Initialisation relu() {
        return VarianceScaling.he(VarianceScaling.Fan.IN, VarianceScaling.Distribution.NORMAL);
    }

    /// Small enough for states not to grow from step to step.
    static Initialisation recurrent() {
        return VarianceScaling.xavier(VarianceScaling.Distribution.UNIFORM);
    }

    /// Linear layers with normal weights of variance 1.5 / inputs and biases of variance 0.05, as the thesis starts
    /// tanh networks.
    static List<Linear> tanh(int inputs, List<Integer> widths, RandomStream stream) {
        List<Linear> layers = new ArrayList<>();
        int in = inputs;
        for (int layer = 0; layer < widths.size(); layer++) {
            int out = widths.get(layer);
            layers.add(Linear.of(
                    stream.child(layer).child("weight").gaussian(ElementType.FLOAT32, 0, Math.sqrt(SIGMA_W2 / in), out,
                            in),
                    stream.child(layer).child("bias").gaussian(ElementType.FLOAT32, 0, Math.sqrt(SIGMA_B2), out)));
            in = out;
        }
        return layers;
    }
}
