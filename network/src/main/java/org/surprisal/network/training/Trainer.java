package org.surprisal.network.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.Batch;
import org.surprisal.data.Batches;
import org.surprisal.data.Dataset;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Network;
import org.surprisal.network.Parameter;
import org.surprisal.network.Resumable;
import org.surprisal.network.State;
import org.surprisal.network.loss.Loss;
import org.surprisal.network.optimiser.Optimiser;
import org.surprisal.network.probe.Probe;
import org.surprisal.tensor.Gradients;
import org.surprisal.tensor.MissingGradientException;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.RecordedResult;
import org.surprisal.tensor.Tensor;
import org.surprisal.tensor.Workspace;

/// The training loop: mini-batches, loss, gradients, step; listeners after each step and epoch.
///
/// ```java
/// List<TrainingListener.Epoch> history = new Trainer(network, new CrossEntropy(), new Sgd(0.1, 0.9))
///         .epochs(3).batchSize(128).validation(test).fit(train, RandomStream.seeded(1));
/// ```
public final class Trainer {
    private static final System.Logger LOGGER = System.getLogger("org.surprisal.network");
    private static final String ADVICE = " (a smaller learning rate may help)";

    private final Network network;
    private final Loss loss;
    private final Optimiser optimiser;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private int epochs = 1;
    private int batchSize = 128;
    private boolean isShuffled = true;
    private @Nullable Dataset validation;
    private final List<StepFactor> factors = new ArrayList<>();
    private @Nullable ReduceOnPlateau plateau;
    private @Nullable EarlyStopping earlyStopping;
    private BooleanSupplier stop = () -> false;
    private @Nullable Consumer<State> keeper;
    private Duration keepInterval = Duration.ZERO;
    private long lastKept;
    private @Nullable State resumed;
    private final Workspace workspace = new Workspace();
    private final Optional<NarrowStep> narrow;

    public Trainer(Network network, Loss loss, Optimiser optimiser) {
        this.network = network;
        this.loss = loss;
        this.optimiser = optimiser;
        this.narrow = NarrowStep.of(network, loss);
    }

    /// Passes over the training data; 0 trains nothing.
    public Trainer epochs(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("epochs (=" + count + ") must not be negative");
        }
        this.epochs = count;
        return this;
    }

    /// Samples of one step.
    public Trainer batchSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("batchSize (=" + size + ") must be at least 1");
        }
        this.batchSize = size;
        return this;
    }

    /// Whether each epoch takes the samples in a new order, as it does by default; else every epoch takes them in the
    /// order of the data set.
    public Trainer shuffled(boolean isShuffled) {
        this.isShuffled = isShuffled;
        return this;
    }

    /// Data to evaluate on after each epoch.
    public Trainer validation(Dataset data) {
        this.validation = data;
        return this;
    }

    /// Multiplies the optimiser's learning rate by a schedule's factor. Several schedules multiply each other.
    ///
    /// @param unit whether the schedule's time is steps or epochs
    public Trainer schedule(Schedule schedule, Schedule.Unit unit) {
        factors.add(switch (unit) {
            case STEP -> (epoch, step) -> schedule.factor(step - 1);
            case EPOCH -> (epoch, step) -> schedule.factor(epoch - 1);
        });
        return this;
    }

    /// Lowers the learning rate, on top of schedules, when the loss on the validation data no longer falls.
    public Trainer schedule(ReduceOnPlateau reduction) {
        this.plateau = reduction;
        factors.add((epoch, step) -> reduction.factor());
        return this;
    }

    /// Ends the run when the loss on the validation data no longer falls. However the run ends, short of an exception,
    /// the network then has the parameters and buffers of the epoch with the lowest.
    public Trainer earlyStopping(EarlyStopping stopping) {
        this.earlyStopping = stopping;
        return this;
    }

    /// Adds a listener; a [Probe] gives one.
    public Trainer listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /// Asked after each step; once it answers true the run ends there, with the history so far. After an epoch's last
    /// step the epoch is finished first.
    public Trainer stopWhen(BooleanSupplier condition) {
        this.stop = condition;
        return this;
    }

    /// Hands out the state of the run after a step, whenever so much time has passed, and once more when the run is
    /// stopped: from it [#resume] goes on to the same bits. When it is handed out, listeners have heard of all that was
    /// done. It shares its tensors with the run and is right during the call only; [State#copy()] lasts.
    ///
    /// @param interval at least between one and the next; zero for after each step
    public Trainer keep(Duration interval, Consumer<State> to) {
        this.keepInterval = interval;
        this.keeper = to;
        return this;
    }

    /// Goes on from a state that was handed out by a run of the same network, data, settings and stream: [#fit] then
    /// ends with the same bits as that run would have, and its history holds that run's epochs too.
    public Trainer resume(State state) {
        this.resumed = state;
        return this;
    }

    /// Trains and returns one entry a finished epoch. Epoch e visits the samples in the order drawn from child e of the
    /// stream; where one batch holds them all, in the data set's order, because another one would change a sum's
    /// rounding only. What layers draw in step s comes from child s of the stream's child `layers`.
    ///
    /// @throws DivergenceException when a loss is NaN or infinite, or at the end of an epoch a parameter or a buffer is
    /// @throws IllegalArgumentException when the loss is not one number or depends on no parameter, because the loss or
    /// a layer cuts the record ([Gradients.Unreached]; a parameter that it does not depend on beside others that it
    /// does has gradient zero), or when the state to resume from is of another network, optimiser, number of samples or
    /// batch size
    public List<TrainingListener.Epoch> fit(Dataset train, RandomStream stream) {
        if (validation == null && (plateau != null || earlyStopping != null)) {
            throw new IllegalStateException("a learning rate that follows plateaus and early stopping watch the loss on"
                    + " validation data: give validation(data)");
        }
        loss.warning(network).ifPresent(warning -> LOGGER.log(System.Logger.Level.WARNING, warning));
        List<TrainingListener.Epoch> history = run(train, stream);
        if (earlyStopping != null) {
            earlyStopping.giveBest(network.state().values());
        }
        return List.copyOf(history);
    }

    private List<TrainingListener.Epoch> run(Dataset train, RandomStream stream) {
        if (train.size() == 0) {
            throw new IllegalArgumentException("data set " + train.name() + " has no samples to train on");
        }
        TrainingPosition at = new TrainingPosition(train.size(), batchSize);
        State from = resumed;
        if (from != null) {
            parts(at).forEach((name, part) -> part.restore(from.below(name)));
            network.state().forEach(from.below("network")::copyTo);
        }
        long steps = (long) epochs * Math.ceilDiv(train.size(), batchSize);
        lastKept = System.nanoTime();
        RandomStream draws = stream.child("layers");
        Optional<Batch> whole = batchSize >= train.size() ? Optional.of(constants(train.all())) : Optional.empty();
        int count = Math.ceilDiv(train.size(), batchSize);
        while (at.epoch <= epochs && !at.over) {
            IntFunction<Batch> batches = whole.<IntFunction<Batch>>map(batch -> place -> batch)
                    .orElseGet(() -> (isShuffled
                            ? Batches.shuffled(train, batchSize, stream.child(at.epoch))
                            : Batches.inOrder(train, batchSize))::batch);
            boolean stopped = false;
            while (at.batches < count) {
                Batch batch = batches.apply(at.batches);
                at.step++;
                Taken taken = step(train, batch, draws, at.epoch, at.step, steps);
                at.batches++;
                at.lossSum += taken.loss() * batch.size();
                at.right += taken.right();
                stopped = stop.getAsBoolean();
                if (at.batches < count) {
                    if (stopped) {
                        requireFinite(at.epoch, at.step);
                    }
                    keep(at, stopped);
                    if (stopped) {
                        return at.history;
                    }
                }
            }
            requireFinite(at.epoch, at.step);
            int n = train.size();
            TrainingListener.Epoch done = new TrainingListener.Epoch(at.epoch, at.step, at.lossSum / n,
                    train.classes() > 0 ? OptionalDouble.of((double) at.right / n) : OptionalDouble.empty(),
                    validate(at.epoch, at.step));
            at.finish(done);
            listeners.forEach(listener -> listener.onEpoch(done));
            at.over = done.validation().isPresent() && isEnough(done.validation().get().loss());
            keep(at, stopped);
            if (stopped) {
                return at.history;
            }
        }
        return at.history;
    }

    private static Batch constants(Batch batch) {
        return new Batch(batch.inputs().detached(), batch.targets().detached());
    }

    /// What remembers something, by the name it is kept under.
    private Map<String, Resumable> parts(TrainingPosition at) {
        Map<String, Resumable> parts = new LinkedHashMap<>();
        parts.put("position", at);
        parts.put("optimiser", optimiser);
        if (plateau != null) {
            parts.put("plateau", plateau);
        }
        if (earlyStopping != null) {
            parts.put("early-stopping", earlyStopping);
        }
        return parts;
    }

    private void keep(TrainingPosition at, boolean now) {
        if (keeper == null || (!now && Duration.ofNanos(System.nanoTime() - lastKept).compareTo(keepInterval) < 0)) {
            return;
        }
        State state = State.sharing();
        network.state().forEach(state.below("network")::put);
        parts(at).forEach((name, part) -> part.save(state.below(name)));
        keeper.accept(state);
        lastKept = System.nanoTime();
    }

    private boolean isEnough(double validationLoss) {
        if (plateau != null) {
            plateau.observe(validationLoss);
        }
        return earlyStopping != null && earlyStopping.observe(validationLoss, network.state().values());
    }

    private interface StepFactor {
        double at(int epoch, long step);
    }

    private double learningRate(int epoch, long step) {
        double rate = optimiser.learningRate();
        for (StepFactor factor : factors) {
            rate *= factor.at(epoch, step);
        }
        return rate;
    }

    /// @param right how many samples were given their class
    /// @param gradients by the parameters, where a listener wants them
    private record Taken(double loss, int right, List<Tensor> gradients) {}

    private Taken step(Dataset train, Batch batch, RandomStream draws, int epoch, long step, long steps) {
        listeners.forEach(listener -> listener.beforeStep(step));
        boolean listening = listeners.stream().anyMatch(TrainingListener::wantsTensors);
        Optional<NarrowStep.Taken> computed = narrow.flatMap(perceptron -> perceptron.take(batch, train.classes() > 0));
        Taken taken;
        if (computed.isPresent()) {
            taken = follow(computed.get(), batch, draws, epoch, step, listening);
        } else if (listening) {
            taken = take(train, batch, draws, epoch, step, true);
        } else {
            taken = workspace.run(() -> take(train, batch, draws, epoch, step, false));
        }
        TrainingListener.Step done = new TrainingListener.Step(epoch, step, steps, batch, taken.loss(),
                network.parameters(), taken.gradients());
        listeners.forEach(listener -> listener.onStep(done));
        return taken;
    }

    /// Changes the parameters along gradients that were computed in one pass. Whoever listens hears a pass of recorded
    /// operations with the same parameters: nothing that is heard changes what is learnt.
    private Taken follow(NarrowStep.Taken computed, Batch batch, RandomStream draws, int epoch,
            long step,
            boolean listening) {
        requireFinite(computed.loss(), batch, epoch, step);
        if (listening) {
            heardGradients(loss.value(outputs(batch, draws, step), batch.targets()), network.parameters(), epoch, step);
        } else if (network.isHeard()) {
            workspace.run(() -> outputs(batch, draws, step));
        }
        List<Parameter> parameters = network.parameters();
        double rate = learningRate(epoch, step);
        Optional<Optimiser.Update> update = listening ? Optional.empty() : optimiser.begin(parameters, rate);
        if (update.isPresent()) {
            for (int i = 0; i < parameters.size(); i++) {
                update.get().accept(i, computed.gradients().get(i));
            }
            return new Taken(computed.loss(), computed.right(), List.of());
        }
        // The next step writes over them.
        List<Tensor> gradients = computed.gradients().stream().map(gradient -> gradient.tracked().detached()).toList();
        optimiser.step(parameters, gradients, rate);
        return new Taken(computed.loss(), computed.right(), listening ? gradients : List.of());
    }

    /// Layers in front of the first parameter are recorded only if their input is a variable.
    private Tensor outputs(Batch batch, RandomStream draws, long step) {
        boolean watching = listeners.stream().anyMatch(TrainingListener::wantsGradients);
        return network.forwardInTraining(watching ? batch.inputs().tracked() : batch.inputs(), draws.child(step));
    }

    private void requireFinite(double loss, Batch batch, int epoch, long step) {
        if (!Double.isFinite(loss)) {
            throw divergence("loss", loss, batch, epoch, step);
        }
    }

    private Taken take(Dataset train, Batch batch, RandomStream draws, int epoch, long step, boolean listening) {
        Tensor outputs = outputs(batch, draws, step);
        Tensor value = loss.value(outputs, batch.targets());
        double number = value.item();
        requireFinite(number, batch, epoch, step);
        int right = train.classes() > 0 ? Evaluation.correct(outputs, batch.targets(), loss.threshold()) : 0;
        List<Parameter> parameters = network.parameters();
        double rate = learningRate(epoch, step);
        // What an optimiser remembers has to last.
        Optional<Optimiser.Update> update = listening
                ? Optional.empty()
                : Workspace.outside(() -> optimiser.begin(parameters, rate));
        if (update.isPresent()) {
            try {
                Gradients.each(value, values(parameters), Gradients.Unreached.ZERO_UNLESS_ALL, update.get()::accept);
            } catch (MissingGradientException e) {
                throw nothingToLearn(e, epoch, step);
            }
            return new Taken(number, right, List.of());
        }
        List<Tensor> gradients = heardGradients(value, parameters, epoch, step);
        Workspace.outside(() -> {
            optimiser.step(parameters, gradients, rate);
            return rate;
        });
        return new Taken(number, right, listening ? gradients : List.of());
    }

    /// The gradients by the parameters, after listeners have heard those by what they watch.
    private List<Tensor> heardGradients(Tensor value, List<Parameter> parameters, int epoch, long step) {
        List<Tensor> variables = new ArrayList<>(values(parameters));
        List<List<Tensor>> watched = listeners.stream().map(TrainingListener::watched).toList();
        watched.forEach(variables::addAll);
        RecordedResult record = RecordedResult.of(value);
        requireReached(record, parameters, watched, epoch, step);
        List<Tensor> gradients = record.gradients(variables, Gradients.Unreached.ZERO);
        int next = parameters.size();
        for (int i = 0; i < watched.size(); i++) {
            int end = next + watched.get(i).size();
            listeners.get(i).onGradients(epoch, step, gradients.subList(next, end));
            next = end;
        }
        return gradients.subList(0, parameters.size());
    }

    /// A parameter may serve no purpose if another one does. A watched tensor without a gradient is no vanishing
    /// gradient.
    private void requireReached(RecordedResult record, List<Parameter> parameters, List<List<Tensor>> watched,
            int epoch,
            long step) {
        try {
            record.requireReached(values(parameters), Gradients.Unreached.ZERO_UNLESS_ALL);
        } catch (MissingGradientException e) {
            throw nothingToLearn(e, epoch, step);
        }
        try {
            for (List<Tensor> tensors : watched) {
                if (!tensors.isEmpty()) {
                    record.requireReached(tensors, Gradients.Unreached.REFUSED);
                }
            }
        } catch (MissingGradientException e) {
            throw new IllegalArgumentException("epoch " + epoch + ", step " + step + ": the loss does not depend on"
                    + " a tensor that a listener watches, such as the output of a probed layer: " + e.reason(), e);
        }
    }

    private static List<Tensor> values(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::value).toList();
    }

    private IllegalArgumentException nothingToLearn(MissingGradientException e, int epoch, long step) {
        List<Parameter> parameters = network.parameters();
        return new IllegalArgumentException(
                "epoch " + epoch + ", step " + step + " would train nothing, because the loss"
                        + " depends on none of the network's " + parameters.size() + " parameters ('"
                        + parameters.getFirst().name() + "' …): " + e.reason(),
                e);
    }

    private Optional<Evaluation> validate(int epoch, long step) {
        Dataset data = validation;
        if (data == null) {
            return Optional.empty();
        }
        Evaluation evaluation = Evaluation.of(network, loss, data);
        if (!Double.isFinite(evaluation.loss())) {
            throw divergence("validation loss", evaluation.loss(), NotFinite.batch(network, loss, data, batchSize),
                    epoch,
                    step);
        }
        return Optional.of(evaluation);
    }

    /// The last step of an epoch has no loss after it that would show what it did, and no loss of training shows
    /// running averages.
    private void requireFinite(int epoch, long step) {
        network.state().forEach((name, value) -> {
            if (!value.isFinite()) {
                throw new DivergenceException(
                        "'" + name + "' is NaN or infinite after epoch " + epoch + ", step " + step + ADVICE);
            }
        });
    }

    private DivergenceException divergence(String what, double value, Batch batch, int epoch, long step) {
        return new DivergenceException("the " + what + " became " + value + " in epoch " + epoch + ", step " + step
                + "; first seen in " + NotFinite.in(network, batch) + ADVICE);
    }
}
