package org.surprisal.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.surprisal.tensor.Tensor;

/// Named layers, one after the other.
///
/// @param children the layers in order
public record Sequential(Map<String, Layer> children) implements Layer {
    public Sequential {
        for (String name : children.keySet()) {
            if (name.isBlank() || name.contains(".")) {
                throw new IllegalArgumentException(
                        "layer name '" + name + "' must have letters and no dot: dots separate the parts of a path");
            }
        }
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        Tensor x = input;
        for (Map.Entry<String, Layer> child : children.entrySet()) {
            x = pass.run(child.getKey(), child.getValue(), x);
        }
        return x;
    }
}
