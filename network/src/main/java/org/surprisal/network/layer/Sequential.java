package org.surprisal.network.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
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
    public Layer last() {
        return children.isEmpty() ? this : List.copyOf(children.values()).getLast().last();
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
