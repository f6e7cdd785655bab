package org.surprisal.network.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Pass;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// One pass of which nothing is recorded, and what named modules did in it.
public final class ObservedPass {
    private ObservedPass() {
    }

    /// What modules take in and put out, as constants, in the order of their runs.
    ///
    /// @param inputs  of the network, one sample a row
    /// @param modules paths of modules
    /// @throws IllegalArgumentException for an unknown path
    public static Map<String, Observation> of(Network network, Tensor inputs, Collection<String> modules) {
        return of(network, modules, () -> network.evaluate(inputs));
    }

    /// As above, with noise from this stream where noise is part of the network.
    public static Map<String, Observation> of(Network network, Tensor inputs, RandomStream noise,
            Collection<String> modules) {
        return of(network, modules, () -> network.evaluate(inputs, noise));
    }

    private static Map<String, Observation> of(Network network, Collection<String> modules, Runnable pass) {
        modules.forEach(network::module);
        Map<String, Observation> seen = new LinkedHashMap<>();
        Pass.Tap tap = (module, input, output) -> seen.put(module, Observation.of(input, output));
        modules.forEach(module -> network.attach(module, tap));
        try {
            pass.run();
        } finally {
            modules.forEach(module -> network.detach(module, tap));
        }
        return seen;
    }
}
