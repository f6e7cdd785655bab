package org.surprisal.study.bottleneck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.surprisal.information.mutual.Continuous;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.initialisation.VarianceScaling;
import org.surprisal.network.initialisation.VarianceScaling.Distribution;
import org.surprisal.network.initialisation.VarianceScaling.Fan;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.loss.CrossEntropy;
import org.surprisal.network.loss.Loss;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// The network of the 12-bit task: fully connected layers of one activation, class scores behind the last, weights from
/// a normal distribution of standard deviation 1/√fan_in cut off at twice it, biases 0.
///
/// Its layers T are the hidden layers' activations, numbered from 1, and then the class probabilities: the scores have
/// no scale of their own, and noise of a fixed variance means nothing to them.
final class Classifier {
    static final Loss LOSS = new CrossEntropy();
    private static final Initialisation START = new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL);

    private final Network network;
    private final Activation activation;
    private final List<Integer> hidden;
    private final RandomStream stream;

    /// @param hidden widths of the hidden layers
    Classifier(Ensemble.Member member, List<Integer> hidden) {
        this.activation = member.activation();
        this.hidden = hidden;
        this.stream = RandomStream.seeded(member.seed());
        List<Integer> widths = new ArrayList<>(hidden);
        widths.add(member.task().train().classes());
        this.network = new MultilayerPerceptron(member.task().features(), widths, activation, Activation.IDENTITY)
                .build(ElementType.FLOAT32, START, stream.child("weights"));
    }

    Network network() {
        return network;
    }

    /// A stream for something random of this network.
    RandomStream stream(String what) {
        return stream.child(what);
    }

    /// The number of layers T, the output's probabilities included.
    int layers() {
        return hidden.size() + 1;
    }

    /// The layers' activations for these inputs, in their order.
    List<Continuous> layers(Tensor inputs) {
        List<String> modules = new ArrayList<>();
        for (int m = 0; m < hidden.size(); m++) {
            modules.add(activation.label() + m);
        }
        String scores = MultilayerPerceptron.preActivation(hidden.size());
        modules.add(scores);
        Map<String, Network.Observation> seen = network.observe(inputs, modules);
        List<Continuous> layers = new ArrayList<>();
        for (String module : modules) {
            Network.Observation observation = seen.get(module);
            if (observation == null) {
                throw new IllegalStateException("module " + module + " was not heard");
            }
            Tensor values = module.equals(scores) ? observation.output().softmax() : observation.output();
            layers.add(Continuous.of(Integer.toString(layers.size() + 1), values));
        }
        return layers;
    }
}
