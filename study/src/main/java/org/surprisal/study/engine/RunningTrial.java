package org.surprisal.study.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.surprisal.data.Dataset;
import org.surprisal.data.format.Npz;
import org.surprisal.network.DivergenceException;
import org.surprisal.network.Network;
import org.surprisal.network.State;
import org.surprisal.network.Weights;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.settings.Settings;
import org.surprisal.tensor.Tensor;

/// A trial that the engine runs: records what the study says into the trial's folder, and leaves out what the folder
/// has whole.
///
/// Numbers recorded in a stage are written when the stage is finished, those of a training step or epoch together when
/// it is over, and those in between with what comes next. So every line of the folder's rows.csv belongs to something
/// whole.
final class RunningTrial implements Trial {
    private static final String STATE = "training";

    /// About how many losses of single batches are kept of a training.
    private static final int POINTS = 200;

    /// How long after one step the next one is told of: to tell takes as long as a step of a small network.
    private static final long SILENCE_NANOS = 50_000_000;

    private final Cell cell;
    private final Settings settings;
    private final SharedInputs inputs;
    private final TrialFolder folder;
    private final Duration interval;
    private final BooleanSupplier stop;
    private final Watcher watcher;
    private final List<Row> pending = new ArrayList<>();
    private final Set<String> stages = new HashSet<>();
    private int position;
    private int trainings;
    private @Nullable String stage;
    private boolean training;
    private boolean muted;

    /// Who is told how a trial comes along.
    interface Watcher {
        /// A number has been recorded, in memory at least.
        default void recorded() {
        }

        /// How much of its current training the trial has done.
        ///
        /// @param share in [0, 1]
        void at(double share, String message);

        /// Something a person should know, in one line.
        void warning(String line);

        /// Before anything is written: whether the run folder is still where it was.
        void beforeWriting() throws IOException;
    }

    RunningTrial(Cell cell, Settings settings, SharedInputs inputs, TrialFolder folder, Duration interval,
            BooleanSupplier stop, Watcher watcher) {
        this.cell = cell;
        this.settings = settings;
        this.inputs = inputs;
        this.folder = folder;
        this.interval = interval;
        this.stop = stop;
        this.watcher = watcher;
    }

    @Override
    public Cell cell() {
        return cell;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public long seed() {
        return cell.seed();
    }

    @Override
    public <T> T input(Input<T> input) {
        return inputs.get(input);
    }

    @Override
    public void stage(String name, Runnable measure) {
        if (stage != null || training) {
            throw new IllegalStateException("stage '" + name + "' begins within another stage or a training");
        }
        if (!stages.add(name)) {
            throw new IllegalArgumentException("the trial has had a stage '" + name + "'");
        }
        if (isDone(TrialRecord.stage(name))) {
            return;
        }
        requireGoingOn();
        watcher.at(0, name);
        stage = name;
        try {
            measure.run();
        } catch (DivergenceException e) {
            throw TrialStop.diverged(String.valueOf(e.getMessage()));
        }
        stage = null;
        flush();
        finish(TrialRecord.stage(name));
    }

    @Override
    public List<TrainingListener.Epoch> train(Trainer trainer, Dataset data, String lossUnit,
            Watched watched) {
        int number = ++trainings;
        String section = TrialRecord.training(number);
        boolean recorded = isDone(section);
        Optional<State> checkpoint = folder.checkpoint(number);
        requireGoingOn();
        if (checkpoint.isPresent()) {
            trainer.resume(checkpoint.get().below(STATE));
            pending.clear();
        } else if (!recorded) {
            flush();
        }
        Stopping stopping = new Stopping();
        trainer.stopWhen(stopping);
        if (!recorded) {
            trainer.listener(new Curves(lossUnit, watched)).keep(interval, state -> keep(number, state));
        }
        training = true;
        // A training that the folder has whole is repeated from its last checkpoint for the parameters alone.
        muted = recorded;
        List<TrainingListener.Epoch> history;
        try {
            history = trainer.fit(data, stream("order"));
        } catch (DivergenceException e) {
            throw TrialStop.diverged(String.valueOf(e.getMessage()));
        } finally {
            training = false;
            muted = false;
        }
        if (stopping.seen) {
            throw TrialStop.interrupted();
        }
        if (!recorded) {
            flush();
            finish(section);
        }
        return history;
    }

    /// Whether the folder has the next section whole, which must be this one.
    private boolean isDone(String section) {
        List<String> done = folder.record().sections();
        if (position >= done.size()) {
            return false;
        }
        if (!done.get(position).equals(section)) {
            throw new IllegalStateException(folder.recordFile() + ": the trial " + cell + " has '"
                    + done.get(position) + "' in its folder where the study now has '" + section + "'");
        }
        position++;
        pending.clear();
        return true;
    }

    private void finish(String section) {
        position++;
        write(() -> folder.finish(section));
    }

    private void requireGoingOn() {
        if (stop.getAsBoolean()) {
            throw TrialStop.interrupted();
        }
    }

    /// Remembers that the training was told to stop.
    private final class Stopping implements BooleanSupplier {
        private boolean seen;

        @Override
        public boolean getAsBoolean() {
            seen |= stop.getAsBoolean();
            return seen;
        }
    }

    private void keep(int training, State state) {
        write(() -> folder.checkpoint(training, State.of(state.tensors(), state.numbers(), STATE)));
    }

    /// Records the curves of a training, and writes what the study's own listeners have recorded; they hear of
    /// everything first.
    private final class Curves implements TrainingListener {
        private final String lossUnit;
        private final Watched watched;
        private long told = System.nanoTime() - SILENCE_NANOS;

        Curves(String lossUnit, Watched watched) {
            this.lossUnit = lossUnit;
            this.watched = watched;
        }

        @Override
        public void onStep(Step step) {
            if (step.step() % Math.max(1, step.steps() / POINTS) == 0) {
                record(in(Quantities.BATCH_LOSS), At.step(step.step()), step.loss());
                flush();
            }
            long now = System.nanoTime();
            if (now - told >= SILENCE_NANOS) {
                told = now;
                watcher.at((double) step.step() / step.steps(), String.format(Locale.ROOT, "loss %.4g", step.loss())
                        + (lossUnit.equals("1") ? "" : " " + lossUnit));
            }
        }

        @Override
        public void onEpoch(Epoch epoch) {
            At at = At.epoch(epoch.epoch());
            record(in(Quantities.TRAIN_LOSS), at, epoch.trainLoss());
            record(Quantities.TRAIN_ACCURACY, at, epoch.trainAccuracy());
            epoch.validation().ifPresent(test -> {
                record(in(watched.loss()), at, test.loss());
                record(watched.accuracy(), at, test.accuracy());
            });
            flush();
        }

        private Quantity in(Quantity loss) {
            return loss.in(lossUnit);
        }

        private void record(Quantity quantity, At at, OptionalDouble value) {
            value.ifPresent(number -> RunningTrial.this.record(quantity, at, number));
        }

        private void record(Quantity quantity, At at, double value) {
            RunningTrial.this.record(quantity, at, value);
        }
    }

    @Override
    public void record(Quantity quantity, At given, double value) {
        if (muted) {
            return;
        }
        At at = given;
        if (stage != null && quantity.by().contains(Index.STAGE) && !at.values().containsKey(Index.STAGE)) {
            at = at.and(Index.STAGE, stage);
        }
        if (!at.values().keySet().equals(quantity.by())) {
            throw new IllegalArgumentException("quantity '" + quantity.name() + "' is by " + quantity.by()
                    + ", and is recorded by " + at.values().keySet());
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("'" + quantity.name() + "' is " + value + " at " + at.values() + " of "
                    + cell + ": only finite numbers are recorded");
        }
        pending.add(new Row(at, quantity.name(), value, quantity.unit()));
        watcher.recorded();
    }

    @Override
    public void keep(String name, SequencedMap<String, Tensor> arrays) {
        write(() -> Npz.write(folder.arrays(name), arrays));
    }

    @Override
    public void keepWeights(String name, Network network) {
        write(() -> Weights.save(network, folder.weights(name)));
    }

    @Override
    public void diverged(String why) {
        throw TrialStop.diverged(why);
    }

    @Override
    public void warning(String line) {
        watcher.warning(line);
    }

    /// Writes what is left, and says how the trial ended.
    void end(TrialRecord.Status status, String reason) {
        if (status == TrialRecord.Status.DIVERGED) {
            stage = null;
            record(Quantities.DIVERGED, 1);
        }
        flush();
        write(() -> folder.end(status, reason));
    }

    private void flush() {
        if (!pending.isEmpty()) {
            write(() -> folder.append(pending));
            pending.clear();
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing writing) {
        try {
            watcher.beforeWriting();
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
