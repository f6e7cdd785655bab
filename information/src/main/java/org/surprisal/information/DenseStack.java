package org.surprisal.information;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Workspace;

/// Fully connected layers of one width, checked once: z^(0) = W_0 x + b_0, z^(m) = W_m φ(z^(m-1)) + b_m.
/// The conditions are those of [RelativeEntropy#of].
final class DenseStack {

    private final List<DenseLayer> layers;
    private final UnaryOperator<Tensor> activation;

    DenseStack(List<DenseLayer> layers, UnaryOperator<Tensor> activation) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("there are no layers: the first maps the input to the reference");
        }
        List<DenseLayer> detached = new ArrayList<>();
        for (int m = 0; m < layers.size(); m++) {
            requireLayer(layers, m);
            detached.add(new DenseLayer(layers.get(m).weight().detached(), layers.get(m).bias().detached()));
        }
        int width = layers.getFirst().weight().length(0);
        if (width < 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "layer 0 has %d neuron(s), a variance over neurons needs at least 2",
                            width));
        }
        for (int m = 1; m < layers.size(); m++) {
            int other = layers.get(m).weight().length(0);
            if (other != width) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT,
                                "layer %d has %d neurons, layer 0 has %d: relative entropy needs equal widths, leave"
                                        + " out the layers from %d on",
                                m, other, width, m));
            }
        }
        this.layers = List.copyOf(detached);
        this.activation = activation;
    }

    private static void requireLayer(List<DenseLayer> layers, int m) {
        Tensor weight = layers.get(m).weight();
        Tensor bias = layers.get(m).bias();
        if (weight.rank() != 2) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "layer %d: weight has shape %s, (out, in) needed", m, weight.shape()));
        }
        if (!bias.shape().equals(Shape.of(weight.length(0)))) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "layer %d: bias %s does not fit weight %s (out, in)", m,
                            bias.shape(), weight.shape()));
        }
        ElementType type = layers.getFirst().weight().type();
        if (weight.type() != type || bias.type() != type) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "layer %d: weight is %s and bias %s, the weight of layer 0 is %s",
                            m, weight.type(), bias.type(), type));
        }
        if (m > 0 && weight.length(1) != layers.get(m - 1).weight().length(0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT,
                            "layer %d: weight %s does not take the %d outputs of layer %d, whose weight is %s (out,"
                                    + " in)",
                            m, weight.shape(), layers.get(m - 1).weight().length(0), m - 1,
                            layers.get(m - 1).weight().shape()));
        }
        requireFinite(String.format(Locale.ROOT, "layer %d: weight", m), weight);
        requireFinite(String.format(Locale.ROOT, "layer %d: bias", m), bias);
    }

    /// @throws IllegalArgumentException that names the first element which is NaN or infinite
    static void requireFinite(String name, Tensor tensor) {
        if (tensor.isFinite()) {
            return;
        }
        double[] values = tensor.toDoubles();
        int columns = tensor.length(-1);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                String index = tensor.rank() == 1 ? "" + i : i / columns + ", " + i % columns;
                throw new IllegalArgumentException(
                        "%s[%s] = %s, a finite value needed".formatted(name, index, values[i]));
            }
        }
    }

    /// Number of layers.
    int depth() {
        return layers.size();
    }

    /// Neurons in every layer.
    int width() {
        return layers.getFirst().weight().length(0);
    }

    /// Numbers in an input.
    int inputs() {
        return layers.getFirst().weight().length(1);
    }

    ElementType type() {
        return layers.getFirst().weight().type();
    }

    /// z^(0) of inputs (n, in): (n, width).
    Tensor first(Tensor inputs) {
        DenseLayer layer = layers.getFirst();
        return inputs.linear(layer.weight(), layer.bias());
    }

    /// z^(m) of z^(m-1), each (n, width). In a run of a workspace z^(m-1) is used up.
    Tensor next(int m, Tensor previous) {
        DenseLayer layer = layers.get(m);
        Tensor activated = activation.apply(previous);
        Tensor next = activated.linear(layer.weight(), layer.bias());
        Workspace.release(activated);
        Workspace.release(previous);
        return next;
    }
}
