package org.surprisal.cli.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.surprisal.data.DataException;
import org.surprisal.data.ArrayFile;
import org.surprisal.information.DenseLayer;
import org.surprisal.tensor.ElementType;
import org.surprisal.tensor.Tensor;

/// The weights of a network of fully connected layers, trained anywhere: an NPZ file with arrays W1, b1, W2, b2, … where W
/// has shape (out, in) and b shape (out).
///
/// @param layers   W1 and b1 first; of one element type
/// @param warnings one line each, about arrays that were left out or converted
record WeightsFile(List<DenseLayer> layers, List<String> warnings) {
    /// @throws DataException with one line, if the file cannot be read or a layer lacks one of its two arrays
    static WeightsFile read(Path file) {
        Map<String, Tensor> arrays = ArrayFile.readAll(file);
        List<Tensor> weights = new ArrayList<>();
        List<Tensor> biases = new ArrayList<>();
        List<String> left = new ArrayList<>(arrays.keySet());
        for (int k = 1; arrays.containsKey("W" + k) || arrays.containsKey("b" + k); k++) {
            weights.add(require(arrays.get("W" + k), file, "W" + k, "b" + k));
            biases.add(require(arrays.get("b" + k), file, "b" + k, "W" + k));
            left.removeAll(List.of("W" + k, "b" + k));
        }
        int count = weights.size();
        if (count == 0) {
            throw new DataException(file + " holds no W1 and b1 but " + String.join(", ", arrays.keySet())
                    + ": weights are to be named W1, b1, W2, b2, ...");
        }
        // W7 after a missing W6 is no array to be passed over in silence: the network would be another one.
        for (String name : left) {
            if (name.matches("[Wb][0-9]+")) {
                throw new DataException(
                        file + " holds " + name + " but no W" + (count + 1) + ": weights are to be named"
                                + " W1, b1, W2, b2, ... without a gap");
            }
        }
        List<String> warnings = new ArrayList<>();
        if (!left.isEmpty()) {
            warnings.add("not used: " + String.join(", ", left));
        }
        return new WeightsFile(layers(weights, biases, warnings), warnings);
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
