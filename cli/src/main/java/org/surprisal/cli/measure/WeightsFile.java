package org.surprisal.cli.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import org.surprisal.data.format.ArrayFile;
import org.surprisal.data.format.CsvLayout;
import org.surprisal.data.format.NumberedNames;
import org.surprisal.information.DenseLayer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// The weights of a network of fully connected layers, trained anywhere: a file with arrays W1, b1, W2, b2, … (or from
/// W0 on) where W has shape (out, in) and b shape (out), or with PyTorch's names `PATH.weight` and `PATH.bias`.
///
/// @param layers   W1 and b1 first; of one element type
/// @param warnings one line each, about arrays that were left out or converted, and how the order was found
record WeightsFile(List<DenseLayer> layers, List<String> warnings) {
    /// @throws DataException with one line, if the file cannot be read, a layer lacks one of its two arrays, or nothing
    /// tells the order of the layers
    static WeightsFile read(Path file) {
        List<String> warnings = new ArrayList<>();
        SequencedMap<String, Tensor> arrays = ArrayFile.readAll(file, CsvLayout.DETECTED, warnings::add);
        List<Names> names = arrays.keySet().stream().anyMatch(name -> name.matches("[Wb][0-9]+"))
                ? numbered(file, arrays.keySet())
                : pytorch(file, arrays.keySet(), warnings);
        List<Tensor> weights = new ArrayList<>();
        List<Tensor> biases = new ArrayList<>();
        List<String> left = new ArrayList<>(arrays.keySet());
        for (Names layer : names) {
            weights.add(require(arrays.get(layer.weight), file, layer.weight, layer.bias));
            biases.add(ArrayFile.vector(file, require(arrays.get(layer.bias), file, layer.bias, layer.weight)));
            left.removeAll(List.of(layer.weight, layer.bias));
        }
        if (!left.isEmpty()) {
            warnings.add("not used: " + String.join(", ", left));
        }
        return new WeightsFile(layers(weights, biases, warnings), warnings);
    }

    /// What the arrays of one layer are called.
    private record Names(String weight, String bias) {}

    /// W1, b1, W2, b2, …, or W0, b0, ….
    private static List<Names> numbered(Path file, Set<String> arrays) {
        int first = arrays.contains("W0") || arrays.contains("b0") ? 0 : 1;
        int next = first;
        List<Names> names = new ArrayList<>();
        for (; arrays.contains("W" + next) || arrays.contains("b" + next); next++) {
            names.add(new Names("W" + next, "b" + next));
        }
        // W7 after a missing W6 is no array to be passed over in silence: the network would be another one.
        for (String name : arrays) {
            if (name.matches("[Wb][0-9]+") && names.stream().noneMatch(
                    layer -> layer.weight.equals(name) || layer.bias.equals(name))) {
                throw new DataException(
                        file + " holds " + name + " but no W" + next + ": weights are to be named W1, b1,"
                                + " W2, b2, ... (or W0, b0, ...) without a gap");
            }
        }
        return names;
    }

    /// PATH.weight and PATH.bias of a state_dict.
    private static List<Names> pytorch(Path file, Set<String> arrays, List<String> warnings) {
        List<String> paths = arrays.stream().filter(name -> name.endsWith(".weight"))
                .map(name -> name.substring(0, name.length() - "weight".length())).toList();
        if (paths.isEmpty()) {
            throw new DataException(file + " holds no W1 and b1 but " + String.join(", ", arrays)
                    + ": weights are to be named W1, b1, W2, b2, ..., or PATH.weight, PATH.bias as in PyTorch");
        }
        List<String> order = NumberedNames.ordered(paths);
        if (!NumberedNames.areOneSeries(paths)) {
            warnings.add(
                    "the names of the layers do not tell their order: taken in the order of the file, those whose"
                            + " names differ only in numbers by number: "
                            + String.join(", ", order.stream().map(path -> path + "weight").toList())
                            + " (name them W1, b1, W2, b2, ... for another order)");
        }
        return order.stream().map(path -> new Names(path + "weight", path + "bias")).toList();
    }

    private static List<DenseLayer> layers(List<Tensor> weights, List<Tensor> biases, List<String> warnings) {
        List<Tensor> all = new ArrayList<>(weights);
        all.addAll(biases);
        long doubles = all.stream().filter(array -> array.type() == ElementType.FLOAT64).count();
        ElementType type = doubles > 0 ? ElementType.FLOAT64 : ElementType.FLOAT32;
        if (doubles > 0 && doubles < all.size()) {
            warnings.add("arrays of float32 and others are mixed: all were taken as float64");
        }
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            layers.add(new DenseLayer(weights.get(i).to(type), biases.get(i).to(type)));
        }
        return layers;
    }

    private static Tensor require(@Nullable Tensor array, Path file, String name, String partner) {
        if (array == null) {
            throw new DataException(file + " holds " + partner + " but no " + name
                    + ": a layer is a weight W (out, in) and a bias b (out)");
        }
        return array;
    }
}
