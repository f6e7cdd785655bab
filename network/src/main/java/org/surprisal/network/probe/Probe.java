package org.surprisal.network.probe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.surprisal.data.Batch;
import org.surprisal.network.Network;
import org.surprisal.network.Observation;
import org.surprisal.network.Pass;
import org.surprisal.network.internal.ObservedPass;
import org.surprisal.network.internal.RecordedPass;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.RecordedResult;
import org.surprisal.tensor.Tensor;

/// Listens to modules of a network by name: what they take in and put out, and the gradients of the loss by what they
/// put out.
///
/// [#observe(Tensor)] runs samples through the network once. While a network trains, a probe gives a listener of the
/// [Trainer]: [#eachEpoch] runs samples of one's own through the network after epochs, and [#eachStep] hears the
/// training batches themselves. All three give an [Observation] for each module; its tensors are constants. A module
/// that runs several times in a pass is observed the last time.
///
/// ```java
/// Probe probe = Probe.of(network, List.of("tanh0", "tanh1"));
/// Map<String, Observation> before = probe.observe(samples.inputs());
/// trainer.listener(probe.eachEpoch(10, samples.inputs(), (epoch, step, seen) -> System.out.println(
///         epoch + ": " + seen.get("tanh1").output().mean().item()))).fit(train, stream);
/// ```
public final class Probe {
    private final Network network;
    private final List<String> modules;

    private Probe(Network network, List<String> modules) {
        this.network = network;
        this.modules = modules;
    }

    /// Hears what a probe observes while a network trains.
    @FunctionalInterface
    public interface Observer {
        /// Some samples have passed the network.
        ///
        /// @param epoch from 1
        /// @param step  from 1, counted over the whole run
        /// @param seen  what each module did, by its path
        void observed(int epoch, long step, Map<String, Observation> seen);
    }

    /// Of modules of a network.
    ///
    /// @param modules paths of modules, one at least
    /// @throws IllegalArgumentException for an unknown module; the message lists those there are
    public static Probe of(Network network, Collection<String> modules) {
        if (modules.isEmpty()) {
            throw new IllegalArgumentException("a probe listens to one module at least, and none is given");
        }
        modules.forEach(network::module);
        return new Probe(network, modules.stream().distinct().toList());
    }

    /// Runs samples through the network as it is used ([Network#forward]), and returns what each module did, in the
    /// order of the modules' runs.
    public Map<String, Observation> observe(Tensor inputs) {
        return ObservedPass.of(network, inputs, modules);
    }

    /// Observes samples as above, with other noise where noise is part of the network.
    ///
    /// @param noise what the layers draw their noise from, of this pass alone
    public Map<String, Observation> observe(Tensor inputs, RandomStream noise) {
        return ObservedPass.of(network, inputs, noise, modules);
    }

    /// Observes samples as above, with the gradients of their loss.
    ///
    /// @throws IllegalArgumentException for a module that runs more than once in a pass, or one on whose output the
    ///                                  loss does not depend through the record
    public Map<String, Observation> observe(Batch samples, Loss loss) {
        RecordedPass pass = RecordedPass.of(network, samples.inputs(), modules);
        RecordedResult record = RecordedResult.of(loss.value(pass.outputs(), samples.targets()));
        Map<String, Observation> seen = new LinkedHashMap<>();
        List<Tensor> outputs = modules.stream().map(module -> pass.module(module).output()).toList();
        for (int i = 0; i < modules.size(); i++) {
            RecordedPass.requireReached(record, "the loss", outputs.get(i),
                    "the output of '" + modules.get(i) + "'");
        }
        List<Tensor> gradients = record.gradients(outputs, Gradients.Unreached.REFUSED);
        for (int i = 0; i < modules.size(); i++) {
            seen.put(modules.get(i), pass.module(modules.get(i)).with(gradients.get(i)));
        }
        return seen;
    }

    /// A listener that observes these samples after every `every`-th epoch.
    public TrainingListener eachEpoch(int every, Tensor inputs, Observer observer) {
        return eachEpoch(every, () -> observe(inputs), observer);
    }

    /// A listener that observes these samples, and the gradients of their loss, after every `every`-th epoch.
    public TrainingListener eachEpoch(int every, Batch samples, Loss loss, Observer observer) {
        return eachEpoch(every, () -> observe(samples, loss), observer);
    }

    private static TrainingListener eachEpoch(int every, Supplier<Map<String, Observation>> observation,
            Observer observer) {
        requireEvery(every, "epoch");
        return new TrainingListener() {
            @Override
            public void onEpoch(Epoch epoch) {
                if (epoch.epoch() % every == 0) {
                    observer.observed(epoch.epoch(), epoch.step(), observation.get());
                }
            }
        };
    }

    /// A listener that observes every `every`-th training batch, as training sees it ([Network#forwardInTraining]).
    /// Its steps keep all tensors until they end.
    public TrainingListener eachStep(int every, Observer observer) {
        return new Steps(every, false, observer);
    }

    /// A listener that observes every `every`-th training batch, and the gradients of its loss.
    public TrainingListener eachStepWithGradients(int every, Observer observer) {
        return new Steps(every, true, observer);
    }

    private static void requireEvery(int every, String what) {
        if (every < 1) {
            throw new IllegalArgumentException("every (=" + every + ") must be at least 1: a probe listens at every "
                    + what + ", at every second, and so on");
        }
    }

    /// Hears the training batches. It is attached to the network during the steps that it observes, and not between.
    private final class Steps implements TrainingListener {
        private final int every;
        private final boolean gradients;
        private final Observer observer;
        private final Map<String, Observation> heard = new LinkedHashMap<>();
        private final Pass.Tap tap = this::hear;
        private boolean listening;

        Steps(int every, boolean gradients, Observer observer) {
            requireEvery(every, "step");
            this.every = every;
            this.gradients = gradients;
            this.observer = observer;
        }

        private void hear(String module, Tensor input, Tensor output) {
            if (heard.put(module, Observation.of(input, output)) != null && gradients) {
                throw RecordedPass.repeated(module);
            }
        }

        @Override
        public void beforeStep(long step) {
            end();
            listening = step % every == 0;
            if (listening) {
                modules.forEach(module -> network.attach(module, tap));
            }
        }

        private void end() {
            modules.forEach(module -> network.detach(module, tap));
            heard.clear();
            listening = false;
        }

        @Override
        public boolean wantsGradients() {
            return listening && gradients;
        }

        @Override
        public boolean wantsTensors() {
            return listening;
        }

        @Override
        public List<Tensor> watched() {
            return wantsGradients() ? heard.values().stream().map(Observation::output).toList() : List.of();
        }

        @Override
        public void onGradients(int epoch, long step, List<Tensor> found) {
            if (!listening) {
                return;
            }
            Map<String, Observation> seen = new LinkedHashMap<>();
            heard.forEach((module, one) -> seen.put(module,
                    gradients ? one.with(found.get(seen.size()).detached()) : one.detached()));
            end();
            observer.observed(epoch, step, seen);
        }
    }
}
