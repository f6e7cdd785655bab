package org.surprisal.network.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.surprisal.network.Resumable;
import org.surprisal.network.State;

/// How far a training run is.
final class TrainingPosition implements Resumable {
    private final int samples;
    private final int batchSize;
    /// The epoch that is being trained, from 1.
    int epoch = 1;
    /// Steps taken in the whole run.
    long step;
    /// Batches of this epoch that are done.
    int batches;
    /// Sum over this epoch's samples so far.
    double lossSum;
    /// Samples of this epoch that were classified rightly.
    int right;
    /// Whether it was stopped early, so that no epoch follows.
    boolean over;
    /// The finished epochs.
    final List<TrainingListener.Epoch> history = new ArrayList<>();

    /// The start of a run on so many samples.
    TrainingPosition(int samples, int batchSize) {
        this.samples = samples;
        this.batchSize = batchSize;
    }

    void finish(TrainingListener.Epoch done) {
        history.add(done);
        epoch++;
        batches = 0;
        lossSum = 0;
        right = 0;
    }

    @Override
    public void save(State to) {
        to.put("samples", samples);
        to.put("batch-size", batchSize);
        to.put("epoch", epoch);
        to.put("step", step);
        to.put("batches", batches);
        to.put("loss-sum", lossSum);
        to.put("right", right);
        to.put("over", over ? 1 : 0);
        to.put("finished", history.size());
        for (TrainingListener.Epoch done : history) {
            State at = to.below(Integer.toString(done.epoch()));
            at.put("step", done.step());
            at.put("loss", done.trainLoss());
            done.trainAccuracy().ifPresent(accuracy -> at.put("accuracy", accuracy));
            done.validation().ifPresent(evaluation -> {
                at.put("validation-samples", evaluation.samples());
                at.put("validation-loss", evaluation.loss());
                evaluation.accuracy().ifPresent(accuracy -> at.put("validation-accuracy", accuracy));
            });
        }
    }

    @Override
    public void restore(State from) {
        epoch = from.size("epoch");
        step = from.count("step");
        batches = from.size("batches");
        // Elsewhere so many batches are another part of the epoch.
        if (from.count("samples") != samples || from.count("batch-size") != batchSize) {
            throw new IllegalArgumentException("the saved state is of a run on " + from.count("samples")
                    + " samples in batches of " + from.count("batch-size") + ", and this one is on " + samples
                    + " in batches of " + batchSize);
        }
        lossSum = from.number("loss-sum");
        right = from.size("right");
        over = from.size("over") > 0;
        history.clear();
        for (int number = 1; number <= from.size("finished"); number++) {
            State at = from.below(Integer.toString(number));
            Optional<Evaluation> validation = at.has("validation-loss")
                    ? Optional.of(new Evaluation(at.size("validation-samples"),
                            at.number("validation-loss"), optional(at, "validation-accuracy")))
                    : Optional.empty();
            history.add(new TrainingListener.Epoch(number, at.count("step"), at.number("loss"),
                    optional(at, "accuracy"), validation));
        }
    }

    private static OptionalDouble optional(State from, String name) {
        return from.has(name) ? OptionalDouble.of(from.number(name)) : OptionalDouble.empty();
    }
}
