package org.surprisal.network;

import java.util.List;
import java.util.Map;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// One walk through a network. It says whether the network trains, which changes what dropout and batch normalisation
/// do, it has the random numbers that layers draw, and it knows who listens where; where nobody does, running a layer
/// through it costs nothing.
public final class Pass {
    /// The noise of evaluations that are given none.
    private static final RandomStream SAME_NOISE = RandomStream.seeded(0).child("noise in evaluation");

    private final Map<String, List<Tap>> taps;
    private final String path;
    private final boolean trains;
    private final Draws draws;

    private Pass(Map<String, List<Tap>> taps, String path, boolean trains, Draws draws) {
        this.taps = taps;
        this.path = path;
        this.trains = trains;
        this.draws = draws;
    }

    /// Hears what goes into a module and what comes out: see [Network#attach].
    @FunctionalInterface
    public interface Tap {
        /// A module has run.
        ///
        /// @param module the module's path
        void heard(String module, Tensor input, Tensor output);
    }

    /// What the parts of one pass share: the stream, and how often it has been asked for a child.
    private static final class Draws {
        private final RandomStream stream;
        private long asked;

        Draws(RandomStream stream) {
            this.stream = stream;
        }

        RandomStream next() {
            return stream.child(asked++);
        }
    }

    /// A walk that changes nothing: the network as a function. Noise that is part of the network is the same in every
    /// such walk. For one walk only.
    public static Pass evaluation() {
        return evaluation(SAME_NOISE);
    }

    /// A walk that changes nothing, with noise of its own where noise is part of the network. For one walk only.
    ///
    /// @param noise what the layers draw their noise from: the same stream and network, the same noise
    public static Pass evaluation(RandomStream noise) {
        return new Pass(Map.of(), "", false, new Draws(noise));
    }

    /// A walk of training: dropout drops, batch normalisation takes its statistics from the batch. For one walk only.
    ///
    /// @param stream what the layers draw from: the same stream and network, the same draws
    public static Pass training(RandomStream stream) {
        return new Pass(Map.of(), "", true, new Draws(stream));
    }

    Pass heardBy(Map<String, List<Tap>> listeners) {
        return listeners.isEmpty() ? this : new Pass(listeners, path, trains, draws);
    }

    public boolean isTraining() {
        return trains;
    }

    /// A random stream of its own for the layer that asks, another for each time one asks, of what happens in training
    /// only.
    ///
    /// @throws IllegalStateException outside training
    public RandomStream draw() {
        if (!trains) {
            throw new IllegalStateException("a layer may draw random numbers in training only, except for noise that"
                    + " is part of the network (Pass.noise)");
        }
        return draws.next();
    }

    /// A random stream of its own for the layer that asks, another for each time one asks, of noise that is part of the
    /// network, in training and outside it.
    public RandomStream noise() {
        return draws.next();
    }

    /// Runs a child layer under its name.
    ///
    /// @throws IllegalArgumentException where the layer refuses its input; the message names the layer by its path
    public Tensor run(String name, Layer layer, Tensor input) {
        if (taps.isEmpty()) {
            return forward(name, layer, input, this);
        }
        String module = path.isEmpty() ? name : path + "." + name;
        Tensor output = forward(name, layer, input, new Pass(taps, module, trains, draws));
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
