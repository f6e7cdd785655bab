package org.surprisal.network.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.surprisal.network.Layer;
import org.surprisal.network.Network;
import org.surprisal.network.initialisation.Initialisation;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.Sequential;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Window;

/// Layers one after the other, described without numbers: every shape and every parameter count follows from the shape
/// of one sample, before anything is allocated. Immutable; each method gives a longer architecture.
///
/// ```java
/// Architecture leNet = Architecture.of(1, 28, 28)
///         .convolution(10, Window.of(5)).maxPooling(2).activation(Activation.RELU)
///         .convolution(20, Window.of(5)).maxPooling(2).activation(Activation.RELU)
///         .flatten().linear(50).activation(Activation.RELU).linear(10);
/// long count = leNet.parameterCount(); // 21,840
/// Network network = leNet.build(ElementType.FLOAT32, VarianceScaling.fanInUniform(), RandomStream.seeded(1));
/// ```
///
/// Layers are named after their kind, numbered from 0: `convolution0`, `relu0`, `convolution1`.
public final class Architecture {
    private final Shape sample;
    private final List<Part> parts;

    private Architecture(Shape sample, List<Part> parts) {
        this.sample = sample;
        this.parts = parts;
    }

    /// One layer in its place.
    ///
    /// @param name unique in the architecture
    /// @param input the shape of one sample in front of it
    /// @param output the shape of one sample behind it
    /// @param parameters number of trainable numbers
    public record Part(String name, LayerSpec spec, Shape input, Shape output, long parameters) {}

    /// No layer yet, for samples of this shape: (features), (channels, height, width), (time, features).
    public static Architecture of(int... sample) {
        return new Architecture(Shape.of(sample), List.of());
    }

    /// These layers, for samples of this shape.
    ///
    /// @throws IllegalArgumentException when a layer does not fit what the one before it gives; the message names it
    public static Architecture of(Shape sample, List<LayerSpec> layers) {
        Architecture architecture = new Architecture(sample, List.of());
        for (LayerSpec layer : layers) {
            architecture = architecture.then(layer);
        }
        return architecture;
    }

    /// With a layer more, named after its kind.
    ///
    /// @throws IllegalArgumentException when it does not fit what the one before it gives
    public Architecture then(LayerSpec layer) {
        long before = parts.stream().filter(part -> part.spec().label().equals(layer.label())).count();
        return then(layer.label() + before, layer);
    }

    /// With a layer more, under this name.
    ///
    /// @throws IllegalArgumentException when it does not fit what the one before it gives, or the name is taken
    public Architecture then(String name, LayerSpec layer) {
        if (parts.stream().anyMatch(part -> part.name().equals(name))) {
            throw new IllegalArgumentException("two layers are named '" + name + "'");
        }
        Shape input = output();
        List<Part> longer = new ArrayList<>(parts);
        LayerSpec.Placement placed;
        try {
            placed = layer.on(input);
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(layer.label() + " has more parameters than can be counted", tooLarge);
        }
        longer.add(new Part(name, layer, input, placed.output(), placed.parameters()));
        return new Architecture(sample, List.copyOf(longer));
    }

    public Architecture linear(int outputs) {
        return then(new LayerSpec.Linear(outputs));
    }

    public Architecture activation(Activation activation) {
        return then(new LayerSpec.Activate(activation));
    }

    public Architecture convolution(int channels, Window window) {
        return then(new LayerSpec.Convolution(channels, window));
    }

    /// Windows of `length` x `length`, side by side.
    public Architecture maxPooling(int length) {
        return then(new LayerSpec.MaxPooling(Window.of(length).stride(length)));
    }

    /// Windows of `length` x `length`, side by side.
    public Architecture averagePooling(int length) {
        return then(new LayerSpec.AveragePooling(Window.of(length).stride(length)));
    }

    public Architecture flatten() {
        return then(new LayerSpec.Flatten());
    }

    public Architecture batchNormalisation() {
        return then(new LayerSpec.NormaliseBatch());
    }

    public Architecture dropout(double probability) {
        return then(new LayerSpec.Drop(probability));
    }

    /// Noise of this standard deviation, in training and in evaluation.
    public Architecture gaussianNoise(double deviation) {
        return then(new LayerSpec.Noise(deviation));
    }

    public Architecture softmax() {
        return then(new LayerSpec.Normalise(false));
    }

    /// The shape of one sample in front of the first layer.
    public Shape sample() {
        return sample;
    }

    /// The shape of one sample behind the last layer.
    public Shape output() {
        return parts.isEmpty() ? sample : parts.getLast().output();
    }

    public List<Part> parts() {
        return parts;
    }

    /// Number of trainable numbers.
    public long parameterCount() {
        return parts.stream().mapToLong(Part::parameters).reduce(0, Math::addExact);
    }

    /// A network with these layers. Each draws its start from the child of the stream that has its name, so that a
    /// layer without parameters more or less changes no number.
    public Network build(ElementType type, Initialisation initialisation, RandomStream stream) {
        return new Network(layers(new LayerSpec.Start(type, initialisation, stream)));
    }

    Layer layers(LayerSpec.Start start) {
        Map<String, Layer> layers = new LinkedHashMap<>();
        for (Part part : parts) {
            try {
                layers.put(part.name(), part.spec().build(part.input(), start.child(part.name())));
            } catch (IllegalArgumentException | ArithmeticException wrong) {
                throw new IllegalArgumentException("layer '" + part.name() + "': " + wrong.getMessage(), wrong);
            }
        }
        return new Sequential(layers);
    }

    /// A table: each layer's name, the shape of one sample behind it (`16x28x28`), its number of parameters; the total.
    @Override
    public String toString() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[]{"layer", "output", "parameters"});
        rows.add(new String[]{"input", times(sample), ""});
        for (Part part : parts) {
            rows.add(new String[]{part.name(), times(part.output()), count(part.parameters())});
        }
        rows.add(new String[]{"total", "", count(parameterCount())});
        int[] widths = IntStream.range(0, 3)
                .map(column -> rows.stream().mapToInt(row -> row[column].length()).max().orElse(0)).toArray();
        return rows.stream().map(row -> (pad(row[0], widths[0]) + "  " + pad(row[1], widths[1]) + "  "
                + " ".repeat(widths[2] - row[2].length()) + row[2]).stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String times(Shape shape) {
        return IntStream.of(shape.lengths()).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
