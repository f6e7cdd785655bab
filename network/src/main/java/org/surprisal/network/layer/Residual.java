package org.surprisal.network.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surprisal.network.Layer;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Tensor;

/// body(x) + x, or body(x) + shortcut(x) where the shapes differ (He et al. 2016).
///
/// @param body what is added
/// @param shortcut what the input takes around it; none leaves it as it is
public record Residual(Layer body, @Nullable Layer shortcut) implements Layer {
    public Residual(Layer body) {
        this(body, null);
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        Tensor added = pass.run("body", body, input);
        Tensor kept = shortcut == null ? input : pass.run("shortcut", shortcut, input);
        if (!added.shape().equals(kept.shape())) {
            throw new IllegalArgumentException("a residual of " + added.shape() + " cannot be added to "
                    + kept.shape() + ": a shortcut must bring the input " + input.shape() + " to that shape");
        }
        return added.plus(kept);
    }

    @Override
    public Map<String, Layer> children() {
        Map<String, Layer> children = new LinkedHashMap<>();
        children.put("body", body);
        if (shortcut != null) {
            children.put("shortcut", shortcut);
        }
        return children;
    }
}
