package org.surprisal.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.surprisal.network.State;
import org.surprisal.network.training.Trainer;

/// From where a study goes on that was cut off: how many of its parts are finished, networks say, and the state of the
/// training that was going on. A study does its parts in one order, keeps numbers only of the part it is at, and says
/// when it is finished.
///
/// What is kept is kept together with the numbers of the run folder: those that were added later are forgotten when it
/// is resumed, and the resumed run adds them again.
public final class Checkpoints {
    private static final String FINISHED = "finished-parts";
    private static final String TRAINING = "training";

    private final RunFolder folder;
    private final Duration interval;
    private Optional<State> kept;
    private long finished;

    /// @param interval at least between two checkpoints of one training
    Checkpoints(RunFolder folder, Duration interval) {
        this.folder = folder;
        this.interval = interval;
        this.kept = folder.checkpoint();
        this.finished = kept.map(state -> state.count(FINISHED)).orElse(0L);
    }

    /// How many parts are finished; the first of them need not be done again.
    public long finished() {
        return finished;
    }

    /// Whether the part that is to be done now was cut off in its training, so that what comes before is kept already.
    public boolean isTraining() {
        return kept.isPresent() && finished == kept.get().count(FINISHED) && kept.get().has(TRAINING);
    }

    /// Keeps the state of this training again and again, and lets it go on where it was cut off.
    public Trainer follow(Trainer trainer) {
        if (isTraining()) {
            trainer.resume(kept.orElseThrow().below(TRAINING));
        }
        return trainer.keep(interval, this::keep);
    }

    private void keep(State training) {
        State state = State.of(training.tensors(), training.numbers(), TRAINING);
        state.put(TRAINING, 1);
        keepFinished(state);
    }

    /// Says that a part is finished, with all its numbers kept.
    public void finish() {
        finished++;
        // Whatever was cut off has gone on and is done: its tensors need no memory any more.
        kept = Optional.empty();
        keepFinished(new State());
    }

    private void keepFinished(State state) {
        state.put(FINISHED, finished);
        try {
            folder.keep(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
