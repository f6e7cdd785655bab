package org.surprisal.network;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// One walk through a network. It says whether the network trains, which changes what dropout and batch normalisation
/// do, and it knows who listens where; where nobody does, running a layer through it costs nothing.
public final class Pass {
    private static final Pass EVALUATION = new Pass(Map.of(), "", null);

    private final Map<String, List<Tap>> taps;
    private final String path;
    private final @Nullable Training training;

    private Pass(Map<String, List<Tap>> taps, String path, @Nullable Training training) {
        this.taps = taps;
        this.path = path;
        this.training = training;
    }

    /// Hears what goes into a module and what comes out: see [Network#attach].
    @FunctionalInterface
    public interface Tap {
        /// A module has run.
        ///
        /// @param module the module's path
        void heard(String module, Tensor input, Tensor output);

        /// Whether what the next pass says is of use: training computes what taps hear only while one listens.
        default boolean isListening() {
            return true;
        }
    }

    /// What the parts of one training pass share: the stream, and how often it has been asked for a child.
    private static final class Training {
        private final RandomStream stream;
        private long asked;

        Training(RandomStream stream) {
            this.stream = stream;
        }

        RandomStream next() {
            return stream.child(asked++);
        }
    }

    /// A walk that changes nothing and draws nothing: the network as a function.
    public static Pass evaluation() {
        return EVALUATION;
    }

    /// A walk of training: dropout drops, batch normalisation takes its statistics from the batch. For one walk only.
    ///
    /// @param stream what the layers draw from: the same stream and network, the same draws
    public static Pass training(RandomStream stream) {
        return new Pass(Map.of(), "", new Training(stream));
    }

    Pass heardBy(Map<String, List<Tap>> listeners) {
        return listeners.isEmpty() ? this : new Pass(listeners, path, training);
    }

    public boolean isTraining() {
        return training != null;
    }

    /// A random stream of its own for the layer that asks, another for each time one asks.
    ///
    /// @throws IllegalStateException outside training: an evaluated network is a function of its input
    public RandomStream draw() {
        if (training == null) {
            throw new IllegalStateException("a layer may draw random numbers in training only");
        }
        return training.next();
    }

    /// Runs a child layer under its name.
    ///
    /// @throws IllegalArgumentException where the layer refuses its input; the message names the layer by its path
    public Tensor run(String name, Layer layer, Tensor input) {
        if (taps.isEmpty()) {
            return forward(name, layer, input, this);
        }
        String module = path.isEmpty() ? name : path + "." + name;
        Tensor output = forward(name, layer, input, new Pass(taps, module, training));
        for (Tap tap : taps.getOrDefault(module, List.of())) {
            tap.heard(module, input, output);
        }
        return output;
    }

    private static Tensor forward(String name, Layer layer, Tensor input, Pass pass) {
        try {
            return layer.forward(input, pass);
        } catch (LayerException e) {
            throw e.within(name);
        } catch (IllegalArgumentException e) {
            throw new LayerException(name, e);
        }
    }
}
