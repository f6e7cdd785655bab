package org.surprisal.network.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.Pass;
import org.surprisal.network.internal.RecordedPass;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.probe.Recording.Quantity;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RecordedResult;
import org.surprisal.tensor.Tensor;

/// Listens to modules of a network by name and passes on what they take in and put out, and the gradients of the loss
/// there.
///
/// Two ways to listen, both as a listener of the [Trainer]: [#ofSteps] hears the training batches themselves, every so
/// many steps; [#ofEpochs] runs samples of its own through the network, every so many epochs. Where the recordings go
/// is the caller's: a list's `add`, or a [RecordingFolder]. Closing a probe detaches it, after which the network runs
/// as if it had never been there.
///
/// ```java
/// List<Recording> heard = new ArrayList<>();
/// try (Probe probe = Probe.ofEpochs(network, List.of("linear3"), Set.of(Quantity.OUTPUT), 1, samples, loss,
///         heard::add)) {
///     trainer.listener(probe).fit(train, stream);
/// }
/// ```
public final class Probe implements TrainingListener, AutoCloseable {
    private final Network network;
    private final List<String> modules;
    private final Set<Quantity> quantities;
    private final int every;
    private final int @Nullable [] rows;
    private final @Nullable Batch samples;
    private final @Nullable Loss loss;
    private final Consumer<Recording> sink;

    private record Heard(String module, Tensor input, Tensor output) {}

    private final List<Heard> heard = new ArrayList<>();
    private final Pass.Tap tap = new Pass.Tap() {
        @Override
        public void heard(String module, Tensor input, Tensor output) {
            if (listening) {
                heard.add(new Heard(module, input, output));
            }
        }

        @Override
        public boolean isListening() {
            return listening;
        }
    };
    private boolean listening;

    private Probe(Network network, Collection<String> modules, Set<Quantity> quantities, int every,
            int @Nullable [] rows, @Nullable Batch samples, @Nullable Loss loss, Consumer<Recording> sink) {
        if (every < 1) {
            throw new IllegalArgumentException("a probe listens every 1 or more steps or epochs, not every " + every);
        }
        if (modules.isEmpty() || quantities.isEmpty()) {
            throw new IllegalArgumentException("a probe needs a module and a quantity to listen to, not modules "
                    + modules + " and quantities " + quantities);
        }
        if (rows != null && IntStream.of(rows).anyMatch(row -> row < 0)) {
            throw new IllegalArgumentException("rows of a batch count from 0, not " + Arrays.toString(rows));
        }
        modules.forEach(network::module);
        this.network = network;
        this.modules = modules.stream().distinct().toList();
        this.quantities = EnumSet.copyOf(quantities);
        this.every = every;
        this.rows = rows == null ? null : rows.clone();
        this.samples = samples;
        this.loss = loss;
        this.sink = sink;
        this.modules.forEach(module -> network.attach(module, tap));
    }

    /// Hears every `every`-th training batch.
    ///
    /// @throws IllegalArgumentException for an unknown module; the message lists those there are
    public static Probe ofSteps(Network network, Collection<String> modules, Set<Quantity> quantities, int every,
            Consumer<Recording> sink) {
        return new Probe(network, modules, quantities, every, null, null, null, sink);
    }

    /// Hears these rows of every `every`-th training batch; a batch too small for a row passes without it.
    public static Probe ofSteps(Network network, Collection<String> modules, Set<Quantity> quantities, int every,
            int[] rows, Consumer<Recording> sink) {
        return new Probe(network, modules, quantities, every, rows, null, null, sink);
    }

    /// Runs `samples` through the network after every `every`-th epoch. The loss is for gradients.
    ///
    /// @throws IllegalArgumentException for an unknown module; the message lists those there are
    public static Probe ofEpochs(Network network, Collection<String> modules, Set<Quantity> quantities, int every,
            Batch samples, Loss loss, Consumer<Recording> sink) {
        return new Probe(network, modules, quantities, every, null, samples, loss, sink);
    }

    @Override
    public void beforeStep(long step) {
        heard.clear();
        listening = samples == null && step % every == 0;
    }

    @Override
    public boolean wantsGradients() {
        return listening && quantities.contains(Quantity.GRADIENT);
    }

    @Override
    public boolean wantsTensors() {
        return listening;
    }

    @Override
    public List<Tensor> watched() {
        return wantsGradients() ? heard.stream().map(Heard::output).toList() : List.of();
    }

    @Override
    public void onGradients(int epoch, long step, List<Tensor> gradients) {
        if (listening) {
            pass(epoch, step, gradients);
        }
        listening = false;
    }

    @Override
    public void onEpoch(Epoch epoch) {
        Batch own = samples;
        Loss measure = loss;
        if (own == null || measure == null || epoch.epoch() % every != 0) {
            return;
        }
        heard.clear();
        listening = true;
        try {
            List<Tensor> gradients = List.of();
            if (wantsGradients()) {
                Tensor outputs = network.forward(own.inputs().tracked());
                Tensor value = measure.value(outputs, own.targets());
                RecordedResult record = RecordedResult.of(value);
                for (Heard one : heard) {
                    RecordedPass.requireReached(record, "the loss", one.output(),
                            "the output of '" + one.module() + "'");
                }
                gradients = record.gradients(watched(), Gradients.Unreached.REFUSED);
            } else {
                network.evaluate(own.inputs());
            }
            pass(epoch.epoch(), epoch.step(), gradients);
        } finally {
            listening = false;
            heard.clear();
        }
    }

    private void pass(int epoch, long step, List<Tensor> gradients) {
        for (int i = 0; i < heard.size(); i++) {
            Heard one = heard.get(i);
            if (quantities.contains(Quantity.INPUT)) {
                sink.accept(new Recording(one.module(), Quantity.INPUT, epoch, step, chosen(one.input())));
            }
            if (quantities.contains(Quantity.OUTPUT)) {
                sink.accept(new Recording(one.module(), Quantity.OUTPUT, epoch, step, chosen(one.output())));
            }
            if (quantities.contains(Quantity.GRADIENT)) {
                sink.accept(new Recording(one.module(), Quantity.GRADIENT, epoch, step, chosen(gradients.get(i))));
            }
        }
        heard.clear();
    }

    private Tensor chosen(Tensor values) {
        if (rows == null) {
            return values.detached();
        }
        int there = values.length(0);
        return values.detached().rows(IntStream.of(rows).filter(row -> row < there).toArray());
    }

    /// Detaches the probe from the network.
    @Override
    public void close() {
        modules.forEach(module -> network.detach(module, tap));
    }
}
