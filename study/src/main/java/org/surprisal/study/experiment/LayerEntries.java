package org.surprisal.study.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.surprisal.network.architecture.Architecture;
import org.surprisal.network.architecture.LayerKind;
import org.surprisal.network.architecture.LayerSpec;
import org.surprisal.network.layer.Activation;
import org.surprisal.network.layer.BatchNormalisation;
import org.surprisal.network.layer.Border;
import org.surprisal.settings.NearestName;
import org.surprisal.settings.Setting;
import org.surprisal.tensor.Shape;
import org.surprisal.tensor.Window;

/// The layers of an experiment's network: `- linear: 100`, `- relu`, `- convolution: {channels: 16, kernel: 5, padding:
/// same}`.
///
/// Each item is the name of a kind, or a map with the kind as its key and, if wanted, `name`.
final class LayerEntries {
    private static final int NO_BOUND = Integer.MAX_VALUE;
    private static final Setting<Integer> OUTPUTS = Setting.integer("outputs", 1, 1, NO_BOUND, "output features");
    private static final Setting<Integer> CHANNELS = Setting.integer("channels", 1, 1, NO_BOUND, "output channels");
    private static final Setting<Integer> STRIDE = Setting.integer("stride", 1, 1, NO_BOUND, "from place to place");
    private static final Setting<Integer> DILATION = Setting.integer("dilation", 1, 1, NO_BOUND, "between entries");
    private static final Setting<Integer> WIDTH = Setting.integer("padding", 0, 0, NO_BOUND, "border on each side");
    private static final Setting<Integer> SIDE = Setting.integer("kernel", 1, 1, NO_BOUND, "side of the window");
    private static final Setting<List<Integer>> SIDES = Setting.integers("kernel", List.of(1), 1, NO_BOUND,
            "height and width of the window");
    private static final Setting<String> BORDER = Setting.choice("border", "zeros", List.of("zeros", "reflect"),
            "what is seen beyond the edge");
    private static final Setting<Boolean> BIAS = Setting.flag("bias", true, "whether output features have one");
    private static final Setting<Double> PROBABILITY = Setting.decimal("probability", 0.5, 0, Math.nextDown(1.0),
            "of a number to be dropped");
    private static final Setting<Double> DEVIATION = Setting.decimal("deviation", 0.1, 0, Double.POSITIVE_INFINITY,
            "of the noise, in the units of the activations");
    private static final Setting<Double> MOMENTUM = Setting.decimal("momentum", BatchNormalisation.MOMENTUM,
            Double.MIN_VALUE, 1, "the part of the running averages that one batch replaces, as PyTorch's");
    private static final Setting<Double> EPSILON = Setting.decimal("epsilon", BatchNormalisation.EPSILON,
            Double.MIN_VALUE, Double.POSITIVE_INFINITY, "added to variances");
    private static final Setting<List<Integer>> LENGTHS = Setting.integers("shape", List.of(1), 1, NO_BOUND,
            "shape of a sample");
    private static final Setting<Integer> SYMBOLS = Setting.integer("symbols", 1, 1, NO_BOUND, "number of symbols");
    private static final Setting<Integer> DIMENSION = Setting.integer("dimension", 1, 1, NO_BOUND, "of the vectors");

    private static final Setting<Integer> HIDDEN = Setting.integer("hidden", 1, 1, NO_BOUND, "units of the state");

    private final Map<String, Function<Entry, LayerSpec>> kinds;

    private LayerEntries(Optional<ExperimentData.Nodes> graph) {
        this.kinds = kinds();
        kinds.put("graph-convolution", entry -> new LayerSpec.GraphConvolution(
                graph.orElseThrow(() -> entry.refusal(": graph convolutions need a graph, and the data have none"))
                        .adjacency(),
                entry.fieldsOr("outputs", "outputs").require(OUTPUTS)));
        for (LayerKind kind : LayerKind.found()) {
            if (kinds.putIfAbsent(kind.name(), entry -> OwnLayer.read(kind, entry)) != null) {
                throw new IllegalStateException("two kinds of layers are called '" + kind.name() + "': give that of "
                        + kind.getClass().getName() + " another name");
            }
        }
    }

    private Map<String, Function<Entry, LayerSpec>> kinds() {
        Map<String, Function<Entry, LayerSpec>> kinds = new LinkedHashMap<>();
        kinds.put("linear", entry -> {
            Fields fields = entry.fieldsOr("outputs", "outputs", "bias");
            return new LayerSpec.Linear(fields.require(OUTPUTS), fields.get(BIAS));
        });
        kinds.put("convolution", LayerEntries::convolution);
        kinds.put("max-pooling", entry -> new LayerSpec.MaxPooling(pooling(entry)));
        kinds.put("average-pooling", entry -> new LayerSpec.AveragePooling(pooling(entry)));
        kinds.put("flatten", entry -> bare(entry, new LayerSpec.Flatten()));
        kinds.put("reshape", entry -> new LayerSpec.Reshape(
                Shape.of(entry.as(LENGTHS).stream().mapToInt(Integer::intValue).toArray())));
        kinds.put("dropout",
                entry -> new LayerSpec.Drop(entry.fieldsOr("probability", "probability").get(PROBABILITY)));
        kinds.put("gaussian-noise",
                entry -> new LayerSpec.Noise(entry.fieldsOr("deviation", "deviation").require(DEVIATION)));
        kinds.put("batch-normalisation", entry -> {
            Fields fields = entry.isEmpty() ? entry.fieldsOr("") : entry.fields("momentum", "epsilon");
            return new LayerSpec.NormaliseBatch(fields.get(MOMENTUM), fields.get(EPSILON));
        });
        kinds.put("embedding", entry -> {
            Fields fields = entry.fields("symbols", "dimension");
            return new LayerSpec.Embedding(fields.require(SYMBOLS), fields.require(DIMENSION));
        });
        for (LayerSpec.Recurrent.Cell cell : LayerSpec.Recurrent.Cell.values()) {
            String label = new LayerSpec.Recurrent(cell, 1).label();
            kinds.put(label,
                    entry -> new LayerSpec.Recurrent(cell, entry.fieldsOr("hidden", "hidden").require(HIDDEN)));
        }
        kinds.put("last-step", entry -> bare(entry, new LayerSpec.LastStep()));
        kinds.put("residual", this::residual);
        kinds.put("softmax", entry -> bare(entry, new LayerSpec.Normalise(false)));
        kinds.put("log-softmax", entry -> bare(entry, new LayerSpec.Normalise(true)));
        for (Activation activation : Activation.values()) {
            kinds.put(activation.label(), entry -> bare(entry, new LayerSpec.Activate(activation)));
        }
        return kinds;
    }

    /// The network that a list describes, for samples of this shape.
    ///
    /// @throws org.surprisal.settings.SettingException with file, line and path of the first item that is wrong or does
    /// not fit
    static Architecture read(Entry list, Shape sample, Optional<ExperimentData.Nodes> graph) {
        return new LayerEntries(graph).read(list, sample);
    }

    private Architecture read(Entry list, Shape sample) {
        Architecture architecture = Architecture.of(sample, List.of());
        for (Entry item : list.items()) {
            Layer layer = layer(item);
            Architecture before = architecture;
            architecture = item.make(() -> layer.name().isEmpty()
                    ? before.then(layer.spec())
                    : before.then(layer.name(), layer.spec()));
        }
        if (architecture.parts().isEmpty()) {
            throw list.refusal(" needs a layer at least");
        }
        return architecture;
    }

    private record Layer(String name, LayerSpec spec) {}

    private Layer layer(Entry item) {
        if (item.isScalar()) {
            return new Layer("", spec(item.text(), item, item.bare()));
        }
        Map<String, Entry> map = new LinkedHashMap<>(item.map());
        Entry name = map.remove("name");
        if (map.size() != 1) {
            throw item.refusal(" must have one kind of layer, and may have 'name': " + String.join(", ", map.keySet()));
        }
        Map.Entry<String, Entry> only = map.entrySet().iterator().next();
        if (name != null && name.text().chars().anyMatch(Character::isISOControl)) {
            throw name.refusal(" has a control character: a layer's name is printable text");
        }
        return new Layer(name == null ? "" : name.text(), spec(only.getKey(), only.getValue(), only.getValue()));
    }

    private LayerSpec spec(String kind, Entry at, Entry arguments) {
        Function<Entry, LayerSpec> reader = kind(kind, at);
        return at.make(() -> reader.apply(arguments));
    }

    private Function<Entry, LayerSpec> kind(String name, Entry at) {
        Function<Entry, LayerSpec> kind = kinds.get(name);
        if (kind == null) {
            throw at.refusal(": there is no layer '" + name + "'" + NearestName.advice(name, kinds.keySet(), "layers"));
        }
        return kind;
    }

    private static LayerSpec bare(Entry entry, LayerSpec spec) {
        if (!entry.isEmpty()) {
            throw entry.refusal(": " + spec.label() + " takes nothing");
        }
        return spec;
    }

    private static LayerSpec convolution(Entry entry) {
        Fields fields = entry.fields("channels", "kernel", "stride", "padding", "dilation", "border", "bias");
        Window window = kernel(fields.require("kernel")).stride(fields.get(STRIDE)).dilation(fields.get(DILATION));
        Entry padding = fields.find("padding").orElse(null);
        if (padding != null) {
            window = padding.isScalar() && padding.text().equals("same")
                    ? window.same()
                    : window.padding(padding.as(WIDTH));
        }
        Border border = fields.get(BORDER).equals("zeros") ? Border.ZEROS : Border.REFLECT;
        return new LayerSpec.Convolution(fields.require(CHANNELS), window, border, fields.get(BIAS));
    }

    /// Side by side unless a stride is given.
    private static Window pooling(Entry entry) {
        Fields fields = entry.fieldsOr("kernel", "kernel", "stride", "padding");
        Window window = kernel(fields.require("kernel"));
        Window apart = fields.has("stride")
                ? window.stride(fields.get(STRIDE))
                : new Window(window.down().stride(window.down().length()),
                        window.across().stride(window.across().length()));
        return apart.padding(fields.get(WIDTH));
    }

    /// One side of a square, or `[height, width]`.
    private static Window kernel(Entry entry) {
        if (!entry.isList()) {
            return Window.of(entry.as(SIDE));
        }
        List<Integer> sides = entry.as(SIDES);
        if (sides.size() != 2) {
            throw entry.refusal(" has " + sides.size() + " numbers: one side, or [height, width], is needed");
        }
        return new Window(Window.Span.of(sides.getFirst()), Window.Span.of(sides.getLast()));
    }

    private LayerSpec residual(Entry entry) {
        Fields fields = entry.fields("body", "shortcut");
        return new LayerSpec.Residual(specs(fields.require("body")),
                fields.find("shortcut").map(this::specs).orElse(List.of()));
    }

    private List<LayerSpec> specs(Entry list) {
        List<LayerSpec> specs = new ArrayList<>();
        list.items().forEach(item -> specs.add(layer(item).spec()));
        return specs;
    }
}
