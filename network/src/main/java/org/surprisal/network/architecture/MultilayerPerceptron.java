package org.surprisal.network.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.network.layer.Sequential;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;

/// Fully connected layers in a row: `linear0`, `tanh0`, `linear1`, … The output of `linear<m>` is layer m's
/// pre-activation z^(m), that of `tanh<m>` its activation.
///
/// @param inputs number of input features
/// @param widths number of neurons of each layer, the output layer last
/// @param activation between the layers
/// @param outputActivation after the last
public record MultilayerPerceptron(int inputs, List<Integer> widths, Activation activation,
        Activation outputActivation) {
    public MultilayerPerceptron {
        widths = List.copyOf(widths);
        if (inputs < 1 || widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "inputs (=" + inputs + ") and widths (=" + widths + ") must be positive, with one layer at least");
        }
    }

    /// The name of the module whose output is layer m's pre-activation, m from 0.
    public static String preActivation(int layer) {
        return "linear" + layer;
    }

    /// A network with these layers. Layer m draws its start from the child m of the stream.
    public Network build(ElementType type, Initialisation initialisation, RandomStream stream) {
        List<Linear> layers = new ArrayList<>();
        for (int m = 0; m < widths.size(); m++) {
            int fanIn = m == 0 ? inputs : widths.get(m - 1);
            layers.add(initialisation.linear(type, fanIn, widths.get(m), stream.child(m)));
        }
        return of(layers, activation, outputActivation);
    }

    /// A network of these linear layers, which it shares.
    public static Network of(List<Linear> layers, Activation activation, Activation outputActivation) {
        Map<String, Layer> parts = new LinkedHashMap<>();
        for (int m = 0; m < layers.size(); m++) {
            Activation after = m == layers.size() - 1 ? outputActivation : activation;
            parts.put(preActivation(m), layers.get(m));
            if (after != Activation.IDENTITY) {
                parts.put(after.label() + m, after);
            }
        }
        return new Network(new Sequential(parts));
    }
}
