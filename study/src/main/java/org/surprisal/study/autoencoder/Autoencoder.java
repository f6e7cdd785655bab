package org.surprisal.study.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.surprisal.network.Network;
import org.surprisal.network.architecture.MultilayerPerceptron;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Linear;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A perceptron that gives back its input, and its two halves: the encoder from the input to the code, which is the
/// activation of one hidden layer, and the decoder from the code to the output. All three share their parameters, so
/// what trains the whole trains the halves.
///
/// @param whole   input to output
/// @param encoder input to code
/// @param decoder code to output
record Autoencoder(Network whole, Network encoder, Network decoder) {

    /// A random autoencoder.
    ///
    /// @param pixels     inputs, and so outputs
    /// @param hidden     neurons of each hidden layer, at least one layer
    /// @param codeLayer  the hidden layer whose activations are the code, from 0
    /// @param activation after the hidden layers
    /// @param output     activation after the last layer
    /// @param start      of weights and biases; layer m draws from child m of the stream
    static Autoencoder of(int pixels, List<Integer> hidden, int codeLayer, Activation activation, Activation output,
            Initialisation start, RandomStream stream) {
        List<Linear> layers = new ArrayList<>();
        int inputs = pixels;
        for (int width : hidden) {
            layers.add(start.linear(ElementType.FLOAT32, inputs, width, stream.child(layers.size())));
            inputs = width;
        }
        layers.add(start.linear(ElementType.FLOAT32, inputs, pixels, stream.child(layers.size())));
        return new Autoencoder(MultilayerPerceptron.of(layers, activation, output),
                MultilayerPerceptron.of(layers.subList(0, codeLayer + 1), activation, activation),
                MultilayerPerceptron.of(layers.subList(codeLayer + 1, layers.size()), activation, output));
    }

    /// The codes of inputs (n, pixels): (n, neurons of the code layer).
    Tensor encode(Tensor inputs) {
        return encoder.evaluate(inputs);
    }

    /// The outputs (n, pixels) of codes.
    Tensor decode(Tensor codes) {
        return decoder.evaluate(codes);
    }
}
