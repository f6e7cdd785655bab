package org.surprisal.study.engine;

import java.util.List;
import java.util.SequencedMap;
import org.surprisal.data.Dataset;
import org.surprisal.network.Network;
import org.surprisal.network.training.Trainer;
import org.surprisal.network.training.TrainingListener;
import org.surprisal.tensor.RandomStream;
import org.surprisal.tensor.Tensor;

/// A trial at work. Checkpoints, interruption, divergence, progress, threads and completeness are the engine's; the
/// study calls these methods in an order that does not depend on time.
///
/// When a trial that was cut off goes on, [Study#run] is called again from its beginning: finished stages are left out,
/// finished trainings give the network its trained parameters, and a training in progress goes on from its last
/// checkpoint. Work between stages and trainings is done again, so what is expensive belongs in a stage.
public interface Trial extends Inputs {
    /// The place of the trial in the design.
    Cell cell();

    /// The value of a factor in this trial.
    default <T> T get(Factor<T> factor) {
        return cell().get(factor);
    }

    /// The random stream of a purpose: a child of the trial's seed, so that trials of one seed have the same random
    /// numbers.
    default RandomStream stream(String purpose) {
        return RandomStream.seeded(seed()).child(purpose);
    }

    /// Does a part of the trial that is recorded as a whole or not at all. Numbers recorded in it have its name as
    /// [Index#STAGE] where their quantity is by stage.
    ///
    /// @param name of the stage, different from those of the trial's other stages: lower-case words joined by hyphens
    /// @throws IllegalArgumentException if the trial has had a stage of this name
    void stage(String name, Runnable measure);

    /// Trains a network, and records losses and accuracies as [Quantities]: of single batches, and after each epoch.
    /// The order of samples is that of [#stream] `order`.
    ///
    /// @param trainer of the network, not used before; the engine adds what it listens to, and when to stop
    /// @return one entry an epoch
    default List<TrainingListener.Epoch> train(Trainer trainer, Dataset data) {
        return train(trainer, data, Quantities.TRAIN_LOSS.unit());
    }

    /// Trains a network whose loss is not in nats.
    ///
    /// @param lossUnit of the recorded losses; `1` for a pure number
    default List<TrainingListener.Epoch> train(Trainer trainer, Dataset data, String lossUnit) {
        return train(trainer, data, lossUnit, Watched.TEST);
    }

    /// Trains a network.
    ///
    /// @param lossUnit of the recorded losses; `1` for a pure number
    /// @param watched  what the trainer's validation data are
    List<TrainingListener.Epoch> train(Trainer trainer, Dataset data, String lossUnit, Watched watched);

    /// Records a number of the whole trial.
    ///
    /// @throws IllegalArgumentException if the value is not finite, or the indices are not those of the quantity
    default void record(Quantity quantity, double value) {
        record(quantity, At.TRIAL, value);
    }

    /// Records a number of a layer.
    default void record(Quantity quantity, int layer, double value) {
        record(quantity, At.layer(layer), value);
    }

    /// Records a number at other indices. The stage is added where the quantity is by stage.
    void record(Quantity quantity, At at, double value);

    /// Keeps arrays that are too much for a table, as `arrays/NAME.npz` of the trial.
    ///
    /// @throws IllegalArgumentException if the name cannot be that of a file
    void keep(String name, SequencedMap<String, Tensor> arrays);

    /// Keeps the weights of a network, as `weights/NAME.safetensors` of the trial.
    ///
    /// @throws IllegalArgumentException if the name cannot be that of a file
    void keepWeights(String name, Network network);

    /// Ends the trial as one whose numbers became NaN or infinite, which is a result and stops no other trial. A
    /// training that diverges does so by itself.
    ///
    /// @param why in one line
    void diverged(String why);
}
