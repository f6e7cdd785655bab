package org.surprisal.network.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Pass;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.MissingGradientException;
import org.surprisal.tensor.RecordedResult;
import org.surprisal.tensor.Tensor;

/// One recorded forward pass: the inputs as variables, the outputs, and what named modules took in and put out in
/// between.
public final class RecordedPass {
    private final Tensor inputs;
    private final Tensor outputs;
    private final Map<String, Observation> heard;

    private RecordedPass(Tensor inputs, Tensor outputs, Map<String, Observation> heard) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.heard = heard;
    }

    /// A pass of a network, in which these modules are heard.
    ///
    /// @throws IllegalArgumentException for an unknown module, or one that runs more than once in a pass
    /// @throws IllegalStateException if nothing is recorded, so that every derivative would be zero
    public static RecordedPass of(Network network, Tensor samples, Collection<String> modules) {
        modules.forEach(network::module);
        Map<String, Observation> heard = new HashMap<>();
        Pass.Tap tap = (module, input, output) -> {
            if (heard.put(module, Observation.of(input, output)) != null) {
                throw repeated(module);
            }
        };
        modules.forEach(module -> network.attach(module, tap));
        try {
            Tensor inputs = samples.tracked();
            Tensor outputs = network.forward(inputs);
            if (!outputs.isTracked()) {
                throw new IllegalStateException("the network's outputs, shape " + outputs.shape()
                        + ", have no record to differentiate: tracking is off here, or they depend on nothing");
            }
            return new RecordedPass(inputs, outputs, heard);
        } finally {
            modules.forEach(module -> network.detach(module, tap));
        }
    }

    /// The refusal of a module that runs more than once in a pass.
    public static IllegalArgumentException repeated(String module) {
        return new IllegalArgumentException("module '" + module
                + "' runs more than once in a pass: which of its derivatives is meant is not clear");
    }

    /// The outputs of a pass in which no module is of interest.
    public static Tensor outputs(Network network, Tensor samples) {
        return of(network, samples, List.of()).outputs();
    }

    public Tensor inputs() {
        return inputs;
    }

    public Tensor outputs() {
        return outputs;
    }

    /// Refuses a result that does not depend on a variable.
    ///
    /// @throws IllegalArgumentException if `y` does not depend on `x` through the record; the message calls them by
    /// these names
    public static void requireReached(RecordedResult y, String nameOfY, Tensor x, String nameOfX) {
        try {
            y.requireReached(List.of(x), Gradients.Unreached.REFUSED);
        } catch (MissingGradientException e) {
            throw new IllegalArgumentException(
                    nameOfY + ", shape " + y.result().shape() + ", does not depend on " + nameOfX
                            + ", shape " + x.shape() + ", so that there is no derivative: " + e.reason(),
                    e);
        }
    }

    /// What a module received and gave.
    ///
    /// @throws IllegalArgumentException if the module did not run
    public Observation module(String path) {
        Observation observation = heard.get(path);
        if (observation == null) {
            throw new IllegalArgumentException("module '" + path + "' did not run in a pass of the whole network");
        }
        return observation;
    }
}
