package org.surprisal.network;

import java.util.List;
import java.util.Map;
import org.surprisal.tensor.Tensor;

/// One walk through a network. It knows who listens where; where nobody does, running a layer through it costs nothing.
public final class Pass {
    private static final Pass UNHEARD = new Pass(Map.of(), "");

    private final Map<String, List<Tap>> taps;
    private final String path;

    private Pass(Map<String, List<Tap>> taps, String path) {
        this.taps = taps;
        this.path = path;
    }

    /// Hears what goes into a module and what comes out.
    @FunctionalInterface
    interface Tap {
        void heard(String module, Tensor input, Tensor output);
    }

    static Pass heardBy(Map<String, List<Tap>> taps) {
        return taps.isEmpty() ? UNHEARD : new Pass(taps, "");
    }

    /// Runs a child layer under its name.
    public Tensor run(String name, Layer layer, Tensor input) {
        if (taps.isEmpty()) {
            return layer.forward(input, this);
        }
        String module = path.isEmpty() ? name : path + "." + name;
        Tensor output = layer.forward(input, new Pass(taps, module));
        for (Tap tap : taps.getOrDefault(module, List.of())) {
            tap.heard(module, input, output);
        }
        return output;
    }
}
